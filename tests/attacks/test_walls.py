"""The walls themselves, as the outer engine says them: docs/security.md promises each."""

from __future__ import annotations

import json

import pytest

from sandboxes.effects import Job
from sandboxes.users import SETS, Users


@pytest.fixture(scope="module")
def wall(sandboxes):
    """The outer engine's account of a sandbox while it runs a job."""
    seen = []

    def look(phase: str) -> None:
        if phase == "reading":
            for row in sandboxes.client.containers(filters={"label": f"owner={sandboxes._owner.name}"}):
                seen.append(sandboxes.client.inspect_container(row["Id"]))

    sandboxes.run(Job("", "true"), look)
    return max(seen, key=lambda container: container["HostConfig"]["CpuQuota"])  # the others are still being made


def test_nothing_of_the_host_is_given(wall):
    host = wall["HostConfig"]
    assert host["Privileged"] is False
    assert (host["Binds"], host["Devices"], host["VolumesFrom"]) == (None, None, None)
    assert (host["NetworkMode"], host["PidMode"], host["UTSMode"]) == ("none", "", "")
    assert wall["Mounts"] == []


def test_no_power_but_to_map_its_own_users(wall):
    host = wall["HostConfig"]
    assert (host["CapDrop"], sorted(host["CapAdd"])) == (["ALL"], ["SETGID", "SETUID"])
    assert wall["Config"]["User"] in {f"{Users(n).watcher}:{Users(n).watcher}" for n in range(SETS)}
    assert host["ReadonlyRootfs"] is True


def test_every_resource_has_a_limit(wall):
    host = wall["HostConfig"]
    assert host["Memory"] == host["MemorySwap"] == 512 << 20
    assert host["PidsLimit"] == 512
    assert host["CpuQuota"] / host["CpuPeriod"] == 1.0
    assert all("size=" in options and "nr_inodes=" in options for options in host["Tmpfs"].values())
    assert {limit["Name"]: limit["Hard"] for limit in host["Ulimits"]} == {"nofile": 4096, "core": 1}
    assert host["LogConfig"]["Config"] == {"max-size": "1m", "max-file": "1"}


def test_the_machine_gives_up_a_sandbox_before_anything_of_its_own(wall):
    assert wall["HostConfig"]["OomScoreAdj"] > 0


def test_system_calls_are_listed_one_by_one(wall):
    [seccomp] = [each for each in wall["HostConfig"]["SecurityOpt"] if each.startswith("seccomp=")]
    profile = json.loads(seccomp.removeprefix("seccomp="))
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    allowed = {name for rule in profile["syscalls"] if rule["action"] == "SCMP_ACT_ALLOW" for name in rule["names"]}
    refused = {"ptrace", "bpf", "keyctl", "io_uring_setup", "userfaultfd", "perf_event_open", "clone3", "kexec_load"}
    assert allowed & refused == set()
