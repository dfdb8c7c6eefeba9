"""What a run can change: the aspects of all providers in one table."""

from __future__ import annotations

from .providers import PROVIDERS
from .spots import Aspect, Spot

__all__ = ["ASPECTS", "WORDS", "Aspect", "Spot"]

ASPECTS: dict[str, Aspect] = {
    aspect.name: aspect for provider in PROVIDERS for aspect in provider.aspects
}

#: Every word an author may declare in `compare`; a leading `+` adds to what is derived, `-` leaves it out.
WORDS: frozenset[str] = frozenset(aspect.word for aspect in ASPECTS.values())
