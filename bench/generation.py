"""Generating a bank, against what the Markdown parser alone takes for the same note.

Every time is processor time, taken in a fresh process that has read another note before: nothing is remembered of the
note itself, and a busy machine slows nobody's clock.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import process_time

from markdown_it import MarkdownIt

from bench.hostile import hostile_notes
from bench.large import large_note
from notes import read_note
from quizzes.generate import generate

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
ROUNDS = 5
LARGE = (100_000, 1_000_000, 5_000_000)
SHORT, TIMES_LONGER = 4_000, 4  # hostile notes: the time of the longer one should be about four times the shorter one's
NOISE = 0.03  # seconds; what is faster is not compared


@dataclass(frozen=True)
class Taken:
    """What one note took, in seconds of processor time, and the largest memory of the process in bytes."""

    reading: float
    generating: float
    parsing: float  # markdown-it-py alone, as a user would call it
    memory: int
    questions: int

    @property
    def ours(self) -> float:
        return self.reading + self.generating

    @property
    def ratio(self) -> float:
        return self.ours / self.parsing


def main() -> None:
    """Print for each sample note, for large notes and for hostile ones what they take and how that grows."""
    for path in sorted(SAMPLES.glob("*.md")):
        print(f"generation {path.name}: {_told(_of_rounds(path.read_bytes(), ROUNDS))}")
    smaller: Taken | None = None
    for size in LARGE:
        taken = _of_rounds(large_note(size).encode(), 1)
        growth = f"; {taken.ours / smaller.ours:.1f} times the one before" if smaller else ""
        print(f"generation {size / 1e6:g} MB: {_told(taken)}, {taken.memory / 1e6:.0f} MB of memory{growth}")
        smaller = taken
    _print_hostile()


def _told(taken: Taken) -> str:
    return (
        f"{taken.questions} questions, ours {taken.ours * 1000:.0f} ms ({taken.reading * 1000:.0f} reading), "
        f"markdown-it-py alone {taken.parsing * 1000:.1f} ms, ratio {taken.ratio:.1f}"
    )


def _print_hostile() -> None:
    """Print the hostile notes whose time grows faster than their length does."""
    growths: list[tuple[float, str]] = []
    for name, note in hostile_notes():
        short, long = (_seconds(note(size)) for size in (SHORT, SHORT * TIMES_LONGER))
        if long > NOISE:
            growths.append((long / short, name))
    worst = sorted(growths, reverse=True)[:5]
    print(f"generation of hostile notes, {TIMES_LONGER} times longer, {len(growths)} compared; the worst: "
          + ", ".join(f"{name} {growth:.1f} times slower" for growth, name in worst))


def _seconds(note: str) -> float:
    start = process_time()
    generate([read_note("hostile.md", note.encode())])
    return process_time() - start


def _of_rounds(data: bytes, rounds: int) -> Taken:
    """Measure a note in processes of its own; the one of median ratio stands for all."""
    measured = [_in_a_process(data) for _ in range(rounds)]
    middle = median(taken.ratio for taken in measured)
    return min(measured, key=lambda taken: abs(taken.ratio - middle))


def _in_a_process(data: bytes) -> Taken:
    done = subprocess.run([sys.executable, "-m", "bench.generation"], input=data, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    return Taken(**json.loads(done.stdout))


def measure(data: bytes) -> Taken:
    """Read a note and generate its bank in this process, once, after reading all samples but this one."""
    for path in sorted(SAMPLES.glob("*.md")):
        if path.read_bytes() != data:
            generate([read_note(path.name, path.read_bytes())])
    text = data.decode()
    parsing = process_time()
    MarkdownIt("commonmark").enable("table").parse(text)
    start = process_time()
    reading = read_note("measured.md", data)
    middle = process_time()
    bank = generate([reading])
    end = process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Taken(middle - start, end - middle, start - parsing, memory, len(bank.questions))


if __name__ == "__main__":
    print(json.dumps(asdict(measure(sys.stdin.buffer.read()))))
