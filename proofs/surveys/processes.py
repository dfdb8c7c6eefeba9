"""Lists the processes of a sandbox beside those of its own session, run inside it. Prints one line of JSON.

[[pid, parent, state, command line], ...]. The sandbox's Python has only its core modules. The project never imports
this file.
"""

import json
import os
import time
from contextlib import suppress

MOST = 200
STATES = {b"T": "stopped", b"t": "stopped", b"R": "working", b"D": "working"}
LENGTH = 300  # characters of a command line


MOST_SECONDS = 1.0
TURN_SECONDS = 0.02


def await_rest(own: int) -> None:
    """Wait a moment until no process is at work: a signal sent just now is still to be answered."""
    until, quiet = time.monotonic() + MOST_SECONDS, 0
    while quiet < 3 and time.monotonic() < until:
        time.sleep(TURN_SECONDS)
        quiet = 0 if any(row[2] == "working" for row in processes(own)) else quiet + 1


def processes(own: int) -> list[list[object]]:
    rows: list[list[object]] = []
    for name in sorted(os.listdir("/proc"), key=lambda name: (len(name), name)):
        with suppress(OSError, ValueError, IndexError):
            pid = int(name)
            with open(f"/proc/{name}/cmdline", "rb") as file:
                line = file.read(LENGTH).replace(b"\0", b" ").decode("utf-8", "replace").strip()
            with open(f"/proc/{name}/stat", "rb") as file:
                state, parent = file.read().rpartition(b")")[2].split()[:2]
            if line and state not in (b"Z", b"X") and os.getsid(pid) != own:
                rows.append([pid, int(parent), STATES.get(state, "running"), line])
    return rows[:MOST]


def main() -> None:
    own = os.getsid(0)
    await_rest(own)
    rows = [[*row[:2], "stopped" if row[2] == "stopped" else "running", row[3]] for row in processes(own)]
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
