"""Check a practical answer in the sandbox."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jobs.kinds.base import TryLater, Work
from jobs.lease import Store
from models.answers import Answer, answer_by_id, judge, not_judged
from models.base import Json
from models.jobs import CHECK
from proofs.checks import Check as Checked
from proofs.checks import Task


class Check:
    """Runs the answer on an engine and compares what it did with what the reference does."""

    name = CHECK
    needs_engine = True

    def run(self, subject_id: int, work: Work) -> Store:
        """Check one answer; a failure of ours is a TryLater, never a verdict."""
        answer = answer_by_id(subject_id)
        if answer is None or answer.state == "judged":
            return lambda session, now: None
        work.phase("starting")
        checked = work.engine.check(task_of(answer.id, answer.question, str(answer.response)), work.phase)
        if checked.verdict.outcome == "not judged":
            reason = checked.reason or checked.verdict.feedback
            raise TryLater(reason, counts=work.engine.still_there())
        return lambda session, now: _store(session.get_one(Answer, subject_id), checked, now)

    def failed(self, session: Session, subject_id: int, reason: str, final: bool, now: datetime) -> None:
        """Say that the answer is not judged: the learner's page then says that it will be run again."""
        not_judged(session.get_one(Answer, subject_id), reason, final=final)


def task_of(number: int, question: Json, response: str) -> Task:
    """Give the task that a stored question asks, with what was handed in."""
    return Task(
        id=str(number), setup=question.get("setup", ""), reference=question["reference"], answer=response,
        text=question["prompt"], language=question["language"], compare=tuple(question.get("compare", ())),
    )


def _store(answer: Answer, checked: Checked, now: datetime) -> None:
    verdict: dict[str, Any] = asdict(checked.verdict)
    transcript = [asdict(step) for step in checked.steps]
    judge(answer, verdict, now, transcript=transcript, engine=checked.engine, seconds=checked.seconds)
