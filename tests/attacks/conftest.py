"""What every attack shares: a way to run it, the verdict it gets, and the proof that the next learner is served."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from proofs.checks import Check, Checker, Task
from quizzes.effects import compare
from sandboxes.base import Sandboxes
from sandboxes.effects import Job, Run

#: Attacks at the same time, where a test has several.
AT_ONCE = 3
#: What the task asks for while the attacks run. Some do it, too, before they attack.
WANTED = "docker create --name wanted busybox >/dev/null"


@pytest.fixture(scope="session")
def reference(sandboxes: Sandboxes) -> Run:
    """What an honest answer does."""
    return sandboxes.run(Job("", WANTED))


@pytest.fixture
def attack(sandboxes: Sandboxes, reference: Run) -> Callable[..., Run]:
    """Run an attacker's script: whatever it does is the learner's doing, so it is judged, and never right."""

    def run(script: str, *, seconds: float = 15, setup: str = "", may_be_right: bool = False) -> Run:
        done = sandboxes.run(Job(setup=setup, script=script, seconds=seconds))
        for language in ("en", "zh"):
            verdict = compare(reference, done, language=language, script=script, reference_script=WANTED)
            assert verdict.outcome in {"wrong", "partly right"} or may_be_right
            assert verdict.feedback.isprintable()
            assert all(difference.sentence.isprintable() for difference in verdict.differences)
        return done

    return run


@pytest.fixture
def attacks(attack: Callable[..., Run]) -> Callable[..., dict[str, Run]]:
    """Run several attackers at the same time, each of whom is also the next learner of the others."""

    def run(scripts: dict[str, str], **more: object) -> dict[str, Run]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(scripts, pool.map(lambda script: attack(script, **more), scripts.values()), strict=True))

    return run


@pytest.fixture(scope="session")
def checks(sandboxes: Sandboxes) -> Callable[[Iterable[Task]], list[Check]]:
    """Judge answers as the app does, some at the same time."""
    checker = Checker(sandboxes)

    def check(tasks: Iterable[Task]) -> list[Check]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(checker.check, tasks))

    return check


@pytest.fixture(autouse=True)
def the_next_learner_is_served(request: pytest.FixtureRequest, sandboxes: Sandboxes) -> Iterator[None]:
    """After each attack another job runs on the same host, in a sandbox that knows nothing of it."""
    yield
    if {"attack", "checks"} & set(request.fixturenames):
        run = sandboxes.run(Job(setup="", script="ls -A; docker ps -aq; docker run --rm busybox true", seconds=60))
        assert (run.output, run.exit_code, run.ended) == ("", 0, "done")


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], bool]:
    """Say whether a condition comes true within a minute: a sandbox is removed in its own time, after the verdict."""

    def wait(condition: Callable[[], bool]) -> bool:
        until = time.monotonic() + 60
        while not condition() and time.monotonic() < until:
            time.sleep(0.05)
        return condition()

    return wait
