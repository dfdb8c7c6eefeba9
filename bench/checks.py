"""What a check costs, against a bare container; `bench.floor` says on which engine and why."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import docker

from bench.floor import Floor, floors
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
        sandboxes = open_sandboxes("docker", url=address, image=image, active=max(WAITING), warm=2)
        assert isinstance(sandboxes, NestedSandboxes)
        try:
            with floors(address, image, print) as bare:
                boots(sandboxes, bare)
                warm(sandboxes, bare)
            stops(sandboxes)
            memory(client, sandboxes)
            throughput(sandboxes)
        finally:
            sandboxes.close()


def boots(sandboxes: NestedSandboxes, bare: tuple[Floor, ...]) -> None:
    """From nothing to an engine that answers."""
    made: list[Sandbox] = []
    seconds = in_turns(lambda: made.append(sandboxes.make(canary=False)), *(floor.run for floor in bare))
    for sandbox in made:
        sandbox.remove()
    print(f"boot: {against(seconds, bare)} (at most 1.6)")


def warm(sandboxes: NestedSandboxes, bare: tuple[Floor, ...]) -> None:
    """From a ready sandbox to the verdict; the reference's run is kept, as for the second answer of a class."""
    checker = Checker(sandboxes)
    checker.check(TASK)
    seconds = in_turns(lambda: checker.check(TASK), *(floor.run for floor in bare))
    print(f"warm check: {against(seconds, bare)} (at most 1.3)")


def against(seconds: tuple[float, ...], bare: tuple[Floor, ...]) -> str:
    """Tell our seconds, which come first, and those of the floors; the last words are the ratio to the first floor."""
    ours, *others = seconds
    told = [f"{floor.name} {taken:.2f} s, ratio {ours / taken:.2f}" for floor, taken in zip(bare, others, strict=True)]
    return f"{ours:.2f} s; {'; '.join(reversed(told))}"


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


def in_turns(*actions: Action, rounds: int = ROUNDS) -> tuple[float, ...]:
    """Time all in one loop, so that a busy machine slows all; give their medians in seconds."""
    times: tuple[list[float], ...] = tuple([] for _ in actions)
    for _ in range(rounds):
        for action, taken in zip(actions, times, strict=True):
            time.sleep(2.5)  # the pool refills between two learners, not against one
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    return tuple(median(each) for each in times)
