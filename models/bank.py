"""The question bank: what was generated, what the instructor decided, and what changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import BigInteger, CheckConstraint, ColumnElement, ForeignKey, Select, UniqueConstraint, false, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Json, clock, db
from models.database import writing
from models.jobs import PROVE, enqueue
from models.notes import Note
from models.reports import Report

Decision = Literal["approve", "edit", "reject", "undo"]
STATUS: dict[Decision, str] = {
    "approve": "approved", "edit": "approved", "reject": "rejected", "undo": "new",
}
#: What a bank can be filtered by.
STATUSES = ("new", "approved", "rejected", "changed", "vanished", "doubted", "reported")
#: How long decks say of a card that its question is gone.
TOMBSTONE_LIFE = timedelta(days=90)


class Ran(NamedTuple):
    """What proves a question's key."""

    setup: str
    reference: str  # of a practical; "" for other kinds
    proof: str  # of other kinds: commands that all succeed when the key is true


class BankQuestion(Base):
    """One question of a course, under its stable id."""

    __tablename__ = "bank_question"
    __table_args__ = (
        UniqueConstraint("course_id", "question_id"),
        CheckConstraint("status IN ('new', 'approved', 'rejected')", name="status"),
        CheckConstraint("change IN ('new', 'same', 'changed', 'vanished')", name="change"),
        CheckConstraint("content_changed_at > 0", name="content_changed_at"),
    )

    #: Number of the row; the stable name is question_id.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: The course it belongs to.
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    #: The version of the note it was last generated from; null when that is not known.
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="SET NULL"), index=True)
    #: Stable id of kind and fact, 16 hex digits: survives rewording.
    question_id: Mapped[str]
    #: Kind of question, "single_choice"; for filters.
    kind: Mapped[str]
    #: Place in the order the generator gave, from 0.
    position: Mapped[int] = mapped_column(default=0)
    #: The question as generated, in the form of Question.to_dict().
    snapshot: Mapped[dict[str, Any]]
    #: The question as the instructor edited it; null when untouched.
    edited: Mapped[dict[str, Any] | None]
    #: The instructor's decision: "new" (none yet), "approved" or "rejected".
    status: Mapped[str] = mapped_column(default="new")
    #: What the last import did: "new", "same", "changed" (since it was reviewed) or "vanished" (from the
    #: notes).
    change: Mapped[str] = mapped_column(default="new")
    #: Seconds since 1970 of the last change of what a learner sees; each change gives a larger number than
    #: before.
    content_changed_at: Mapped[int] = mapped_column(BigInteger)
    #: When it was first generated.
    first_seen: Mapped[datetime]
    #: When the instructor last decided; null before.
    reviewed_at: Mapped[datetime | None]
    #: When it was first written into a deck that somebody took along; null before.
    exported_at: Mapped[datetime | None]
    #: The recorded run that makes the key true, in the form of a question's `evidence`; null before there is one.
    evidence: Mapped[dict[str, Any] | None]
    #: Why the engine contradicts the question, a sentence for the instructor; "" unless it does. Such a question
    #: is not asked.
    doubt: Mapped[str] = mapped_column(default="", server_default="")
    #: Whether it came from a file of questions: no note has it, so no note can make it vanish.
    imported: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def content(self) -> Json:
        """The question as it is asked: the instructor's edit if there is one, the note's new lines, the evidence."""
        written = self.snapshot if self.edited is None else {**self.edited, "source": self.snapshot["source"]}
        return written if self.evidence is None else {**written, "evidence": self.evidence}

    @property
    def runs(self) -> Ran | None:
        """What is run to prove the key; None for a question whose key cannot be run."""
        written = self.edited or self.snapshot
        ran = Ran(written.get("setup", ""), written.get("reference", ""), written.get("proof", ""))
        return ran if ran.reference or ran.proof else None

    @property
    def asked(self) -> Json:
        """The content as an attempt keeps it: with `note_id`, to show the passage that it came from."""
        return {**self.content, "note_id": self.note_id}

    @property
    def askable(self) -> bool:
        """Whether it may be put into a quiz or a deck."""
        return self.status != "rejected" and self.change != "vanished" and not self.doubt


@dataclass(frozen=True)
class BankCounts:
    """How much there is to ask in a course."""

    questions: int
    proved: int  # with a recorded run of their key
    practical: int


@dataclass(frozen=True)
class BankPage:
    """One page of a course's bank."""

    questions: tuple[BankQuestion, ...]
    total: int  # of the filter, over all pages
    page: int  # from 1
    pages: int  # at least 1
    statuses: dict[str, int]  # of the whole bank, by each word of bank_page's `status`


