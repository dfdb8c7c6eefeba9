"""Hints through Celery, for more than one machine: the message carries the row's number and nothing else.

A machine that works: `celery -A jobs.celery_app worker --pool threads --concurrency 4`. Losing every message
of the broker loses no work: each worker sweeps the table and hints again at what was forgotten.
"""

from __future__ import annotations

import logging
import os
import threading
from functools import cache
from typing import Any

from celery import Celery
from celery.signals import worker_ready, worker_shutdown
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from jobs.engine import Engine
from jobs.run import doable, run_job
from jobs.settings import worker_app
from jobs.sweeper import SWEEP, sweep
from jobs.worker import WorkerProcess
from models.base import clock

log = logging.getLogger(__name__)

#: The name is part of the message: a worker that knows the task by another name would drop it.
TASK = "noteproof.run_job"

celery = Celery("noteproof", broker=os.environ.get("NOTEPROOF_BROKER"))
celery.conf.update(
    task_acks_late=True, task_reject_on_worker_lost=True, task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True, worker_hijack_root_logger=False, task_default_queue="noteproof",
    broker_transport_options={"socket_connect_timeout": 1, "socket_timeout": 5},
)


def send(broker: str, job_id: int) -> None:
    """Send one hint and return; a broker that does not answer raises within about a second."""
    _sender(broker).send_task(TASK, [job_id], retry=False)


@cache
def _sender(broker: str) -> Celery:
    sender = Celery("noteproof-hints", broker=broker)
    sender.conf.update(celery.conf.changes)
    return sender


class Site:
    """What one Celery worker process works with: the database's app, its engine, its name."""

    def __init__(self, threads: int = 1) -> None:
        self.app: Flask = worker_app()
        self.engine = Engine()
        self.worker = WorkerProcess(self.app, self.engine, threads=threads)
        self._stop = threading.Event()

    def look_after(self) -> None:
        """Report, give up what cannot be done and hint again at what was forgotten, until told to stop."""
        looking = threading.Thread(target=self.engine.keep_looking, args=(self._stop,), daemon=True)
        looking.start()
        while not self._stop.wait(SWEEP):
            try:
                self.worker.report(clock())
                with self.app.app_context():
                    for job_id in sweep(doable(self.engine), now=clock(), limit=8):
                        send(self.app.config["BROKER"], job_id)
            except SQLAlchemyError as error:
                log.warning("the database does not answer, trying again: %s", error)
            except Exception as error:  # whatever the broker's client raises: the next sweep tries again
                log.warning("the broker does not take hints: %s", error)

    def close(self) -> None:
        """End the sweeping and every sandbox."""
        self._stop.set()
        self.engine.close()


@cache
def site() -> Site:
    """Give this process's site, made when the first task or the worker's start asks for it."""
    return Site()


@celery.task(name=TASK)
def run(job_id: int) -> str:
    """Do the job if it can be had."""
    here = site()
    return run_job(here.app, job_id, here.engine, here.worker.name)


@worker_ready.connect
def _begin(**_: Any) -> None:
    threading.Thread(target=site().look_after, name="sweeper", daemon=True).start()


@worker_shutdown.connect
def _end(**_: Any) -> None:
    site().close()
