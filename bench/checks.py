"""From check-out to verdict, against a bare container on the same engine."""

from __future__ import annotations

import io
import tarfile
import time
from collections.abc import Callable
from statistics import median

import docker

from cli.engine import engine, prepare_image
from proofs.checks import Checker, Task
from sandboxes import open_sandboxes
from sandboxes.engines import connect
from sandboxes.image import ensure_image

ROUNDS = 7
FLOOR = "noteproof-bench-busybox"
TASK = Task(id="bench", setup="", reference="docker run -d -p 8080:8080 tomcat", answer="docker run -d -p 8080:8080 tomcat")


def main() -> None:
    """Print the medians of a warm check and of a bare `docker run --rm busybox true`, taken in turns, and their ratio."""
    with engine(print) as address:
        prepare_image(address, print)
        client = connect(address, 120)
        busybox(client, ensure_image(client, print))
        sandboxes = open_sandboxes("docker", url=address, warm=2)
        try:
            checker = Checker(sandboxes)
            checker.check(TASK)  # runs the reference once, as for the first answer of a class
            ours, floor = in_turns(lambda: checker.check(TASK), lambda: bare(client))
        finally:
            sandboxes.close()
    print(f"checks: warm check-out to verdict {ours:.2f} s, bare container {floor:.2f} s, ratio {ours / floor:.2f}")


def in_turns(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Time both in one loop, so that a busy machine slows both; give the medians in seconds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for action, taken in zip((ours, floor), times, strict=True):
            time.sleep(1.5)  # the pool refills between two learners, not against one
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    return median(times[0]), median(times[1])


def busybox(client: docker.APIClient, sandbox_image: str) -> None:
    """Make an image of nothing but busybox, with the one that the sandbox image holds: no registry is needed."""
    container = client.create_container(sandbox_image)["Id"]
    try:
        stream, _ = client.get_archive(container, "/usr/bin/busybox")
        with tarfile.open(fileobj=io.BytesIO(b"".join(stream))) as archive:
            member = archive.extractfile("busybox")
            assert member is not None
            program = member.read()
    finally:
        client.remove_container(container)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in ("bin/true", "bin/busybox"):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(program), 0o755
            archive.addfile(entry, io.BytesIO(program))
    client.import_image_from_data(packed.getvalue(), repository=FLOOR)


def bare(client: docker.APIClient) -> None:
    """Do what `docker run --rm busybox true` does."""
    container = client.create_container(FLOOR, command=["/bin/true"])["Id"]
    client.start(container)
    client.wait(container)
    client.remove_container(container)
