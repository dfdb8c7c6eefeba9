"""Pictures of a course's notes, as they were handed in and recognised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, clock, db
from models.courses import Course
from models.database import writing


class NotePicture(Base):
    """One picture beside the notes of a course."""

    __tablename__ = "note_picture"
    __table_args__ = (UniqueConstraint("course_id", "file"), CheckConstraint("file <> ''", name="file"))

    #: Number of the row.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: The course it belongs to.
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    #: Path as handed in, "img/net.png"; without folders where the browser gave none.
    file: Mapped[str]
    #: Name by its content, "noteproof-231abb….png": tells the type as well.
    name: Mapped[str]
    #: The bytes as they were handed in.
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    #: When it was handed in.
    added_at: Mapped[datetime]


@dataclass(frozen=True)
class HandedPicture:
    """A picture to keep."""

    name: str
    data: bytes


def keep_pictures(course_id: int, pictures: Mapping[str, HandedPicture], *, now: datetime | None = None) -> None:
    """Keep pictures under their paths; one of the same path is replaced."""
    with writing() as session:
        session.get_one(Course, course_id, with_for_update=True)
        rows = session.scalars(select(NotePicture).where(NotePicture.course_id == course_id))
        stored = {row.file: row for row in rows}
        for file, picture in pictures.items():
            row = stored.get(file) or NotePicture(course_id=course_id, file=file)
            if row.name != picture.name:
                row.name, row.data, row.added_at = picture.name, picture.data, now or clock()
            session.add(row)


def picture_names(course_id: int) -> dict[str, str]:
    """Give the name by content of each picture of a course, by path."""
    query = select(NotePicture.file, NotePicture.name).where(NotePicture.course_id == course_id)
    return {row.file: row.name for row in db.session.execute(query.order_by(NotePicture.file))}


def picture_bytes(course_id: int, names: Iterable[str]) -> dict[str, bytes]:
    """Give the bytes of pictures by their names."""
    query = select(NotePicture.name, NotePicture.data).where(
        NotePicture.course_id == course_id, NotePicture.name.in_(list(names)))
    return {row.name: row.data for row in db.session.execute(query)}
