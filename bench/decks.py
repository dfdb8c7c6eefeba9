"""Writing an Anki deck, against the least that SQLite and zip take for it, and against genanki as it is.

Each writer runs in a process of its own, so that its memory can be told; the writers take turns, and the
fastest run of each counts: what else the machine does only adds. The notes lie ready before the clock starts.
Memory is what the process needed at its highest above them.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from exports.anki.models import models
from exports.anki.notes import CardNote
from exports.anki.package import DeflatePackage, StreamDeck

SIZES = (10_000, 100_000)
ROUNDS = 5
_ROOT = Path(__file__).resolve().parent.parent


def rows(count: int) -> Iterator[CardNote]:
    """Give notes of about 590 bytes each, as a course on commands has them."""
    why = "The option publishes a port of the container; without it nothing outside reaches the service. " * 2
    for number in range(count):
        front = f"<code>docker run</code>: publish port {number} of the container on that port of the host."
        answer = f"docker run -d -p {number}:{number} web"
        source = f"containers.md › Ports › Part {number % 90}, lines {number}–{number + 2}"
        uid, tags = f"{number:016x}", ("noteproof::en", f"topic::part-{number % 90}")
        fields = (front, answer, why, source, "", "", "en", "", "", "", "", uid)
        yield CardNote("typed", fields, tags, uid, 1_767_225_600, number, (0,), uid)


def write_ours(notes: list[CardNote], path: Path) -> None:
    """Write as the product does."""
    with path.open("wb") as file:
        DeflatePackage([StreamDeck(1, "Bench", notes)]).write_to_file(file)


def write_floor(notes: list[CardNote], path: Path) -> None:
    """Insert the same rows into the same tables and store the file in an archive; nothing else."""
    model = models()["typed"].model_id
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(database)
        connection.executescript(APKG_SCHEMA)
        connection.executescript(APKG_COL)
        connection.executemany(
            "INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,0,0,'')",
            ((number, note.guid, model, note.changed, f" {' '.join(note.tags)} ", "\x1f".join(note.fields),
              note.fields[0]) for number, note in enumerate(notes)))
        connection.executemany(
            "INSERT INTO cards VALUES(?,?,1,0,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')",
            ((number, number, note.changed, note.due) for number, note in enumerate(notes)))
        connection.commit()
        connection.close()
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(database, "collection.anki2")
            archive.writestr("media", "{}")


def write_genanki(notes: list[CardNote], path: Path) -> None:
    """Write with genanki as its documentation shows."""
    model = models()["typed"]
    deck = genanki.Deck(1, "Bench")
    for note in notes:
        deck.add_note(genanki.Note(
            model, list(note.fields), tags=list(note.tags), guid=note.guid, due=note.due))
    genanki.Package(deck).write_to_file(path)


WRITERS: dict[str, Callable[[list[CardNote], Path], None]] = {
    "ours": write_ours, "floor": write_floor, "genanki": write_genanki,
}


def main() -> None:
    """Print time, memory and file size of all three, and ours as a ratio of the others."""
    for count in SIZES:
        found = _measure(count)
        for name, (seconds, memory, size) in found.items():
            print(f"decks {count:,} notes, {name}: {seconds:.3f} s, {memory:+.0f} MB, file {size:.1f} MB")
        ours, floor, peer = (found[name] for name in ("ours", "floor", "genanki"))
        print(f"decks {count:,} notes: ours/floor {ours[0] / floor[0]:.2f} (at most 1.15), "
              f"genanki/ours {peer[0] / ours[0]:.1f} (at least 2), memory {ours[1]:+.0f} MB (at most 40)")


def _measure(count: int) -> dict[str, tuple[float, float, float]]:
    runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in WRITERS}
    for _ in range(ROUNDS):
        for name, taken in runs.items():
            taken.append(_in_own_process(name, count))
    return {name: (min(run[0] for run in taken), median(run[1] for run in taken), taken[0][2])
            for name, taken in runs.items()}


def _in_own_process(name: str, count: int) -> tuple[float, float, float]:
    done = subprocess.run([sys.executable, "-m", "bench.decks", name, str(count)], cwd=_ROOT,
                          capture_output=True, text=True, check=True)
    seconds, memory, size = json.loads(done.stdout)
    return seconds, memory, size


def _run(name: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        WRITERS[name](list(rows(10)), path)  # imports and caches are not what is measured
        notes = list(rows(count))
        before, start = _peak(), time.perf_counter()
        WRITERS[name](notes, path)
        seconds = time.perf_counter() - start
        print(json.dumps([seconds, _peak() - before, path.stat().st_size / 1e6]))


def _peak() -> float:
    """Give the most memory this process has held, in MB."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _run(sys.argv[1], int(sys.argv[2]))
    else:
        main()
