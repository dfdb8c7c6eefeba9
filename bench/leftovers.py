"""A long mixed run of checks, after which nothing of them may be left: no container, process, mount or file."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docker

from cli.engine import engine, prepare_image
from proofs.checks import Checker, Task
from sandboxes import open_sandboxes
from sandboxes.engines import connect
from sandboxes.flags import OWNER_LABEL
from sandboxes.nested import NestedSandboxes

CHECKS = int(os.environ.get("NOTEPROOF_BENCH_CHECKS", "500"))
WORKERS = 2
#: (setup, reference, answers): right and wrong ones, some that end badly.
TASKS = (
    ("", "docker run -d --name web nginx", ("docker run -d --name web nginx", "docker create --name web nginx", "exit 3")),
    ("docker run -d --name web tomcat", "docker stop web", ("docker stop web", "docker kill web", "docker rm -f web")),
    ("", "docker volume create data", ("docker volume create data", "docker network create data", "sleep 1000 &")),
    ("", "docker images", ("docker images", "docker ps -a", "kill -TERM $(cat /run/docker.pid); sleep 1")),
    ("", "docker pull dl.dockerpool.com:5000/ubuntu", ("docker pull dl.dockerpool.com:5000/ubuntu", "docker pull nothing")),
    ("", "docker run --rm busybox uname", ("docker run --rm busybox uname", "head -c 1G /dev/zero > big", "yes | head -c 1M")),
)


def main() -> None:
    """Run the checks, two at a time, and print what each kind of thing numbers before and after."""
    with engine(print) as address:
        prepare_image(address, print)
        client = connect(address, 120)
        sandboxes = open_sandboxes("docker", url=address, active=WORKERS)
        assert isinstance(sandboxes, NestedSandboxes)
        before = census(client, sandboxes.owner)
        sandboxes.warm(WORKERS)
        start = time.perf_counter()
        try:
            checker = Checker(sandboxes)
            with ThreadPoolExecutor(WORKERS) as pool:
                outcomes = Counter(pool.map(lambda task: checker.check(task).verdict.outcome, tasks(CHECKS)))
        finally:
            sandboxes.close()
        seconds = time.perf_counter() - start
        after = settled(client, sandboxes.owner, before)
    print(f"leftovers: {CHECKS} checks in {seconds:.0f} s: {dict(outcomes)}")
    for kind in before:
        print(f"leftovers: {kind} before {before[kind]}, after {after[kind]}")


def tasks(count: int) -> list[Task]:
    """Give so many checks, every answer in turn."""
    all_ = [(setup, reference, answer) for setup, reference, answers in TASKS for answer in answers]
    return [Task(f"mixed-{number}", *all_[number % len(all_)]) for number in range(count)]


def settled(client: docker.APIClient, owner: str, before: dict[str, int], seconds: float = 20.0) -> dict[str, int]:
    """Take the census again once removals under way are over."""
    until = time.monotonic() + seconds
    while (after := census(client, owner)) != before and time.monotonic() < until:
        time.sleep(0.5)
    return after


def census(client: docker.APIClient, owner: str) -> dict[str, int]:
    """Count what sandboxes could leave: of containers this owner's alone, of all else the whole machine's."""
    return {
        "containers": len(client.containers(all=True, filters={"label": f"{OWNER_LABEL}={owner}"})),
        "volumes": len(client.volumes()["Volumes"] or []),
        "processes": sum("/opt/lab/" in _command(pid) for pid in Path("/proc").iterdir() if pid.name.isdigit()),
        "mounts": Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").count("/merged "),
        "files": len(os.listdir(tempfile.gettempdir())),
    }


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
