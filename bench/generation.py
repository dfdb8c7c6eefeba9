"""Generating a bank, against what the Markdown parser alone takes for the same note."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from markdown_it import MarkdownIt

from notes import read_note
from quizzes.generate import generate

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
ROUNDS = 5


def main() -> None:
    """Print, for each sample note, both times (median of five, taken in turns) and their ratio."""
    for path in sorted(SAMPLES.glob("*.md")):
        data = path.read_bytes()
        text = data.decode()
        ours, floor = alternate(lambda data=data, path=path: generate([read_note(path.name, data)]),  # type: ignore[misc]
                                lambda text=text: MarkdownIt("commonmark").enable("table").parse(text))  # type: ignore[misc]
        print(f"generation {path.name}: ours {ours * 1000:.0f} ms, markdown-it-py alone {floor * 1000:.1f} ms, "
              f"ratio {ours / floor:.1f}")


def alternate(*actions: Callable[[], object]) -> list[float]:
    """Time actions in turns, so that a busy machine slows all of them alike; give their medians in seconds."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(ROUNDS):
        for action, taken in zip(actions, times, strict=True):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    return [median(taken) for taken in times]
