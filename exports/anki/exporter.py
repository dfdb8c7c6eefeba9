"""The Anki format: questions in, one .apkg out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from exports.anki.ids import deck_id
from exports.anki.notes import CardNote, deck_path, note_of, root_path, stale_note, titled_notes
from exports.anki.package import DeflatePackage, StreamDeck
from exports.base import Deck, LeftOut, Report, picture_remarks, require_questions
from exports.keys import UnfitError
from exports.sentences import Sentence
from quizzes.questions import Question


class AnkiExporter:
    """Cards for Anki, which recognises them when they come again and takes over only what changed."""

    name, label, suffix, media_type = "anki", "Anki", ".apkg", "application/octet-stream"

    def write(self, deck: Deck, file: BinaryIO) -> Report:
        """Write the package.

        :raise ExportError: not one question fits on a card
        """
        fitting, left_out = _sorted_out(deck)
        require_questions(deck, [*fitting, *deck.stale], left_out)
        DeflatePackage(list(_decks(deck, fitting)), _pictures(deck, fitting)).write_to_file(file)
        return Report(len(fitting) + len(deck.stale), tuple(left_out), picture_remarks(deck, left_out))


def cards_of(deck: Deck) -> Iterator[CardNote]:
    """Give the notes in the order of the package, for a preview; what fits on no card is passed over."""
    fitting, _ = _sorted_out(deck)
    for place, (question, stale) in enumerate(fitting, 1):
        yield note_of(question, deck, place, stale)


def _sorted_out(deck: Deck) -> tuple[list[tuple[Question, bool]], list[LeftOut]]:
    # Every question is tried before anything is written. The notes are made again while writing: that costs
    # time, but a hundred thousand of them never lie in memory together.
    fitting, left_out, seen = [], [], set[str]()
    for question, stale in [*((q, False) for q in deck.questions), *((q, True) for q in deck.vanished)]:
        if question.id in seen:
            left_out.append(LeftOut(question.id, Sentence("Another question has the same id.")))
            continue
        seen.add(question.id)
        try:
            note_of(question, deck, 0, stale)
        except UnfitError as reason:
            left_out.append(LeftOut(question.id, reason.sentence))
        else:
            fitting.append((question, stale))
    return fitting, left_out


def _pictures(deck: Deck, fitting: list[tuple[Question, bool]]) -> dict[str, bytes]:
    return {media.name: media.data for question, _ in fitting for asked in (True, False)
            for _, media in deck.pictures(question, asked)}


def _decks(deck: Deck, fitting: list[tuple[Question, bool]]) -> Iterator[StreamDeck]:
    titled = titled_notes(tuple(question for question, _ in fitting))
    groups: dict[tuple[str, ...], list[tuple[int, Question, bool]]] = {}
    for place, (question, stale) in enumerate(fitting, 1):
        groups.setdefault(deck_path(question, deck, titled), []).append((place, question, stale))
    root = root_path(deck)
    groups.setdefault(root, [])
    for path in _with_parents(groups):
        notes: Iterable[CardNote] = (note_of(question, deck, place, stale) for place, question, stale in groups.get(path, ()))
        if path == root:
            notes = chain(notes, (stale_note(card, place) for place, card in enumerate(deck.stale, len(fitting) + 1)))
        yield StreamDeck(deck_id(deck.uid, path), "::".join(path), notes, progress=deck.progress)


def _with_parents(paths: dict[tuple[str, ...], list[tuple[int, Question, bool]]]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(path[:depth] for path in paths for depth in range(1, len(path) + 1)))
