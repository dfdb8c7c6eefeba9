"""`python -m cli COMMAND`: the commands of ./run."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping

import click

#: Command -> the click command that does it, imported only when it is asked for.
COMMANDS: Mapping[str, str] = {
    "serve": "cli.serve:serve",
    "test": "cli.test:test",
    "lint": "cli.lint:lint",
    "questions": "cli.questions:questions",
    "prove": "cli.prove:prove",
    "check": "cli.check:check",
    "export": "cli.export:export",
    "recall": "cli.recall:recall",
    "bench": "cli.bench:bench",
}


def main(arguments: list[str]) -> None:
    """Run one command; exits with 0, 1 (found something wrong) or 2 (bad input or usage)."""
    if not arguments or arguments[0] not in COMMANDS:
        raise SystemExit(f"usage: ./run {{{','.join(COMMANDS)}}}")
    module, name = COMMANDS[arguments[0]].split(":")
    command: click.Command = getattr(importlib.import_module(module), name)
    command.main(arguments[1:], prog_name=f"./run {arguments[0]}")


if __name__ == "__main__":
    main(sys.argv[1:])
