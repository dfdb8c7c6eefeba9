"""Answers: what was handed in, kept before it is acknowledged, and how it was judged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Json, clock, db, storable
from models.database import writing
from models.errors import AnswerTooLong, AttemptClosed, NoSuchPosition, TooManyChecks
from models.jobs import CHECK, GRADE, enqueue

if TYPE_CHECKING:
    from models.attempts import Attempt

MAX_ANSWER_BYTES = 32 * 1024
MAX_WAITING_CHECKS = 3  # of one learner, over all attempts: nobody takes all sandboxes at a time

Response = str | bool | list[str] | dict[str, str]


class Answer(Base):
    """One try at one question of an attempt."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position", "try_number"),
        CheckConstraint("state IN ('waiting', 'judged', 'stopped')", name="state"),
        CheckConstraint("outcome IN ('right', 'wrong', 'partly right', 'not judged')", name="outcome"),
        CheckConstraint("(state = 'judged') = (score IS NOT NULL)", name="judged_has_score"),
        CheckConstraint("state <> 'judged' OR (outcome IS NOT NULL AND outcome <> 'not judged')",
        name="judged"), CheckConstraint("score IS NULL OR (score >= 0 AND score <= 1)", name="score"),
        CheckConstraint("position >= 0 AND try_number >= 1", name="counted"),
    )

    #: Number of the answer.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: The attempt it belongs to.
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    #: Which question of the attempt, from 0.
    position: Mapped[int]
    #: 1 for the first try; only practicals have more.
    try_number: Mapped[int] = mapped_column(default=1)
    #: Stable id of the question, for statistics.
    question_id: Mapped[str] = mapped_column(index=True)
    #: Kind of the question.
    kind: Mapped[str]
    #: The question with its key, as it was asked.
    question: Mapped[dict[str, Any]]
    #: What was handed in, in the form of quizzes.questions.Response.
    response: Mapped[Any] = mapped_column(JSON)
    #: When it was handed in.
    received_at: Mapped[datetime]
    #: "waiting" for its verdict, "judged", or "stopped" when judging was given up: our failure, never the
    #: learner's.
    state: Mapped[str]
    #: "right", "wrong", "partly right"; "not judged" after a failure of ours; null while nothing was tried.
    outcome: Mapped[str | None]
    #: 0 to 1; null unless judged.
    score: Mapped[float | None]
    #: One sentence: why; for "not judged" what went wrong.
    feedback: Mapped[str] = mapped_column(default="")
    #: What was expected and found: [{"what", "expected", "found", "sentence", "met"}].
    differences: Mapped[list[Any]] = mapped_column(default=list)
    #: The commands as they ran: [{"command", "output", "exit_code", "seconds"}]. Hostile text.
    transcript: Mapped[list[Any]] = mapped_column(default=list)
    #: The engine that ran it, "Docker 26.1.5"; "" for kinds that need none.
    engine: Mapped[str] = mapped_column(default="")
    #: Seconds the check took; null for kinds that need none.
    seconds: Mapped[float | None]
    #: When the verdict was stored.
    judged_at: Mapped[datetime | None]


def record_answer(
    attempt_id: int, position: int, response: Response, verdict: Json | None = None, *,
    now: datetime | None = None,
) -> Answer:
    """Keep an answer; once this returns it is on disk and may be acknowledged.

    Handed in twice, the first answer stays and is given back. A practical may be answered again, as a further
    try; the same text again while it waits is the same try. Handlers call `jobs.hand_in`, which judges what
    needs no engine.

    :param verdict: {"outcome", "score", "feedback", "differences"}; None queues a check
    :raise AnswerTooLong: more than MAX_ANSWER_BYTES
    :raise NoSuchPosition: the attempt has no such question
    :raise AttemptClosed: the attempt was finished, and this question has no answer yet or is a practical
    :raise TooManyChecks: MAX_WAITING_CHECKS answers of this learner are waiting already
    """
    from models.attempts import Attempt  # an attempt's view needs answers, so that module imports this one

    _measure(response)
    moment = now or clock()
    with writing() as session:
        # Holding the attempt's row makes a double submit take turns on PostgreSQL; SQLite's writers always
        # do.
        attempt = session.get_one(Attempt, attempt_id, with_for_update=True)
        question = _question(attempt, position)
        tries = _tries(session, attempt_id, position)
        repeated = _repeated(question, tries, response)
        if repeated is not None:
            return repeated
        _refuse(session, attempt, verdict)
        answer = Answer(
            attempt_id=attempt_id, position=position, try_number=len(tries) + 1, question_id=question["id"],
            kind=question["kind"], question=question, response=response, received_at=moment, state="waiting",
        )
        session.add(answer)
        if verdict is not None:
            judge(answer, verdict, moment)
        session.flush()
        if verdict is None:
            enqueue(session, job_kind(answer), answer.id, now=moment)
    return answer


