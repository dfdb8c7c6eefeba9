"""What running the keys of a bank has shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.bank import BankQuestion, Ran, have_proved, touch
from models.base import Json, clock, storable
from models.database import writing
from models.jobs import PROVE, enqueue


def queue_proofs(*, now: datetime | None = None) -> None:
    """Queue the run of every key that has none yet: of banks from before there were proofs, or given up."""
    moment = now or clock()
    with writing() as session:
        rows = session.scalars(select(BankQuestion).where(
            or_(BankQuestion.kind == "practical", BankQuestion.snapshot["proof"].as_string().is_not(None)),
            BankQuestion.change != "vanished", BankQuestion.evidence.is_(None),
            BankQuestion.doubt == "",
        ))
        for row in rows.all():
            have_proved(session, row, moment)


def store_proof(
    session: Session, row_id: int, ran: Ran, evidence: Json | None, doubt: str, now: datetime
) -> None:
    """Store what a run of a question's key showed, inside the caller's transaction.

    :param ran: what was run; when the question has others by now, it is queued again
    :param doubt: why the engine contradicts the question, "" if it does not
    """
    row = session.get(BankQuestion, row_id, with_for_update=True)
    if row is None or row.runs is None:
        return
    if row.runs != ran:
        enqueue(session, PROVE, row.id, now=now)
        return
    row.evidence, row.doubt = evidence, storable(doubt)
    touch(row, now)
