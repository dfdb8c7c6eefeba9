"""Merging: how a freshly generated bank, or questions from a file, get into the stored one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bank import BankQuestion, forget_proof, have_proved, touch
from models.base import Json, clock
from models.database import writing


@dataclass(frozen=True)
class Merge:
    """What storing a freshly generated bank did, in question ids."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    vanished: tuple[str, ...]
    same: int


def store_bank(course_id: int, questions: Sequence[Json], *, now: datetime | None = None) -> Merge:
    """Merge a freshly generated bank, the whole of the course, into the stored one.

    Matching goes by question id. Edits and decisions are kept; a question that is not among `questions` is
    marked vanished, not deleted, and comes back with its decision when its fact comes back.
    """
    with writing() as session:
        return merge_bank(session, course_id, questions, {}, now or clock())


def merge_bank(
    session: Session, course_id: int, questions: Sequence[Json], notes: Mapping[str, int], now: datetime
) -> Merge:
    """Do store_bank's work inside the caller's transaction; `notes` gives a file name's note number."""
    rows = session.scalars(select(BankQuestion).where(BankQuestion.course_id == course_id)).all()
    stored = {row.question_id: row for row in rows}
    found: dict[str, list[str]] = {"new": [], "changed": [], "vanished": [], "same": []}
    for position, question in enumerate(questions):
        row = stored.pop(question["id"], None)
        if row is None:
            row = _new_row(session, course_id, question, now)
            found["new"].append(question["id"])
        else:
            found[_update_row(row, question, now)].append(question["id"])
        row.position, row.note_id = position, notes.get(question["source"]["file"], row.note_id)
        row.imported = False
        have_proved(session, row, now)
    for row in stored.values():
        if row.change != "vanished" and not row.imported:
            row.change = "vanished"
            touch(row, now)
            found["vanished"].append(row.question_id)
    return Merge(tuple(found["new"]), tuple(found["changed"]), tuple(found["vanished"]), len(found["same"]))


def import_questions(course_id: int, questions: Sequence[Json], *, now: datetime | None = None) -> Merge:
    """Put questions from a file into a bank, each to be reviewed; those already there under an id are updated."""
    moment = now or clock()
    found: dict[str, list[str]] = {"new": [], "changed": [], "same": []}
    with writing() as session:
        rows = session.scalars(select(BankQuestion).where(BankQuestion.course_id == course_id)).all()
        stored, last = {row.question_id: row for row in rows}, max((row.position for row in rows), default=-1)
        for position, question in enumerate(questions, last + 1):
            row = stored.get(question["id"])
            if row is None:
                row = stored[question["id"]] = _new_row(session, course_id, question, moment)
                row.position, row.imported = position, True
                found["new"].append(question["id"])
            else:
                found[_update_row(row, question, moment)].append(question["id"])
            have_proved(session, row, moment)
    return Merge(tuple(found["new"]), tuple(found["changed"]), (), len(found["same"]))


def _new_row(session: Session, course_id: int, question: Json, now: datetime) -> BankQuestion:
    row = BankQuestion(
        course_id=course_id, question_id=question["id"], kind=question["kind"], snapshot=question,
        edited=None, status="new", change="new", content_changed_at=int(now.timestamp()), first_seen=now,
    )
    session.add(row)
    return row


def _update_row(row: BankQuestion, question: Json, now: datetime) -> str:
    if _without_lines(row.snapshot) == _without_lines(question):
        row.snapshot = question
        if row.change == "vanished":
            row.change = "same" if row.reviewed_at else "new"
            touch(row, now)
        return "same"
    before = row.content
    ran = row.runs
    row.snapshot, row.kind = question, question["kind"]
    forget_proof(row, ran)
    row.change = "changed" if row.reviewed_at else "new"
    if row.content != before:
        touch(row, now)
    return "changed"


def _without_lines(question: Json) -> Json:
    # Text added further up moves a question's lines; for instructor and deck it is the same question.
    return {**question, "source": {**question["source"], "lines": None}}
