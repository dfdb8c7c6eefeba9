"""Choices that look random and never change: every draw comes from the SHA-256 of a seed, usually a
question's id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")


@lru_cache(maxsize=1024)  # each is asked for by the draws of its question and by the question itself
def question_id(kind: str, direction: str, facts: tuple[str, ...]) -> str:
    """16 hex digits that stay when the question or the note is reworded: only kind, direction and facts
    count.
    """
    return _digest("\x1f".join((kind, direction, *facts)))[:16]


def draw(seed: str, n: int) -> int:
    """Give a number from 0 to n - 1; n must be positive."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6], "big") % n


def shuffled(seed: str, items: Sequence[T]) -> list[T]:
    """Give the items in an order drawn from the seed, the same for equal seeds and lengths."""
    order = sorted(range(len(items)), key=lambda place: _digest(f"{seed}\x1f{place}"))
    return [items[place] for place in order]


def mixed(seed: str, items: Sequence[T]) -> list[T]:
    """Give the items shuffled, but never in the order they came in (if there are two different orders)."""
    for turn in range(8):
        order = shuffled(f"{seed}\x1f{turn}", items)
        if order != list(items):
            return order
    return list(reversed(items))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
