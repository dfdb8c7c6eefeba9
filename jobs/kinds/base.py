"""What a kind of job has to say of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from jobs.engine import Engine
from jobs.lease import Store


class TryLater(Exception):
    """The job could not be done now through a failure of ours; `reason` is a sentence for the instructor.

    `counts` is False when the try says nothing about the job, because the engine was gone.
    """

    def __init__(self, reason: str, *, counts: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.counts = reason, counts


@dataclass(frozen=True)
class Work:
    """What a job is given to work with."""

    phase: Callable[[str], None]  # says what is being done; cheap, may be called often
    engine: Engine  # there for kinds with needs_engine


class JobKind(Protocol):
    """One kind of job. Doing it twice must be harmless: a worker may die between the work and the row."""

    #: Name in JOB_KINDS and in the row: "check".
    name: str
    #: Whether it is left alone while the worker has no engine.
    needs_engine: bool

    def run(self, subject_id: int, work: Work) -> Store:
        """Do the work outside of any transaction and give what stores the result. Runs inside an app context.

        :raise TryLater: a failure of ours; any other exception is taken for one too
        """
        ...

    def failed(self, session: Session, subject_id: int, reason: str, final: bool, now: datetime) -> None:
        """Write into the subject's row that a try failed; `final` when no further one follows."""
        ...
