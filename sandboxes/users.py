"""Whose numbers a sandbox's processes have, as the host's kernel counts them.

The kernel counts some things for each user, whatever container he is in: pipes, queued signals, message queues, watches.
So each sandbox has users of its own: 65536 for the learner's side, and a watcher, who starts all and owns the namespace
that they live in. The watcher is a stranger in there, so that nobody there can touch his processes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

SETS = 1024
EACH = 1 << 16
FIRST = 1 << 30  # far above the users of a host


@dataclass(frozen=True)
class Users:
    """One set of users, one of SETS."""

    number: int

    @property
    def root(self) -> int:
        """The first of the learner's side, who is root there."""
        return FIRST + self.number * EACH

    @property
    def watcher(self) -> int:
        return FIRST - SETS + self.number


def in_turn(random: Random) -> Iterator[Users]:
    """Give one set after the other, so that a process uses none twice at a time, from a random one on: that two
    processes use the same is rare, and then they share no more than a limit."""
    return (Users(number % SETS) for number in count(random.randrange(SETS)))


def passwd() -> str:
    """Return the lines of /etc/passwd without which nobody may have users of his own."""
    return "".join(f"watcher{n}:x:{Users(n).watcher}:{Users(n).watcher}::/:/bin/false\n" for n in range(SETS))


def subordinates() -> str:
    """Return /etc/subuid and /etc/subgid: which users each watcher has, and that root of these has them all."""
    return "".join(f"watcher{n}:{Users(n).root}:{EACH}\n" for n in range(SETS)) + f"root:0:{EACH}\n"
