"""A worker: one process that looks for jobs by itself and does several at once."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from jobs.engine import Engine
from jobs.kinds import JOB_KINDS
from jobs.lease import LEASE, Claim, claim_next, give_back
from jobs.run import doable, run_claim
from jobs.sweeper import SWEEP, give_up
from models.base import clock
from models.database import writing
from models.workers import GONE_AFTER, Worker

log = logging.getLogger(__name__)

#: Seconds between two looks at the table.
POLL = 0.2
#: Seconds a worker that was told to stop waits for the jobs under way before it gives them back.
GRACE = 8.0


class WorkerProcess:
    """Threads that claim and do jobs, and one that sweeps and reports."""

    def __init__(
        self, app: Flask, engine: Engine, *, kinds: Collection[str] = (), threads: int = 2,
        lease: timedelta = LEASE,
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._app, self._engine, self._threads = app, engine, threads
        self._lease = lease
        self._kinds = frozenset(kinds or JOB_KINDS)
        self._needs_engine = any(JOB_KINDS[kind].needs_engine for kind in self._kinds)
        self._stop = threading.Event()
        self._guard = threading.Lock()
        self._held: dict[str, Claim] = {}
        self._started = clock()

    def stop(self) -> None:
        """Ask the worker to end; may be called from a signal handler."""
        self._stop.set()

    def run(self, *, grace: float = GRACE) -> None:
        """Work until told to stop; then wait for the jobs under way and give back what is not done."""
        workers = [self._thread(f"job thread {n + 1}", self._work) for n in range(self._threads)]
        if self._needs_engine:
            self._thread("engine", lambda: self._engine.keep_looking(self._stop))
        self._look_after()
        log.info("%s looks for %s", self.name, ", ".join(sorted(self._kinds)))
        while not self._stop.wait(SWEEP):
            self._look_after()
        self._end(workers, grace)

    def look_once(self) -> bool:
        """Do one job if there is one; tell whether there was."""
        with self._app.app_context():
            claim = claim_next(self._doable(), self.name, now=clock(), lease=self._lease)
        if claim is None:
            return False
        with self._guard:
            self._held[claim.owner] = claim
        try:
            log.info("job %d (%s of %d), try %d", claim.id, claim.kind, claim.subject_id, claim.attempt)
            ended = run_claim(self._app, claim, self._engine)
            log.info("job %d: %s", claim.id, ended)
        finally:
            with self._guard:
                self._held.pop(claim.owner, None)
        return True

    def report(self, now: datetime) -> None:
        """Say that this worker is alive and what engine it has, and forget workers long gone."""
        with self._app.app_context(), writing() as session:
            session.execute(delete(Worker).where(Worker.seen_at < now - 10 * GONE_AFTER))
            row = session.get(Worker, self.name)
            if row is None:
                row = Worker(name=self.name, threads=self._threads, started_at=self._started)
                session.add(row)
            row.seen_at = now
            row.engine, row.problem = self._engine.name, self._engine.problem if self._needs_engine else ""

    def _thread(self, name: str, target: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=target, name=name, daemon=True)
        thread.start()
        return thread

    def _doable(self) -> list[str]:
        return doable(self._engine, self._kinds)

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                if not self.look_once():
                    self._stop.wait(POLL)
            except SQLAlchemyError as error:
                log.warning("the database does not answer, trying again: %s", error)
                self._stop.wait(1.0)

    def _look_after(self) -> None:
        try:
            self.report(clock())
            with self._app.app_context():
                give_up(now=clock())
        except SQLAlchemyError as error:
            log.warning("the database does not answer, trying again: %s", error)

    def _end(self, workers: list[threading.Thread], grace: float) -> None:
        until = time.monotonic() + grace
        for thread in workers:
            thread.join(max(0.0, until - time.monotonic()))
        with self._guard:
            held = list(self._held.values())
        with self._app.app_context():
            for claim in held:
                give_back(claim, "the worker was stopped", now=clock())
                log.info("job %d is given back", claim.id)
            with writing() as session:
                session.execute(delete(Worker).where(Worker.name == self.name))
        self._engine.close()
