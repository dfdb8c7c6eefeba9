"""Grade an answer that needs no engine, because grading failed when it was handed in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from jobs.kinds.base import Work
from jobs.lease import Store
from models.answers import Answer, answer_by_id, judge, not_judged
from models.jobs import GRADE
from quizzes.grading import grade
from quizzes.questions import Question


class Grade:
    """Judges by text alone."""

    name = GRADE
    needs_engine = False

    def run(self, subject_id: int, work: Work) -> Store:
        """Grade the stored response against the question as it was asked."""
        answer = answer_by_id(subject_id)
        if answer is None:
            return lambda session, now: None
        verdict = asdict(grade(Question.from_dict(answer.question), answer.response))
        return lambda session, now: judge(session.get_one(Answer, subject_id), verdict, now)

    def failed(self, session: Session, subject_id: int, reason: str, final: bool, now: datetime) -> None:
        """Say that the answer is not judged."""
        not_judged(session.get_one(Answer, subject_id), reason, final=final)
