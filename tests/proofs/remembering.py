"""Sandboxes that remember what ran in them, so that one pass over the answers tells more than their verdicts."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from proofs.checks import Task
from quizzes.effects import Spot, marks
from sandboxes.base import OnPhase, Sandboxes
from sandboxes.effects import Job, Run

#: More than the answers of a task, whose reference runs first.
_KEPT = 150


class Remembering:
    """Runs jobs in other sandboxes and keeps the last runs."""

    def __init__(self, sandboxes: Sandboxes) -> None:
        self._sandboxes, self._lock = sandboxes, Lock()
        self._runs: OrderedDict[tuple[str, str], Run] = OrderedDict()

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        """Run a job and remember it."""
        run = self._sandboxes.run(job, on_phase)
        with self._lock:
            self._runs[job.setup, job.script] = run
            while len(self._runs) > _KEPT:
                self._runs.popitem(last=False)
        return run

    def warm(self, n: int) -> None:
        """Keep so many sandboxes ready."""
        self._sandboxes.warm(n)

    def close(self) -> None:
        """End all sandboxes."""
        self._sandboxes.close()

    def marks(self, task: Task) -> dict[Spot, bool]:
        """Say which goals of a checked task its answer met; {} for one that is blank, did not end or is forgotten."""
        with self._lock:
            reference, run = (self._runs.get((task.setup, text)) for text in (task.reference, task.answer))
            if reference:
                self._runs.move_to_end((task.setup, task.reference))
        if reference is None or run is None or run.ended != "done" or not task.answer.strip():
            return {}
        if run is reference:  # an engine never says the same of two runs
            run = replace(run)
        return marks(
            reference, run, declared=task.compare, script=task.answer, reference_script=task.reference, text=task.text
        )
