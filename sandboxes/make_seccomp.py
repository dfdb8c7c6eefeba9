"""Write sandboxes/seccomp.json from the engine's own default profile, which Debian ships as data.

    apt-get download golang-github-docker-docker-dev && dpkg -x golang-github-docker-docker-dev_*.deb moby
    python -m sandboxes.make_seccomp
    moby/usr/share/gocode/src/github.com/docker/docker/profiles/seccomp/default.json

The committed file was made from version 26.1.5 (Moby, Apache License 2.0). The profile is the default one
without what depends on a capability or is not needed, plus exactly what a nested, unprivileged engine cannot
do without.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("seccomp.json")

# Without any one of these the engine does not boot, or starts no container.
NESTED_ENGINE = ["clone", "unshare", "setns", "mount", "umount2", "pivot_root", "sethostname"]

# Callers try these first and fall back when the kernel "does not know" them (ENOSYS); a plain refusal would
# stop them.
UNKNOWN = [
    "clone3", "keyctl", "add_key", "request_key", "fsopen", "fsconfig", "fsmount", "fspick", "open_tree",
    "move_mount", "mount_setattr",
]  # fmt: skip
ENOSYS = 38

# Reading another process, odd segments, opening by handle; and the 32-bit door around the rules for sockets.
UNWANTED = {
    "ptrace", "process_vm_readv", "process_vm_writev", "modify_ldt", "name_to_handle_at", "socketcall",
    "chroot",
}  # fmt: skip

# AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: no raw packets, no virtual machine sockets, no kernel cryptography.
SOCKET_FAMILIES = [1, 2, 10, 16]


def nested(default: dict[str, Any]) -> dict[str, Any]:
    """Return the sandbox's profile, derived from the engine's default one."""
    rules = [_without_unwanted(rule) for rule in default["syscalls"] if _is_plain(rule)]
    return {
        "defaultAction": default["defaultAction"],
        "defaultErrnoRet": default["defaultErrnoRet"],
        # Native system calls only: a second architecture is a second set of doors.
        "archMap": [
            {"architecture": arch["architecture"], "subArchitectures": []} for arch in default["archMap"]
        ],
        "syscalls": [
            *(rule for rule in rules if rule["names"]),
            *(_socket(family) for family in SOCKET_FAMILIES),
            {"names": NESTED_ENGINE, "action": "SCMP_ACT_ALLOW"},
            {"names": UNKNOWN, "action": "SCMP_ACT_ERRNO", "errnoRet": ENOSYS},
        ],
    }


def _is_plain(rule: dict[str, Any]) -> bool:
    """Say whether a rule allows something to everybody; those for a capability and `socket` are not kept."""
    conditions = {**rule.get("includes", {}), **rule.get("excludes", {})}
    return rule["action"] == "SCMP_ACT_ALLOW" and "caps" not in conditions and rule["names"] != ["socket"]


def _without_unwanted(rule: dict[str, Any]) -> dict[str, Any]:
    return {**rule, "names": [name for name in rule["names"] if name not in UNWANTED | set(UNKNOWN)]}


def _socket(family: int) -> dict[str, Any]:
    equal = {"index": 0, "value": family, "op": "SCMP_CMP_EQ"}
    return {"names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [equal]}


if __name__ == "__main__":
    TARGET.write_text(json.dumps(nested(json.loads(Path(sys.argv[1]).read_text())), indent=1) + "\n")
