"""Whether our known-wrong answers would notice a checker that forgot one goal of one task.

    python -m tests.proofs.guards [FILE...] [--only ID] [--parallel 2] [--results FILE]

Every goal of every task needs a known-wrong answer that misses it. An answer that misses all goals of a container, an
image, a file guards only the first of them, that the thing is there at all; for each other goal there must be one that
meets part of the thing and misses this. Prints each goal without a guard, and how many goals are alone between a wrong
answer and its being accepted; exit status 1 if a goal has no guard.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from proofs.checks import Checker
from quizzes.effects import Spot, marks
from sandboxes import open_sandboxes
from sandboxes.base import Sandboxes
from sandboxes.engines import find_engine
from tests.proofs.answers import Answer, read_answers
from tests.proofs.results import JUDGES, Results

Marks = Mapping[Spot, bool]


@dataclass(frozen=True)
class Guards:
    """What the wrong answers to one task tell apart."""

    task: str
    goals: tuple[Spot, ...]  # of the reference, most important first
    unguarded: tuple[Spot, ...]
    alone: tuple[Spot, ...]  # without which a wrong answer would be accepted

    @classmethod
    def of(cls, task: str, goals: Sequence[Spot], wrong: Iterable[Marks]) -> Guards:
        """Read the marks of a task's wrong answers; those of answers that do nothing are to be left out."""
        known = list(wrong)
        missed = [{spot for spot, met in one.items() if not met} for one in known]
        first = {spot.label: spot for spot in reversed(goals)}
        guarded = {
            spot
            for spot in goals
            for one in known
            if one.get(spot) is False and (first[spot.label] == spot or _meets_part(one, spot))
        }
        alone = tuple(spot for spot in goals if {spot} in missed)
        return cls(task, tuple(goals), tuple(spot for spot in goals if spot not in guarded), alone)


def _meets_part(one: Marks, spot: Spot) -> bool:
    return any(met for other, met in one.items() if other.label == spot.label)


def guards(
    sandboxes: Sandboxes, answers: Sequence[Answer], parallel: int = 2, results: Results | None = None
) -> list[Guards]:
    """Run the wrong answers of each task that have no result yet and say which of its goals they guard."""
    checker, kept = Checker(sandboxes), results or Results(None, JUDGES)
    with ThreadPoolExecutor(parallel) as pool:
        marked = list(zip(answers, pool.map(lambda answer: _marks(checker, answer, kept), answers), strict=True))
    tasks = groupby(marked, key=lambda pair: _task(pair[0]))
    return [_guards(task, list(pairs)) for task, pairs in tasks]


def _guards(task: str, pairs: list[tuple[Answer, Marks]]) -> Guards:
    goals = next(tuple(found) for answer, found in pairs if answer.task.answer == answer.task.reference)
    return Guards.of(task, goals, (found for answer, found in pairs if answer.label == "wrong"))


def _marks(checker: Checker, answer: Answer, results: Results) -> Marks:
    task = answer.task
    if known := results.get(answer):
        return {Spot(aspect, label, item): met for aspect, label, item, met in known["marks"]}
    reference, run = checker.runs(task)
    if run.ended != "done":
        return {}
    return marks(
        reference, run, declared=task.compare, script=task.answer, reference_script=task.reference, text=task.text
    )


def telling(answers: Iterable[Answer]) -> list[Answer]:
    """Keep each task's reference and its wrong answers that do something."""
    return [
        answer
        for answer in answers
        if answer.task.id.endswith("/right/0")
        or (answer.label == "wrong" and answer.task.answer.strip() not in ("", "true", ":"))
    ]


def _task(answer: Answer) -> str:
    return answer.task.id.split("/")[0]


def main() -> int:
    """Look for goals without a guard in all tasks, or those of the tasks whose id begins with --only."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--only", default="")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--results", type=Path)
    options = parser.parse_args()
    answers = [answer for answer in telling(read_answers(options.files)) if answer.task.id.startswith(options.only)]
    sandboxes = open_sandboxes("docker", url=find_engine(os.environ), say=print)
    try:
        sandboxes.warm(options.parallel)
        found = guards(sandboxes, answers, options.parallel, Results(options.results, JUDGES))
    finally:
        sandboxes.close()
    for one in found:
        for spot in one.unguarded:
            print(f"{one.task}: no wrong answer misses {spot.aspect} {spot.label} {spot.item}".rstrip())
    goals, bare, alone = (sum(map(len, sets)) for sets in zip(*((o.goals, o.unguarded, o.alone) for o in found), strict=True))
    print(f"{goals} goals of {len(found)} tasks, {bare} without a guard; {alone} alone keep a wrong answer out")
    return 1 if bare else 0


if __name__ == "__main__":
    sys.exit(main())
