"""What to ask a sandbox beyond its snapshot, for a task with these scripts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from quizzes.effects.contents import PROBE
from quizzes.effects.providers import PROVIDERS
from quizzes.effects.readings import AGAIN
from quizzes.effects.script import asks_engine, read_script

#: Commands that write into files, archives or images, where the names alone would not tell right from wrong.
_WRITES = re.compile(
    r"\b(exec|cp|mv|commit|build|import|export|save|load|tar|sh|bash|touch|tee|attach|g?zip|gunzip|bzip2|xz)\b|>"
)
_FOLDER = Path(__file__).parent


def probes_for(reference: str, script: str = "") -> tuple[tuple[str, str], ...]:
    """Give the questions after a run of `script` in a task with this reference: what files hold, where it
    writes any, and what the script prints on another state, where there is no engine.
    """
    contents = ((PROBE, _program("inside.py")),) if _WRITES.search(reference) else ()
    if not script.strip() or asks_engine(reference):
        return contents
    return *contents, (AGAIN, f"{_program('surveys/twist.py')}{script}")


def surveys_for(setup: str, reference: str) -> tuple[tuple[str, str], ...]:
    """Give the questions before and after a run: those whose answers these scripts can change."""
    if asks_engine(reference):
        return ()
    programs = read_script(setup).programs | read_script(reference).programs
    return tuple(
        (provider.survey, _program(f"surveys/{provider.survey}.py"))
        for provider in PROVIDERS
        if provider.survey and provider.asked(programs)
    )


@cache
def _program(name: str) -> str:
    program = (_FOLDER / name).read_text(encoding="utf-8")
    return f"python3 -I - <<'END_OF_PROBE'\n{program}END_OF_PROBE\n"
