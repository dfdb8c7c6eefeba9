"""./run recall: what Anki knows of our cards."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from cli.export import export
from cli.recall import recall
from tests.exports.ankiworld import collection, study, take
from tests.exports.cast import CAST


def test_reviews_are_told_question_by_question(tmp_path: Path) -> None:
    bank, deck, packed, target = (tmp_path / name for name in ("bank.json", "deck.apkg", "all.colpkg", "recall.json"))
    bank.write_text(json.dumps([question.to_dict() for question in CAST]), encoding="utf-8")
    environment = {"NOTEPROOF_INSTANCE": str(tmp_path / "instance")}
    assert CliRunner().invoke(export, [str(bank), "-o", str(deck)], env=environment).exit_code == 0
    with collection(tmp_path) as col:
        take(col, deck)
        study(col, 3)
        col.export_collection_package(str(packed), include_media=False, legacy=True)
    done = CliRunner().invoke(recall, [str(packed), str(bank), "--json", str(target)])
    assert (done.exit_code, "3 of 11 cards were reviewed" in done.stderr) == (0, True)
    found = json.loads(target.read_text(encoding="utf-8"))
    assert [(row["reviews"], row["again"]) for row in found] == [(1, 0)] * 3
    assert {row["id"] for row in found} <= {question.id for question in CAST}
    lines = CliRunner().invoke(recall, [str(packed), str(bank)]).stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == ["100% of   1 recalled, 0 lapses"] * 3


def test_a_file_that_is_none_is_said(tmp_path: Path) -> None:
    bank = tmp_path / "bank.json"
    bank.write_text(json.dumps([question.to_dict() for question in CAST]), encoding="utf-8")
    done = CliRunner().invoke(recall, [str(tmp_path / "nowhere.colpkg"), str(bank)])
    assert (done.exit_code, "cannot be read" in done.stderr) == (2, True)
    done = CliRunner().invoke(recall, [str(bank), str(bank)])
    assert (done.exit_code, "not a collection that Anki exported" in done.stderr) == (2, True)
