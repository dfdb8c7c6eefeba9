"""Workers: who is there to do jobs, and whether they have an engine, as they say every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, db

#: A worker that has not been seen for this long is taken for gone.
GONE_AFTER = timedelta(seconds=20)


class Worker(Base):
    """One worker process."""

    __tablename__ = "worker"
    __table_args__ = (CheckConstraint("threads >= 1", name="threads"),)

    #: A fresh name at each start of a worker.
    name: Mapped[str] = mapped_column(primary_key=True)
    #: How many jobs it does at once.
    threads: Mapped[int]
    #: When it started.
    started_at: Mapped[datetime]
    #: When it last said that it is alive.
    seen_at: Mapped[datetime] = mapped_column(index=True)
    #: What engine it has: "Docker 26.1.5"; "" while it has none.
    engine: Mapped[str] = mapped_column(default="")
    #: Why it has no engine, a sentence for the instructor; "" while it has one, or when it needs none.
    problem: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True)
class EngineState:
    """Whether practical answers can be judged now."""

    ready: bool
    engine: str  # "Docker 26.1.5", "" if none
    problem: str  # why there is none; "no worker is running" when nobody is there
    workers: int  # how many worker processes were seen lately


def engine_state(*, now: datetime) -> EngineState:
    """Say whether a worker with an engine was seen lately, for the footer and the practical's page."""
    alive = db.session.scalars(
        select(Worker).where(Worker.seen_at > now - GONE_AFTER).order_by(Worker.seen_at.desc())
    ).all()
    engine = next((worker.engine for worker in alive if worker.engine), "")
    none = "no worker for practical answers is running" if alive else "no worker is running"
    problem = next((worker.problem for worker in alive if worker.problem), none)
    return EngineState(bool(engine), engine, "" if engine else problem, len(alive))


def slots(session: Session, now: datetime, *, with_engine: bool) -> int:
    """Count the jobs that can be done at once by the workers seen lately, or by those with an engine."""
    query = select(func.sum(Worker.threads)).where(Worker.seen_at > now - GONE_AFTER)
    return session.scalar(query.where(Worker.engine != "") if with_engine else query) or 0
