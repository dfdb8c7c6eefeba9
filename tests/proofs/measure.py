"""Measure false accepts and false refusals over our own labelled answers.

    python -m tests.proofs.measure [--only ID] [--parallel 2] [--every N]

Prints each misjudged answer with the reason given, then the rates; exit status 1 if any is misjudged.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
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


def measure(sandboxes: Sandboxes, answers: Sequence[Answer], parallel: int = 2) -> Rates:
    """Check all answers and compare the verdicts with the labels."""
    checker = Checker(sandboxes)
    with ThreadPoolExecutor(parallel) as pool:
        checked = list(
            zip(answers, pool.map(lambda answer: checker.check(answer.task), answers), strict=True)
        )
    judged = [(answer, check, check.verdict.outcome) for answer, check in checked]
    return Rates(
        tuple(
            (answer, check)
            for answer, check, outcome in judged
            if answer.label == "wrong" and outcome == "right"
        ),
        tuple(
            (answer, check)
            for answer, check, outcome in judged
            if answer.label == "right" and outcome in ("wrong", "partly right")
        ),
        tuple((answer, check) for answer, check, outcome in judged if outcome == "not judged"),
        sum(answer.label == "right" for answer in answers),
        sum(answer.label == "wrong" for answer in answers),
    )


def main() -> int:
    """Measure over all answers, or every N-th."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", default="")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    answers = [answer for answer in read_answers() if answer.task.id.startswith(options.only)][
        :: options.every
    ]
    sandboxes = open_sandboxes("docker", url=find_engine(os.environ), say=print)
    try:
        sandboxes.warm(options.parallel)
        rates = measure(sandboxes, answers, options.parallel)
    finally:
        sandboxes.close()
    for what, rows in (
        ("ACCEPTED", rates.accepted),
        ("REFUSED", rates.refused),
        ("NOT JUDGED", rates.unjudged),
    ):
        for answer, check in rows:
            print(f"{what} {answer.task.id}: {answer.task.answer!r}: {check.verdict.feedback}")
            print("    " + " | ".join(entry.sentence for entry in check.verdict.differences))
    print(rates)
    return 1 if rates.accepted or rates.refused or rates.unjudged else 0


if __name__ == "__main__":
    sys.exit(main())
