"""Does the sandbox's side of a job: runs scripts as transcripts, writes and lists files. Talks JSON lines over stdin and stdout.

Runs in the sandbox as its learner does, so nothing that it says is trusted outside. Only what Debian's python3-minimal
holds is imported. Requests, each answered by lines of which the last has the key "done":
{"run": text, "seconds": n, "limit": bytes}, {"write": [[path, text], ...]}, {"list": true}.
"""

import hashlib
import json
import os
import select
import signal
import stat
import subprocess
import sys
import time

WORK = "/home/lab/work"
VOLUMES = "/var/lib/docker/volumes"
SPLIT = "/opt/lab/split.sh"
SPLIT_SECONDS = 3
END_OF_INPUT = b"\x04"
END_OF_INPUT_EVERY = 0.2  # seconds

MAX_FILES = 2000
MAX_DEPTH = 20
MAX_HASHED = 1 << 20  # bytes of a file
MAX_HASHED_ALL = 64 << 20
MAX_TEXT = 4096
MAX_LIST_SECONDS = 5

# Runs between the learner's statements, in the learner's own shell, so that the folder, variables, functions and
# `set -e` live on. Keeps the exit status; `&& true` at the call keeps `set -e` from taking it for a failure.
MARK = """\
__mark() { local status=$?; builtin echo "$1 $status" >&200; builtin read -r -u 201 _; return $status; } 2>/dev/null
"""


def main():
    say({"ready": True})
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if "run" in request:
            Run(request["run"], request["seconds"], request["limit"]).run()
        elif "write" in request:
            write(request["write"])
        elif "list" in request:
            say({"done": {"files": listing(WORK), "volumes": volumes()}})


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


class Run:
    """One script in one bash. Its output and its input are not those of this program."""

    def __init__(self, text, seconds, limit):
        self.statements = split(text)
        self.seconds, self.limit = seconds, limit
        self.output = bytearray()  # of the statement that runs now
        self.total = 0
        self.current = 0  # index of that statement
        self.since = 0.0
        self.ended = None

    def run(self):
        began = time.time()
        self.start, self.since = time.monotonic(), time.monotonic()
        process = self.open()
        say({"began": began})
        try:
            self.follow(process)
        finally:
            kill(process)
            self.drain()
        status = process.wait()
        if self.output or self.current < len(self.statements):
            self.step(128 - status if status < 0 else status)
        for descriptor in (self.out, self.marks, self.acks, self.terminal, *self.kept):
            os.close(descriptor)
        say({"done": {
            "ended": self.ended or "done", "truncated": self.ended == "output",
            "exit_code": 128 - status if status < 0 else status, "seconds": time.monotonic() - self.start,
        }})  # fmt: skip

    def open(self):
        """Start bash with the script, with pipes for what it prints and for the marks between statements."""
        script = os.memfd_create("script")
        os.write(script, (MARK + "".join(
            f"{text}\n__mark {number} && true\n" for number, text in enumerate(self.statements)
        )).encode("utf-8", "surrogateescape"))  # fmt: skip
        self.terminal, keyboard = os.openpty()  # `docker run -it` wants a terminal; nobody types at it
        self.out, out = os.pipe()
        self.marks, marks = os.pipe()
        acks, self.acks = os.pipe()
        # Our own copies stay open, so that a learner's `exec >/dev/null` is no end of file to us.
        self.kept = [keyboard, out, marks, acks, script]
        for descriptor in (self.terminal, self.out, self.marks):
            os.set_blocking(descriptor, False)

        def prepare():
            os.dup2(marks, 200)
            os.dup2(acks, 201)
            os.dup2(script, 202)
            for descriptor in (200, 201, 202):
                os.set_inheritable(descriptor, True)

        return subprocess.Popen(
            ["bash", "--norc", "--noprofile", "/dev/fd/202"], stdin=keyboard, stdout=out, stderr=out, cwd=WORK,
            preexec_fn=prepare, start_new_session=True, close_fds=False,
        )  # fmt: skip

    def follow(self, process):
        deadline, typing = self.start + self.seconds, self.start + END_OF_INPUT_EVERY
        exited = os.pidfd_open(process.pid)
        try:
            while self.ended is None:
                now = time.monotonic()
                if now >= deadline:
                    self.ended = "timeout"
                    return
                if now >= typing:
                    self.end_of_input()
                    typing = now + END_OF_INPUT_EVERY
                ready, _, _ = select.select(
                    [self.out, self.marks, self.terminal, exited], [], [], min(deadline, typing) - now
                )
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

    def end_of_input(self):
        """Tell whoever reads the terminal that nothing more will come, so that an interactive shell ends."""
        try:
            os.write(self.terminal, END_OF_INPUT)
        except OSError:
            pass

    def mark(self, data):
        """End a statement: everything it printed is in the pipe by now."""
        for line in data.decode("ascii", "replace").split("\n"):
            number, _, status = line.partition(" ")
            if number.isdigit() and status.isdigit() and int(number) == self.current:
                self.drain()
                self.step(int(status))
                os.write(self.acks, b"\n")

    def step(self, status):
        now = time.monotonic()
        text = self.statements[self.current] if self.current < len(self.statements) else ""
        say({"step": {
            "command": text.strip("\n"), "output": self.output.decode("utf-8", "replace"), "exit_code": status,
            "seconds": now - self.since,
        }})  # fmt: skip
        self.output.clear()
        self.current, self.since = self.current + 1, now

    def drain(self):
        while self.ended != "output" and (data := read(self.out)):
            self.keep(data)

    def keep(self, data):
        room = self.limit - self.total
        self.output += data[:room]
        self.total += len(data)
        if len(data) > room:
            self.ended = "output"


