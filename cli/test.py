"""./run test: set up what the tests need, run them, stop again what was started."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import click

from cli.engine import engine, prepare_image
from cli.files import BadInput
from cli.machine import install_foreign_parsers, install_missing
from cli.progress import say

ROOT = Path(__file__).resolve().parent.parent
#: All of them: in parallel, the files kept whole so that what a file sets up is set up once.
WHOLE_RUN = ("-n", "2", "--dist", "loadfile")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run the tests; arguments go to pytest."""
    install_missing(say)
    install_foreign_parsers(say)
    with ExitStack() as stack:
        environment = dict(os.environ)
        try:
            environment["DOCKER_HOST"] = ready_engine(stack)
        except BadInput as error:
            say(f"No engine, so the tests that need one are skipped: {error}")
        done = subprocess.run([sys.executable, "-m", "pytest", *(arguments or WHOLE_RUN)], cwd=ROOT, env=environment)
    raise SystemExit(done.returncode)


def ready_engine(stack: ExitStack) -> str:
    """Give an engine that has the sandbox image; it is left when the stack closes."""
    address = stack.enter_context(engine(say))
    prepare_image(address, say)
    return address
