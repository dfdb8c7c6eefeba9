"""The heartbeat: a thread that keeps a claim's lease and writes what is being done."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from jobs.lease import Claim, LeaseLost, renew
from models.base import clock

log = logging.getLogger(__name__)

#: Phases are written at most this often, in seconds; the last one is never dropped.
PHASE_PAUSE = 0.5


class Heartbeat:
    """Keeps one claim alive from `with` to its end."""

    def __init__(self, app: Flask, claim: Claim) -> None:
        self._app, self._claim = app, claim
        self._phase = ""
        self._news, self._end, self._lost = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat of job {claim.id}", daemon=True)

    def phase(self, text: str) -> None:
        """Say what is being done; returns at once, the thread writes it.

        :raise LeaseLost: another worker has the job by now, so going on is of no use
        """
        if self._lost.is_set():
            raise LeaseLost(f"job {self._claim.id} was taken over")
        self._phase = text
        self._news.set()

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._news.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._end.is_set():
            self._news.wait(self._claim.lease.total_seconds() / 3)
            self._news.clear()
            if self._end.is_set() or not self._renew():
                return
            self._end.wait(PHASE_PAUSE)

    def _renew(self) -> bool:
        try:
            with self._app.app_context():
                alive = renew(self._claim, now=clock(), phase=self._phase)
        except SQLAlchemyError as error:
            log.warning("job %d: the lease could not be renewed, trying again: %s", self._claim.id, error)
            time.sleep(PHASE_PAUSE)
            return True
        if not alive:
            self._lost.set()
        return alive
