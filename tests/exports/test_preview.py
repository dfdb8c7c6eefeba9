"""Our preview of a card beside Anki's own rendering of it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from exports.anki import preview
from exports.anki.exporter import cards_of
from tests.exports.ankiworld import collection, export, problems, take
from tests.exports.cast import CAST, NASTY, deck, nasty_questions


def seen(side: str) -> str:
    """Give a side as a browser would read it: without the style sheet, and without what only Anki's script reads."""
    bare = re.sub(r"<style>.*?</style>|data-cloze=\"[^\"]*\"", "", side, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r" >", ">", bare))).strip()


def test_a_preview_shows_what_anki_shows(tmp_path: Path) -> None:
    what = deck(*CAST, *(question for text in NASTY[::4] for question in nasty_questions(text)))
    export(what, tmp_path / "deck.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "deck.apkg")
        assert problems(col) == []
        for note in cards_of(what):
            stored = col.get_note(col.find_notes(f"Uid:{note.question_id}")[0])
            for place, card in enumerate(sorted(stored.cards(), key=lambda card: card.ord)):
                output = card.render_output()
                assert seen(preview.render(note, "front", place)) == seen(output.question_text)
                assert seen(preview.render(note, "back", place)) == seen(output.answer_text)


def test_the_place_to_type_in_is_empty_in_front_and_filled_behind() -> None:
    note = next(note for note in cards_of(deck()) if note.note_type == "typed")
    front = preview.typed(preview.render(note, "front"), note, "front")
    assert "docker run -d web" not in front
    assert '<input id="typeans"' in front
    assert "docker run -d web" in preview.typed(preview.render(note, "back"), note, "back")
