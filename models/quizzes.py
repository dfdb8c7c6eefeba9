"""Quizzes: a selection from the bank, for the class once published, or for one learner's own practice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from models.bank import askable_among
from models.base import Base, clock, db, one_line
from models.database import writing
from models.errors import EmptyQuiz


class Quiz(Base):
    """Questions in an order, with a title."""

    __tablename__ = "quiz"
    __table_args__ = (CheckConstraint("title <> ''", name="named"),)

    #: Number of the quiz.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: The course it belongs to.
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    #: Title as typed; text, not HTML.
    title: Mapped[str]
    #: Stable ids of its questions in the order they are asked.
    question_ids: Mapped[list[str]]
    #: What the selection was drawn with, so that it can be drawn again; 0 when chosen by hand.
    seed: Mapped[int] = mapped_column(BigInteger, default=0)
    #: The learner whose practice this is; null for a quiz of the class.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    #: When it was made.
    created_at: Mapped[datetime]
    #: When the class could first begin; null while it is a draft.
    published_at: Mapped[datetime | None]


def create_quiz(
    course_id: int, title: str, question_ids: Sequence[str], *, seed: int = 0, owner_id: int | None = None,
    publish: bool = False, now: datetime | None = None,
) -> Quiz:
    """Make a quiz of these questions, each once, in this order; a draft unless `publish`.

    :raise EmptyQuiz: no question, or one that is not in the bank, was rejected or has vanished
    """
    moment, wanted = now or clock(), list(dict.fromkeys(question_ids))
    with writing() as session:
        missing = set(wanted) - askable_among(session, course_id, wanted).keys()
        if not wanted or missing:
            unknown = "".join(f"; {key} is none" for key in sorted(missing))
            raise EmptyQuiz(f"a quiz needs questions of the bank{unknown}")
        quiz = Quiz(
            course_id=course_id, title=one_line(title) or "Quiz", question_ids=wanted, seed=seed,
            owner_id=owner_id, created_at=moment, published_at=moment if publish else None,
        )
        session.add(quiz)
    return quiz


def publish_quiz(quiz_id: int, *, now: datetime | None = None) -> Quiz:
    """Open a quiz to the class; publishing twice keeps the first moment.

    :raise sqlalchemy.exc.NoResultFound: there is no such quiz
    """
    with writing() as session:
        quiz = session.get_one(Quiz, quiz_id, with_for_update=True)
        quiz.published_at = quiz.published_at or now or clock()
    return quiz


def quiz_by_id(quiz_id: int) -> Quiz | None:
    """Find a quiz."""
    return db.session.get(Quiz, quiz_id)


def quizzes_of(course_id: int, *, drafts: bool = False) -> Sequence[Quiz]:
    """Give the quizzes of the class, the newest first; with `drafts` also the unpublished. No practice."""
    query = select(Quiz).where(Quiz.course_id == course_id, Quiz.owner_id.is_(None))
    if not drafts:
        query = query.where(Quiz.published_at.is_not(None))
    return db.session.scalars(query.order_by(Quiz.id.desc())).all()
