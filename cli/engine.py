"""The Docker engine a command works on: one that is there, else a private one for as long as it is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cli.files import BadInput

BUILD_SECONDS = 1800  # the longest that one call of a build may take
STATE = Path(__file__).resolve().parent.parent / "instance" / "engine"


def agreed(would_install: bool) -> bool:
    """Ask on a terminal before a package of the system is installed; where nobody can be asked it is done and said."""
    if not would_install or not sys.stdin.isatty():
        return True
    return click.confirm("No Docker engine answers here. Install this system's docker.io and start a private engine, "
                         "with its data in this folder?", default=True, err=True)


@contextmanager
def engine(say: Callable[[str], None], *, ask: Callable[[bool], bool] = agreed) -> Iterator[str]:
    """Give the address of an engine; a private one stops when its last user leaves.

    :param ask: whether a package may be installed for it
    :raise BadInput: there is none and none could be started; the sentence says what to do
    """
    from sandboxes.engines import EngineError, find_engine, private_engine, would_install

    try:
        if found := find_engine(os.environ):
            yield found
            return
        if not ask(would_install()):
            raise BadInput("Without a Docker engine this cannot be done. Start one, or name one: DOCKER_HOST.")
        with private_engine(STATE, say) as address:
            yield address
    except EngineError as error:
        raise BadInput(str(error)) from error


def prepare_image(address: str, say: Callable[[str], None]) -> None:
    """Build the sandbox image on the engine if it is not there yet: some minutes, once.

    :raise BadInput: it could not be built; the sentence says why
    """
    from sandboxes.engines import EngineError, connect
    from sandboxes.image import ensure_image

    client = connect(address, BUILD_SECONDS)
    try:
        ensure_image(client, say)
    except EngineError as error:
        raise BadInput(str(error)) from error
    finally:
        client.close()
