"""Banks from real notes, in every format."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from exports import EXPORTERS
from exports.importers import IMPORTERS
from tests.exports.ankiworld import collection, export, problems, take
from tests.exports.banks import NOTES, bank
from tests.exports.cast import deck


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_anki_takes_the_whole_bank_and_shows_every_card(path: Path, tmp_path: Path) -> None:
    questions = bank(path)
    report = export(deck(*questions, title=path.stem), tmp_path / "deck.apkg")
    assert report.left_out == ()
    with collection(tmp_path) as col:
        assert take(col, tmp_path / "deck.apkg").new == len(questions)
        assert problems(col) == []


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
@pytest.mark.parametrize("name", sorted(EXPORTERS.keys() - {"anki"}))
def test_every_format_takes_the_bank_and_says_what_it_left_out(name: str, path: Path) -> None:
    questions, file = bank(path), BytesIO()
    report = EXPORTERS[name].write(deck(*questions), file)
    kinds = {question.id: question.kind for question in questions}
    assert report.written + len(report.left_out) == len(questions)
    assert {kinds[entry.question_id] for entry in report.left_out} <= MAY_MISS.get(name, set())
    if name in IMPORTERS:
        read = IMPORTERS[name](file.getvalue(), path.name)
        lost = {entry.question_id for entry in report.left_out}
        lost |= {identity for identity, kind in kinds.items() if kind == "practical" and name == "qti"}
        assert [question.id for question in read.questions] == [key for key in kinds if key not in lost]


#: The kinds of which a format cannot hold some.
MAY_MISS = {"gift": {"ordering", "cloze", "command"}, "moodle-xml": {"cloze"}}
