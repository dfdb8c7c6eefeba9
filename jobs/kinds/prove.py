"""Run a question's key on the engine and keep the run as evidence."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from jobs.kinds.base import TryLater, Work
from jobs.lease import Store
from models.bank import BankQuestion
from models.base import clock, db
from models.database import forget
from models.jobs import PROVE
from models.proofs import store_proof
from sandboxes.effects import SandboxError


class Prove:
    """Runs the reference of a practical or the proof of another kind; what fails puts the question in doubt."""

    name = PROVE
    needs_engine = True

    def run(self, subject_id: int, work: Work) -> Store:
        """Prove one question of the bank; a failure of ours is a TryLater, never a doubt."""
        row = db.session.get(BankQuestion, subject_id)
        ran = row.runs if row else None
        forget()  # no transaction is held open over the run
        if ran is None:
            return lambda session, now: None
        work.phase("running the key")
        try:
            proof = work.engine.prove(*ran, clock().date())
        except SandboxError as error:
            raise TryLater(error.reason, counts=work.engine.still_there()) from error
        evidence = asdict(proof.evidence) if proof.evidence else None
        return lambda session, now: store_proof(session, subject_id, ran, evidence, proof.doubt, now)

    def failed(self, session: Session, subject_id: int, reason: str, final: bool, now: datetime) -> None:
        """Leave the question as it is: it is from the note, not run."""
