"""Banks generated from real notes: our samples, and the notes beside the project where there are any."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from notes import read_note
from quizzes.generate import generate
from quizzes.questions import Question

_ROOT = Path(__file__).parents[2]
NOTES = [path for folder in (_ROOT / "samples", _ROOT.parent / "shared" / "notes")
         for path in sorted(folder.glob("*.md")) if path.name != "SOURCES.md"]


@cache
def bank(path: Path) -> tuple[Question, ...]:
    """Give the questions of a note."""
    return generate([read_note(path.name, path.read_bytes())]).questions
