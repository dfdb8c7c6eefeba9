"""What a learner's Anki knows of our cards: reviews and lapses, read from an exported collection or deck."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, BinaryIO, get_args

from exports.anki.ids import note_guid
from exports.anki.models import NoteType
from exports.importers.archives import TORN
from exports.importers.base import ReadError

#: A collection of a hundred thousand notes has a tenth of it.
MAX_COLLECTION = 1_000_000_000
_NEW, _OLDER, _OLDEST = "collection.anki21b", "collection.anki21", "collection.anki2"

#: Answers a learner gave: learning, review, relearning. Filtered decks and manual changes are no test of
#: memory.
_QUERY = """
SELECT n.guid, count(*), sum(r.ease = 1), sum(r.ease = 1 AND r.type = 1), sum(r.time), max(r.id)
FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid
WHERE r.type IN (0, 1, 2) AND r.ease BETWEEN 1 AND 4 GROUP BY n.guid
"""


@dataclass(frozen=True)
class Recall:
    """How often a card was answered, and how well."""

    reviews: int
    again: int  # answers "again", while learning too
    lapses: int  # answers "again" to a card that was known
    seconds: float  # spent on all reviews together
    last: int  # milliseconds since 1970, UTC


def read_history(file: BinaryIO, name: str) -> dict[str, Recall]:
    """Read the reviews in a .colpkg or .apkg, by the guid of their note. The file is only read.

    :raise ReadError: it is no package of Anki's, or one that cannot be unpacked here
    """
    try:
        with zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "collection"
            _unpack(archive, path, name)
            return _read(path, name)
    except ReadError:
        raise
    except (*TORN, sqlite3.DatabaseError) as error:
        raise ReadError("{file}: not a collection that Anki exported: {error}.", file=name, error=error) from error


def of_questions(
    history: Mapping[str, Recall], library: str, question_ids: Iterable[str]
) -> dict[str, Recall]:
    """Give the reviews of our questions by question id; those without a review are missing."""
    found: dict[str, Recall] = {}
    for question_id in question_ids:
        for note_type in get_args(NoteType):
            if recall := history.get(note_guid(library, question_id, note_type)):
                found[question_id] = recall
    return found


def _unpack(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    inside = set(archive.namelist())
    entry = next((entry for entry in (_NEW, _OLDER, _OLDEST) if entry in inside), None)
    if entry is None:
        raise ReadError("{file}: there is no collection in it. Export it from Anki as .colpkg or .apkg.", file=name)
    if archive.getinfo(entry).file_size > MAX_COLLECTION:
        raise ReadError("{file}: the collection is larger than {limit} MB.", file=name, limit=MAX_COLLECTION // 1_000_000)
    with archive.open(entry) as packed, path.open("wb") as unpacked:
        if entry == _NEW:
            _decompress(packed, unpacked, name)
        else:
            shutil.copyfileobj(packed, unpacked, 1 << 20)


def _decompress(packed: IO[bytes], unpacked: BinaryIO, name: str) -> None:
    try:
        zstandard = import_module("zstandard")
    except ImportError as error:
        raise ReadError(
            "{file}: packed in Anki's newest way, which needs the Python package zstandard. "
            "Export it again with “Support older Anki versions” ticked.", file=name) from error
    written = 0
    with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
        while chunk := reader.read(1 << 20):
            written += unpacked.write(chunk)
            if written > MAX_COLLECTION:
                raise ReadError("{file}: the collection is larger than {limit} MB.", file=name, limit=MAX_COLLECTION // 1_000_000)


def _read(path: Path, name: str) -> dict[str, Recall]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        # The file comes from a stranger: no code in its schema is to be run.
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA query_only=ON")
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"revlog", "cards", "notes"} <= tables:
            raise ReadError("{file}: the collection in it has no reviews, cards and notes.", file=name)
        return {
            str(guid): Recall(reviews, again, lapses, milliseconds / 1000, last)
            for guid, reviews, again, lapses, milliseconds, last in connection.execute(_QUERY)
        }
