"""Sandboxes without an engine, for what the worker does around them."""

from __future__ import annotations

from collections.abc import Callable

from jobs.engine import Engine, Opened
from sandboxes.effects import Job, Run, SandboxError, Snapshot, Step
from sandboxes.engines import EngineError

NOTHING = Snapshot((), {}, {}, (), (), {}, (), ())


class QuietSandboxes:
    """Every script prints "web" and ends with `exit_code`; or every run fails, once `broken` says how."""

    def __init__(self) -> None:
        self.broken = ""
        self.exit_code = 0
        self.closed = False

    def run(self, job: Job, on_phase: Callable[[str], None] | None = None) -> Run:
        if on_phase:
            on_phase("running")
        if self.broken:
            raise SandboxError(self.broken)
        step = Step(job.script, "web\n", self.exit_code, 0.1)
        return Run(NOTHING, NOTHING, (), (step,), "web\n", False, self.exit_code, 0.1, "done", "Docker 26.1.5")

    def warm(self, n: int) -> None:
        """There is nothing to warm."""

    def close(self) -> None:
        self.closed = True


class Workshop:
    """An engine that can be switched on and off."""

    def __init__(self, *, there: bool = True) -> None:
        self.there = there
        self.sandboxes = QuietSandboxes()
        self.engine = Engine(self._open)

    def _open(self) -> Opened:
        if not self.there:
            raise EngineError("No Docker engine was found.")
        self.sandboxes = QuietSandboxes()
        return Opened(self.sandboxes, lambda: self.there)
