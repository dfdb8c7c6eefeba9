"""Writing a package quickly, small and the same each time, on the places genanki leaves for it.

genanki's own writer keeps every note in memory, sends each row to SQLite alone and stores the file
uncompressed. Here the notes stream through in batches, and the archive holds no date of the export.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import genanki

from exports.anki.models import NoteType, models
from exports.anki.notes import CardNote
from exports.anki.progress import SCHEDULE_VERSION, schedule_of
from exports.base import NEVER_CHANGED, Progress

_BATCH = 2_000
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date a zip archive can hold
_NOTE = "INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,0,0,'')"
_CARD = "INSERT INTO cards VALUES(?,?,?,?,?,-1,?,?,?,?,?,?,?,0,0,0,0,?)"
_NEW_CARD = "INSERT INTO cards VALUES(?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')"
_REVIEW = "INSERT INTO revlog VALUES(?,?,-1,?,?,?,?,?,?)"


class StreamDeck(genanki.Deck):  # type: ignore[misc]  # genanki has no types
    """A deck whose notes may be a generator."""

    def __init__(
        self, deck_id: int, name: str, notes: Iterable[CardNote], description: str = "",
        progress: Mapping[str, Progress] | None = None,
    ) -> None:
        super().__init__(deck_id, name, description)
        self.stream, self.progress, self.types = notes, progress or {}, models()
        for model in self.types.values():
            self.add_model(model)

    def write_to_db(self, cursor: Any, timestamp: float, id_gen: Iterator[int]) -> None:
        super().write_to_db(cursor, timestamp, id_gen)  # the deck and its note types: self.notes is empty
        numbers = {name: model.model_id for name, model in self.types.items()}
        stream = iter(self.stream)
        while batch := list(itertools.islice(stream, _BATCH)):
            self._write_batch(cursor, batch, numbers, id_gen)

    def _write_batch(
        self, cursor: Any, batch: list[CardNote], numbers: dict[NoteType, int], id_gen: Iterator[int]
    ) -> None:
        numbered = list(zip(batch, id_gen, strict=False))
        cursor.executemany(_NOTE, [
            (number, note.guid, numbers[note.note_type], note.changed, f" {' '.join(note.tags)} ", "\x1f".join(note.fields),
             note.fields[0]) for note, number in numbered])
        dealt = [(next(id_gen), number, ordinal, note) for note, number in numbered for ordinal in note.cards]
        cursor.executemany(_NEW_CARD, [
            (card, number, self.deck_id, ordinal, note.changed, note.due)
            for card, number, ordinal, note in dealt if note.question_id not in self.progress])
        for card, number, ordinal, note in dealt:
            if progress := self.progress.get(note.question_id):
                schedule, reviews = schedule_of(progress, card, note.changed)
                cursor.execute(_CARD, (card, number, self.deck_id, ordinal, *schedule))
                cursor.executemany(_REVIEW, reviews)


class DeflatePackage(genanki.Package):  # type: ignore[misc]  # genanki has no types
    """A package that is compressed and holds the same bytes for the same notes."""

    def __init__(self, decks: list[StreamDeck], pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__(decks)
        self.pictures = pictures or {}  # file name -> bytes

    def write_to_file(self, file: BinaryIO, timestamp: float | None = None) -> None:
        started = NEVER_CHANGED if timestamp is None else timestamp
        handle, path = tempfile.mkstemp(suffix=".anki2")
        os.close(handle)
        try:
            _write_collection(self, path, started)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                with open(path, "rb") as collection, archive.open(_entry("collection.anki2"), "w") as entry:
                    shutil.copyfileobj(collection, entry, 1 << 20)
                archive.writestr(_entry("media"), json.dumps({str(place): name for place, name in enumerate(self.pictures)}))
                for place, data in enumerate(self.pictures.values()):
                    archive.writestr(zipfile.ZipInfo(str(place), _LONG_AGO), data)  # compressed already
        finally:
            os.unlink(path)

    def write_to_db(self, cursor: Any, timestamp: float, id_gen: Iterator[int]) -> None:
        super().write_to_db(cursor, timestamp, id_gen)
        conf = json.loads(cursor.execute("SELECT conf FROM col").fetchone()[0])
        conf["schedVer"] = SCHEDULE_VERSION
        cursor.execute("UPDATE col SET conf = ?", (json.dumps(conf),))


def _write_collection(package: DeflatePackage, path: str, started: float) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # The file is thrown away when anything fails, so it needs no journal.
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        cursor = _LateBegin(connection.cursor())
        package.write_to_db(cursor, started, itertools.count(int(started * 1000)))
        for statement in cursor.indexes:
            connection.execute(statement)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    # Level 1 is nine tenths of the saving in a third of the time. ZipFile's own level does not reach an entry
    # that is opened for writing, and only Python 3.13 has a public name for this.
    entry._compresslevel = 1  # type: ignore[attr-defined,unused-ignore]
    return entry


class _LateBegin:
    """Opens the one transaction at the first plain statement: genanki's script before it would commit it."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.cursor, self.begun = cursor, False
        self.indexes: list[str] = []  # dropped until the rows are in: sorting once is cheaper than keeping order

    def executescript(self, script: str) -> sqlite3.Cursor:
        done = self.cursor.executescript(script)
        indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        for name, statement in self.cursor.execute(indexes).fetchall():
            self.indexes.append(statement)
            self.cursor.execute(f"DROP INDEX {name}")
        return done

    def execute(self, statement: str, row: tuple[object, ...] = ()) -> sqlite3.Cursor:
        self._begin()
        return self.cursor.execute(statement, row)

    def executemany(self, statement: str, rows: Iterable[tuple[object, ...]]) -> sqlite3.Cursor:
        self._begin()
        return self.cursor.executemany(statement, rows)

    def _begin(self) -> None:
        if not self.begun:
            self.begun = True
            self.cursor.execute("BEGIN")
