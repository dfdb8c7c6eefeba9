"""The flags a sandbox is created with: all that keeps a learner in. docs/security.md gives the reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docker

from sandboxes.effects import OOM_SCORE_ADJ
from sandboxes.users import Users

HUB_NAMES = (Path(__file__).parent / "image" / "hub-names").read_text().split()
SECCOMP = (Path(__file__).parent / "seccomp.json").read_text()

APP_LABEL, OWNER_LABEL, BORN_LABEL = "app", "owner", "born"
APP = "noteproof-sandbox"
#: What runs a program where a sandbox's engine runs.
INSIDE = ["python3", "-I", "-S", "/opt/lab/inside.py"]


@dataclass(frozen=True)
class Limits:
    """What one sandbox may use. Temporary file systems count towards the memory."""

    memory: str = "512m"
    pids: int = 512
    cpus: float = 1.0
    data: str = "160m"  # images, layers, volumes and containers of the inner engine
    home: str = "32m"
    tmp: str = "64m"
    inodes: int = 65536  # of each file system that a learner fills
    lifetime: int = 1800  # seconds; then the sandbox ends by itself, even if nobody ever removes it

    def for_seeding(self) -> Limits:
        """Return the limits of the one boot that makes the stand-in images."""
        return replace(self, memory="2g", pids=2048, data="1g", tmp="512m", lifetime=300)


def identity(limits: Limits, users: Users) -> dict[str, Any]:
    """Return what a sandbox is created with besides its HostConfig: who it is and what it runs."""
    command = ["/opt/lab/boot.sh", str(limits.lifetime), str(users.root)]
    return {"command": command, "user": f"{users.watcher}:{users.watcher}", "hostname": "lab"}


def host_config(
    client: docker.APIClient, limits: Limits, users: Users, *, runtime: str | None = None, apparmor: str | None = None
) -> dict[str, Any]:
    """Return the HostConfig of a sandbox with these users.

    `runtime` names another container runtime of the engine ("sysbox-runc", "runsc", "kata"), `apparmor` a
    profile.
    """
    security = [f"seccomp={SECCOMP}", *([f"apparmor={apparmor}"] if apparmor else [])]
    config: dict[str, Any] = client.create_host_config(
        network_mode="none", read_only=True, cap_drop=["ALL"], cap_add=["SETUID", "SETGID"],
        security_opt=security,
        mem_limit=limits.memory, memswap_limit=limits.memory, pids_limit=limits.pids, shm_size="1m",
        tmpfs=_file_systems(limits, users), extra_hosts=dict.fromkeys(HUB_NAMES, "127.0.0.1"), dns=["127.0.0.1"],
        # One byte and not none: only that keeps the kernel from starting the host's own crash reporter for a crash.
        ulimits=[_ulimit("nofile", 4096), _ulimit("core", 1)], runtime=runtime,
        oom_score_adj=OOM_SCORE_ADJ,  # where the machine's memory ends, a sandbox goes before the app and its database
        log_config=docker.types.LogConfig(type="json-file", config={"max-size": "1m", "max-file": "1"}),
    )  # fmt: skip
    # The kernel refuses a new /proc in a user namespace below a masked one, so the inner containers need it
    # unmasked. Nothing is ever root in the sandbox, so what is unmasked stays read-only to all.
    return {**config, "MaskedPaths": [], "ReadonlyPaths": []}


def _file_systems(limits: Limits, users: Users) -> dict[str, str]:
    quota, owner = f"nr_inodes={limits.inodes}", f"uid={users.root},gid={users.root}"
    return {
        "/var/lib/docker": f"size={limits.data},{quota},{owner},mode=0700,exec,dev,suid",
        "/home/lab": f"size={limits.home},{quota},{owner},mode=0755,exec",
        "/tmp": f"size={limits.tmp},{quota},mode=1777,exec",
        "/run": f"size=8m,{quota},{owner},mode=0755,exec",
    }


def _ulimit(name: str, value: int) -> docker.types.Ulimit:
    return docker.types.Ulimit(name=name, soft=value, hard=value)
