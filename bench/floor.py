"""The floor that checks are measured against: `docker run --rm busybox true`, on an engine as it comes and on ours.

An engine as it comes gives every container a network: a pair of interfaces on its bridge and an address, which take more
than half of the time of a bare run. A private engine that carries the sandboxes has no network, since no sandbox has one,
so a bare run is much quicker on it. What users know is the first, so the targets are ratios to that; both are shown.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import docker
from docker.errors import APIError

from cli.engine import STATE
from sandboxes.engines import EngineError, PrivateEngine, Say, connect, private_engine

IMAGE = "noteproof-bench-busybox"
SECONDS = 120
OTHER = STATE.with_name("floor")  # where an engine with a network keeps its data while it is measured


@dataclass(frozen=True)
class Floor:
    """A bare run on one engine."""

    name: str
    run: Callable[[], object]


@contextmanager
def floors(address: str, sandbox_image: str, say: Say) -> Iterator[tuple[Floor, ...]]:
    """Give the bare run on an engine with its default network, and that on the engine at `address` if it has none.

    An engine with a network is started when the one at `address` has none; nothing of it is left, nor of the image.
    """
    with ExitStack() as stack:
        client = connect(address, SECONDS)
        stack.callback(client.close)
        program = busybox(client, sandbox_image)
        here = partial(_on, stack, program)
        if client.networks(names=["bridge"]):
            yield (Floor("docker run --rm busybox true", here(address)),)
            return
        bare_here = Floor("without a network", here(address))
        try:
            usual = stack.enter_context(engine_as_it_comes(OTHER, say))
        except EngineError as error:
            say(f"No engine with a network can be measured: {error}")
            yield (bare_here,)
        else:
            yield Floor("docker run --rm busybox true", here(usual)), bare_here


@contextmanager
def engine_as_it_comes(state: Path, say: Say) -> Iterator[str]:
    """Give the address of an engine with its default network; it goes with all its data when nobody uses it any more.

    :raise EngineError: not root, or it does not start
    """
    try:
        with private_engine(state, say, networked=True) as address:
            yield address
    finally:
        if not PrivateEngine(state, say).runs():
            shutil.rmtree(state, ignore_errors=True)


def _on(stack: ExitStack, program: bytes, address: str) -> Callable[[], object]:
    """Put the image on an engine until the stack ends, and give the bare run."""
    client = connect(address, SECONDS)
    stack.callback(client.close)
    load(client, program)
    stack.callback(unload, client)
    return partial(bare, client, address)


def busybox(client: docker.APIClient, sandbox_image: str) -> bytes:
    """Take the program from the sandbox image: no registry is needed."""
    container = client.create_container(sandbox_image)["Id"]
    try:
        stream, _ = client.get_archive(container, "/usr/bin/busybox")
        with tarfile.open(fileobj=io.BytesIO(b"".join(stream))) as archive:
            member = archive.extractfile("busybox")
            assert member is not None
            return member.read()
    finally:
        client.remove_container(container)


def load(client: docker.APIClient, program: bytes) -> None:
    """Make an image of nothing but busybox."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in ("bin/true", "bin/busybox"):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(program), 0o755
            archive.addfile(entry, io.BytesIO(program))
    client.import_image_from_data(packed.getvalue(), repository=IMAGE)


def unload(client: docker.APIClient) -> None:
    with suppress(APIError):  # another benchmark may still use it, or has removed it
        client.remove_image(IMAGE)


def bare(client: docker.APIClient, address: str) -> None:
    """Do `docker run --rm busybox true`: the command itself, or its four calls where no client is installed."""
    if program := shutil.which("docker"):
        environment = {**os.environ, "DOCKER_HOST": address}
        subprocess.run([program, "run", "--rm", IMAGE, "/bin/true"], env=environment, check=True, stderr=subprocess.DEVNULL)
        return
    container = client.create_container(IMAGE, command=["/bin/true"])["Id"]
    client.start(container)
    client.wait(container)
    client.remove_container(container)
