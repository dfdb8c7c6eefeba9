"""The Docker engine and the sandboxes that tests share, each started once for the whole session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from sandboxes import open_sandboxes
from sandboxes.base import Sandboxes


@pytest.fixture(scope="session")
def engine() -> Iterator[str]:
    """The URL of an engine: one that is there, else this clone's private one, while the session lasts."""
    from cli.engine import engine as some_engine
    from cli.files import BadInput

    with ExitStack() as stack:
        try:
            url = stack.enter_context(some_engine(print))
        except BadInput as error:
            pytest.skip(f"no engine: {error}")
        yield url


@pytest.fixture(scope="session")
def sandbox_image(engine: str) -> str:
    """The name of the sandbox image, built on that engine if its recipe changed."""
    from sandboxes.engines import connect
    from sandboxes.image import ensure_image

    client = connect(engine, 1800)
    try:
        return ensure_image(client, print)
    finally:
        client.close()


@pytest.fixture(scope="session")
def sandboxes(engine: str, sandbox_image: str) -> Iterator[Sandboxes]:
    """Sandboxes with an engine of their own, a warm one always at hand."""
    opened = open_sandboxes("docker", url=engine, image=sandbox_image, active=4, warm=1)
    yield opened
    opened.close()

