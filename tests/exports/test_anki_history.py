"""Reviews read from what Anki itself exported."""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from anki.collection import Collection

from exports.importers import ReadError
from exports.importers.anki_history import of_questions, read_history
from tests.exports.ankiworld import collection, export, take
from tests.exports.cast import CAST, deck


def _answered(col: Collection, eases: list[int]) -> list[str]:
    """Answer the next cards in turn; give the question of each."""
    col.decks.set_current(col.decks.id_for_name("Docker"))  # type: ignore[arg-type]
    asked = []
    for ease in eases:
        card = col.sched.getCard()
        assert card is not None
        card.start_timer()
        col.sched.answerCard(card, ease)  # type: ignore[arg-type]
        asked.append(card.note()["Uid"])
    return asked


@pytest.mark.parametrize("older", [True, False], ids=["older", "newest"])
def test_reviews_come_back_by_question(tmp_path: Path, older: bool) -> None:
    export(deck(), tmp_path / "deck.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "deck.apkg")
        asked = _answered(col, [4, 1, 4])
        col.export_collection_package(str(tmp_path / "all.colpkg"), include_media=False, legacy=older)
    if not older:
        pytest.importorskip("zstandard", reason="needs the Python package zstandard")
    with (tmp_path / "all.colpkg").open("rb") as file:
        history = read_history(file, "all.colpkg")
    found = of_questions(history, "library-1", [question.id for question in CAST])
    assert {key: (recall.reviews, recall.again, recall.lapses) for key, recall in found.items()} == {
        key: (asked.count(key), [4, 1, 4][asked.index(key)] == 1, 0) for key in dict.fromkeys(asked)}
    assert of_questions(history, "another library", [question.id for question in CAST]) == {}


def test_the_newest_packing_without_its_package_is_answered_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("collection.anki21b", b"x")
    with pytest.raises(ReadError, match="Support older Anki versions"):
        read_history(packed, "all.colpkg")


@pytest.mark.parametrize("inside", [{}, {"collection.anki2": b"not a database"}, {"collection.anki2": b""}])
def test_what_is_no_collection_is_refused(inside: dict[str, bytes]) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    with pytest.raises(ReadError, match=r"^all\.colpkg: "):
        read_history(packed, "all.colpkg")
