"""Doing one thing in several threads at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def at_once(do: Callable[[], T], number: int) -> list[T]:
    """Call `do` in `number` threads that start together; give what they gave."""
    barrier = Barrier(number)

    def wait_and_do() -> T:
        barrier.wait(timeout=10)
        return do()

    with ThreadPoolExecutor(number) as pool:
        return [future.result(timeout=60) for future in [pool.submit(wait_and_do) for _ in range(number)]]
