"""Attempts: one learner at one quiz, with the questions as they were when it began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.answers import Answer, answers_of
from models.bank import askable_among
from models.base import Base, Json, clock, db
from models.database import writing
from models.errors import EmptyQuiz
from models.public import public_question
from models.quizzes import Quiz


class Attempt(Base):
    """One learner's go at a quiz."""

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("finished_at IS NULL OR finished_at >= started_at", name="order"),
        # One open attempt a learner and quiz: a double click on "start" starts once.
        Index(
            "uq_attempt_open", "quiz_id", "person_id", unique=True,
            sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL"),
        ),
    )

    #: Number of the attempt.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: The quiz.
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"))
    #: The learner.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    #: The questions with their keys, as they were when the attempt began, each with the number of its note
    #: under "note_id". Never sent out as they are.
    questions: Mapped[list[dict[str, Any]]]
    #: When it began.
    started_at: Mapped[datetime]
    #: When the learner ended it; null while it is open.
    finished_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Item:
    """One question of an attempt and what became of it."""

    position: int  # from 0
    question: Json  # without its key before an answer is in
    answer: Answer | None  # the latest try
    tries: tuple[Answer, ...]  # oldest first; more than one for practicals only


@dataclass(frozen=True)
class AttemptView:
    """All that a page needs of an attempt."""

    attempt: Attempt
    quiz: Quiz
    items: tuple[Item, ...]

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(item.answer is not None for item in self.items)

    @property
    def next_position(self) -> int | None:
        """The first question without an answer; None when all have one."""
        return next((item.position for item in self.items if item.answer is None), None)

    @property
    def points(self) -> float:
        """The sum of the best scores, up to one a question. What is not judged counts nothing yet."""
        return sum(max((answer.score or 0.0 for answer in item.tries), default=0.0) for item in self.items)


@dataclass(frozen=True)
class Rounds:
    """How often a learner has begun a quiz."""

    number: int
    latest: int  # number of the latest attempt
    seen: datetime  # when it began


def start_attempt(quiz_id: int, person_id: int, *, now: datetime | None = None) -> Attempt:
    """Begin a quiz, or go on with the open attempt. The questions are copied as they are now.

    A question that was rejected or has vanished since the quiz was made is left out.

    :raise EmptyQuiz: none of its questions is left
    :raise sqlalchemy.exc.NoResultFound: there is no such quiz
    """
    with writing() as session:
        # Holding the quiz's row makes two starts at once take turns on PostgreSQL; SQLite's writers always
        # do.
        quiz = session.get_one(Quiz, quiz_id, with_for_update=True)
        attempt = _open_attempt(session, quiz_id, person_id)
        if attempt is None:
            attempt = Attempt(
                quiz_id=quiz_id, person_id=person_id, questions=_snapshots(session, quiz),
                started_at=now or clock(),
            )
            session.add(attempt)
    return attempt


def finish_attempt(attempt_id: int, *, now: datetime | None = None) -> Attempt:
    """End an attempt; ending twice keeps the first moment. Checks under way go on and still count.

    :raise sqlalchemy.exc.NoResultFound: there is no such attempt
    """
    with writing() as session:
        attempt = session.get_one(Attempt, attempt_id, with_for_update=True)
        attempt.finished_at = attempt.finished_at or now or clock()
    return attempt


def attempt_by_id(attempt_id: int) -> Attempt | None:
    """Find an attempt."""
    return db.session.get(Attempt, attempt_id)


def open_attempt(quiz_id: int, person_id: int) -> Attempt | None:
    """Find the attempt that a learner has begun and not ended."""
    return _open_attempt(db.session(), quiz_id, person_id)


def attempt_view(attempt_id: int) -> AttemptView | None:
    """Give an attempt with its questions and answers; a question without an answer comes without its key."""
    attempt = db.session.get(Attempt, attempt_id)
    if attempt is None:
        return None
    return _view(attempt, db.session.get_one(Quiz, attempt.quiz_id), answers_of(attempt_id))


def attempt_views(person_id: int, limit: int) -> list[AttemptView]:
    """Give a learner's latest attempts as attempt_view does, the newest first, in three queries for all of them."""
    query = select(Attempt).where(Attempt.person_id == person_id).order_by(Attempt.id.desc()).limit(limit)
    found = db.session.scalars(query).all()
    quizzes = select(Quiz).where(Quiz.id.in_({attempt.quiz_id for attempt in found}))
    quiz_of = {quiz.id: quiz for quiz in db.session.scalars(quizzes)}
    tries: dict[int, list[Answer]] = {attempt.id: [] for attempt in found}
    for answer in answers_of(*tries):
        tries[answer.attempt_id].append(answer)
    return [_view(attempt, quiz_of[attempt.quiz_id], tries[attempt.id]) for attempt in found]


def rounds_of_course(course_id: int) -> dict[int, Rounds]:
    """Count the attempts of a course's learners, by the number of the person."""
    query = (
        select(Attempt.person_id, func.count(), func.max(Attempt.id), func.max(Attempt.started_at))
        .join(Quiz, Quiz.id == Attempt.quiz_id).where(Quiz.course_id == course_id).group_by(Attempt.person_id)
    )
    return {person: Rounds(number, latest, seen) for person, number, latest, seen in db.session.execute(query)}


def _view(attempt: Attempt, quiz: Quiz, tries: Sequence[Answer]) -> AttemptView:
    items = tuple(
        _item(attempt, position, question, tuple(answer for answer in tries if answer.position == position))
        for position, question in enumerate(attempt.questions)
    )
    return AttemptView(attempt, quiz, items)


def _item(attempt: Attempt, position: int, question: Json, tries: tuple[Answer, ...]) -> Item:
    # A practical can be tried again: its reference stays inside until a try was right or the attempt is over.
    solved = attempt.finished_at is not None or any(answer.outcome == "right" for answer in tries)
    shown = question if tries and (solved or question["kind"] != "practical") else public_question(question)
    return Item(position, shown, tries[-1] if tries else None, tries)


def _open_attempt(session: Session, quiz_id: int, person_id: int) -> Attempt | None:
    return session.scalar(
        select(Attempt).where(
            Attempt.quiz_id == quiz_id, Attempt.person_id == person_id, Attempt.finished_at.is_(None)
        )
    )


def _snapshots(session: Session, quiz: Quiz) -> list[Json]:
    contents = askable_among(session, quiz.course_id, quiz.question_ids)
    snapshots = [contents[key].asked for key in quiz.question_ids if key in contents]
    if not snapshots:
        raise EmptyQuiz("every question of this quiz was rejected or has vanished from the notes")
    return snapshots
