"""What `./run export` wrote into Anki decks before, so that the next deck of the same notes updates them in place: the
cards as they were, and the questions that they were made of.

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
from quizzes.questions import Question

_TABLES = """CREATE TABLE IF NOT EXISTS card (guid TEXT PRIMARY KEY, note TEXT NOT NULL, note_type TEXT NOT NULL,
fields TEXT NOT NULL, tags TEXT NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS question (note TEXT NOT NULL, id TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (note, id));"""
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

    def questions(self, notes: Sequence[str]) -> list[Question]:
        """Give the questions that these notes gave when their deck was last written."""
        if not self._file.exists():
            return []
        query = "SELECT content FROM question WHERE note = ? ORDER BY id"
        with closing(self._open()) as connection:
            rows = [content for note in notes for (content,) in connection.execute(query, (note,))]
        return [Question.from_dict(json.loads(content)) for content in rows]

    def remember(self, cards: Mapping[str, tuple[str, OldCard]], questions: Mapping[str, Sequence[Question]]) -> None:
        """Keep cards by guid, each with its note, and all the questions of each note."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        rows = ((guid, note, card.note_type, json.dumps(card.fields), json.dumps(card.tags), card.changed)
                for guid, (note, card) in cards.items())
        with closing(self._open()) as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO card VALUES (?, ?, ?, ?, ?, ?)", rows)
            for note, asked in questions.items():
                connection.execute("DELETE FROM question WHERE note = ?", (note,))
                connection.executemany("INSERT INTO question VALUES (?, ?, ?)", (
                    (note, question.id, json.dumps(question.to_dict())) for question in asked))

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=15)
        connection.executescript(_TABLES)
        return connection


def _where(connection: sqlite3.Connection, column: str, values: Sequence[str]) -> Iterable[OldCard]:
    for start in range(0, len(values), _BATCH):
        some = values[start : start + _BATCH]
        marks = ", ".join("?" * len(some))
        for guid, kind, fields, tags, changed in connection.execute(f"{_COLUMNS} WHERE {column} IN ({marks})", some):
            if kind in get_args(NoteType):
                yield OldCard(guid, kind, tuple(json.loads(fields)), tuple(json.loads(tags)), changed)
