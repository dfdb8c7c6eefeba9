"""Prove the labels of our own tasks: run each answer in a sandbox and ask its shell test.

    python -m tests.proofs.prove_labels [FILE...] [--only ID] [--parallel 2]

FILEs are names of tests/data/tasks without their ending; all unless given. Prints the answers whose label the test
does not bear out; exit status 1 if there are any.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from sandboxes import open_sandboxes
from sandboxes.base import Sandboxes
from sandboxes.engines import find_engine
from tests.proofs.answers import Answer, read_answers


def main() -> int:
    """Prove all labels, or those of the tasks whose id begins with --only."""
    options = _options()
    answers = [answer for answer in read_answers(options.files) if answer.task.id.startswith(options.only)]
    sandboxes = open_sandboxes("docker", url=find_engine(os.environ), say=print)
    try:
        sandboxes.warm(options.parallel)
        refuted = 0
        for line in _refuted(sandboxes, answers, options.parallel):
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
    return parser.parse_args()


def _refuted(sandboxes: Sandboxes, answers: list[Answer], parallel: int) -> Iterator[str]:
    with ThreadPoolExecutor(parallel) as pool:
        for answer, run in zip(
            answers, pool.map(lambda answer: sandboxes.run(answer.proof()), answers), strict=True
        ):
            proved = "right" if run.exit_code == 0 else "wrong"
            if proved != answer.label or run.setup_exit_code:
                said = run.output.strip()[-400:] or run.setup_output.strip()[-400:]
                yield f"{answer.task.id}: the test says {proved} of {answer.task.answer!r}: {said}"


if __name__ == "__main__":
    sys.exit(main())