def review_question(
    row_id: int, decision: Decision, edited: Json | None = None, *, now: datetime | None = None
) -> BankQuestion:
    """Take the instructor's decision.

    "approve" and "reject" set the status. "edit" stores `edited` (in the form of Question.to_dict(); id and
    kind stay as they are) and approves; None takes an edit back. "undo" makes the question new again and
    keeps the edit. Attempts that have begun keep the question as it was.

    :raise sqlalchemy.exc.NoResultFound: there is no such question
    """
    moment = now or clock()
    with writing() as session:
        row = session.get_one(BankQuestion, row_id, with_for_update=True)
        if decision == "edit":
            _edit(row, edited, moment)
            have_proved(session, row, moment)
        before, row.status = row.askable, STATUS[decision]
        if row.askable != before:
            touch(row, moment)
        row.reviewed_at = None if decision == "undo" else moment
        if row.change in ("new", "changed") and decision != "undo":
            row.change = "same"
    return row


def approve_all(course_id: int, *, now: datetime | None = None) -> int:
    """Approve every question that waits for a review; give how many."""
    moment = now or clock()
    with writing() as session:
        rows = session.scalars(
            select(BankQuestion).where(
                BankQuestion.course_id == course_id, BankQuestion.status == "new",
                BankQuestion.change != "vanished",
            )
        ).all()
        for row in rows:
            row.status, row.change, row.reviewed_at = "approved", "same", moment
    return len(rows)


def bank_page(
    course_id: int, *, status: str | None = None, kind: str | None = None, file: str | None = None,
    page: int = 1, size: int = 50,
) -> BankPage:
    """Give one page of the bank in the generator's order.

    :param status: new, approved, rejected, changed, vanished, doubted (the engine contradicts it), reported (by
        learners), or None for all that have not vanished
    """
    query = select(BankQuestion).where(*_filters(course_id, status, kind, file))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    ordered = query.order_by(BankQuestion.position, BankQuestion.id).limit(size).offset((page - 1) * size)
    return BankPage(tuple(db.session.scalars(ordered)), total, page, pages, _statuses(course_id))


def bank_question(course_id: int, question_id: str) -> BankQuestion | None:
    """Find a question of a course by its stable id."""
    query = select(BankQuestion).where(BankQuestion.course_id == course_id)
    return db.session.scalar(query.where(BankQuestion.question_id == question_id))


def askable_questions(course_id: int, *, approved_only: bool = False) -> Sequence[BankQuestion]:
    """Give what may be put into a quiz or a deck, in the generator's order."""
    return db.session.scalars(_askable(course_id, approved_only)).all()


def askable_ids(course_id: int) -> list[str]:
    """Give the ids of what may be put into a quiz or a deck, in the generator's order, without reading the questions."""
    return list(db.session.scalars(_askable(course_id, False).with_only_columns(BankQuestion.question_id)))


def askable_among(session: Session, course_id: int, question_ids: Iterable[str]) -> dict[str, BankQuestion]:
    """Give the askable ones among these ids."""
    wanted = list(question_ids)
    query = _askable(course_id, False).where(BankQuestion.question_id.in_(wanted))
    return {row.question_id: row for row in session.scalars(query)}


def bank_counts(course_id: int) -> BankCounts:
    """Count what may be asked, without reading the questions."""
    engine = BankQuestion.evidence["engine"].as_string()
    practical = func.count().filter(BankQuestion.kind == "practical")
    query = _askable(course_id, False).order_by(None)
    counted = db.session.execute(
        query.with_only_columns(func.count(), func.count(engine), practical)
    ).one()
    return BankCounts(*counted)


def relied_on(course_id: int) -> list[Json]:
    """Give the questions, as last generated from the notes, that somebody has reviewed or holds in a deck."""
    query = select(BankQuestion.snapshot).where(
        BankQuestion.course_id == course_id, BankQuestion.change != "vanished", BankQuestion.imported.is_(False),
        or_(BankQuestion.reviewed_at.is_not(None), BankQuestion.exported_at.is_not(None)))
    return list(db.session.scalars(query.order_by(BankQuestion.position, BankQuestion.id)))


def changed_times(course_id: int) -> dict[str, int]:
    """Give each askable question's content_changed_at by question id, for decks that update in place."""
    return {row.question_id: row.content_changed_at for row in askable_questions(course_id)}


