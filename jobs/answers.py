"""Handing in an answer: judged at once where no engine is needed, queued otherwise."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime
from typing import Any

from jobs.hints import hint
from models import Answer, attempt_by_id, job_about, record_answer
from models.answers import Response, job_kind
from quizzes.grading import ResponseError, grade
from quizzes.questions import Question

log = logging.getLogger(__name__)


def hand_in(attempt_id: int, position: int, response: Response, *, now: datetime | None = None) -> Answer:
    """Judge and keep one answer; once this returns it is on disk and may be acknowledged.

    A practical comes back waiting, and so does an answer whose grading failed through a fault of ours: a
    worker tries again. Handed in twice, the first answer is given back.

    :raise ResponseError: the response does not have the form of the question's kind; nothing was kept
    :raise StoreError: as models.record_answer says
    :raise sqlalchemy.exc.NoResultFound: there is no such attempt
    """
    question = _question(attempt_id, position)
    verdict = None if question is None else _verdict(question, response)
    answer = record_answer(attempt_id, position, response, verdict, now=now)
    if answer.state == "waiting":
        job = job_about(job_kind(answer), answer.id)
        if job is not None:
            hint(job.id)
    return answer


def _question(attempt_id: int, position: int) -> dict[str, Any] | None:
    attempt = attempt_by_id(attempt_id)
    if attempt is None or not 0 <= position < len(attempt.questions):
        return None  # record_answer says what is wrong
    return attempt.questions[position]


def _verdict(question: dict[str, Any], response: Response) -> dict[str, Any] | None:
    if question["kind"] == "practical":
        return None
    try:
        return asdict(grade(Question.from_dict(question), response))
    except ResponseError:
        raise
    except Exception:  # a fault of ours must cost neither the answer nor the point: a worker tries again
        log.exception("grading failed for question %s", question.get("id"))
        return None
