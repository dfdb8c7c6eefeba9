"""Measure false accepts and false refusals over our own labelled answers.

    python -m tests.proofs.measure [FILE...] [--only ID] [--parallel 2] [--every N] [--results FILE]

FILEs are names of tests/data/tasks without their ending; all unless given. Prints each misjudged answer with the
reason given as soon as it is found, then the rates; exit status 1 if any is misjudged. With --results a pass may be
broken off and done in parts: what the same code has judged before is read from the file.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from proofs.checks import Checker
from sandboxes import open_sandboxes
from sandboxes.base import Sandboxes
from sandboxes.engines import find_engine
from tests.proofs.answers import Answer, read_answers
from tests.proofs.remembering import Remembering
from tests.proofs.results import JUDGES, Results

Mark = tuple[str, str, str, bool]  # a goal by its aspect, label and item, and whether it was met


@dataclass(frozen=True)
class Judged:
    """How the checker judged an answer, and what it said."""

    outcome: str
    feedback: str
    sentences: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()  # in the order of the goals


@dataclass(frozen=True)
class Rates:
    """How often the checker disagrees with proved labels."""

    accepted: tuple[tuple[Answer, Judged], ...]  # wrong answers judged right
    refused: tuple[tuple[Answer, Judged], ...]  # right answers judged wrong
    unjudged: tuple[tuple[Answer, Judged], ...]
    right: int  # answers labelled right
    wrong: int  # answers labelled wrong

    def __str__(self) -> str:
        return (
            f"false accepts {len(self.accepted)} of {self.wrong}, "
            f"false refusals {len(self.refused)} of {self.right}, not judged {len(self.unjudged)}"
        )


def measure(
    sandboxes: Sandboxes,
    answers: Sequence[Answer],
    parallel: int = 2,
    tell: Callable[[Answer, Judged], None] = lambda *_: None,
    results: Results | None = None,
) -> Rates:
    """Check the answers that have no result yet and compare the verdicts of all with their labels.

    `tell` hears of each that is misjudged.
    """
    remembering, kept = Remembering(sandboxes), results or Results(None, JUDGES)
    checker = Checker(remembering)

    def check(answer: Answer) -> tuple[Answer, Judged]:
        judged = _judged(checker, remembering, answer, kept)
        if _trouble(answer, judged):
            tell(answer, judged)
        return answer, judged

    with ThreadPoolExecutor(parallel) as pool:
        checked = list(pool.map(check, answers))
    found = {
        trouble: tuple(pair for pair in checked if _trouble(*pair) == trouble)
        for trouble in ("ACCEPTED", "REFUSED", "NOT JUDGED")
    }
    return Rates(
        found["ACCEPTED"],
        found["REFUSED"],
        found["NOT JUDGED"],
        sum(answer.label == "right" for answer in answers),
        sum(answer.label == "wrong" for answer in answers),
    )


def _judged(checker: Checker, remembering: Remembering, answer: Answer, results: Results) -> Judged:
    if known := results.get(answer):
        return Judged(known["outcome"], known["feedback"], tuple(known["sentences"]))
    verdict = checker.insist(answer.task).verdict
    found = remembering.marks(answer.task)
    judged = Judged(
        verdict.outcome,
        verdict.feedback,
        tuple(entry.sentence for entry in verdict.differences),
        tuple((spot.aspect, spot.label, spot.item, met) for spot, met in found.items()),
    )
    if judged.outcome != "not judged":  # a failure of the machine is no result: it is tried again
        results.keep(answer, asdict(judged))
    return judged


def _trouble(answer: Answer, judged: Judged) -> str:
    """Name how a verdict disagrees with the label; "" where it does not."""
    match answer.label, judged.outcome:
        case _, "not judged":
            return "NOT JUDGED"
        case "wrong", "right":
            return "ACCEPTED"
        case "right", "wrong" | "partly right":
            return "REFUSED"
    return ""


def _print(answer: Answer, judged: Judged) -> None:
    print(f"{_trouble(answer, judged)} {answer.task.id}: {answer.task.answer!r}: {judged.feedback}", flush=True)
    print("    " + " | ".join(judged.sentences), flush=True)


def main() -> int:
    """Measure over all answers, or every N-th."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--only", default="")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--results", type=Path)
    options = parser.parse_args()
    answers = [
        answer for answer in read_answers(options.files) if answer.task.id.startswith(options.only)
    ][:: options.every]
    sandboxes = open_sandboxes("docker", url=find_engine(os.environ), say=print)
    try:
        sandboxes.warm(options.parallel)
        rates = measure(sandboxes, answers, options.parallel, _print, Results(options.results, JUDGES))
    finally:
        sandboxes.close()
    print(rates)
    return 1 if rates.accepted or rates.refused or rates.unjudged else 0


if __name__ == "__main__":
    sys.exit(main())
