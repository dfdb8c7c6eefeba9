"""Standings: a class in order of points. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One try of one person at one question."""

    person: int
    name: str  # as shown in the class
    question: str  # stable id
    score: float | None  # 0 to 1; None while it is not judged, which costs nothing and counts no try


@dataclass(frozen=True)
class Standing:
    """One line of the scoreboard."""

    rank: int  # from 1; equal ones share it and the next one is left out: 1, 2, 2, 4
    person: int
    name: str
    points: float  # the sum of the best scores
    tries: int  # judged tries, over all questions
    unjudged: int  # tries that wait for a verdict

    @property
    def place(self) -> tuple[float, int]:
        """What decides the rank: more points, then fewer tries."""
        return (-self.points, self.tries)


def rank(results: Iterable[Result]) -> list[Standing]:
    """Put everybody who handed something in into order; equals stand by name.

    Points are the sum of each question's best score. Ties go to whoever needed fewer tries; then the rank is
    shared.
    """
    by_person: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        by_person[result.person].append(result)
    lines = [_line(person, own) for person, own in by_person.items()]
    lines.sort(key=lambda line: (line.place, line.name, line.person))
    return _with_ranks(lines)


def _line(person: int, results: Sequence[Result]) -> Standing:
    best: dict[str, float] = {}
    judged = [(one.question, one.score) for one in results if one.score is not None]
    for question, score in judged:
        best[question] = max(best.get(question, 0.0), score)
    # Rounded, so that three thirds and one whole are a tie whatever order they were added in.
    points = round(sum(best[question] for question in sorted(best)), 6)
    return Standing(0, person, results[-1].name, points, len(judged), len(results) - len(judged))


def _with_ranks(lines: Sequence[Standing]) -> list[Standing]:
    ranked: list[Standing] = []
    for number, line in enumerate(lines, start=1):
        shared = bool(ranked) and ranked[-1].place == line.place
        number = ranked[-1].rank if shared else number
        ranked.append(
            Standing(number, line.person, line.name, line.points, line.tries, line.unjudged)
        )
    return ranked
