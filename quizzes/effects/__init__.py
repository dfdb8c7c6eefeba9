"""Judging a practical answer by its effect: what it did to the engine against what the reference did."""

from __future__ import annotations

from .aspects import ASPECTS, WORDS, Aspect, Spot
from .comparison import compare, goals_in, marks

__all__ = ["ASPECTS", "WORDS", "Aspect", "Spot", "compare", "goals_in", "marks"]
