"""How healthy notes are: which of their keys an engine proves, which it refutes, and what looks wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from notes.facts import Source, Suspicion
from proofs.checks import Checker
from proofs.evidence import prove, prove_claim
from quizzes.generate import Bank
from quizzes.kinds.base import Drop
from quizzes.questions import Evidence, Question
from sandboxes.effects import SandboxError


@dataclass(frozen=True)
class Finding:
    """What a run said of one question's key."""

    id: str  # of the question
    prompt: str
    source: Source
    commands: str  # that were run: the reference of a practical, else the proof
    verdict: Literal["proved", "refuted", "not judged"]
    reason: str  # why it is not proved; "" when it is
    evidence: Evidence | None


@dataclass(frozen=True)
class Report:
    """The health of one or several notes."""

    findings: tuple[Finding, ...]
    left_out: tuple[Drop, ...]  # examples that no sandbox can run, with the reason
    suspicions: tuple[Suspicion, ...]  # lines that look wrong without being run

    @property
    def wrong(self) -> bool:
        """Whether an instructor should look at the notes."""
        return bool(self.suspicions) or any(finding.verdict != "proved" for finding in self.findings)

    def lines(self) -> Iterator[str]:
        """Give what is wrong, a line each, with file and line."""
        for suspicion in self.suspicions:
            hint = f", probably {suspicion.instead}" if suspicion.instead else ""
            yield f"{_at(suspicion.source)}: {suspicion.what}: {suspicion.found}{hint}"
        for finding in self.findings:
            if finding.verdict != "proved":
                yield f"{_at(finding.source)}: {finding.verdict}: {finding.commands!r}: {finding.reason}"

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "findings": [asdict(finding) for finding in self.findings],
            "left_out": [
                {"source": asdict(drop.source), "command": drop.prompt, "reason": drop.reason} for drop in self.left_out
            ],
            "suspicions": [asdict(one) for one in self.suspicions],
        }


def examine(checker: Checker, question: Question, on: date) -> Finding:
    """Run a question's reference, or its proof. A failure of ours is `not judged`, never a refutation."""
    try:
        if question.reference:
            proof = prove(checker, question.setup, question.reference, on)
        else:
            proof = prove_claim(checker, question.proof, on)
    except SandboxError as error:
        return _finding(question, "not judged", error.reason, None)
    return _finding(question, "proved" if proof.evidence else "refuted", proof.doubt, proof.evidence)


def left_out(bank: Bank) -> tuple[Drop, ...]:
    """Give the notes' examples that made no task."""
    return tuple(drop for drop in bank.dropped if drop.kind == "practical")


def _finding(
    question: Question, verdict: Literal["proved", "refuted", "not judged"], reason: str, evidence: Evidence | None
) -> Finding:
    return Finding(question.id, question.prompt, question.source, question.reference or question.proof, verdict, reason, evidence)


def _at(source: Source) -> str:
    return f"{source.file}:{source.lines[0]}"
