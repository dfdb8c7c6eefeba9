"""A check that waits for the test, so that a worker can be stopped or killed in the middle of it.

Run as a program it is a worker with such checks: `python -m tests.jobs.rehearsal FOLDER [options]`.
It prints "began TRY PID" and then waits until the test writes into the pipe FOLDER/go.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from jobs.kinds import JOB_KINDS
from jobs.kinds.base import Work
from jobs.lease import Store
from models.answers import Answer, judge, not_judged
from models.jobs import CHECK, job_about


class Rehearsal:
    """Judges an answer right as soon as the test says so; the feedback names the process."""

    name = CHECK
    needs_engine = False

    def __init__(self, folder: Path) -> None:
        self._go = folder / "go"

    def run(self, subject_id: int, work: Work) -> Store:
        job = job_about(CHECK, subject_id)
        work.phase("running")
        print(f"began {job.attempt if job else 0} {os.getpid()}", flush=True)
        with self._go.open() as pipe:
            pipe.read()
        verdict = {"outcome": "right", "score": 1.0, "feedback": f"by {os.getpid()}", "differences": []}
        return lambda session, now: judge(session.get_one(Answer, subject_id), verdict, now)

    def failed(self, session: Session, subject_id: int, reason: str, final: bool, now: datetime) -> None:
        not_judged(session.get_one(Answer, subject_id), reason, final=final)


if __name__ == "__main__":
    from jobs.__main__ import main

    JOB_KINDS[CHECK] = Rehearsal(Path(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
