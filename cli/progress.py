"""Progress of long commands: a bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def say(line: str) -> None:
    """Print one plain line where progress goes: standard error."""
    if "tqdm" in sys.modules:  # there may be a bar on the terminal, which must step aside
        sys.modules["tqdm"].tqdm.write(line, file=sys.stderr)
    else:
        print(line, file=sys.stderr)
    sys.stderr.flush()


def progress(things: Iterable[T], total: int, title: str) -> Iterator[T]:
    """Pass the things through and show how far it is."""
    if sys.stderr.isatty():
        from tqdm import tqdm  # here, because every command says something and few show a bar

        yield from tqdm(things, total=total, desc=title, file=sys.stderr, leave=False)
        return
    tenth = max(1, total // 10)
    for done, thing in enumerate(things, start=1):
        yield thing
        if done % tenth == 0 or done == total:
            say(f"{title}: {done} of {total}")
