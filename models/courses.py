"""Courses: notes, bank and class under one title."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, clock, db, one_line
from models.database import writing


class Course(Base):
    """A course: its notes, its question bank, its class."""

    __tablename__ = "course"
    __table_args__ = (
        CheckConstraint("language IN ('zh', 'en')", name="language"),
        CheckConstraint("slug <> '' AND title <> ''", name="named"),
    )

    #: Number of the course.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: The part of the address after /c/, never changed once given.
    slug: Mapped[str] = mapped_column(unique=True)
    #: Title as the instructor typed it; text, not HTML.
    title: Mapped[str]
    #: Language of the course's pages where a learner has not chosen one: "zh" or "en".
    language: Mapped[str]
    #: Six digits that a class types to join, without the blank they are shown with.
    join_code: Mapped[str] = mapped_column(unique=True)
    #: True for the course that a first start brings along.
    sample: Mapped[bool] = mapped_column(default=False)
    #: When it was made.
    created_at: Mapped[datetime]


def create_course(
    title: str, language: str = "en", *, slug: str | None = None, sample: bool = False,
    now: datetime | None = None,
) -> Course:
    """Make a course with a free slug and a free join code; two courses may have the same title."""
    with writing() as session:
        course = Course(
            slug=_free_slug(session, slug or title), title=one_line(title) or "Untitled", language=language,
            join_code=_free_code(session), sample=sample, created_at=now or clock(),
        )
        session.add(course)
    return course


def courses() -> Sequence[Course]:
    """Give every course, the oldest first."""
    return db.session.scalars(select(Course).order_by(Course.id)).all()


def course_by_slug(slug: str) -> Course | None:
    """Find a course by its address."""
    return db.session.scalar(select(Course).where(Course.slug == slug))


def course_by_join_code(code: str) -> Course | None:
    """Find a course by what a learner typed: "482 617", "482-617" and "482617" are the same code."""
    digits = "".join(str(unicodedata.decimal(mark)) for mark in code if mark.isdecimal())
    return db.session.scalar(select(Course).where(Course.join_code == digits))


def _free_slug(session: Session, wish: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", wish.lower()).strip("-")[:60].strip("-") or "course"
    taken = set(session.scalars(select(Course.slug).where(Course.slug.startswith(stem))))
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)


def _free_code(session: Session) -> str:
    while True:
        code = f"{secrets.randbelow(900_000) + 100_000}"
        if session.scalar(select(Course.id).where(Course.join_code == code)) is None:
            return code
