"""What to ask a sandbox after a run, beyond its snapshot."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from quizzes.effects.contents import PROBE

#: Commands that write into files, archives or images, where the names alone would not tell right from wrong.
_WRITES = re.compile(r"\b(exec|cp|commit|build|import|export|save|load|tar|sh|bash|touch|tee|attach)\b|>")


def probes_for(reference: str) -> tuple[tuple[str, str], ...]:
    """Give the questions that a task with this reference needs: none where it writes no file."""
    return ((PROBE, _command()),) if _WRITES.search(reference) else ()


@cache
def _command() -> str:
    program = Path(__file__).with_name("inside.py").read_text(encoding="utf-8")
    return f"python3 -I - <<'END_OF_PROBE'\n{program}END_OF_PROBE\n"
