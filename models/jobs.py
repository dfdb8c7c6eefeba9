"""Jobs: work that outlives a request. The row is the truth; whoever holds its lease does the work.

This module knows the table and what the web may ask of it. Claiming, leases and results are jobs/lease.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import CheckConstraint, Index, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, db
from models.workers import slots

CHECK = "check"
GRADE = "grade"
IMPORT_NOTE = "import_note"
PROVE = "prove"
#: Nobody waits for these: they come after all others, however old.
PATIENT = (PROVE,)
ATTEMPT_CAP = 5
MEASURED_JOBS = 20


class Job(Base):
    """One piece of work about one row."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'run', 'done', 'error')", name="state"),
        CheckConstraint("attempt >= 0", name="attempt"),
        CheckConstraint("(state = 'run') = (owner IS NOT NULL)", name="run_has_owner"),
        Index("ix_job_waiting", "state", "kind", "id"),
        # One open job about one thing: enqueueing twice is enqueueing once.
        Index(
            "uq_job_open", "kind", "subject_id", unique=True,
            sqlite_where=text("state IN ('new', 'run')"), postgresql_where=text("state IN ('new', 'run')"),
        ),
    )

    #: Number of the job; a smaller one came earlier.
    id: Mapped[int] = mapped_column(primary_key=True)
    #: Name in jobs.kinds.JOB_KINDS: "check", "import_note".
    kind: Mapped[str]
    #: Number of the row it is about: an answer, a note.
    subject_id: Mapped[int]
    #: "new" waiting, "run" leased, "done", or "error" when it was given up.
    state: Mapped[str] = mapped_column(default="new")
    #: How often it was begun; at ATTEMPT_CAP it is given up.
    attempt: Mapped[int] = mapped_column(default=0)
    #: Whoever holds the lease, a fresh name at each claim; null unless state is "run".
    owner: Mapped[str | None]
    #: When the lease runs out unless its holder renews it.
    lease_until: Mapped[datetime | None]
    #: Not to be begun before this moment: the pause after a failure.
    not_before: Mapped[datetime]
    #: What it is doing, for the learner to read: "starting the sandbox"; "" before and after.
    phase: Mapped[str] = mapped_column(default="")
    #: When it was asked for.
    queued_at: Mapped[datetime]
    #: When the latest try began.
    started_at: Mapped[datetime | None]
    #: When it ended, done or given up.
    finished_at: Mapped[datetime | None]
    #: Seconds the last try took, by the worker's steady clock.
    seconds: Mapped[float | None]
    #: Why the last try failed, for the instructor; "" if none did.
    error: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True)
class Place:
    """Where a job stands in its queue."""

    ahead: int  # jobs of the kind that come before it, those being worked on included; 0 when it is its turn
    seconds: float | None  # expected wait, by the median of the last MEASURED_JOBS; None: none was measured
    running: bool  # it is being worked on now


def enqueue(session: Session, kind: str, subject_id: int, *, now: datetime) -> Job:
    """Queue work inside the caller's transaction, or give the open job about the same thing."""
    open_job = session.scalar(
        select(Job).where(Job.kind == kind, Job.subject_id == subject_id, Job.state.in_(("new", "run")))
    )
    if open_job is not None:
        return open_job
    job = Job(kind=kind, subject_id=subject_id, state="new", not_before=now, queued_at=now)
    session.add(job)
    session.flush()
    return job


def job_by_id(job_id: int) -> Job | None:
    """Find a job."""
    return db.session.get(Job, job_id)


def job_about(kind: str, subject_id: int) -> Job | None:
    """Find the latest job about a row: `job_about(CHECK, answer.id)`."""
    return db.session.scalar(
        select(Job).where(Job.kind == kind, Job.subject_id == subject_id).order_by(Job.id.desc()).limit(1)
    )


def queue_position(job: Job, *, now: datetime) -> Place:
    """Say how many jobs of the kind come before this one and how long that takes by the measured times."""
    if job.state != "new":
        return Place(0, 0.0, job.state == "run")
    running = _count(job.kind, Job.state == "run")
    waiting = _count(job.kind, (Job.state == "new") & (Job.id < job.id) & (Job.not_before <= now))
    usual = usual_seconds(job.kind)
    pause = max(0.0, (job.not_before - now).total_seconds())
    rounds = (running + waiting) / max(1, slots(db.session(), now, with_engine=job.kind == CHECK))
    return Place(running + waiting, None if usual is None else pause + rounds * usual, False)


def usual_seconds(kind: str) -> float | None:
    """Give the median seconds of the last MEASURED_JOBS done jobs of a kind; None before the first."""
    latest = select(Job.seconds).where(Job.kind == kind, Job.state == "done", Job.seconds.is_not(None))
    times = db.session.scalars(latest.order_by(Job.finished_at.desc()).limit(MEASURED_JOBS)).all()
    return median(seconds for seconds in times if seconds is not None) if times else None


def _count(kind: str, condition) -> int:  # type: ignore[no-untyped-def]
    return db.session.scalar(select(func.count(Job.id)).where(Job.kind == kind, condition)) or 0
