"""Faults on a real engine: the learner's own end wrong with the reason, all others leave the answer not judged."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import docker
import pytest

from proofs.checks import Check, Checker, Task
from sandboxes import open_sandboxes
from sandboxes.base import Sandboxes
from sandboxes.engines import connect
from sandboxes.flags import OWNER_LABEL
from sandboxes.nested import NestedSandboxes

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]

TASK = "Start an nginx container named web in the background."
REFERENCE = "docker run -d --name web nginx"


def check(sandboxes: Sandboxes, answer: str, *, setup: str = "", seconds: float = 30.0, on_phase=None) -> Check:
    task = Task("fault", setup, REFERENCE, answer, TASK)
    return Checker(sandboxes, extra_seconds=seconds).check(task, on_phase)


@pytest.fixture
def own(engine: str, sandbox_image: str) -> Iterator[NestedSandboxes]:
    opened = open_sandboxes("docker", url=engine, image=sandbox_image, active=2)
    assert isinstance(opened, NestedSandboxes)
    yield opened
    opened.close()


@pytest.mark.parametrize(("answer", "reason"), [
    ("while true; do sleep 1; done", "did not end within"),
    ("docker run --name web nginx", "did not end within"),
    ("yes", "printed without end"),
    ("kill -TERM $(cat /run/docker.pid); while [ -e /run/docker.pid ]; do sleep 0.1; done", ""),
    ("head -c 1G /dev/zero > big", "container web is missing"),
    ("docker run -d --name web nginx; docker exec web sh -c 'head -c 1G /dev/zero > /big; true'; docker rm -f web", "missing"),
])  # fmt: skip
def test_what_the_learner_broke_is_wrong_with_its_reason_and_the_next_check_works(
    sandboxes: Sandboxes, answer: str, reason: str
) -> None:
    checked = check(sandboxes, answer, seconds=4.0)
    assert checked.verdict.outcome == "wrong", checked.reason
    assert reason in checked.verdict.feedback
    assert check(sandboxes, REFERENCE).verdict.outcome == "right"


@pytest.mark.parametrize("end", ["kill", "remove"])
def test_a_sandbox_lost_in_the_middle_leaves_the_answer_not_judged_and_a_retry_right(
    own: NestedSandboxes, engine: str, end: str
) -> None:
    client = connect(engine)
    checker = Checker(own)
    checker.reference("", REFERENCE)

    def lose(phase: str) -> None:
        if phase == "running":
            threading.Timer(0.5, lose_all, [client, own, end]).start()

    task = Task("fault", "", REFERENCE, f"sleep 20; {REFERENCE}", TASK)
    lost = checker.check(task, lose)
    assert (lost.verdict.outcome, lost.verdict.score) == ("not judged", 0.0)
    assert "sandbox" in lost.reason
    again = Task("fault", "", REFERENCE, REFERENCE, TASK)
    assert checker.check(again).verdict.outcome == "right"
    client.close()


def lose_all(client: docker.APIClient, own: NestedSandboxes, end: str) -> None:
    for row in client.containers(all=True, filters={"label": f"{OWNER_LABEL}={own._owner.name}"}):
        if end == "kill":
            client.kill(row["Id"])
        else:
            client.remove_container(row["Id"], force=True)


def test_a_missing_image_leaves_the_answer_not_judged(engine: str) -> None:
    opened = open_sandboxes("docker", url=engine, image="noteproof-sandbox:never-built")
    try:
        checked = check(opened, REFERENCE)
    finally:
        opened.close()
    assert checked.verdict.outcome == "not judged"
    assert "never-built" in checked.reason


def test_a_setup_that_fails_is_the_tasks_fault_and_not_the_learners(own: NestedSandboxes) -> None:
    checked = check(own, REFERENCE, setup="exit 3")
    assert checked.verdict.outcome == "not judged"
    assert "the setup fails" in checked.reason
