"""Item analysis: how hard a question is, whether it tells learners apart, what its choices attract. Pure.

First tries only. What was not judged is left out. Numbers that a small class cannot carry are None.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

#: Fewer learners than this, and no discrimination is given: its error would be larger than what it says.
MINIMUM = 20
#: The 97.5 % point of the normal distribution: intervals hold the true share 95 times of 100.
Z = 1.959964

Flag = Literal["key may be wrong", "too easy", "too hard", "does not tell apart", "too few to say"]


@dataclass(frozen=True)
class Reply:
    """One learner's first judged try at one question."""

    person: int
    question: str  # stable id
    score: float  # 0 to 1
    choice: str | None = None  # the text chosen, for kinds with choices


@dataclass(frozen=True)
class Interval:
    """Between which bounds the true share lies, 95 times of 100."""

    low: float
    high: float


@dataclass(frozen=True)
class Item:
    """What the answers say about one question."""

    question: str
    n: int  # learners who answered
    facility: float  # mean score, 0 to 1: the share that was right
    interval: Interval  # Wilson's, of the facility
    discrimination: float | None  # correlation with the other questions' score, -1 to 1; None below MINIMUM
    choices: tuple[tuple[str, int], ...]  # each choice as asked, how many took it
    flags: tuple[Flag, ...]  # what an instructor should look at, most urgent first


def analyse(replies: Iterable[Reply], choices: Mapping[str, Sequence[str]] | None = None) -> list[Item]:
    """Analyse every question that was answered, in the order they first appear.

    :param choices: what each question offers, so that a choice nobody took is listed with 0
    """
    by_question: dict[str, list[Reply]] = defaultdict(list)
    totals: dict[int, float] = defaultdict(float)
    for reply in replies:
        by_question[reply.question].append(reply)
        totals[reply.person] += reply.score
    return [_item(key, own, totals, (choices or {}).get(key, ())) for key, own in by_question.items()]


def wilson(share: float, n: int) -> Interval:
    """Give Wilson's interval of a share of n; with n = 0 nothing is known: 0 to 1."""
    if n == 0:
        return Interval(0.0, 1.0)
    centre = share + Z * Z / (2 * n)
    reach = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return Interval(max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale))


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Give Pearson's correlation; None when one side does not vary."""
    n = len(pairs)
    mean_x, mean_y = math.fsum(x for x, _ in pairs) / n, math.fsum(y for _, y in pairs) / n
    across = math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs)
    along_x = math.fsum((x - mean_x) ** 2 for x, _ in pairs)
    along_y = math.fsum((y - mean_y) ** 2 for _, y in pairs)
    # What is left of rounding after equal numbers were subtracted is no variation.
    if along_x < 1e-12 or along_y < 1e-12:
        return None
    return max(-1.0, min(1.0, across / math.sqrt(along_x * along_y)))


def _item(
    question: str, replies: Sequence[Reply], totals: Mapping[int, float], offered: Sequence[str]
) -> Item:
    n = len(replies)
    facility = math.fsum(reply.score for reply in replies) / n
    # The rest score: the question's own point would make every question look good.
    pairs = [(reply.score, totals[reply.person] - reply.score) for reply in replies]
    discrimination = correlation(pairs) if n >= MINIMUM else None
    return Item(
        question, n, facility, wilson(facility, n), discrimination, _counts(replies, offered),
        _flags(n, facility, discrimination),
    )


def _counts(replies: Sequence[Reply], offered: Sequence[str]) -> tuple[tuple[str, int], ...]:
    taken = Counter(reply.choice for reply in replies if reply.choice is not None)
    listed = [*offered, *sorted(choice for choice in taken if choice not in offered)]
    return tuple((choice, taken[choice]) for choice in listed)


def _flags(n: int, facility: float, discrimination: float | None) -> tuple[Flag, ...]:
    if n < MINIMUM:
        return ("too few to say",)
    found: list[Flag] = []
    if discrimination is not None and discrimination < 0:
        found.append("key may be wrong")
    if facility >= 0.95:
        found.append("too easy")
    if facility <= 0.2:
        found.append("too hard")
    if discrimination is not None and 0 <= discrimination < 0.1 and 0.2 < facility < 0.95:
        found.append("does not tell apart")
    return tuple(found)
