"""A warm pool: things that take a while to make are made ahead, used once and thrown away."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from sandboxes.effects import SandboxError


class Disposable(Protocol):
    def remove(self) -> None: ...


T = TypeVar("T", bound=Disposable)


@dataclass(frozen=True)
class _Idle(Generic[T]):
    item: T
    since: float


class Pool(Generic[T]):
    """Hands out things made by `make`, at most `makers` being made at a time.

    `warm(n)` sets how many wait ready. What was ready and is taken is replaced after a `pause` (seconds), so that
    making does not take the processor from what was just handed out; who finds nothing ready has it made at once.
    What waits longer than `idle_seconds` is thrown away (and made anew while wanted).
    """

    def __init__(
        self,
        make: Callable[[], T],
        *,
        makers: int = 2,
        idle_seconds: float = 600,
        pause: float = 0.0,
        later: Callable[[float, Callable[[], None]], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make, self._makers, self._idle_seconds, self._clock = make, makers, idle_seconds, clock
        self._pause, self._later = pause, later or _later
        self._idle: deque[_Idle[T]] = deque()
        self._target = self._waiting = self._making = 0
        self._failures: deque[SandboxError] = deque()
        self._closed = False
        self._changed = threading.Condition()

    def warm(self, n: int) -> None:
        """Keep so many ready from now on."""
        with self._changed:
            self._target = n
            self._refill()
        self.retire()

    def take(self, seconds: float) -> T:
        """Hand out a ready one, or wait until one is made.

        :raise SandboxError: making failed, it takes too long, or the pool is closed
        """
        until = self._clock() + seconds
        with self._changed:
            self._waiting += 1
            try:
                while not self._idle:
                    self._check_failure()
                    self._refill()
                    if not self._changed.wait(max(0.0, until - self._clock())):
                        raise SandboxError(f"No sandbox was ready within {seconds:.0f} seconds.")
                self._check_closed()
                return self._idle.popleft().item
            finally:
                self._waiting -= 1
                self._later(self._pause, self._restock)

    def retire(self) -> None:
        """Throw away what has waited too long or is no longer wanted."""
        with self._changed:
            old = []
            while self._idle and (
                self._clock() - self._idle[0].since > self._idle_seconds
                or len(self._idle) > self._target + self._waiting
            ):
                old.append(self._idle.popleft().item)
            self._refill()
        for item in old:
            item.remove()

    def close(self) -> None:
        """Throw away what is ready, and whatever is still being made as soon as it is."""
        with self._changed:
            self._closed = True
            old = [idle.item for idle in self._idle]
            self._idle.clear()
            self._changed.notify_all()
        for item in old:
            item.remove()

    @property
    def ready(self) -> int:
        """How many wait ready now."""
        with self._changed:
            return len(self._idle)

    def _check_failure(self) -> None:
        self._check_closed()
        if self._failures:
            raise self._failures.popleft()

    def _check_closed(self) -> None:
        if self._closed:
            raise SandboxError("The sandboxes were closed while this answer waited.")

    def _restock(self) -> None:
        with self._changed:
            self._refill()

    def _refill(self) -> None:
        """Start makers for what is missing. Call with the lock held."""
        missing = self._target + self._waiting - len(self._idle) - self._making
        for _ in range(min(missing, self._makers - self._making)):
            if not self._closed:
                self._making += 1
                threading.Thread(target=self._make_one, name="sandbox-maker", daemon=True).start()

    def _make_one(self) -> None:
        try:
            item, failure = self._make(), None
        except SandboxError as error:
            item, failure = None, error
        except Exception as error:  # a defect of ours must not leave a learner waiting
            item, failure = None, SandboxError(f"A sandbox could not be made: {error}")
        with self._changed:
            self._making -= 1
            closed = self._closed
            if item is not None and not closed:
                self._idle.append(_Idle(item, self._clock()))
                self._refill()
            elif failure is not None and self._waiting:
                # Told to one who waits; nobody else is kept waiting by it, and without anyone nothing is
                # tried again.
                self._failures.append(failure)
            self._changed.notify_all()
        if item is not None and closed:
            with suppress(Exception):
                item.remove()


def _later(seconds: float, action: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, action)
    timer.daemon = True
    timer.start()
