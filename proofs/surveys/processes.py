"""Lists the processes of a sandbox beside those of its own session, run inside it. Prints one line of JSON.

[[pid, parent, state, command line], ...]. The sandbox's Python has only its core modules. The project never imports
this file.
"""

import json
import os
from contextlib import suppress

MOST = 200
LENGTH = 300  # characters of a command line


def main() -> None:
    own = os.getsid(0)
    rows = []
    for name in sorted(os.listdir("/proc")):
        with suppress(OSError, ValueError, IndexError):
            pid = int(name)
            with open(f"/proc/{name}/cmdline", "rb") as file:
                line = file.read(LENGTH).replace(b"\0", b" ").decode("utf-8", "replace").strip()
            with open(f"/proc/{name}/stat", "rb") as file:
                state, parent = file.read().rpartition(b")")[2].split()[:2]
            if line and state not in (b"Z", b"X") and os.getsid(pid) != own:
                rows.append([pid, int(parent), "stopped" if state in (b"T", b"t") else "running", line])
    print(json.dumps(rows[:MOST]))


if __name__ == "__main__":
    main()
