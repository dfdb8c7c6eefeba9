"""The engine of this worker: its sandboxes, or the reason why there are none.

A worker starts without an engine and keeps looking for one; while there is none, kinds that need it are left
alone, so that their rows wait and count no try.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from proofs.checks import Check, Checker, Task
from proofs.evidence import Proof, prove, prove_claim
from sandboxes import open_sandboxes
from sandboxes.base import Sandboxes
from sandboxes.effects import SandboxError
from sandboxes.engines import EngineError, answers, find_engine

log = logging.getLogger(__name__)

#: Seconds between two looks for an engine.
LOOK_AGAIN = 5.0
#: Seconds within which an engine has to give a sign of life.
SIGN_SECONDS = 3.0
#: Sandboxes kept ready: the answer and, the first time, its reference start at once.
WARM = 2


@dataclass(frozen=True)
class Opened:
    """Sandboxes, and a way to ask whether their engine still answers."""

    sandboxes: Sandboxes
    alive: Callable[[], bool]


def open_docker() -> Opened:
    """Open sandboxes on the engine that is found; builds their image if it is missing, which takes minutes.

    :raise EngineError: there is no engine, or it does not do its work
    """
    url = find_engine(os.environ)
    if url is None:
        raise EngineError("No Docker engine was found. Start Docker, or set DOCKER_HOST.")
    return Opened(open_sandboxes("docker", url=url, warm=WARM), lambda: answers(url, SIGN_SECONDS))


class Engine:
    """Sandboxes that are opened when they can be, closed when their engine is gone, and opened again."""

    def __init__(self, open_: Callable[[], Opened] = open_docker) -> None:
        self._open = open_
        self._guard = threading.Lock()
        self._opened: Opened | None = None
        self._checker: Checker | None = None
        self._closed = False
        #: "Docker 26.1.5", "" while there is none.
        self.name = ""
        #: Why there is none, a sentence for the instructor; "" while there is one.
        self.problem = "A worker is looking for a Docker engine."

    @property
    def ready(self) -> bool:
        """Whether there are sandboxes; looks at nothing."""
        return self._checker is not None

    def look(self) -> bool:
        """Open sandboxes if there are none, which may take its time; tell whether there are some now.

        To be called by one thread at a time.
        """
        if not self.ready:
            try:
                self._take(self._open())
            except (EngineError, SandboxError) as error:
                self.problem = str(error)
        return self.ready

    def keep_looking(self, stop: threading.Event) -> None:
        """Look for an engine every LOOK_AGAIN seconds until told to stop: what a worker's own thread runs."""
        while not stop.is_set():
            try:
                self.look()
            except Exception as error:  # a look must not end the looking; what it was stands in the footer
                log.exception("looking for an engine failed")
                self.problem = f"A fault in Noteproof: {type(error).__name__}: {error}"
            stop.wait(LOOK_AGAIN)

    def check(self, task: Task, on_phase: Callable[[str], None]) -> Check:
        """Check one task in the sandboxes; outcome "not judged" when they failed.

        :raise SandboxError: there is no engine
        """
        checker = self._checker
        if checker is None:
            raise SandboxError(self.problem)
        checked = checker.check(task, on_phase)
        if self.ready and checked.engine:
            self.name = checked.engine
        return checked

    def prove(self, setup: str, reference: str, proof: str, on: date) -> Proof:
        """Run a key: a practical's reference, whose run serves the first answer too, or the proof of another kind.

        :raise SandboxError: there is no engine, or it failed
        """
        checker = self._checker
        if checker is None:
            raise SandboxError(self.problem)
        return prove(checker, setup, reference, on) if reference else prove_claim(checker, proof, on)

    def still_there(self) -> bool:
        """Ask the engine for a sign of life; without one it is given up and looked for again."""
        opened = self._opened
        if opened is not None and opened.alive():
            return True
        self._drop("The Docker engine no longer answers.")
        return False

    def close(self) -> None:
        """End every sandbox; nothing is opened after this."""
        self._closed = True
        self._drop("The worker was stopped.")

    def _take(self, opened: Opened) -> None:
        with self._guard:
            if not self._closed:
                self._opened, self._checker = opened, Checker(opened.sandboxes)
                self.name, self.problem = "Docker", ""
                return
        opened.sandboxes.close()

    def _drop(self, problem: str) -> None:
        with self._guard:
            opened, self._opened, self._checker = self._opened, None, None
            self.name, self.problem = "", problem
        if opened is not None:
            opened.sandboxes.close()
