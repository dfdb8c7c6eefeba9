"""What an earlier deck held, so that a later one changes what changed and nothing else.

Anki takes a note over when its time of change has risen. Where no database keeps that time, it comes from here:
the new cards are compared with those of the earlier deck.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from exports.anki.models import models
from exports.anki.notes import STALE, CardNote
from exports.base import OldCard
from exports.importers.archives import TORN
from exports.importers.base import ReadError

#: How long decks say of a card that its question is gone. Later a card that its owner deleted would only come back.
TOMBSTONE_SECONDS = 90 * 86_400
_QUERY = "SELECT guid, mid, mod, tags, flds FROM notes"


@dataclass(frozen=True)
class Settled:
    """A deck compared with the one before it."""

    changed: dict[str, int]  # question id -> seconds since 1970
    fresh: frozenset[str]  # ids of the questions that are new or changed
    new: int  # how many of them are new
    stale: tuple[OldCard, ...]  # cards whose question is gone, all to be written
    newly_stale: tuple[OldCard, ...]  # those of them that were not stale before


def settle(notes: Iterable[CardNote], alive: frozenset[str], previous: Mapping[str, OldCard], now: int) -> Settled:
    """Give each note the time its content last changed.

    :param alive: guids of all cards there are, also of those that this deck leaves out
    :param previous: cards of the earlier deck by guid
    """
    changed, fresh, new = {}, set(), 0
    for note in notes:
        old = previous.get(note.guid)
        if old is not None and not is_stale(old) and _content(note) == _content(old):
            changed[note.question_id] = old.changed
            continue
        # What no deck held before is as old as can be: the same notes give the same file everywhere.
        changed[note.question_id] = note.changed if old is None else max(now, old.changed + 1)
        fresh.add(note.question_id)
        new += old is None
    gone = [old for guid, old in previous.items() if guid not in alive]
    newly = tuple(_buried(old, now) for old in gone if not is_stale(old))
    kept = tuple(old for old in gone if is_stale(old) and old.changed > now - TOMBSTONE_SECONDS)
    return Settled(changed, frozenset(fresh), new, (*newly, *kept), newly)


def is_stale(card: OldCard) -> bool:
    """Tell whether a card was already marked as one whose question is gone."""
    return STALE in card.tags


def kept(note: CardNote) -> OldCard:
    """Give a note as the next deck will want to know it."""
    return OldCard(note.guid, note.note_type, note.fields, note.tags, note.changed)


def _buried(old: OldCard, now: int) -> OldCard:
    return OldCard(old.guid, old.note_type, old.fields, (*old.tags, STALE), max(now, old.changed + 1))


def _content(note: CardNote | OldCard) -> tuple[object, ...]:
    # Text added further up in a note moves a question's lines: it is the same card.
    place = [model["name"] for model in models()[note.note_type].fields].index("Source")
    source = re.sub(r"\d+", "0", note.fields[place])
    return (*note.fields[:place], source, *note.fields[place + 1 :], note.tags)


def read_deck(file: BinaryIO, name: str) -> dict[str, OldCard]:
    """Read the cards of a deck that we wrote, by guid.

    :raise ReadError: it is not such a deck
    """
    try:
        with zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "collection"
            with archive.open("collection.anki2") as packed, path.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked, 1 << 20)
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
                connection.execute("PRAGMA trusted_schema=OFF")
                found = _ours(connection.execute(_QUERY))
    except ReadError:
        raise
    except (*TORN, sqlite3.DatabaseError) as error:
        raise ReadError("{file}: not a deck that an earlier export wrote: {error}.", file=name, error=error) from error
    if not found:
        raise ReadError("{file}: no card of ours is in this deck. Give the file that an earlier export wrote.", file=name)
    return found


def _ours(rows: Iterable[tuple[str, int, int, str, str]]) -> dict[str, OldCard]:
    types = {model.model_id: (name, len(model.fields)) for name, model in models().items()}
    found = {}
    for guid, number, changed, tags, joined in rows:
        fields = tuple(joined.split("\x1f"))
        if number in types and len(fields) == types[number][1]:
            found[guid] = OldCard(guid, types[number][0], fields, tuple(tags.split()), changed)
    return found
