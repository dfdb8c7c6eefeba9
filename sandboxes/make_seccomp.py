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
from collections.abc import Iterator
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
    "chroot", "setrlimit", "prlimit64",
}  # fmt: skip

# The limit on core files stays as it is given (flags.py): who lowers it to none gets the host's crash reporter started.
CORE = 4

# Sockets: family, type, protocols; anything goes where one is None. Beyond these the kernel has dozens, which it even
# loads when they are asked for: raw packets, virtual machines, cryptography, SCTP, DCCP, RDS ...
UNIX, INET, INET6, NETLINK = 1, 2, 10, 16
STREAM, DATAGRAM, RAW = 1, 2, 3
TYPE_MASK = 0xF  # above it are flags
INTERNET: dict[int, list[int]] = {STREAM: [0, 6], DATAGRAM: [0, 1, 17, 58], RAW: [1, 6, 17, 58, 255]}
NETLINK_PROTOCOLS = [0, 4, 12, 16]  # routes, lists of sockets, packet filters, generic


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
            *_sockets(),
            *_limits(),
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


def _sockets() -> Iterator[dict[str, Any]]:
    yield _socket(UNIX)
    for family in (INET, INET6):
        for type_, protocols in INTERNET.items():
            yield from (_socket(family, type_, protocol) for protocol in protocols)
    yield from (_socket(NETLINK, None, protocol) for protocol in NETLINK_PROTOCOLS)


def _limits() -> Iterator[dict[str, Any]]:
    """Let all limits be asked for, and all but that on core files be set."""
    for name, index in (("setrlimit", 0), ("prlimit64", 1)):
        other = {"index": index, "value": CORE, "op": "SCMP_CMP_NE"}
        yield {"names": [name], "action": "SCMP_ACT_ALLOW", "args": [other]}
    asked = [{"index": 1, "value": CORE, "op": "SCMP_CMP_EQ"}, {"index": 2, "value": 0, "op": "SCMP_CMP_EQ"}]
    yield {"names": ["prlimit64"], "action": "SCMP_ACT_ALLOW", "args": asked}


def _socket(family: int, type_: int | None = None, protocol: int | None = None) -> dict[str, Any]:
    arguments: list[dict[str, Any]] = [{"index": 0, "value": family, "op": "SCMP_CMP_EQ"}]
    if type_ is not None:
        arguments.append({"index": 1, "value": TYPE_MASK, "valueTwo": type_, "op": "SCMP_CMP_MASKED_EQ"})
    if protocol is not None:
        arguments.append({"index": 2, "value": protocol, "op": "SCMP_CMP_EQ"})
    return {"names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": arguments}


if __name__ == "__main__":
    TARGET.write_text(json.dumps(nested(json.loads(Path(sys.argv[1]).read_text())), indent=1) + "\n")
