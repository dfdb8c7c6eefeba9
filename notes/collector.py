"""Work without Python's search for cycles among objects."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest: what is made of a note are trees, which go by themselves when nobody needs them.

    It would look through all that a process holds, its tables of words and commands first, time and again while a note
    is read. Threads that do this at the same time do not disturb each other: who ends switches it on for all.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
