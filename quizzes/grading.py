"""Judging responses."""

from __future__ import annotations

from quizzes.kinds import KINDS
from quizzes.kinds.base import ResponseError
from quizzes.questions import Question, Response, Verdict

__all__ = ["ResponseError", "grade"]


def grade(question: Question, response: Response) -> Verdict:
    """Judge one response; answers at once. Practicals are judged by a run in a sandbox instead:
    `proofs.checks`.

    :raise ResponseError: the response has the wrong shape for the question's kind, or the kind is unknown
        or practical
    """
    kind = KINDS.get(question.kind)
    if kind is None or question.kind == "practical":
        raise ResponseError(f"questions of the kind {question.kind} are not judged here")
    return kind.check(question, response)
