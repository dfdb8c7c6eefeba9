"""Leases: who may work on a job's row, and for how long. Each function is one short transaction.

A claim has an owner of its own; whatever is written back names it, so that a worker that was thought dead and
comes back late changes nothing (fencing).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from models.base import db, storable
from models.database import forget, writing
from models.jobs import ATTEMPT_CAP, PATIENT, Job

#: How long a claim is good without a heartbeat: a worker that was killed is replaced after this.
LEASE = timedelta(seconds=15)
#: Pauses after the first, second, ... failure, in seconds.
PAUSES = (2, 10, 30, 120)

#: What a job's row holds while nobody works on it.
FREE: dict[str, object] = {"owner": None, "lease_until": None, "phase": ""}

#: What a job writes when it is done, in the transaction that closes it.
Store = Callable[[Session, datetime], None]
#: What a failure writes about the subject: session, subject's number, reason, whether it is final, now.
OnFailure = Callable[[Session, int, str, bool, datetime], None]


class LeaseLost(Exception):
    """Another worker has the job by now; what was found is thrown away. Seen by the worker's log only."""


@dataclass(frozen=True)
class Claim:
    """The right to work on one job until the lease runs out."""

    id: int
    kind: str
    subject_id: int
    attempt: int  # which try this is, from 1
    owner: str  # of this claim alone
    lease: timedelta  # how long it is good without a heartbeat


def claim_next(
    kinds: Collection[str], worker: str, *, now: datetime, lease: timedelta = LEASE
) -> Claim | None:
    """Claim the oldest job that is due, patient kinds last; None when there is none.

    With nothing to do it costs one read.
    """
    waiting = db.session.scalar(_due(kinds, now).limit(1))
    forget()
    if waiting is None:
        return None
    oldest = _due(kinds, now).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    return _claim(Job.id == oldest, kinds, worker, now, lease)


def claim_job(
    job_id: int, kinds: Collection[str], worker: str, *, now: datetime, lease: timedelta = LEASE
) -> Claim | None:
    """Claim one job, as a hint asks; None when it is done, held by another or not due."""
    return _claim(Job.id == job_id, kinds, worker, now, lease)


def renew(claim: Claim, *, now: datetime, phase: str) -> bool:
    """Lengthen the lease and say what is being done; False when the lease was lost."""
    with writing() as session:
        return _change(session, claim, lease_until=now + claim.lease, phase=storable(phase)[:200])


def finish(claim: Claim, store: Store, *, now: datetime, seconds: float) -> None:
    """Close the job and store its result, both or neither.

    :raise LeaseLost: another worker has the job; nothing was stored
    """
    with writing() as session:
        _close(session, claim, state="done", finished_at=now, seconds=seconds, error="")
        store(session, now)


def put_off(claim: Claim, reason: str, on_failure: OnFailure, *, now: datetime) -> bool:
    """Plan another try after a pause; at the cap give the job up. Tell whether it was given up.

    :raise LeaseLost: another worker has the job; nothing was changed
    """
    final, said = claim.attempt >= ATTEMPT_CAP, storable(reason)
    with writing() as session:
        if final:
            _close(session, claim, state="error", finished_at=now, error=said)
        else:
            pause = timedelta(seconds=PAUSES[min(claim.attempt, len(PAUSES)) - 1])
            _close(session, claim, state="new", not_before=now + pause, error=said)
        on_failure(session, claim.subject_id, said, final, now)
    return final


def give_back(claim: Claim, reason: str = "", *, now: datetime, pause: timedelta = timedelta()) -> bool:
    """Return a job as if it had not been claimed, because the worker has to stop or has lost its engine.

    The try does not count. False when another worker has the job.
    """
    with writing() as session:
        return _change(
            session, claim, **FREE, state="new", attempt=claim.attempt - 1, not_before=now + pause,
            error=storable(reason),
        )


def exhausted(session: Session, *, now: datetime) -> Sequence[Job]:
    """Give the jobs that used up their tries without an end: their workers died each time."""
    query = select(Job).where(Job.attempt >= ATTEMPT_CAP, _idle(now)).order_by(Job.id)
    return session.scalars(query.with_for_update(skip_locked=True)).all()


def forgotten(
    kinds: Collection[str], *, now: datetime, waiting_for: timedelta, limit: int
) -> Sequence[int]:
    """Give the oldest due jobs whose hint or worker may be lost: new for that long, or a lease run out."""
    old = or_(Job.state == "run", Job.not_before <= now - waiting_for)
    found = db.session.scalars(_due(kinds, now).where(old).limit(limit)).all()
    forget()
    return found


def _idle(now: datetime) -> ColumnElement[bool]:
    waiting, orphaned = Job.not_before <= now, Job.lease_until < now
    return or_(and_(Job.state == "new", waiting), and_(Job.state == "run", orphaned))


def _due(kinds: Collection[str], now: datetime) -> Select[int]:
    return (
        select(Job.id).where(Job.kind.in_(kinds), Job.attempt < ATTEMPT_CAP, _idle(now))
        .order_by(Job.kind.in_(PATIENT), Job.id)
    )


def _claim(
    which: ColumnElement[bool], kinds: Collection[str], worker: str, now: datetime, lease: timedelta
) -> Claim | None:
    owner = f"{worker}/{uuid.uuid4().hex}"
    taken = (
        update(Job).where(which, Job.kind.in_(kinds), Job.attempt < ATTEMPT_CAP, _idle(now))
        .values(
            state="run", attempt=Job.attempt + 1, owner=owner, lease_until=now + lease, started_at=now,
            phase="", finished_at=None,
        )
        .returning(Job.id, Job.kind, Job.subject_id, Job.attempt)
        .execution_options(synchronize_session=False)
    )
    with writing() as session:
        row = session.execute(taken).one_or_none()
    return None if row is None else Claim(row.id, row.kind, row.subject_id, row.attempt, owner, lease)


def _change(session: Session, claim: Claim, **values: object) -> bool:
    """Change the job if the claim still holds; tell whether it did. This is the fence."""
    mine = update(Job).where(Job.id == claim.id, Job.owner == claim.owner, Job.state == "run")
    changed = mine.values(**values).returning(Job.id).execution_options(synchronize_session=False)
    found = session.scalar(changed)
    return found is not None


def _close(session: Session, claim: Claim, **values: object) -> None:
    if not _change(session, claim, **FREE, **values):
        raise LeaseLost(f"job {claim.id} is no longer held by {claim.owner}")