def retired_questions(course_id: int, *, now: datetime | None = None) -> Sequence[BankQuestion]:
    """Give what somebody may hold in a deck and can no longer be asked: vanished from the notes, or rejected.

    After TOMBSTONE_LIFE nothing is said of it any more: a card that its owner deleted would come back with
    each import.
    """
    oldest = int(((now or clock()) - TOMBSTONE_LIFE).timestamp())
    gone = or_(BankQuestion.status == "rejected", BankQuestion.change == "vanished", BankQuestion.doubt != "")
    query = select(BankQuestion).where(
        BankQuestion.course_id == course_id, BankQuestion.exported_at.is_not(None), gone,
        BankQuestion.content_changed_at >= oldest,
    )
    return db.session.scalars(query.order_by(BankQuestion.position, BankQuestion.id)).all()


def remember_exported(rows: Iterable[BankQuestion], *, now: datetime | None = None) -> None:
    """Remember that these questions left in a deck; from then on their cards are told when they vanish."""
    fresh = [row.id for row in rows if row.exported_at is None]
    if not fresh:
        return
    with writing() as session:
        found = session.scalars(select(BankQuestion).where(BankQuestion.id.in_(fresh)))
        for row in found:
            row.exported_at = now or clock()


def _askable(course_id: int, approved_only: bool) -> Select[BankQuestion]:
    allowed = ("approved",) if approved_only else ("new", "approved")
    return (
        select(BankQuestion)
        .where(
            BankQuestion.course_id == course_id, BankQuestion.status.in_(allowed),
            BankQuestion.change != "vanished", BankQuestion.doubt == "",
        )
        .order_by(BankQuestion.position, BankQuestion.id)
    )


def _edit(row: BankQuestion, edited: Json | None, now: datetime) -> None:
    before, ran = row.content, row.runs
    own = {"id": row.question_id, "kind": row.kind, "evidence": None}  # what is recorded stands in its own column
    row.edited = None if edited is None else {**_with_its_proof(edited, row.snapshot), **own}
    forget_proof(row, ran)
    if row.content != before:
        touch(row, now)


def _with_its_proof(edited: Json, generated: Json) -> Json:
    """Leave out the proof of what is no longer said: another question, or another answer, has none."""
    same = all(edited.get(part) == generated.get(part) for part in ("prompt", "answer"))
    return edited if same else {part: value for part, value in edited.items() if part != "proof"}


def forget_proof(row: BankQuestion, ran: Ran | None) -> None:
    """A proof is of the commands that were run; other commands have none yet."""
    if row.runs != ran:
        row.evidence, row.doubt = None, ""


def have_proved(session: Session, row: BankQuestion, now: datetime) -> None:
    """Queue the run of a question's key where it has one that was not run yet."""
    if row.runs is not None and row.evidence is None and not row.doubt:
        session.flush()  # a new row gets its number
        enqueue(session, PROVE, row.id, now=now)


def touch(row: BankQuestion, now: datetime) -> None:
    """Say that what a learner sees of the question has changed."""
    # Anki takes the larger number for the newer note, so two changes within a second must differ.
    row.content_changed_at = max(int(now.timestamp()), row.content_changed_at + 1)


def _filters(course_id: int, status: str | None, kind: str | None, file: str | None) -> list[Any]:
    conditions: list[Any] = [BankQuestion.course_id == course_id]
    if status in ("new", "approved", "rejected"):
        conditions += [BankQuestion.status == status, BankQuestion.change != "vanished"]
    elif status in ("changed", "vanished"):
        conditions.append(BankQuestion.change == status)
    elif status == "doubted":
        conditions += [BankQuestion.doubt != "", BankQuestion.change != "vanished"]
    elif status == "reported":
        conditions += [_reported(course_id), BankQuestion.change != "vanished"]
    else:
        conditions.append(BankQuestion.change != "vanished")
    if kind:
        conditions.append(BankQuestion.kind == kind)
    if file:
        numbers = select(Note.id).where(Note.course_id == course_id, Note.file == file)
        conditions.append(BankQuestion.note_id.in_(numbers))
    return conditions


def _statuses(course_id: int) -> dict[str, int]:
    counted = dict.fromkeys(STATUSES, 0)
    doubted, reported = BankQuestion.doubt != "", _reported(course_id)
    groups = db.session.execute(
        select(BankQuestion.status, BankQuestion.change, doubted, reported, func.count())
        .where(BankQuestion.course_id == course_id).group_by(BankQuestion.status, BankQuestion.change, doubted, reported)
    )
    for status, change, in_doubt, is_reported, number in groups:
        if change == "vanished":
            counted["vanished"] += number
            continue
        for word, holds in ((status, True), ("changed", change == "changed"), ("doubted", in_doubt), ("reported", is_reported)):
            counted[word] += number if holds else 0
    return counted


def _reported(course_id: int) -> ColumnElement[bool]:
    reported = select(Report.question_id).where(Report.course_id == course_id, Report.settled_at.is_(None))
    return BankQuestion.question_id.in_(reported)
