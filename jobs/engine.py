"""The engine of this worker: its sandboxes, or the reason why there are none.

A worker starts without an engine and keeps looking for one; while there is none, kinds that need it are left
alone, so that their rows wait and count no try.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from proofs.checks import Check, Checker, Task
from sandboxes.base import Sandboxes

from sandboxes import open_sandboxes
from sandboxes.effects import SandboxError

log = logging.getLogger(__name__)

#: Seconds between two looks for an engine.
LOOK_AGAIN = 5.0


class Engine:
    """Sandboxes that are opened when they can be, closed when their engine is gone, and opened again."""

    def __init__(self, open_: Callable[[], Sandboxes] = open_sandboxes) -> None:
        self._open = open_
        self._lock = threading.RLock()
        self._sandboxes: Sandboxes | None = None
        self._checker: Checker | None = None
        #: "Docker 26.1.5", "" while there is none.
        self.name = ""
        #: Why there is none, a sentence for the instructor.
        self.problem = "the worker is still looking for an engine"

    @property
    def ready(self) -> bool:
        """Whether there are sandboxes; looks at nothing."""
        return self._checker is not None

    def look(self) -> bool:
        """Open sandboxes if there are none, which may take seconds; tell whether there are some now."""
        with self._lock:
            if self._checker is None:
                self._try()
            return self.ready

    def keep_looking(self, stop: threading.Event) -> None:
        """Look for an engine every LOOK_AGAIN seconds until told to stop: what a worker's own thread runs."""
        while not stop.is_set():
            try:
                self.look()
            except Exception as error:  # a look must not end the looking; what it was stands in the footer
                log.exception("looking for an engine failed")
                self.problem = f"a fault in Noteproof: {type(error).__name__}: {error}"
            stop.wait(LOOK_AGAIN)

    def check(self, task: Task, on_phase: Callable[[str], None]) -> Check:
        """Check one task in the sandboxes; outcome "not judged" when they failed.

        :raise SandboxError: there is no engine
        """
        checker = self._checker
        if checker is None:
            raise SandboxError(self.problem)
        checked = checker.check(task, on_phase)
        self.name = checked.engine or self.name
        return checked

    def still_there(self) -> bool:
        """Ask the engine for a sign of life; without one it is given up and looked for again."""
        with self._lock:
            sandboxes = self._sandboxes
            if sandboxes is None:
                return False
            try:
                sandboxes.ping()
            except SandboxError as error:
                self.problem = error.reason
                self.close()
                return False
            return True

    def close(self) -> None:
        """End every sandbox."""
        with self._lock:
            sandboxes, self._sandboxes, self._checker, self.name = self._sandboxes, None, None, ""
        if sandboxes is not None:
            sandboxes.close()

    def _try(self) -> None:
        try:
            self._sandboxes = self._open()
        except SandboxError as error:
            self.problem = error.reason
            return
        self._checker, self.name, self.problem = Checker(self._sandboxes), "Docker", ""
