"""One job, from claim to result."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from datetime import timedelta

from flask import Flask

from jobs.engine import Engine
from jobs.heartbeat import Heartbeat
from jobs.kinds import JOB_KINDS
from jobs.kinds.base import JobKind, TryLater, Work
from jobs.lease import LEASE, Claim, LeaseLost, claim_job, finish, give_back, put_off
from models.base import clock
from models.errors import StaleBank
from sandboxes.effects import SandboxError

log = logging.getLogger(__name__)

#: How long a job rests that was given back because the engine was gone.
ENGINE_PAUSE = timedelta(seconds=2)


def run_job(
    app: Flask, job_id: int, engine: Engine, worker: str, *, lease: timedelta = LEASE
) -> str:
    """Do one job if it can be had: what a hint asks for. A hint too many is harmless.

    Gives "done", "later", "given up", "lost" or, when the job is not to be had, "skipped".
    """
    with app.app_context():
        claim = claim_job(job_id, doable(engine), worker, now=clock(), lease=lease)
    return "skipped" if claim is None else run_claim(app, claim, engine)


def doable(engine: Engine, kinds: Collection[str] = ()) -> list[str]:
    """Give those of the kinds, or of all, that can be done now: without an engine not those that need it."""
    wanted = [kind for name, kind in JOB_KINDS.items() if not kinds or name in kinds]
    return [kind.name for kind in wanted if engine.ready or not kind.needs_engine]


def run_claim(app: Flask, claim: Claim, engine: Engine) -> str:
    """Do the work of a claim while its heartbeat keeps the lease, and store what came of it."""
    kind, began = JOB_KINDS[claim.kind], time.monotonic()
    try:
        with Heartbeat(app, claim) as heartbeat, app.app_context():
            store = kind.run(claim.subject_id, Work(heartbeat.phase, engine))
            finish(claim, store, now=clock(), seconds=time.monotonic() - began)
        return "done"
    except LeaseLost as lost:
        log.warning("job %d was done twice, and this result is thrown away: %s", claim.id, lost)
        return "lost"
    except StaleBank as stale:
        return _return(app, claim, str(stale), timedelta())
    except TryLater as later:
        if later.counts:
            return _later(app, claim, kind, later.reason)
        return _no_engine(app, claim, later.reason)
    except SandboxError as error:
        return _no_engine(app, claim, error.reason)
    except Exception as error:  # whatever it is, it is ours: the row says so and another try follows
        log.exception("job %d (%s of %d) failed", claim.id, claim.kind, claim.subject_id)
        return _later(app, claim, kind, f"a fault in Noteproof: {type(error).__name__}: {error}")


def _later(app: Flask, claim: Claim, kind: JobKind, reason: str) -> str:
    try:
        with app.app_context():
            return "given up" if put_off(claim, reason, kind.failed, now=clock()) else "later"
    except LeaseLost:
        return "lost"


def _no_engine(app: Flask, claim: Claim, reason: str) -> str:
    log.warning("job %d waits for an engine: %s", claim.id, reason)
    return _return(app, claim, reason, ENGINE_PAUSE)


def _return(app: Flask, claim: Claim, reason: str, pause: timedelta) -> str:
    with app.app_context():
        return "later" if give_back(claim, reason, now=clock(), pause=pause) else "lost"
