"""Does the sandbox's side of a job: runs scripts as transcripts, writes and lists files.

Runs in the sandbox as its learner does (inside.py), so nothing that it says is trusted outside. Only what Debian's
python3-minimal holds is imported. It talks in lines of JSON: a request is one line, its answers are lines,
of which the last has the key "done": {"run": text, "seconds": n, "limit": bytes, "stay": whether what it starts
in the background may go on once it has ended}, {"write": [[path, text], ...]}, {"list": true},
{"settle": [process ids]}, {"prepare": true}, {"hello": true}. Nothing is said unasked: what is said before the other
side listens may be lost on its way.
"""

import fcntl
import hashlib
import json
import os
import select
import signal
import stat
import struct
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

WORK = "/home/lab/work"
VOLUMES = "/var/lib/docker/volumes"
CLIENT = "/home/lab/.docker/config.json"
SPLIT, HUB = "/opt/lab/split.sh", "/opt/lab/hub.sh"
SPLIT_SECONDS = 3
END_OF_INPUT = b"\x04"
END_OF_INPUT_EVERY = 0.2  # seconds
READER_SECONDS = 0.5  # after which a statement that reads lines of the terminal is taken to wait for one

# ioctl requests and a flag of Linux, as python3-minimal has no termios.
TCGETS, TCFLSH, ICANON = 0x5401, 0x540B, 2

MAX_FILES = 2000
MAX_DEPTH = 20
MAX_HASHED = 1 << 20  # bytes of a file
MAX_HASHED_ALL = 64 << 20
MAX_TEXT = 4096
MAX_STATUS = 3  # digits
MAX_LEFT = 50  # processes told of
MAX_LOGINS = 50
MAX_CLIENT = 1 << 16  # bytes of the client's settings
MAX_LIST_SECONDS = 5
SETTLE_SECONDS = 0.4
SETTLE_EVERY = 0.02

# Runs between the learner's statements, in the learner's own shell, so that the folder, variables, functions
# and `set -e` live on. Keeps the exit status; `&& true` at the call keeps `set -e` from taking it for failed.
MARK = """\
__mark() {
    local status=$?
    builtin echo "$1 $status" >&200
    builtin read -r -u 201 _
    return $status
} 2>/dev/null
"""


def main() -> None:
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if "run" in request:
            Run(request["run"], request["seconds"], request["limit"], request["stay"]).run()
        elif "write" in request:
            write(request["write"])
        elif "list" in request:
            say({"done": {"files": listing(WORK), "volumes": volumes(), "logins": logins()}})
        elif "settle" in request:
            say({"done": {"gone": settle(request["settle"])}})
        elif "prepare" in request:
            say({"done": {"ready": prepare()}})
        else:
            say({"done": {}})


def say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def prepare() -> bool:
    """Start what a learner may use but the engine boots without, and wait until it answers; tell whether it does."""
    nothing = subprocess.DEVNULL
    started = subprocess.run(
        [HUB], cwd="/", stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True, check=False
    )
    return started.returncode == 0


# --- scripts


