"""Import a note: read it, generate the course's questions again and merge them into the bank."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jobs.kinds.base import Work
from jobs.lease import Store
from models.bank import relied_on
from models.base import db
from models.courses import Course
from models.database import forget
from models.errors import StaleBank
from models.jobs import IMPORT_NOTE
from models.merging import merge_bank
from models.notes import Note, newest_notes, note_by_id, note_done, note_failed, note_reading
from notes import read_note
from notes.errors import NoteError
from notes.facts import Reading
from quizzes.coverage import coverage
from quizzes.generate import Bank, generate
from quizzes.questions import Question


@dataclass(frozen=True)
class Stored:
    """A note as it lies in the database."""

    id: int
    course_id: int
    file: str
    version: int
    data: bytes


class ImportNote:
    """Turns a stored note into questions."""

    name = IMPORT_NOTE
    needs_engine = False

    def run(self, subject_id: int, work: Work) -> Store:
        """Read the note; one that cannot be read is failed with the reader's sentence, and the bank stays."""
        row = note_by_id(subject_id)
        if row is None:
            return lambda session, now: None
        note = _load(row)
        note_reading(subject_id)
        work.phase(f"reading {note.file}")
        try:
            return _import(note, read_note(note.file, note.data), work)
        except NoteError as error:
            message = str(error)
            return lambda session, now: note_failed(session, subject_id, message, now)

    def failed(self, session: Session, subject_id: int, reason: str, final: bool, now: datetime) -> None:
        """Say in the note's row what is the matter; the note itself and the bank stay as they are."""
        if final:
            note_failed(session, subject_id, reason, now)
        else:
            note = session.get_one(Note, subject_id)
            note.state, note.message = "queued", reason


def _import(note: Stored, reading: Reading, work: Work) -> Store:
    others = [_load(other) for other in newest_notes(db.session(), note.course_id, done=True)]
    before = [Question.from_dict(row) for row in relied_on(note.course_id)]
    forget()  # reading and generating take a second or more: no transaction is held open over them
    if any(other.file == note.file and other.version > note.version for other in others):
        return _outdated(note.id)
    work.phase(f"writing questions from {len(reading.facts)} facts of {note.file}")
    kept = [other for other in others if other.file != note.file]
    readings = [reading, *(read_note(other.file, other.data) for other in kept)]
    bank = generate(sorted(readings, key=lambda one: one.file), before)
    numbers = {other.file: other.id for other in kept} | {note.file: note.id}
    return _store(note, {other.id for other in others}, bank, numbers, _findings(reading, bank))


def _store(
    note: Stored, seen: set[int], bank: Bank, numbers: dict[str, int], found: dict[str, Any]
) -> Store:
    def store(session: Session, now: datetime) -> None:
        # Holding the course makes two imports take turns on PostgreSQL; SQLite's writers always do.
        session.get_one(Course, note.course_id, with_for_update=True)
        if {other.id for other in newest_notes(session, note.course_id, done=True)} != seen:
            raise StaleBank("another note of the course was imported meanwhile")
        merge_bank(session, note.course_id, [question.to_dict() for question in bank.questions], numbers, now)
        note_done(session, note.id, now=now, **found)

    return store


def _outdated(note_id: int) -> Store:
    def store(session: Session, now: datetime) -> None:
        note_done(session, note_id, counts={}, suspicions=[], coverage={}, now=now)

    return store


def _load(row: Note) -> Stored:
    return Stored(row.id, row.course_id, row.file, row.version, row.data)


def _findings(reading: Reading, bank: Bank) -> dict[str, Any]:
    own = [question for question in bank.questions if question.source.file == reading.file]
    counts = {
        "title": reading.title, "language": reading.language, "facts": len(reading.facts),
        "questions": len(own), "kinds": dict(sorted(Counter(question.kind for question in own).items())),
        "dropped": sum(drop.source.file == reading.file for drop in bank.dropped),
        "suspicions": len(reading.suspicions),
    }
    suspicions = [
        {"lines": list(one.source.lines), "heading": list(one.source.heading), "what": one.what,
         "found": one.found, "instead": one.instead}
        for one in reading.suspicions
    ]
    return {"counts": counts, "suspicions": suspicions, "coverage": coverage(reading, own).to_dict()}
