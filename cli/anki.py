"""Anki's decks from the command line, which follow the ones written before."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from cli.files import BadInput, names_of, read_opened
from cli.ledger import Ledger
from cli.progress import say
from cli.setup import instance
from exports import Deck, OldCard
from exports.anki.exporter import cards_of
from exports.anki.previous import Settled, kept, read_deck, settle
from quizzes.questions import Question

R = TypeVar("R")


def write_anki(
    every: Deck, deck: Deck, notes: Sequence[Path], old: Path | None, only_changed: bool, write: Callable[[Deck], None]
) -> None:
    """Write a deck that changes in Anki what changed since the one before, and nothing else.

    :param every: all cards of the notes, of which `deck` holds those that were asked for
    :param old: the earlier deck; None takes what is remembered here
    :raise BadInput: the earlier deck cannot be read, or the new one cannot be written
    """
    alive = frozenset(note.guid for note in cards_of(every))
    paths, ledger = _paths(notes), _ledger()
    known = _read_old(old) if old else _recall(ledger, tuple(paths.values()), alive)
    settled = settle(cards_of(deck), alive, known, int(time.time()))
    whole = replace(deck, changed=settled.changed, stale=settled.stale)
    if only_changed and not settled.fresh and not settled.newly_stale:
        say("Nothing changed since the earlier deck; no file was written.")
        return
    write(_only_fresh(whole, settled) if only_changed else whole)
    _tell(settled, known)
    _remember(ledger, every, whole, paths)


def asked_before(notes: Sequence[Path]) -> list[Question]:
    """Give what the notes asked when their deck was last written here; a bank asks what it asks.

    :raise BadInput: the memory of earlier decks cannot be read
    """
    return _reading(lambda: _ledger().questions(tuple(_paths(notes).values())))


def _paths(notes: Sequence[Path]) -> dict[str, str]:
    return {name: str(path.resolve()) for path, name in zip(notes, names_of(notes), strict=True)}


def _ledger() -> Ledger:
    return Ledger(instance() / "decks.db")


def _by_note(deck: Deck, paths: Mapping[str, str]) -> dict[str, list[Question]]:
    return {path: [question for question in deck.questions if question.source.file == name] for name, path in paths.items()}


def _only_fresh(deck: Deck, settled: Settled) -> Deck:
    fresh = tuple(question for question in deck.questions if question.id in settled.fresh)
    return replace(deck, questions=fresh, stale=settled.newly_stale)


def _tell(settled: Settled, known: Mapping[str, OldCard]) -> None:
    if known:
        say(f"since the earlier deck: {settled.new} new, {len(settled.fresh) - settled.new} changed, "
            f"{len(settled.newly_stale)} gone")
    else:
        say("the first deck of these notes from here (--update OLD.apkg follows one that was written elsewhere)")


def _read_old(path: Path) -> dict[str, OldCard]:
    return read_opened(path, read_deck)


def _recall(ledger: Ledger, paths: Sequence[str], guids: frozenset[str]) -> dict[str, OldCard]:
    return _reading(lambda: ledger.cards(paths, sorted(guids)))


def _reading(read: Callable[[], R]) -> R:
    try:
        return read()
    except (OSError, sqlite3.Error) as error:
        raise BadInput(f"{instance() / 'decks.db'}: cannot be read: {error}. It remembers earlier decks; "
                       "delete it and give the earlier deck with --update OLD.apkg.") from error


def _remember(ledger: Ledger, every: Deck, deck: Deck, paths: Mapping[str, str]) -> None:
    # A bank's questions name the notes they once came from: they belong to the bank's file.
    first = next(iter(paths.values()))
    notes = {question.id: paths.get(question.source.file, first) for question in deck.questions}
    cards = {note.guid: (notes[note.question_id], kept(note)) for note in cards_of(deck)}
    try:
        ledger.remember({**cards, **{card.guid: (first, card) for card in deck.stale}}, _by_note(every, paths))
    except (OSError, sqlite3.Error) as error:
        say(f"{instance() / 'decks.db'}: cannot be written: {error}. "
            "The next deck of these notes needs --update with this one.")
