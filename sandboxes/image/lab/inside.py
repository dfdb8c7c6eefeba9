"""Runs a program where the engine runs, as soon as the engine listens: in its user, mount and network namespaces.

    inside.py agent | line | COMMAND [ARGUMENT...]

The agent and the line to the engine run in this very process. A process that entered a user namespace, instead of being
started in it, is closed to those who rule that namespace: a learner can kill it, but neither read nor write its memory,
its input or its output.
"""

import os
import sys
import time

LAB = "/opt/lab"
SOCKET, ENGINE = "/run/docker.sock", "/run/lab.pid"
BOOT_SECONDS, BOOT_EVERY = 60, 0.01
# Newer than the oldest Python whose types are checked.
NAMESPACES = os.CLONE_NEWUSER | os.CLONE_NEWNS | os.CLONE_NEWNET  # type: ignore[attr-defined, unused-ignore]


def main() -> None:
    enter()
    os.chdir("/home/lab/work")
    if sys.argv[1] not in ("agent", "line"):
        os.execvp(sys.argv[1], sys.argv[1:])
    sys.path.insert(0, LAB)
    __import__(sys.argv[1]).main()


def enter() -> None:
    until = time.monotonic() + BOOT_SECONDS
    while not os.path.exists(SOCKET):
        if time.monotonic() > until:
            sys.exit("the engine does not start")
        time.sleep(BOOT_EVERY)
    with open(ENGINE) as file:
        os.setns(os.pidfd_open(int(file.read())), NAMESPACES)  # type: ignore[attr-defined, unused-ignore]
    os.setgroups([])
    os.setgid(0)
    os.setuid(0)


if __name__ == "__main__":
    main()
