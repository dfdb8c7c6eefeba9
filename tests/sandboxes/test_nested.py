"""Sandboxes as containers: several at once, none left behind, and faults that are nobody's mistake but ours."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sandboxes import open_sandboxes
from sandboxes.effects import Job, SandboxError
from sandboxes.engines import EngineError, connect
from sandboxes.flags import APP, APP_LABEL, BORN_LABEL, OWNER_LABEL
from sandboxes.image import image_tag
from sandboxes.orphans import HOST_LABEL, Owner, reap, this_host

ROOT = Path(__file__).parents[2]


@pytest.fixture
def client(engine):
    client = connect(engine)
    yield client
    client.close()


@pytest.fixture
def own(engine, sandbox_image):
    """Sandboxes that this test alone uses."""
    opened = open_sandboxes("docker", url=engine, image=sandbox_image, active=2)
    yield opened
    opened.close()


def containers(client, label: str) -> list[str]:
    return [row["Id"] for row in client.containers(all=True, filters={"label": label})]


def eventually(condition, seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_several_at_once_do_not_see_each_other(own):
    def run(n: int) -> tuple[str, list[str]]:
        job = Job(setup="", script=f"docker run --name mine{n} busybox echo {n}\ndocker ps -a --format '{{{{.Names}}}}'")
        run = own.run(job)
        return run.steps[1].output, [container["Name"] for container in run.after.containers]

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, range(4)))
    assert results == [(f"mine{n}\n", [f"/mine{n}"]) for n in range(4)]


def test_no_container_is_left_after_runs_and_closing(own, client):
    own.warm(1)
    own.run(Job(setup="", script="docker run -d busybox sleep 100"))
    label = f"{OWNER_LABEL}={own._owner.name}"
    own.close()
    assert eventually(lambda: containers(client, label) == [])


def test_a_run_waits_its_turn_and_says_so(own):
    phases, turn = [], threading.Event()
    with ThreadPoolExecutor(3) as pool:
        busy = [pool.submit(own.run, Job("", "sleep 3"), lambda phase: phase == "running" and turn.set()) for _ in "ab"]
        assert turn.wait(60)
        last = pool.submit(own.run, Job("", "true"), phases.append)
        assert last.result().ended == "done"
        assert [run.result().ended for run in busy] == ["done", "done"]
    assert phases == ["waiting", "starting", "setup", "running", "reading"]


def test_a_sandbox_killed_from_outside_is_not_the_learners_mistake(own, client):
    def kill(phase: str) -> None:
        if phase == "running":
            [container] = containers(client, f"{OWNER_LABEL}={own._owner.name}")
            threading.Timer(1, client.kill, [container]).start()

    with pytest.raises(SandboxError) as failure:
        own.run(Job("", "sleep 20"), kill)
    assert failure.value.retry


def test_a_sandbox_removed_from_outside_is_not_the_learners_mistake(own, client):
    def remove(phase: str) -> None:
        if phase == "running":
            [container] = containers(client, f"{OWNER_LABEL}={own._owner.name}")
            threading.Timer(1, client.remove_container, [container], {"force": True}).start()

    with pytest.raises(SandboxError):
        own.run(Job("", "sleep 20"), remove)


def test_a_sandbox_that_died_while_it_waited_is_replaced(own, client):
    own.warm(1)
    assert eventually(lambda: own._pool.ready == 1, 60)
    [waiting] = containers(client, f"{OWNER_LABEL}={own._owner.name}")
    client.remove_container(waiting, force=True)
    assert own.run(Job("", "echo alive")).output == "alive\n"


def test_a_missing_image_is_a_failure_of_ours(engine):
    opened = open_sandboxes("docker", url=engine, image="noteproof-sandbox:none")
    with pytest.raises(SandboxError, match="No such image"):
        opened.run(Job("", "true"))
    opened.close()


def test_an_engine_that_cannot_be_reached_is_said(tmp_path):
    with pytest.raises(EngineError, match="No Docker engine answers"):
        open_sandboxes("docker", url=f"unix://{tmp_path}/none")


USER = """
import sys
from sandboxes import open_sandboxes
from sandboxes.effects import Job
opened = open_sandboxes("docker", url=sys.argv[1], image=sys.argv[2])
opened.run(Job("", "sleep 60", seconds=60), lambda phase: print(phase, opened._owner.name, flush=True))
"""


def test_what_a_killed_process_leaves_is_reaped(engine, sandbox_image, client):
    command = [sys.executable, "-c", USER, engine, sandbox_image]
    killed = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    owner = next(line.split()[1] for line in killed.stdout if line.startswith("running"))
    assert len(containers(client, f"{OWNER_LABEL}={owner}")) == 1
    reap(client, time.time(), 1800)
    assert len(containers(client, f"{OWNER_LABEL}={owner}")) == 1, "its owner is alive"
    killed.kill()
    killed.communicate()
    reap(client, time.time(), 1800)
    assert containers(client, f"{OWNER_LABEL}={owner}") == []


def test_the_old_are_reaped_whoever_owns_them_and_strangers_are_left(client, sandbox_image):
    now = int(time.time())
    labels = {
        "elsewhere and young": {APP_LABEL: APP, OWNER_LABEL: "x", HOST_LABEL: "another", BORN_LABEL: str(now)},
        "elsewhere and old": {APP_LABEL: APP, OWNER_LABEL: "x", HOST_LABEL: "another", BORN_LABEL: str(now - 9999)},
        "here and dead": {APP_LABEL: APP, OWNER_LABEL: "x", HOST_LABEL: this_host(), BORN_LABEL: str(now)},
        "a stranger": {"app": "something else"},
    }
    made = {name: client.create_container(sandbox_image, labels=each)["Id"] for name, each in labels.items()}
    try:
        reaped = set(reap(client, now, 1800))
        assert {name for name, id in made.items() if id in reaped} == {"elsewhere and old", "here and dead"}
    finally:
        for id in (made["elsewhere and young"], made["a stranger"]):
            client.remove_container(id)


def test_an_owner_alive_keeps_its_sandboxes(client, sandbox_image):
    owner = Owner()
    labels = {APP_LABEL: APP, BORN_LABEL: str(int(time.time())), **owner.labels}
    made = client.create_container(sandbox_image, labels=labels)["Id"]
    assert made not in reap(client, time.time(), 1800)
    owner.close()
    assert made in reap(client, time.time(), 1800)


def test_the_image_is_built_once_and_named_by_its_recipe(sandbox_image, client):
    assert sandbox_image == image_tag()
    size = client.inspect_image(sandbox_image)["Size"]
    assert size < 945e6 / 2


@pytest.mark.engine
def test_a_runtime_is_one_setting(engine, sandbox_image, monkeypatch, client):
    """The same runtime under each name that the engine has for it: the setting reaches the container, which works."""
    names = [name for name in client.info()["Runtimes"] if name in {"runc", "io.containerd.runc.v2"}]
    assert names
    for name in names:
        monkeypatch.setenv("NOTEPROOF_SANDBOX_RUNTIME", name)
        opened = open_sandboxes("docker", url=engine, image=sandbox_image)
        given = []

        def look(phase: str, own=opened, given=given) -> None:
            if phase == "running":
                [container] = containers(client, f"{OWNER_LABEL}={own.owner}")
                given.append(client.inspect_container(container)["HostConfig"]["Runtime"])

        try:
            assert opened.run(Job("", "docker run --rm busybox echo hello"), look).output == "hello\n"
        finally:
            opened.close()
        assert given == [name]


@pytest.mark.engine
def test_a_runtime_that_the_engine_does_not_know_is_refused_with_those_it_has(engine, sandbox_image, monkeypatch):
    monkeypatch.setenv("NOTEPROOF_SANDBOX_RUNTIME", "kata-of-nowhere")
    with pytest.raises(EngineError, match=r"has no runtime kata-of-nowhere, only .*runc.*NOTEPROOF_SANDBOX_RUNTIME"):
        open_sandboxes("docker", url=engine, image=sandbox_image)
