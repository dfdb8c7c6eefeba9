"""The official Anki as its users have it: a collection that takes packages in and renders cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition as Update

from exports import EXPORTERS, Deck, Report


@dataclass(frozen=True)
class Imported:
    """How many notes Anki put where."""

    new: int
    updated: int
    duplicate: int
    conflicting: int


@contextmanager
def collection(folder: Path) -> Iterator[Collection]:
    """Open an empty collection."""
    opened = Collection(str(folder / "collection.anki2"))
    try:
        yield opened
    finally:
        opened.close()


def export(deck: Deck, path: Path) -> Report:
    """Write the deck where Anki can find it."""
    with path.open("wb") as file:
        return EXPORTERS["anki"].write(deck, file)


def take(col: Collection, path: Path, scheduling: bool = False) -> Imported:
    """Import with the dialog's own presets."""
    newer = Update.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER
    options = ImportAnkiPackageOptions(
        merge_notetypes=False, update_notes=newer, update_notetypes=newer, with_scheduling=scheduling,
        with_deck_configs=False,
    )
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log
    return Imported(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))


def visible(html: str) -> str:
    """Give what is left to be seen of a side."""
    shown = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]+>|&nbsp;|\s", "", re.sub(r'<input[^>]*id="?typeans[^>]*>', "", shown))


def problems(col: Collection) -> list[str]:
    """Render every card as a client would and name all that is wrong."""
    found = [f"note {nid} has no card" for nid in col.find_notes("") if not col.card_ids_of_note(nid)]
    found += [f"empty card of {note.note_id}" for note in col.get_empty_cards().notes]
    for cid in col.find_cards(""):
        card = col.get_card(cid)
        output = card.render_output()
        front, back = output.question_text, output.answer_text
        name = f"{card.note()['Uid']} {card.note().values()[0][:60]!r}"
        if not visible(front.replace("[[type:Answer]]", "")):
            found.append(f"{name}: blank front")
        if len(visible(back)) <= 3:
            found.append(f"{name}: blank back")
        # Our clozes hold every brace of the text as an entity: one that is left is torn off a mark of Anki's.
        if card.note_type()["type"] == 1 and re.search(r"\{\{|\}\}", front + back):
            found.append(f"{name}: torn cloze in {front!r} {back!r}")
        if output.question_av_tags or output.answer_av_tags:
            found.append(f"{name}: a player")
        if "template has a problem" in front + back:
            found.append(f"{name}: template error")
    media = col.media.check()
    found += [f"missing media {name}" for name in media.missing]
    return found


def study(col: Collection, cards: int, deck: str = "") -> dict[int, tuple[int, int, int]]:
    """Answer some cards as a learner does, and give their schedules."""
    name = deck or next(each.name for each in col.decks.all_names_and_ids() if each.name != "Default")
    col.decks.set_current(col.decks.id_for_name(name))  # type: ignore[arg-type]
    for _ in range(cards):
        card = col.sched.getCard()
        assert card is not None
        card.start_timer()
        col.sched.answerCard(card, 4)
    return schedules(col)


def schedules(col: Collection) -> dict[int, tuple[int, int, int]]:
    """Give due day, interval and repetitions of each studied card."""
    studied = map(col.get_card, col.find_cards("-is:new"))
    return {card.id: (card.due, card.ivl, card.reps) for card in studied}
