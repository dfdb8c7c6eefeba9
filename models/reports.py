"""Reports: a learner says that a question is wrong; it stays open until the instructor has decided on the question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, clock, db, storable
from models.database import writing
from models.people import Person

MAX_REPORT = 1000  # characters; the form says the same, so that nothing is cut unseen


class Report(Base):
    """What one learner has against one question."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("person_id", "question_id"),)

    #: Number of the report.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: Who reports.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    #: The course whose bank has the question.
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    #: Stable id of the question.
    question_id: Mapped[str]
    #: What is wrong, in the learner's words; "" when nothing was written. Hostile text.
    text: Mapped[str]
    #: When it was sent, the last time.
    made_at: Mapped[datetime]
    #: When the instructor decided on the question; null while the report is open.
    settled_at: Mapped[datetime | None]


def report_mistake(person_id: int, question_id: str, text: str, *, now: datetime | None = None) -> Report:
    """Keep what a learner has against a question of their course; a second report stands for the first.

    :raise sqlalchemy.exc.NoResultFound: there is no such learner
    """
    with writing() as session:
        person = session.get_one(Person, person_id, with_for_update=True)
        report = session.scalar(select(Report).where(Report.person_id == person_id, Report.question_id == question_id))
        if report is None:
            report = Report(person_id=person_id, course_id=person.course_id, question_id=question_id)
            session.add(report)
        report.text = storable(text).strip()[:MAX_REPORT]
        report.made_at, report.settled_at = now or clock(), None
    return report


def settle_reports(course_id: int, question_id: str, *, now: datetime | None = None) -> None:
    """Close what is open on a question: the instructor has decided."""
    with writing() as session:
        session.execute(update(Report).where(
            Report.course_id == course_id, Report.question_id == question_id, Report.settled_at.is_(None),
        ).values(settled_at=now or clock()))


def open_reports(course_id: int, question_id: str) -> Sequence[Report]:
    """Give what is open on a question, the oldest first."""
    query = select(Report).where(Report.course_id == course_id, Report.question_id == question_id)
    return db.session.scalars(query.where(Report.settled_at.is_(None)).order_by(Report.made_at, Report.id)).all()


def has_reported(person_id: int, question_id: str) -> bool:
    """Tell whether a learner's report on a question is open."""
    query = select(Report.id).where(Report.person_id == person_id, Report.question_id == question_id)
    return db.session.scalar(query.where(Report.settled_at.is_(None))) is not None


def reported_questions(course_id: int) -> int:
    """Count the questions of a course with an open report."""
    query = select(func.count(Report.question_id.distinct())).where(Report.course_id == course_id)
    return db.session.scalar(query.where(Report.settled_at.is_(None))) or 0
