"""Where a run can leave a trace, and what a trace means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True)
class Spot:
    """One place a run can change: `Spot("container.port", "web", "80/tcp")`."""

    aspect: str  # name in quizzes.effects.aspects.ASPECTS
    label: str  # the object, by the name both runs share
    item: str = ""  # which one of several: a port, a variable, a path


@dataclass(frozen=True)
class Aspect:
    """How much an aspect counts and what it means when only the answer changed it."""

    name: str
    word: str  # the word an author declares in a task: `compare: [ports]`
    rank: int  # the most important difference has the lowest
    weight: int = 1  # 2: a main goal
    extra: Literal["forbidden", "ignored"] = "ignored"


def forbidden_extra(name: str, word: str, rank: int, weight: int = 1) -> Aspect:
    """Give an aspect that an answer must leave alone where the reference does."""
    return Aspect(name, word, rank, weight, "forbidden")
