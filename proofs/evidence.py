"""Evidence that a key is true: what a practical's reference, or the proof of another question, did when it ran."""

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

    :raise SandboxError: the sandbox failed, so nothing is known of the key
    """
    try:
        return Proof(evidence_of(checker.reference(setup, reference), reference, on))
    except BrokenTaskError as error:
        return Proof(None, f"{str(error).rstrip('.')}.")


def prove_claim(checker: Checker, proof: str, on: date) -> Proof:
    """Run the commands that all succeed when a key is true, in a sandbox of their own. `on` is the day, UTC.

    A command that fails is given a second chance, as a reference is by the checker.

    :raise SandboxError: the sandbox failed, so nothing is known of the key
    """
    for _ in range(2):
        run = checker.witness(proof)
        if not (doubt := _failure(run)):
            return Proof(evidence_of(run, proof, on))
    return Proof(None, doubt)


def _failure(run: Run) -> str:
    if run.ended != "done":
        return f"The proof does not end by itself ({run.ended})."
    failed = [step for step in run.steps if step.exit_code]
    if failed or run.exit_code:
        command = failed[0].command if failed else run.steps[-1].command if run.steps else ""
        return f"The proof fails at `{command}`."
    return ""


def evidence_of(run: Run, reference: str, on: date) -> Evidence:
    """Record a reference's run. `on` is the day it ran, UTC."""
    commands = tuple(step.command for step in run.steps) or tuple(
        line for line in reference.splitlines() if line.strip()
    )
    return Evidence(run.engine, commands, run.output[:KEPT_OUTPUT], on.isoformat())
