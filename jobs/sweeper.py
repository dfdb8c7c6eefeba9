"""The sweeper: finds jobs that nobody remembers and gives up those that cannot be done."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from jobs.kinds import JOB_KINDS
from jobs.lease import exhausted, forgotten
from models.base import db
from models.database import writing
from models.jobs import Job

log = logging.getLogger(__name__)

#: Seconds between two sweeps.
SWEEP = 2.0
#: A new job is taken for forgotten after this: its hint had time enough.
FORGOTTEN = timedelta(seconds=5)


def give_up(*, now: datetime) -> int:
    """Close the jobs whose workers died too often, and say so in their subject's row; give how many."""
    if not exhausted(db.session(), now=now):  # looking costs no lock
        return 0
    with writing() as session:
        jobs = exhausted(session, now=now)
        for job in jobs:
            _close(job, now)
            if job.kind in JOB_KINDS:
                JOB_KINDS[job.kind].failed(session, job.subject_id, job.error, True, now)
    return len(jobs)


def sweep(kinds: Collection[str], *, now: datetime, limit: int = 100) -> Sequence[int]:
    """Give up what cannot be done, then give the jobs to hint at again: lost hints and lost workers alike."""
    give_up(now=now)
    return forgotten(kinds, now=now, waiting_for=FORGOTTEN, limit=limit)


def _close(job: Job, now: datetime) -> None:
    reason = job.error or f"the worker died each of the {job.attempt} times it was tried"
    log.error("job %d (%s of %d) is given up: %s", job.id, job.kind, job.subject_id, reason)
    job.state, job.owner, job.lease_until, job.phase = "error", None, None, ""
    job.finished_at, job.error = now, reason
