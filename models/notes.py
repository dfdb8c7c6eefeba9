"""Notes as they were handed in: every version is kept, the import tells what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models.base import Base, Json, clock, db, storable
from models.courses import Course
from models.database import writing
from models.jobs import IMPORT_NOTE, enqueue


class Note(Base):
    """One version of one note of a course."""

    __tablename__ = "note"
    __table_args__ = (
        UniqueConstraint("course_id", "file", "version"),
        CheckConstraint("state IN ('queued', 'reading', 'done', 'failed')", name="state"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("file <> ''", name="file"),
    )

    #: Number of this version.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: The course it belongs to.
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    #: File name as handed in, without folders.
    file: Mapped[str]
    #: 1 for the first upload under this file name, then 2, ...
    version: Mapped[int]
    #: The bytes as they were handed in, even if they cannot be read.
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    #: SHA-256 of the bytes, 64 hex digits.
    sha256: Mapped[str]
    #: "queued", "reading", "done" or "failed".
    state: Mapped[str] = mapped_column(default="queued")
    #: Why the import failed, a sentence with file and line; "" otherwise.
    message: Mapped[str] = mapped_column(default="")
    #: Title and language as read: {"title": ..., "language": ...}; and counts: facts, questions, dropped,
    #: suspicions.
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Lines that look wrong: [{"lines": [from, to], "heading": [...], "what", "found", "instead"}].
    suspicions: Mapped[list[Any]] = mapped_column(default=list)
    #: Which lines became questions, as quizzes.coverage says it.
    coverage: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: When it was handed in.
    added_at: Mapped[datetime]
    #: When the import ended, either way.
    imported_at: Mapped[datetime | None]

    @property
    def text(self) -> str:
        """The note as text for showing; bytes that are not UTF-8 appear as the replacement mark."""
        return self.data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def add_note(course_id: int, file: str, data: bytes, *, now: datetime | None = None) -> Note:
    """Keep a note and queue its import. The same bytes under the same name again give the version there is.

    A version whose import failed is imported again when it is handed in again.
    """
    name, digest, moment = clean_file(file), hashlib.sha256(data).hexdigest(), now or clock()
    with writing() as session:
        session.get(Course, course_id, with_for_update=True)
        latest = session.scalar(_versions(course_id, name).limit(1))
        if latest is not None and latest.sha256 == digest:
            return _again(session, latest, moment)
        note = Note(
            course_id=course_id, file=name, version=latest.version + 1 if latest else 1, data=data,
            sha256=digest, state="queued", added_at=moment,
        )
        session.add(note)
        session.flush()
        enqueue(session, IMPORT_NOTE, note.id, now=moment)
    return note


def clean_file(file: str) -> str:
    """Give the last part of a file name, printable, at most 120 characters; "note.md" if none is left."""
    last = file.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(mark for mark in last if mark.isprintable()).strip()[-120:] or "note.md"


def note_by_id(note_id: int) -> Note | None:
    """Find one version of a note."""
    return db.session.get(Note, note_id)


def note_versions(course_id: int, file: str) -> Sequence[Note]:
    """Give all versions of a note, the newest first."""
    return db.session.scalars(_versions(course_id, file)).all()


def notes_of(course_id: int) -> Sequence[Note]:
    """Give the newest version of each note of a course, by file name."""
    return newest_notes(db.session(), course_id)


def newest_notes(session: Session, course_id: int, *, done: bool = False) -> Sequence[Note]:
    """Give the newest version of each note, by file name; with `done`, the newest that was imported."""
    other = aliased(Note)
    newest = select(func.max(other.version)).where(other.course_id == course_id, other.file == Note.file)
    if done:
        newest = newest.where(other.state == "done")
    number = newest.correlate(Note).scalar_subquery()
    query = select(Note).where(Note.course_id == course_id, Note.version == number)
    return session.scalars(query.order_by(Note.file)).all()


def note_reading(note_id: int) -> None:
    """Say that the import has begun."""
    with writing() as session:
        note = session.get_one(Note, note_id)
        note.state, note.message = "reading", ""


def note_failed(session: Session, note_id: int, message: str, now: datetime) -> None:
    """Say why the import failed, inside the caller's transaction. Questions of earlier versions stay."""
    note = session.get_one(Note, note_id)
    note.state, note.message, note.imported_at = "failed", storable(message), now


def note_done(
    session: Session, note_id: int, *, counts: Json, suspicions: list[Any], coverage: Json, now: datetime
) -> None:
    """Store what the import found, inside the caller's transaction."""
    note = session.get_one(Note, note_id)
    note.state, note.message, note.imported_at = "done", "", now
    note.counts, note.suspicions, note.coverage = counts, suspicions, coverage


def _versions(course_id: int, file: str):  # type: ignore[no-untyped-def]
    return select(Note).where(Note.course_id == course_id, Note.file == file).order_by(Note.version.desc())


def _again(session: Session, note: Note, now: datetime) -> Note:
    if note.state == "failed":
        note.state, note.message = "queued", ""
        enqueue(session, IMPORT_NOTE, note.id, now=now)
    return note
