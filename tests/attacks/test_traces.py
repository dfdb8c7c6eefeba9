"""What a day of attacks leaves on the host: nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from docker.errors import NotFound

from sandboxes import open_sandboxes
from sandboxes.effects import Job, SandboxError
from sandboxes.orphans import FOLDER

DAY = {
    "setsid": "for i in 1 2 3; do setsid nohup sleep 5000 >/dev/null 2>&1 & done; (setsid sh -c 'sleep 5000' &)",
    "containers": "for i in 1 2 3; do docker run -d --restart always -v v$i:/v --network host busybox sleep 5000; done",
    "mounts": "for i in $(seq 50); do mkdir -p /tmp/m$i; mount -t tmpfs x /tmp/m$i; done; ip netns add left",
    "forks": "bomb() { bomb | bomb & }; bomb; sleep 60",
    "the first process": "kill -TERM 1; sleep 60",
    "the engine": "kill -9 $(cat /run/docker.pid); kill -9 -1",
    "frozen": "pkill -STOP -f 'inside.py agent'; sleep 60",
    "full": "head -c 1G /dev/zero >/var/lib/docker/x; head -c 1G /dev/zero >/tmp/x; yes >~/x",
}


@pytest.fixture(scope="module")
def day(engine, sandbox_image):
    """Run the attacks in sandboxes of their own, close these, and give what the engine had said of each container."""
    own = open_sandboxes("docker", url=engine, image=sandbox_image, active=3, warm=1)
    seen: dict[str, dict[str, Any]] = {}
    pids: set[int] = set()
    attacked = Event()

    def look(phase: str) -> None:
        if phase in {"running", "reading"}:
            for row in own.client.containers(filters={"label": f"owner={own._owner.name}"}):
                try:
                    seen[row["Id"]] = own.client.inspect_container(row["Id"])
                    pids.update(int(one[0]) for one in own.client.top(row["Id"], "-eo pid")["Processes"])
                except Exception:  # it ended while we looked
                    continue
            attacked.set()

    def play(script: str) -> str:
        try:
            return own.run(Job("", script, seconds=3), look).ended
        except SandboxError as error:
            return str(error)

    with ThreadPoolExecutor(3) as pool:
        ends = list(pool.map(play, DAY.values()))
    own.close()
    own._stop.wait()
    yield own, seen, pids, ends
    own.client.close()


def test_every_attack_ended(day):
    _, seen, pids, ends = day
    assert len(seen) >= len(DAY)
    assert pids
    assert set(ends) <= {"done", "timeout", "engine", "output"}


def test_no_container_is_left(day, eventually):
    own, seen, _, _ = day
    assert eventually(lambda: own.client.containers(all=True, filters={"label": f"owner={own._owner.name}"}) == [])
    for id in seen:
        with pytest.raises(NotFound):
            own.client.inspect_container(id)


def test_no_process_is_left(day, eventually):
    _, seen, pids, _ = day

    def left() -> list[int]:
        return [pid for pid in pids if any(id in _text(f"/proc/{pid}/cgroup") for id in seen)]

    assert eventually(lambda: left() == [])


def test_no_mount_and_no_file_is_left(day, eventually):
    _, seen, _, _ = day
    paths = [Path(row["LogPath"]).parent for row in seen.values()]
    paths += [Path(row["GraphDriver"]["Data"]["UpperDir"]) for row in seen.values() if row["GraphDriver"]["Data"]]
    sandboxes = [row["NetworkSettings"]["SandboxKey"] for row in seen.values()]
    assert eventually(lambda: [path for path in paths if path.exists()] == [])
    assert eventually(lambda: [key for key in [*seen, *sandboxes] if key and key in _text("/proc/mounts")] == [])


def test_no_lock_of_its_owner_is_left(day):
    own, *_ = day
    assert not (FOLDER / own._owner.name).exists()


def _text(path: str) -> str:
    try:
        return Path(path).read_text(errors="replace")
    except OSError:
        return ""
