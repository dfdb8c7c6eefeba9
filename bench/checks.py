"""What a check costs, against a bare container on the same engine."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from statistics import median

import docker

from cli.engine import engine, prepare_image
from proofs.checks import Checker, Task
from sandboxes import open_sandboxes
from sandboxes.effects import Job
from sandboxes.engines import connect
from sandboxes.image import ensure_image
from sandboxes.nested import NestedSandboxes
from sandboxes.sandbox import Sandbox

ROUNDS = 7
WAITING = (1, 2, 4, 8)  # checks at a time, for the throughput
WAIT = 3  # seconds that `docker stop` waits for a container that does not listen
FLOOR = "noteproof-bench-busybox"
RUN = "docker run -d -p 8080:8080 tomcat"
TASK = Task(id="bench", setup="", reference=RUN, answer=RUN)
STUBBORN = "docker run -d --name stub ubuntu bash -c 'trap \"\" TERM; while :; do sleep 1; done'"
STOP = Task(id="stop", setup=STUBBORN, reference=f"docker stop -t {WAIT} stub", answer=f"docker stop -t {WAIT} stub")

Action = Callable[[], object]


def main() -> None:
    """Print what a check costs against a bare `docker run --rm busybox true`, taken in turns, and what a sandbox weighs."""
    with engine(print) as address:
        prepare_image(address, print)
        client = connect(address, 120)
        image = ensure_image(client, print)
        busybox(client, image)
        sandboxes = open_sandboxes("docker", url=address, image=image, active=max(WAITING), warm=2)
        assert isinstance(sandboxes, NestedSandboxes)
        try:
            floor = partial(bare, client, address)
            boots(floor, sandboxes)
            warm(floor, sandboxes)
            stops(sandboxes)
            memory(client, sandboxes)
            throughput(sandboxes)
        finally:
            sandboxes.close()


def boots(floor: Action, sandboxes: NestedSandboxes) -> None:
    """From nothing to an engine that answers."""
    made: list[Sandbox] = []
    ours, seconds = in_turns(lambda: made.append(sandboxes.make(canary=False)), floor)
    for sandbox in made:
        sandbox.remove()
    print(f"boot: {ours:.2f} s, docker run --rm busybox true {seconds:.2f} s, ratio {ours / seconds:.2f} (at most 1.6)")


def warm(floor: Action, sandboxes: NestedSandboxes) -> None:
    """From a ready sandbox to the verdict; the reference's run is kept, as for the second answer of a class."""
    checker = Checker(sandboxes)
    checker.check(TASK)
    ours, seconds = in_turns(lambda: checker.check(TASK), floor)
    print(f"warm check: {ours:.2f} s, docker run --rm busybox true {seconds:.2f} s, ratio {ours / seconds:.2f} (at most 1.3)")


def stops(sandboxes: NestedSandboxes) -> None:
    """What a check costs beyond the seconds that its answer waits: its setup, and everything around."""
    checker = Checker(sandboxes)
    checker.check(STOP)
    prepared = Task(id="prepared", setup=STUBBORN, reference="docker kill stub", answer="docker kill stub")
    checker.check(prepared)
    stopping, killing = in_turns(lambda: checker.check(STOP), lambda: checker.check(prepared), rounds=3)
    over = stopping - WAIT
    print(f"docker stop -t {WAIT}: {over:.2f} s above its {WAIT} s (at most 0.5); {over - killing:+.2f} s beside docker kill")


def memory(client: docker.APIClient, sandboxes: NestedSandboxes) -> None:
    """What one sandbox takes while it waits, and with five containers that publish ports."""
    sandbox = sandboxes.make(canary=False)
    try:
        idle = usage(client, sandbox.id)
        sandbox.run(Job("", f"for n in 1 2 3 4 5; do {RUN.replace('-p 8080:8080', '-P')}; done"), lambda _: None)
        print(f"memory of a sandbox: {idle} MiB idle, {usage(client, sandbox.id)} MiB with five containers")
    finally:
        sandbox.remove()


def usage(client: docker.APIClient, container: str) -> int:
    """Give the memory a container's group takes, file systems in memory included, in MiB."""
    return int(client.stats(container, stream=False)["memory_stats"]["usage"]) >> 20


def throughput(sandboxes: NestedSandboxes) -> None:
    """Checks per second while so many wait."""
    checker = Checker(sandboxes)
    checker.check(TASK)
    for waiting in WAITING:
        start = time.perf_counter()
        with ThreadPoolExecutor(waiting) as pool:
            done = list(pool.map(lambda _: checker.check(TASK).verdict.outcome, range(2 * max(WAITING))))
        rate = len(done) / (time.perf_counter() - start)
        print(f"{waiting} waiting: {rate:.2f} checks a second, {done.count('right')} of {len(done)} right")


def in_turns(ours: Action, other: Action, *, rounds: int = ROUNDS) -> tuple[float, float]:
    """Time both in one loop, so that a busy machine slows both; give the medians in seconds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for action, taken in zip((ours, other), times, strict=True):
            time.sleep(2.5)  # the pool refills between two learners, not against one
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


def bare(client: docker.APIClient, address: str) -> None:
    """Do `docker run --rm busybox true`: the command itself, or its four calls where no client is installed."""
    if program := shutil.which("docker"):
        environment = {**os.environ, "DOCKER_HOST": address}
        subprocess.run([program, "run", "--rm", FLOOR, "/bin/true"], env=environment, check=True, stderr=subprocess.DEVNULL)
        return
    container = client.create_container(FLOOR, command=["/bin/true"])["Id"]
    client.start(container)
    client.wait(container)
    client.remove_container(container)
