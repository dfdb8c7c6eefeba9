"""Cells of a table, years, columns and numbers beside the right one."""

from __future__ import annotations

import re
from bisect import bisect_left

from notes.facts import ColumnFact, QuantityFact, RowFact
from quizzes.context import Context
from quizzes.distractors.texts import (
    WANTED,
    alike,
    unique,
)
from quizzes.draws import draw
from quizzes.twins import family, partner
from quizzes.typed import normal
from quizzes.wording.base import Wording


def other_cells(fact: RowFact, context: Context) -> list[RowFact]:
    """Give the rows of the same column whose name and value are others."""
    return [
        other
        for other in context.column(fact)
        if other.name != fact.name and not alike(other.value, fact.value) and normal(other.value) not in normal(fact.value)
    ]


def other_years(fact: QuantityFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give the years of other events of the notes, the nearest in time first."""
    if not fact.value.isdigit():
        return []
    own = int(fact.value)
    place = bisect_left(context.years, own)
    window = [year for year in context.years[max(0, place - WANTED) : place + WANTED + 1] if year != own]
    near = sorted(window, key=lambda year: (abs(year - own), year))[: most + 1]
    usable = [str(year) for year in near if str(year) not in fact.sentence]
    return sorted(usable, key=lambda year: draw(seed + year, 997))[:most]


def other_columns(fact: ColumnFact, context: Context) -> list[ColumnFact]:
    """Give the other explained columns of the same output, whose meanings differ from the key's."""
    return [
        other
        for other in context.siblings(fact, context.columns.get(fact.command, []))
        if other.column != fact.column and not alike(other.meaning, fact.meaning)
    ]


def other_values(value: str, sentence: str, wording: Wording, seed: str, most: int = WANTED) -> list[str]:
    """Give values of the same kind as a value that is not in the sentence: a family, a twin, plausible
    numbers.
    """
    candidates = [other for other in family(value) if other not in sentence]
    twin = partner(value, wording.language, sentence)
    if twin and twin not in sentence:
        candidates.insert(0, twin)
    if re.fullmatch(r"\d+(?:\.\d+)?", value):
        candidates += other_numbers(value, sentence)
    return unique(candidates)[:most]


def other_numbers(value: str, sentence: str = "") -> list[str]:
    """Give plausible other numbers: halves, doubles, tens, never the neighbour by one, as precise."""
    number = float(value)
    if 1000 <= number <= 2100 and len(value) == 4:
        return []  # a year or the name of a release
    decimals = len(value.partition(".")[2])
    factors = (3, 0.5, 6, 2, 10, 0.1, 5, 0.2) if number < 100 else (2, 0.5, 10, 0.1, 4, 1.5)
    texts = [f"{number * factor:.{decimals}f}" for factor in factors if decimals or (number * factor) % 1 == 0]
    used = set(re.findall(r"\d+(?:\.\d+)?", sentence))
    return [text for text in unique(texts) if text not in used and text != value and float(text) > 0]
