"""What a learner's own Anki knows of our cards, taken from a collection they exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, clock, db
from models.database import writing
from models.people import Person


class AnkiRecall(Base):
    """One learner's reviews of one card in Anki, summed up."""

    __tablename__ = "anki_recall"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "question_id"),
        CheckConstraint("reviews >= 1 AND again >= 0 AND again <= reviews AND lapses >= 0 AND lapses <= again", name="counted"),
        CheckConstraint("seconds >= 0", name="seconds"),
    )

    #: Number of the row.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: Who reviewed.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    #: The course whose deck it was.
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    #: Stable id of the question on the card.
    question_id: Mapped[str]
    #: How often it was answered.
    reviews: Mapped[int]
    #: Answers "again", while learning too.
    again: Mapped[int]
    #: Answers "again" to a card that was known.
    lapses: Mapped[int]
    #: Seconds spent on all reviews together.
    seconds: Mapped[float]
    #: When it was last reviewed.
    last_at: Mapped[datetime]
    #: When the collection was read.
    imported_at: Mapped[datetime]


@dataclass(frozen=True)
class CardRecall:
    """One card in Anki."""

    reviews: int
    again: int
    lapses: int
    seconds: float
    last_at: datetime


@dataclass(frozen=True)
class RecallSum:
    """One question over everybody who brought their reviews."""

    question_id: str
    people: int
    reviews: int
    again: int
    lapses: int
    seconds: float

    @property
    def recalled(self) -> float:
        """The share of reviews that were not "again", 0 to 1."""
        return 1 - self.again / self.reviews


def store_recalls(
    person_id: int, course_id: int, recalls: Mapping[str, CardRecall], *, now: datetime | None = None
) -> int:
    """Keep what a collection says, instead of what an earlier one said; give how many cards it tells of."""
    moment = now or clock()
    with writing() as session:
        session.get_one(Person, person_id, with_for_update=True)
        earlier = session.scalars(select(AnkiRecall).where(AnkiRecall.person_id == person_id, AnkiRecall.course_id == course_id))
        stored = {row.question_id: row for row in earlier}
        for question_id, recall in recalls.items():
            row = stored.get(question_id) or AnkiRecall(person_id=person_id, course_id=course_id, question_id=question_id)
            row.reviews, row.again, row.lapses = recall.reviews, recall.again, recall.lapses
            row.seconds, row.last_at, row.imported_at = recall.seconds, recall.last_at, moment
            session.add(row)
    return len(recalls)


def recalls_of_course(course_id: int) -> Sequence[RecallSum]:
    """Sum the cards of a course up, the most often forgotten first."""
    total = func.sum(AnkiRecall.reviews)
    query = (
        select(AnkiRecall.question_id, func.count(), total, func.sum(AnkiRecall.again),
               func.sum(AnkiRecall.lapses), func.sum(AnkiRecall.seconds))
        .where(AnkiRecall.course_id == course_id).group_by(AnkiRecall.question_id)
    )
    found = [RecallSum(*row) for row in db.session.execute(query)]
    return sorted(found, key=lambda each: (each.recalled, -each.reviews, each.question_id))
