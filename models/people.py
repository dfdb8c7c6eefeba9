"""People: learners, who join a course with a name only, and instructors, who come by a one-time link."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, clock, db
from models.courses import Course
from models.database import writing
from models.errors import BadName, LinkUsed

MAX_NAME = 60
LINK_LIFE = timedelta(days=7)


class Person(Base):
    """A learner of one course, or an instructor of all."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("course_id", "shown"),
        CheckConstraint("role IN ('learner', 'instructor')", name="role"),
        CheckConstraint("role = 'instructor' OR course_id IS NOT NULL", name="learner_has_course"),
        CheckConstraint("name <> ''", name="named"),
    )

    #: Number of the person.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: The course joined; null for an instructor, who sees all.
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    #: "learner" or "instructor".
    role: Mapped[str]
    #: The name as typed, blanks and control characters cleaned; text, not HTML.
    name: Mapped[str]
    #: The name as shown, unique in the course: the second Lin is "Lin (2)".
    shown: Mapped[str]
    #: SHA-256 of the secret that the browser's session carries; the secret itself is not stored.
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: When they joined.
    joined_at: Mapped[datetime]


class InstructorLink(Base):
    """A link that makes whoever opens it first an instructor."""

    __tablename__ = "instructor_link"

    #: Number of the link.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the secret in the link; the secret itself is only printed.
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: When it was made.
    created_at: Mapped[datetime]
    #: When it stops working.
    expires_at: Mapped[datetime]
    #: When it was opened; null while it is still good.
    used_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Joined:
    """Someone who just came in, and the secret for their session. The secret cannot be asked for again."""

    person: Person
    token: str


def join_course(course_id: int, name: str, *, now: datetime | None = None) -> Joined:
    """Let a learner in. Equal names are allowed and shown apart.

    :raise BadName: nothing is left of the name, or it has more than MAX_NAME characters
    :raise sqlalchemy.exc.NoResultFound: there is no such course
    """
    with writing() as session:
        # Holding the course's row gives two who join at once with one name different shown names.
        session.get_one(Course, course_id, with_for_update=True)
        return _enter(session, course_id, "learner", name, now or clock())


def make_instructor_link(*, now: datetime | None = None) -> str:
    """Give the secret of a new one-time link, good for a week. Only its hash is stored."""
    token, made = secrets.token_urlsafe(24), now or clock()
    with writing() as session:
        session.add(InstructorLink(token_hash=_hash(token), created_at=made, expires_at=made + LINK_LIFE))
    return token


def redeem_instructor_link(token: str, name: str = "Instructor", *, now: datetime | None = None) -> Joined:
    """Use a one-time link up and give the new instructor. Of two who open it at once, one comes in.

    :raise LinkUsed: unknown, expired or used before
    """
    moment = now or clock()
    with writing() as session:
        used = session.execute(
            update(InstructorLink).values(used_at=moment).where(
                InstructorLink.token_hash == _hash(token), InstructorLink.used_at.is_(None),
                InstructorLink.expires_at > moment,
            ).returning(InstructorLink.id)
        ).scalar()
        if used is None:
            raise LinkUsed("this link is unknown, too old or was used before; ./run prints a new one")
        return _enter(session, None, "instructor", name, moment)


def person_by_token(token: str) -> Person | None:
    """Find who a session belongs to."""
    return db.session.scalar(select(Person).where(Person.token_hash == _hash(token)))


def person_by_id(person_id: int) -> Person | None:
    """Find a person by number."""
    return db.session.get(Person, person_id)


def learners_of(course_id: int) -> Sequence[Person]:
    """Give the class of a course in the order of joining."""
    return db.session.scalars(
        select(Person).where(Person.course_id == course_id, Person.role == "learner").order_by(Person.id)
    ).all()


def clean_name(name: str) -> str:
    """Give the name in NFC with single blanks and without control and direction marks.

    :raise BadName: nothing is left, or it has more than MAX_NAME characters
    """
    kept = (mark for mark in unicodedata.normalize("NFC", name) if _harmless(mark))
    cleaned = " ".join("".join(kept).split())
    if not cleaned or all(unicodedata.category(mark) == "Cf" for mark in cleaned):
        raise BadName("a name needs at least one letter")
    if len(cleaned) > MAX_NAME:
        raise BadName(f"a name has at most {MAX_NAME} characters; this one has {len(cleaned)}")
    return cleaned


def _harmless(mark: str) -> bool:
    # The joiners U+200C and U+200D build letters and emoji; the other format marks can turn a line around.
    return mark in "\u200c\u200d" or mark.isspace() or not unicodedata.category(mark).startswith("C")


def _enter(session: Session, course_id: int | None, role: str, name: str, now: datetime) -> Joined:
    token, cleaned = secrets.token_urlsafe(24), clean_name(name)
    person = Person(
        course_id=course_id, role=role, name=cleaned, shown=_free_name(session, course_id, cleaned),
        token_hash=_hash(token), joined_at=now,
    )
    session.add(person)
    session.flush()
    return Joined(person, token)


def _free_name(session: Session, course_id: int | None, name: str) -> str:
    similar = Person.shown.startswith(name, autoescape=True)
    taken = set(session.scalars(select(Person.shown).where(Person.course_id == course_id, similar)))
    numbered = (name if n == 1 else f"{name} ({n})" for n in range(1, len(taken) + 2))
    return next(shown for shown in numbered if shown not in taken)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