def judge(
    answer: Answer, verdict: Json, now: datetime, *, transcript: Sequence[Json] = (), engine: str = "",
    seconds: float | None = None,
) -> None:
    """Write a verdict into the row, inside the caller's transaction. The outcome must not be "not judged"."""
    answer.state, answer.outcome, answer.score = "judged", verdict["outcome"], verdict["score"]
    answer.feedback, answer.differences = storable(verdict["feedback"]), list(verdict.get("differences", ()))
    answer.transcript, answer.engine, answer.seconds = list(transcript), storable(engine), seconds
    answer.judged_at = now


def not_judged(answer: Answer, reason: str, *, final: bool) -> None:
    """Say in the row that a failure of ours kept it from being judged; `final`: no further try follows."""
    answer.state, answer.outcome = ("stopped" if final else "waiting"), "not judged"
    answer.feedback = storable(reason)


def run_again(answer_id: int, *, now: datetime | None = None) -> Answer:
    """Queue a check that was given up once more; an answer that has its verdict is left as it is.

    :raise sqlalchemy.exc.NoResultFound: there is no such answer
    """
    with writing() as session:
        answer = session.get_one(Answer, answer_id, with_for_update=True)
        if answer.state != "judged":
            answer.state = "waiting"
            enqueue(session, job_kind(answer), answer.id, now=now or clock())
    return answer


def answer_by_id(answer_id: int) -> Answer | None:
    """Find an answer."""
    return db.session.get(Answer, answer_id)


def answers_of(*attempt_ids: int) -> Sequence[Answer]:
    """Give the answers of attempts, by attempt, position and try."""
    query = select(Answer).where(Answer.attempt_id.in_(attempt_ids))
    return db.session.scalars(query.order_by(Answer.attempt_id, Answer.position, Answer.try_number)).all()


def best_scores(person_id: int, kind: str) -> dict[str, float]:
    """Give a learner's best score in each question of a kind that was judged, by question id."""
    from models.attempts import Attempt

    query = select(Answer.question_id, func.max(Answer.score)).join(Attempt, Attempt.id == Answer.attempt_id)
    mine = query.where(Attempt.person_id == person_id, Answer.kind == kind, Answer.state == "judged")
    return {question_id: score or 0.0 for question_id, score in db.session.execute(mine.group_by(Answer.question_id))}


def mistakes_of(person_id: int) -> list[str]:
    """Give the ids of the questions whose latest verdict was not wholly right, the newest last."""
    from models.attempts import Attempt

    query = select(Answer.question_id, Answer.outcome).join(Attempt, Attempt.id == Answer.attempt_id)
    judged = query.where(Attempt.person_id == person_id, Answer.state == "judged").order_by(Answer.id)
    latest: dict[str, str | None] = {}
    for question_id, outcome in db.session.execute(judged):
        latest.pop(question_id, None)
        latest[question_id] = outcome
    return [question_id for question_id, outcome in latest.items() if outcome != "right"]


def unjudged_answers(course_id: int) -> Sequence[Answer]:
    """Give the answers of a course that a failure of ours kept from being judged, for the instructor."""
    from models.attempts import Attempt
    from models.quizzes import Quiz

    return db.session.scalars(
        select(Answer).join(Attempt, Attempt.id == Answer.attempt_id).join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Quiz.course_id == course_id, Answer.outcome == "not judged").order_by(Answer.id)
    ).all()


def _measure(response: Response) -> None:
    size = len(response) if isinstance(response, str) and len(response) > MAX_ANSWER_BYTES else len(
        json.dumps(response, ensure_ascii=False).encode("utf-8", "surrogatepass")
    )
    if size > MAX_ANSWER_BYTES:
        raise AnswerTooLong(size, MAX_ANSWER_BYTES)


def _question(attempt: Attempt, position: int) -> Json:
    if not 0 <= position < len(attempt.questions):
        raise NoSuchPosition(f"the attempt has questions 0 to {len(attempt.questions) - 1}, not {position}")
    return attempt.questions[position]


def _tries(session: Session, attempt_id: int, position: int) -> Sequence[Answer]:
    query = select(Answer).where(Answer.attempt_id == attempt_id, Answer.position == position)
    return session.scalars(query.order_by(Answer.try_number)).all()


def _repeated(question: Json, tries: Sequence[Answer], response: Response) -> Answer | None:
    if not tries:
        return None
    if question["kind"] != "practical":
        return tries[0]
    latest = tries[-1]
    return latest if latest.state == "waiting" and latest.response == response else None


def _refuse(session: Session, attempt: Attempt, verdict: Json | None) -> None:
    if attempt.finished_at is not None:
        raise AttemptClosed("this attempt was finished; start the quiz again to answer once more")
    from models.attempts import Attempt

    theirs = select(Attempt.id).where(Attempt.person_id == attempt.person_id)
    waiting = select(func.count(Answer.id)).where(Answer.state == "waiting", Answer.attempt_id.in_(theirs))
    if verdict is None and (session.scalar(waiting) or 0) >= MAX_WAITING_CHECKS:
        raise TooManyChecks(MAX_WAITING_CHECKS)


def job_kind(answer: Answer) -> str:
    """Name the kind of job that judges an answer."""
    # Anything else was to be judged when it was handed in, and grading failed through a fault of ours.
    return CHECK if answer.kind == "practical" else GRADE