class Run:
    """One script in one bash. Its output and its input are not those of this program."""

    def __init__(self, text: str, seconds: float, limit: int, stay: bool) -> None:
        self.statements = split(text)
        self.seconds, self.limit, self.stay = seconds, limit, stay
        self.output = bytearray()  # of the statement that runs now
        self.total = 0  # bytes of all statements
        self.current = 0  # index of that statement
        self.ended = "done"
        self.start = self.since = time.monotonic()
        # Both ends of each stay open here, so that a learner's `exec >/dev/null` is no end of file to us.
        self.terminal, self.keyboard = os.openpty()  # `docker run -it` wants a terminal; nobody types at it
        self.out, self.out_end = os.pipe()
        self.marks, self.marks_end = os.pipe()
        self.acks_end, self.acks = os.pipe()
        self.script = os.memfd_create("script")
        for descriptor in (self.terminal, self.out, self.marks):
            os.set_blocking(descriptor, False)

    def run(self) -> None:
        say({"began": time.time()})
        process = self.open()
        left: list[str] = []
        try:
            self.follow(process.pid)
            left = commands(process.pid)
        finally:
            if not self.stay:
                kill(process.pid)
            elif self.ended != "done":
                with suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
            self.drain()
        status = process.wait()
        status = 128 - status if status < 0 else status
        if self.output or self.current < len(self.statements):
            self.step(status)
        self.close()
        seconds = time.monotonic() - self.start
        say({"done": {"ended": self.ended, "exit_code": status, "seconds": seconds, "left": left}})

    def open(self) -> subprocess.Popen[bytes]:
        """Start bash with the script, which tells the end of each statement and awaits our answer.

        The head of a session takes our terminal for its own, and with it goes what it started in the background.
        """
        # No mark after the last one: it may be unfinished and would take the mark for its own.
        marked = [f"{text}\n__mark {number} && true\n" for number, text in enumerate(self.statements[:-1])]
        with open(self.script, "wb", closefd=False) as file:
            file.write("".join([MARK, *marked, *self.statements[-1:], "\n"]).encode("utf-8", "replace"))

        def prepare() -> None:
            os.dup2(self.marks_end, 200)
            os.dup2(self.acks_end, 201)
            os.dup2(self.script, 202)

        folder = WORK if os.path.isdir(WORK) else "/"  # an earlier script may have removed it
        return subprocess.Popen(
            ["bash", "--norc", "--noprofile", "/dev/fd/202"], stdin=self.keyboard, stdout=self.out_end,
            stderr=self.out_end, cwd=folder, preexec_fn=prepare, start_new_session=not self.stay,
            process_group=0 if self.stay else None, close_fds=False,
        )  # fmt: skip

    def close(self) -> None:
        if not self.stay:  # else a program that goes on would die of its next line
            os.close(self.out)
        for descriptor in (self.terminal, self.keyboard, self.out_end, self.marks, self.marks_end,
                           self.acks, self.acks_end, self.script):  # fmt: skip
            os.close(descriptor)

    def follow(self, pid: int) -> None:
        """Gather output and statements until the script ends, its time is up, or it printed too much."""
        deadline, typing = self.start + self.seconds, self.start
        exited = os.pidfd_open(pid)
        try:
            while self.ended == "done":
                now = time.monotonic()
                if now >= deadline:
                    self.ended = "timeout"
                    return
                if now >= typing:
                    self.end_of_input()
                    typing = now + END_OF_INPUT_EVERY
                watched = [self.out, self.marks, self.terminal, exited]
                ready, _, _ = select.select(watched, [], [], min(deadline, typing) - now)
                if self.terminal in ready:
                    read(self.terminal)  # the echo
                if self.out in ready:
                    self.keep(read(self.out))
                if self.marks in ready:
                    self.mark(read(self.marks))
                if exited in ready:
                    self.drain()
                    self.mark(read(self.marks))
                    return
        finally:
            os.close(exited)

    def end_of_input(self) -> None:
        """Tell whoever reads the terminal that nothing more will come, so that an interactive shell ends.

        What nobody has read when `docker run -it` takes the terminal over would reach its container as a
        stray byte; so a program that reads lines gets its end of input only when it has waited for a while.
        """
        with suppress(OSError):
            flags = struct.unpack_from("4I", fcntl.ioctl(self.keyboard, TCGETS, b"\0" * 64))
            if not flags[3] & ICANON or time.monotonic() - self.since > READER_SECONDS:
                os.write(self.terminal, END_OF_INPUT)

    def mark(self, data: bytes) -> None:
        """End a statement: everything it printed is in the pipe by now."""
        for line in data.decode("ascii", "replace").split("\n"):
            number, _, status = line.partition(" ")
            if self.current == len(self.statements):
                return  # there is none left to end
            if number == str(self.current) and status.isdigit() and len(status) <= MAX_STATUS:
                self.drain()
                self.step(int(status))
                os.write(self.acks, b"\n")

    def step(self, status: int) -> None:
        now = time.monotonic()
        text = self.statements[self.current].strip("\n") if self.current < len(self.statements) else ""
        output = self.output.decode("utf-8", "replace")
        seconds = now - self.since
        say({"step": {"command": text, "output": output, "exit_code": status, "seconds": seconds}})
        self.output.clear()
        with suppress(OSError):
            fcntl.ioctl(self.keyboard, TCFLSH, 0)
        self.current, self.since = self.current + 1, now

    def drain(self) -> None:
        while self.ended != "output" and (data := read(self.out)):
            self.keep(data)

    def keep(self, data: bytes) -> None:
        room = self.limit - self.total
        self.output += data[:room]
        self.total += min(len(data), room)
        if len(data) > room:
            self.ended = "output"


def split(text: str) -> list[str]:
    """Return the top-level statements; blank lines and comments stay with the statement that follows."""
    data = text.replace("\0", "").encode("utf-8", "replace")
    lines = data.decode("utf-8").split("\n")
    if not lines[-1]:
        lines.pop()
    statements, pending = [], []
    for count in lengths(data, len(lines)):
        pending += lines[:count]
        del lines[:count]
        if any(line.strip() and not line.lstrip().startswith("#") for line in pending):
            statements.append("\n".join(pending))
            pending = []
    return statements


def lengths(data: bytes, total: int) -> list[int]:
    """Return how many lines each top-level statement has; all in one if the shell cannot tell in time."""
    command = ["bash", "--norc", "--noprofile", SPLIT]
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SPLIT_SECONDS
        )
        counts = [int(line) for line in done.stdout.split()]
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return [total]
    return counts if sum(counts) == total else [total]


