"""Measure false accepts and false refusals over our own labelled answers.

    python -m tests.proofs.measure [FILE...] [--only ID] [--parallel 2] [--every N]

FILEs are names of tests/data/tasks without their ending; all unless given. Prints each misjudged answer with the
reason given as soon as it is found, then the rates; exit status 1 if any is misjudged.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from proofs.checks import Check, Checker
from sandboxes import open_sandboxes
from sandboxes.base import Sandboxes
from sandboxes.engines import find_engine
from tests.proofs.answers import Answer, read_answers


@dataclass(frozen=True)
class Rates:
    """How often the checker disagrees with proved labels."""

    accepted: tuple[tuple[Answer, Check], ...]  # wrong answers judged right
    refused: tuple[tuple[Answer, Check], ...]  # right answers judged wrong
    unjudged: tuple[tuple[Answer, Check], ...]
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
    tell: Callable[[Answer, Check], None] = lambda *_: None,
) -> Rates:
    """Check all answers and compare the verdicts with the labels; `tell` hears of each that is misjudged."""
    checker = Checker(sandboxes)

    def check(answer: Answer) -> tuple[Answer, Check]:
        result = checker.check(answer.task)
        if _trouble(answer, result):
            tell(answer, result)
        return answer, result

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


def _trouble(answer: Answer, check: Check) -> str:
    """Name how a verdict disagrees with the label; "" where it does not."""
    match answer.label, check.verdict.outcome:
        case _, "not judged":
            return "NOT JUDGED"
        case "wrong", "right":
            return "ACCEPTED"
        case "right", "wrong" | "partly right":
            return "REFUSED"
    return ""


def _print(answer: Answer, check: Check) -> None:
    verdict = check.verdict
    print(f"{_trouble(answer, check)} {answer.task.id}: {answer.task.answer!r}: {verdict.feedback}", flush=True)
    print("    " + " | ".join(entry.sentence for entry in verdict.differences), flush=True)


def main() -> int:
    """Measure over all answers, or every N-th."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--only", default="")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    answers = [
        answer for answer in read_answers(options.files) if answer.task.id.startswith(options.only)
    ][:: options.every]
    sandboxes = open_sandboxes("docker", url=find_engine(os.environ), say=print)
    try:
        sandboxes.warm(options.parallel)
        rates = measure(sandboxes, answers, options.parallel, _print)
    finally:
        sandboxes.close()
    print(rates)
    return 1 if rates.accepted or rates.refused or rates.unjudged else 0


if __name__ == "__main__":
    sys.exit(main())
