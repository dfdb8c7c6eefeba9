"""The Docker engine a command works on: one that is there, else a private one for as long as it is needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.files import BadInput

BUILD_SECONDS = 1800  # the longest that one call of a build may take
STATE = Path(__file__).resolve().parent.parent / "instance" / "engine"


@contextmanager
def engine(say: Callable[[str], None]) -> Iterator[str]:
    """Give the address of an engine; a private one stops when its last user leaves.

    :raise BadInput: there is none and none could be started; the sentence says what to do
    """
    from sandboxes.engines import EngineError, find_engine, private_engine

    try:
        if found := find_engine(os.environ):
            yield found
            return
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