def split(text):
    """Return the top-level statements; blank lines and comments stay with the statement that follows."""
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        done = subprocess.run(
            ["bash", "--norc", "--noprofile", SPLIT], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=SPLIT_SECONDS,
        )  # fmt: skip
        counts = [int(line) for line in done.stdout.split()]
    except (subprocess.TimeoutExpired, ValueError, OSError):
        counts = []
    lines = data.decode("utf-8").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if sum(counts) != len(lines):
        counts = [len(lines)]
    statements, at = [], 0
    pending = []
    for count in counts:
        pending += lines[at : at + count]
        at += count
        if any(line.strip() and not line.lstrip().startswith("#") for line in pending):
            statements.append("\n".join(pending))
            pending = []
    return statements


def kill(process):
    """End the script with everything it started in its session; the engine's containers are not among that."""
    for child in descendants(process.pid):
        try:
            os.kill(child, signal.SIGKILL)
        except OSError:
            pass
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        pass


def descendants(pid):
    """Return a process's session: what is still told by its session id after parents have died."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.getsid(int(name)) == pid:
                    found.append(int(name))
            except OSError:
                pass
    return found


def read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def write(files):
    for path, text in files:
        target = os.path.normpath(os.path.join(WORK, path))
        if not target.startswith(WORK + "/"):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    say({"done": {}})


def volumes():
    try:
        names = sorted(name for name in os.listdir(VOLUMES) if os.path.isdir(f"{VOLUMES}/{name}/_data"))
    except OSError:
        names = []
    return {name: listing(f"{VOLUMES}/{name}/_data") for name in names[:100]}


def listing(top):
    """Return [path, kind, mode, size, digest, text] of everything below a folder, following no link."""
    budget = {"files": MAX_FILES, "bytes": MAX_HASHED_ALL, "until": time.monotonic() + MAX_LIST_SECONDS}
    found = []
    walk(top, "", 0, budget, found)
    return found


def walk(folder, below, depth, budget, found):
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        if budget["files"] <= 0 or time.monotonic() > budget["until"]:
            return
        budget["files"] -= 1
        path = f"{folder}/{name}"
        try:
            status = os.lstat(path)
            found.append(entry(path, below + name, status, budget))
        except OSError:
            continue
        if stat.S_ISDIR(status.st_mode) and depth < MAX_DEPTH:
            walk(path, f"{below}{name}/", depth + 1, budget, found)


def entry(path, name, status, budget):
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
    return [name, kind, stat.S_IMODE(status.st_mode), size, digest, text]


def content(path):
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        data = file.read(MAX_HASHED + 1)
    text = ""
    if len(data) <= MAX_TEXT:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return hashlib.sha256(data).hexdigest(), text


if __name__ == "__main__":
    main()
