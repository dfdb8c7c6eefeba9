"""Prove the labels of our own tasks: run each answer in a sandbox and ask its shell test.

    python -m tests.proofs.prove_labels [FILE...] [--only ID] [--parallel 2] [--results FILE]

FILEs are names of tests/data/tasks without their ending; all unless given. Prints the answers whose label the test
does not bear out; exit status 1 if there are any. With --results a pass may be broken off and done in parts: what was
proved before is read from the file.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sandboxes import open_sandboxes
from sandboxes.base import Sandboxes
from sandboxes.effects import SandboxError
from sandboxes.engines import find_engine
from tests.proofs.answers import Answer, read_answers
from tests.proofs.results import RUNNERS, Results


def main() -> int:
    """Prove all labels, or those of the tasks whose id begins with --only."""
    options = _options()
    answers = [answer for answer in read_answers(options.files) if answer.task.id.startswith(options.only)]
    sandboxes = open_sandboxes("docker", url=find_engine(os.environ), say=print)
    try:
        sandboxes.warm(options.parallel)
        refuted = 0
        for line in _refuted(sandboxes, answers, options.parallel, Results(options.results, RUNNERS)):
            refuted += 1
            print(line, flush=True)
    finally:
        sandboxes.close()
    print(f"{len(answers)} labels, {refuted} not borne out")
    return 1 if refuted else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--only", default="")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--results", type=Path)
    return parser.parse_args()


def _refuted(sandboxes: Sandboxes, answers: list[Answer], parallel: int, results: Results) -> Iterator[str]:
    with ThreadPoolExecutor(parallel) as pool:
        proofs = pool.map(lambda answer: _proof(sandboxes, answer, results), answers)
        for answer, proof in zip(answers, proofs, strict=True):
            if proof["says"] != answer.label:
                yield f"{answer.task.id}: the test says {proof['says']} of {answer.task.answer!r}: {proof['said']}"


def _proof(sandboxes: Sandboxes, answer: Answer, results: Results) -> dict[str, Any]:
    if known := results.get(answer):
        return known
    try:
        run = sandboxes.run(answer.proof())
    except SandboxError as error:  # no result: it is tried again the next time
        return {"says": "nothing, as the sandbox failed", "said": error.reason}
    says = "nothing, as the setup fails" if run.setup_exit_code else "wrong" if run.exit_code else "right"
    proof = {"says": says, "said": run.output.strip()[-400:] or run.setup_output.strip()[-400:]}
    results.keep(answer, proof)
    return proof


if __name__ == "__main__":
    sys.exit(main())
