"""Reviews of flashcards: one row each, never changed but for being taken back. The newest row is the card's state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, clock, db
from models.database import writing
from models.people import Person

State = Literal["learning", "review", "relearning"]
#: A longer look at a card was a look at something else.
MAX_TOOK = timedelta(seconds=60)
#: How long the last review may be taken back.
UNDO_LIFE = timedelta(hours=1)


class Review(Base):
    """One answer a learner gave to one card."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 4", name="rating"),
        CheckConstraint("state_before IN ('learning', 'review', 'relearning')", name="state_before"),
        CheckConstraint("state IN ('learning', 'review', 'relearning')", name="state"),
        CheckConstraint("stability > 0 AND difficulty >= 1 AND difficulty <= 10", name="memory"),
        CheckConstraint("took_ms >= 0 AND interval_seconds >= 0", name="counted"),
        Index("ix_review_card", "person_id", "question_id", "id"),
    )

    #: Number of the review; a later one has a larger number.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: The learner.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    #: Stable id of the question on the card.
    question_id: Mapped[str] = mapped_column(index=True)
    #: When the card was answered.
    reviewed_at: Mapped[datetime]
    #: 1 again, 2 hard, 3 good, 4 easy.
    rating: Mapped[int]
    #: Milliseconds spent on the card, at most MAX_TOOK.
    took_ms: Mapped[int] = mapped_column(default=0)
    #: The card's state before: "learning", "review", "relearning"; null when it was new.
    state_before: Mapped[str | None]
    #: The state it led to.
    state: Mapped[str]
    #: The learning step it led to, from 0; null in state "review".
    step: Mapped[int | None]
    #: Stability of the memory afterwards, in days.
    stability: Mapped[float]
    #: Difficulty of the card afterwards, 1 to 10.
    difficulty: Mapped[float]
    #: When the card is due again.
    due_at: Mapped[datetime]
    #: From reviewed_at to due_at.
    interval_seconds: Mapped[int] = mapped_column(BigInteger)
    #: What computed it, "FSRS-6".
    scheduler: Mapped[str]
    #: When the learner took it back; null while it counts.
    undone_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Outcome:
    """What a scheduler makes of an answer."""

    state: State
    step: int | None
    stability: float
    difficulty: float
    due_at: datetime
    scheduler: str


def record_review(
    person_id: int, question_id: str, rating: int, outcome: Outcome, *, after: int, took: timedelta = MAX_TOOK,
    now: datetime | None = None,
) -> Review | None:
    """Keep an answer; once this returns it is on disk.

    :param after: number of the card's latest review that the page was drawn with, 0 for none. When another
        has come since (a double press, a second window) nothing is stored and None is given.
    """
    moment = now or clock()
    with writing() as session:
        session.get_one(Person, person_id, with_for_update=True)
        latest = session.scalar(_counting(person_id).where(Review.question_id == question_id).order_by(Review.id.desc()))
        if (latest.id if latest else 0) != after:
            return None
        review = Review(
            person_id=person_id, question_id=question_id, reviewed_at=moment, rating=rating,
            took_ms=int(max(timedelta(), min(took, MAX_TOOK)).total_seconds() * 1000),
            state_before=latest.state if latest else None, state=outcome.state, step=outcome.step,
            stability=outcome.stability, difficulty=outcome.difficulty, due_at=outcome.due_at,
            interval_seconds=int((outcome.due_at - moment).total_seconds()), scheduler=outcome.scheduler,
        )
        session.add(review)
    return review


def undo_review(person_id: int, *, now: datetime | None = None) -> Review | None:
    """Take the latest review back; give it, or None when there is none of the last UNDO_LIFE."""
    moment = now or clock()
    with writing() as session:
        session.get_one(Person, person_id, with_for_update=True)
        latest = _latest(session, person_id, moment)
        if latest is not None:
            latest.undone_at = moment
    return latest


def undoable_review(person_id: int, *, now: datetime | None = None) -> Review | None:
    """Give the review that undo_review would take back."""
    return _latest(db.session(), person_id, now or clock())


def card_states(person_id: int) -> dict[str, Review]:
    """Give the latest review of each card, by question id; a card without one is new."""
    newest = _counting(person_id).with_only_columns(func.max(Review.id)).group_by(Review.question_id)
    rows = db.session.scalars(select(Review).where(Review.id.in_(newest)))
    return {row.question_id: row for row in rows}


def reviews_of(person_id: int) -> Sequence[Review]:
    """Give all reviews that count, oldest first."""
    return db.session.scalars(_counting(person_id).order_by(Review.id)).all()


def introduced_since(person_id: int, since: datetime) -> int:
    """Count the new cards first answered since a moment."""
    query = _counting(person_id).where(Review.state_before.is_(None), Review.reviewed_at >= since)
    return db.session.scalar(query.with_only_columns(func.count())) or 0


def reviewed_since(person_id: int, since: datetime) -> int:
    """Count the cards answered since a moment, each once."""
    query = _counting(person_id).where(Review.reviewed_at >= since)
    return db.session.scalar(query.with_only_columns(func.count(Review.question_id.distinct()))) or 0


def _counting(person_id: int) -> Select[Review]:
    return select(Review).where(Review.person_id == person_id, Review.undone_at.is_(None))


def _latest(session: Session, person_id: int, now: datetime) -> Review | None:
    query = _counting(person_id).where(Review.reviewed_at > now - UNDO_LIFE)
    return session.scalar(query.order_by(Review.id.desc()).limit(1))
