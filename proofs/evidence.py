"""Evidence that a practical's key is true: what its reference did when it ran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from proofs.checks import BrokenTaskError, Checker
from quizzes.questions import Evidence
from sandboxes.effects import Run

#: Characters of output kept: enough to see what happened, little enough for a question's row.
KEPT_OUTPUT = 4000


@dataclass(frozen=True)
class Proof:
    """What running a key showed: evidence that it is true, or why it cannot be."""

    evidence: Evidence | None
    doubt: str = ""  # a sentence for the instructor; "" where there is evidence


def prove(checker: Checker, setup: str, reference: str, on: date) -> Proof:
    """Run a reference in a sandbox of its own. `on` is the day, UTC.

    A key that fails is run a second time before it is doubted: a busy machine may have been in its way.

    :raise SandboxError: the sandbox failed, so nothing is known of the key
    """
    for last in (False, True):
        try:
            return Proof(evidence_of(checker.reference(setup, reference), reference, on))
        except BrokenTaskError as error:
            doubt = f"{str(error).rstrip('.')}."
            if not last:
                checker.forget(setup, reference)
    return Proof(None, doubt)


def evidence_of(run: Run, reference: str, on: date) -> Evidence:
    """Record a reference's run. `on` is the day it ran, UTC."""
    commands = tuple(step.command for step in run.steps) or tuple(
        line for line in reference.splitlines() if line.strip()
    )
    return Evidence(run.engine, commands, run.output[:KEPT_OUTPUT], on.isoformat())
