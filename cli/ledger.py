"""What `./run export` wrote into Anki decks before, so that the next deck of the same notes updates them in place.

A small database beside the app's own. Losing it costs nothing but that: `--update OLD.apkg` says the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import get_args

from exports import OldCard
from exports.anki.models import NoteType

_TABLE = """CREATE TABLE IF NOT EXISTS card (guid TEXT PRIMARY KEY, note TEXT NOT NULL, note_type TEXT NOT NULL,
fields TEXT NOT NULL, tags TEXT NOT NULL, changed INTEGER NOT NULL)"""
_COLUMNS = "SELECT guid, note_type, fields, tags, changed FROM card"
_BATCH = 500  # SQLite takes no longer list of values everywhere


class Ledger:
    """The cards written before. Every failure to read or write is an OSError or sqlite3.Error."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def cards(self, notes: Sequence[str], guids: Sequence[str]) -> dict[str, OldCard]:
        """Give what was written of these notes, and these cards whatever note they were in."""
        if not self._file.exists():
            return {}
        with closing(self._open()) as connection:
            found = [*_where(connection, "note", notes), *_where(connection, "guid", guids)]
        return {card.guid: card for card in found}

    def remember(self, cards: Mapping[str, tuple[str, OldCard]]) -> None:
        """Keep cards by guid, each with its note."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        rows = ((guid, note, card.note_type, json.dumps(card.fields), json.dumps(card.tags), card.changed)
                for guid, (note, card) in cards.items())
        with closing(self._open()) as connection, connection:
            connection.execute(_TABLE)
            connection.executemany("INSERT OR REPLACE INTO card VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=15)


def _where(connection: sqlite3.Connection, column: str, values: Sequence[str]) -> Iterable[OldCard]:
    for start in range(0, len(values), _BATCH):
        some = values[start : start + _BATCH]
        marks = ", ".join("?" * len(some))
        for guid, kind, fields, tags, changed in connection.execute(f"{_COLUMNS} WHERE {column} IN ({marks})", some):
            if kind in get_args(NoteType):
                yield OldCard(guid, kind, tuple(json.loads(fields)), tuple(json.loads(tags)), changed)