def kill(session: int) -> None:
    """End everything in the script's session, but no container."""
    for _ in range(20):  # a fork bomb makes new ones while we look
        found = members(session)
        for pid in found:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if not [pid for pid in found if pid != session]:
            return


def members(session: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        with suppress(OSError, ValueError):
            if os.getsid(int(name)) == session and not is_zombie(name):
                found.append(int(name))
    return found


def commands(session: int) -> list[str]:
    """Return the command lines of what still runs in the script's session once its shell has ended."""
    found = []
    for pid in members(session)[:MAX_LEFT]:
        with suppress(OSError), open(f"/proc/{pid}/cmdline", "rb") as file:
            line = file.read(MAX_TEXT).replace(b"\0", b" ").decode("utf-8", "replace").strip()
            if line and pid != session:
                found.append(line)
    return sorted(found)


def is_zombie(pid: str) -> bool:
    with open(f"/proc/{pid}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()[0] == b"Z"


def settle(pids: list[int]) -> list[int]:
    """Wait a moment until these processes sleep or end; return those that ended.

    A container started by the script's last command may be about to end; that shall be seen.
    """
    until = time.monotonic() + SETTLE_SECONDS
    quiet = 0
    while quiet < 2 and time.monotonic() < until:
        time.sleep(SETTLE_EVERY)
        quiet = quiet + 1 if all(is_at_rest(pid) for pid in pids) else 0
    return [pid for pid in pids if not os.path.exists(f"/proc/{pid}")]


def is_at_rest(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] not in (b"R", b"D", b"Z")
    except OSError:
        return True


def read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


# --- files


def write(files: list[tuple[str, str]]) -> None:
    for path, text in files:
        target = os.path.normpath(os.path.join(WORK, path))
        if target.startswith(WORK + "/"):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
    say({"done": {}})


def volumes() -> dict[str, list[list[Any]]]:
    try:
        names = sorted(name for name in os.listdir(VOLUMES) if os.path.isdir(f"{VOLUMES}/{name}/_data"))
    except OSError:
        names = []
    return {name: listing(f"{VOLUMES}/{name}/_data") for name in names[:100]}


def logins() -> dict[str, str]:
    """Return what `docker login` keeps: registry and base64 of user:password."""
    with suppress(OSError, ValueError, AttributeError):
        with open(os.open(CLIENT, os.O_RDONLY | os.O_NONBLOCK), encoding="utf-8") as file:
            kept = json.loads(file.read(MAX_CLIENT)).get("auths", {})
        return {str(name): str(row.get("auth", "")) for name, row in list(kept.items())[:MAX_LOGINS]}
    return {}


def listing(top: str) -> list[list[Any]]:
    """Return what is below a folder, following no link.

    A row is [path, kind, mode, size, digest, text, owner, first path of the same file, time of its change].
    """
    found: list[list[Any]] = []
    budget = {"bytes": MAX_HASHED_ALL, "until": time.monotonic() + MAX_LIST_SECONDS}
    walk(top, "", 0, budget, found, {})
    return found


def walk(
    folder: str, below: str, depth: int, budget: dict[str, float], found: list[list[Any]], nodes: dict[int, str]
) -> None:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        if len(found) >= MAX_FILES or time.monotonic() > budget["until"]:
            return
        with suppress(OSError):
            path = f"{folder}/{name}"
            status = os.lstat(path)
            twin = nodes.setdefault(status.st_ino, below + name) if status.st_nlink > 1 else ""
            row = entry(path, below + name, status, budget)
            found.append([*row, "" if twin == below + name else twin, status.st_mtime])
            if stat.S_ISDIR(status.st_mode) and depth < MAX_DEPTH:
                walk(path, f"{below}{name}/", depth + 1, budget, found, nodes)


def entry(path: str, name: str, status: os.stat_result, budget: dict[str, float]) -> list[Any]:
    kind, digest, text = "other", "", ""
    if stat.S_ISDIR(status.st_mode):
        kind = "folder"
    elif stat.S_ISLNK(status.st_mode):
        kind, digest = "link", os.readlink(path)
    elif stat.S_ISREG(status.st_mode):
        kind = "file"
        if status.st_size <= min(MAX_HASHED, budget["bytes"]):
            budget["bytes"] -= status.st_size
            digest, text = content(path)
    size = 0 if kind == "folder" else status.st_size
    owner = f"{status.st_uid}:{status.st_gid}"
    return [name, kind, stat.S_IMODE(status.st_mode), size, digest, text, owner]


def content(path: str) -> tuple[str, str]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        data = file.read(MAX_HASHED + 1)
    text = ""
    if len(data) <= MAX_TEXT:
        with suppress(UnicodeDecodeError):
            text = data.decode("utf-8")
    return hashlib.sha256(data).hexdigest(), text
