"""Progress of long commands: a bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def say(line: str) -> None:
    """Print one plain line where progress goes: standard error."""
    tqdm.write(line, file=sys.stderr)
    sys.stderr.flush()


def progress(things: Iterable[T], total: int, title: str) -> Iterator[T]:
    """Pass the things through and show how far it is."""
    if sys.stderr.isatty():
        yield from tqdm(things, total=total, desc=title, file=sys.stderr, leave=False)
        return
    tenth = max(1, total // 10)
    for done, thing in enumerate(things, start=1):
        yield thing
        if done % tenth == 0 or done == total:
            say(f"{title}: {done} of {total}")
