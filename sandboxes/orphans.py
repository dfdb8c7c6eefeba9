"""Who owns which sandbox, and which ones a crash left behind."""

from __future__ import annotations

import fcntl
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import docker
from docker.errors import APIError

from sandboxes.flags import APP, APP_LABEL, BORN_LABEL, OWNER_LABEL

HOST_LABEL = "host"
MARGIN_SECONDS = 120  # beyond its lifetime, after which a sandbox is nobody's
FOLDER = Path(tempfile.gettempdir()) / f"noteproof-owners-{os.getuid()}"


class Owner:
    """One user of an engine, alive while it holds the lock on its file: the kernel frees a dead one's."""

    def __init__(self) -> None:
        FOLDER.mkdir(mode=0o700, exist_ok=True)
        self.name = secrets.token_hex(6)
        self._path = FOLDER / self.name
        self._file = self._path.open("wb")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    @property
    def labels(self) -> dict[str, str]:
        return {OWNER_LABEL: self.name, HOST_LABEL: this_host()}

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        self._file.close()


def reap(client: docker.APIClient, now: float, lifetime: int) -> list[str]:
    """Remove sandboxes whose owner is dead or that outlived their time (seconds); return their ids."""
    found = client.containers(all=True, filters={"label": f"{APP_LABEL}={APP}"})
    orphans = [row["Id"] for row in found if _is_orphan(row["Labels"], now, lifetime)]
    for id in orphans:
        with suppress(APIError):  # another process reaps, too
            client.remove_container(id, force=True, v=True)
    return orphans


def _is_orphan(labels: dict[str, Any], now: float, lifetime: int) -> bool:
    born = labels.get(BORN_LABEL, "")
    too_old = not born.isdigit() or now - int(born) > lifetime + MARGIN_SECONDS
    return too_old or (labels.get(HOST_LABEL) == this_host() and _is_dead(labels.get(OWNER_LABEL, "")))


def _is_dead(owner: str) -> bool:
    """Say whether an owner is gone, who used our folder of locks: nobody holds its file."""
    if not owner.isalnum():
        return True  # none of ours: a name of a file elsewhere, or none at all
    path = FOLDER / owner
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    except FileNotFoundError:
        pass
    return True


def this_host() -> str:
    """Return what tells this boot and this folder of locks from others that share an engine."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    status = FOLDER.stat()
    return f"{_boot()}-{status.st_dev}-{status.st_ino}"


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return os.uname().nodename
