"""Evidence that a practical's key is true: what its reference did when it ran."""

from __future__ import annotations

from datetime import date

from quizzes.questions import Evidence
from sandboxes.effects import Run

#: Characters of output kept: enough to see what happened, little enough for a question's row.
KEPT_OUTPUT = 4000


def evidence_of(run: Run, reference: str, on: date) -> Evidence:
    """Record a reference's run. `on` is the day it ran, UTC."""
    commands = tuple(step.command for step in run.steps) or tuple(
        line for line in reference.splitlines() if line.strip()
    )
    return Evidence(run.engine, commands, run.output[:KEPT_OUTPUT], on.isoformat())
