"""Find a Docker engine, or start a private one.

An engine that was not started here is only asked whether it answers.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import docker
import requests
from docker.errors import DockerException

from sandboxes.sockets import close_when_refused

Say = Callable[[str], None]

PING_SECONDS = 5
START_SECONDS = 60.0
STOP_SECONDS = 20.0
LAUNCH_SECONDS = 2.0  # within which a process that was started is seen
NEEDED_BYTES = 3 * 1024**3  # the engine, the sandbox image while it is built, and room for running sandboxes


class EngineError(Exception):
    """No engine can be had, or it does not do its work.

    The message says why and what to do next; the operator sees it as it is.
    """


# --- an engine that is already there ----------------------------------------------------------------------


def find_engine(environ: Mapping[str, str]) -> str | None:
    """Return the URL of the first engine that answers.

    Asked are DOCKER_HOST, the current context, the default socket and the rootless one, in this order.
    A DOCKER_HOST that is set and silent raises EngineError: its owner asked for that engine and no other.
    """
    if wanted := environ.get("DOCKER_HOST"):
        if answers(wanted):
            return wanted
        raise EngineError(
            f"No Docker engine answers at DOCKER_HOST={wanted}. "
            "Start it, or unset DOCKER_HOST to use another one."
        )
    return next((url for url in _candidates(environ) if answers(url)), None)


def answers(url: str, seconds: float = PING_SECONDS) -> bool:
    """Say whether a Docker engine answers at this URL within so many seconds."""
    try:
        client = connect(url, seconds)
    except (EngineError, OSError):
        return False
    client.close()
    return True


def connect(url: str, seconds: float = 60) -> docker.APIClient:
    """Open a client to the engine at this URL; each call may take so many seconds.

    :raise EngineError: nothing answers there
    """
    if url.startswith("unix://"):
        _knock(url.removeprefix("unix://"), seconds)
    try:
        client = docker.APIClient(
            base_url=url,
            version="auto",
            timeout=max(1, round(seconds)),
            use_ssh_client=url.startswith("ssh://"),
        )
    except (DockerException, requests.RequestException, ValueError) as error:
        raise EngineError(f"No Docker engine answers at {url}: {_short(error)}") from error
    close_when_refused(client)
    return client


def _knock(path: str, seconds: float) -> None:
    """Ask a socket for a sign of life first: the client leaves its own end open when nobody listens.

    To connect is not enough. The kernel still takes a caller for an engine that is being killed, and the client's
    own call, a moment later, would find nobody.
    """
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(seconds)
        try:
            probe.connect(path)
            probe.sendall(b"HEAD /_ping HTTP/1.0\r\n\r\n")
            alive = probe.recv(1) != b""
        except OSError as error:
            raise EngineError(f"No Docker engine answers at unix://{path}: {error.strerror or error}.") from error
        if not alive:
            raise EngineError(f"No Docker engine answers at unix://{path}: it closed the connection.")


def _candidates(environ: Mapping[str, str]) -> Iterator[str]:
    if context := _context_host(environ):
        yield context
    yield "unix:///var/run/docker.sock"
    if runtime := environ.get("XDG_RUNTIME_DIR"):
        yield f"unix://{runtime}/docker.sock"
    yield f"unix:///run/user/{os.getuid()}/docker.sock"


def _context_host(environ: Mapping[str, str]) -> str | None:
    """Return the host of the current Docker context, where one is chosen and can be read."""
    folder = Path(environ.get("DOCKER_CONFIG") or Path(environ.get("HOME", "/nonexistent")) / ".docker")
    name = environ.get("DOCKER_CONTEXT") or _read_json(folder / "config.json").get("currentContext")
    if not isinstance(name, str) or name in {"", "default"}:
        return None
    meta = folder / "contexts" / "meta" / hashlib.sha256(name.encode()).hexdigest() / "meta.json"
    host = _read_json(meta).get("Endpoints", {}).get("docker", {}).get("Host")
    return host if isinstance(host, str) else None


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


# --- a private engine -------------------------------------------------------------------------------------


@contextmanager
def private_engine(state_dir: Path, say: Say, *, networked: bool = False) -> Iterator[str]:
    """Yield the URL of this clone's own engine, started if need be, and stop it when its last user leaves.

    Processes that name the same `state_dir` share it. What a killed process leaves is taken over by the next
    one: the locks that count the users are the kernel's and die with their process. A `networked` one has Docker's
    default network, in a network namespace of its own, so that the host's addresses and firewall stay as they are.

    :raise EngineError: not root, no dockerd and no way to install one, or it does not start
    """
    engine = PrivateEngine(state_dir, say, networked=networked)
    users = engine.join()
    try:
        yield engine.url
    finally:
        engine.leave(users)


class PrivateEngine:
    """A dockerd with its own data, socket and pid file, without any network of its own unless it is `networked`."""

    def __init__(self, state_dir: Path, say: Say, *, networked: bool = False) -> None:
        self.state, self.say, self.networked = state_dir.resolve(), say, networked
        # A socket's path has at most 107 bytes, and a clone may lie deep: hence the short folder named by a
        # hash.
        self.run = Path("/run") / f"noteproof-{hashlib.sha256(bytes(self.state)).hexdigest()[:10]}"
        self.url = f"unix://{self.run}/docker.sock"
        self.log = self.state / "engine.log"

    def join(self) -> IO[bytes]:
        """Count this process among the users and start the engine if it does not run.

        Returns the lock to leave with.
        """
        if os.getuid() != 0:
            raise EngineError(
                "A private Docker engine needs root. Start Docker and set DOCKER_HOST, run this as root, "
                "or go on without practical tasks (--no-engine)."
            )
        self._make_folders()
        with self._starting():
            users = (self.state / "users.lock").open("wb")
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                if not answers(self.url):
                    self._start()
            except BaseException:
                users.close()
                raise
        return users

    def leave(self, users: IO[bytes]) -> None:
        """Stop the engine if nobody else uses it."""
        with self._starting():
            users.close()
            with (self.state / "users.lock").open("wb") as last, suppress(BlockingIOError):
                fcntl.flock(last, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.stop()
                shutil.rmtree(self.run, ignore_errors=True)

    def runs(self) -> bool:
        """Say whether anything of the engine runs, whether it answers or not."""
        return bool(self._pids())

    def stop(self) -> None:
        """End our dockerd and the containerd it started; a process that is not ours is never touched."""
        for pid in self._pids():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        if not _wait(lambda: not self._pids(), STOP_SECONDS):
            for pid in self._pids():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            _wait(lambda: not self._pids(), STOP_SECONDS)
        self._unmount()

    def _unmount(self) -> None:
        """Undo the mounts of a killed engine, which nobody else would; a stopped one leaves none."""
        ours = (f"{self.state}/data/", f"{self.run}/")
        mounts = [line.split(" ")[1] for line in Path("/proc/mounts").read_text("utf-8", "replace").splitlines()]
        for mount in reversed([mount for mount in mounts if f"{mount}/".startswith(ours)]):
            subprocess.run(["umount", "--lazy", mount], stderr=subprocess.DEVNULL, check=False)

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """Hold the lock under which the engine is started and stopped: one process at a time."""
        with (self.state / "start.lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_folders(self) -> None:
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(self.state).free
        except OSError as error:
            raise EngineError(
                f"The private Docker engine cannot use {self.state}: {error.strerror}."
            ) from error
        if free < NEEDED_BYTES:
            raise EngineError(
                f"The private Docker engine needs 3 GB below {self.state}, and {free / 1024**3:.1f} GB "
                "are free. Free some space and start again."
            )

    def _start(self) -> None:
        dockerd = _dockerd() or _install_dockerd(self.say)
        self.run.mkdir(mode=0o700, exist_ok=True)
        self.stop()  # one that hangs, or half of one that a crash left
        # A killed engine's pid files may name a process that is somebody else's by now.
        for stale in ("docker.pid", "docker.sock", "exec/containerd/containerd.pid"):
            (self.run / stale).unlink(missing_ok=True)
        self.say(f"Starting a private Docker engine ({self.run}; its data is in {self.state}).")
        with self.log.open("wb") as log:
            # Nobody's child: it outlives us where others use it. The lock stays ours, its file is not inherited.
            subprocess.run(
                ["setsid", "--fork", *self._command(dockerd)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", check=True,
            )  # fmt: skip
        if not self._comes_up():
            self.stop()
            raise EngineError(
                f"The private Docker engine does not start: {self._why()} The whole log is {self.log}."
            )

    def _comes_up(self) -> bool:
        """Wait until the engine answers; give up when its time is over or it has ended."""
        since = time.monotonic()

        def ended() -> bool:
            return time.monotonic() - since > LAUNCH_SECONDS and not self._pids()

        _wait(lambda: answers(self.url, 2) or ended(), START_SECONDS)
        return answers(self.url)

    def _command(self, dockerd: str) -> list[str]:
        command = [
            dockerd, "--host", self.url, "--data-root", str(self.state / "data"),
            "--exec-root", str(self.run / "exec"), "--pidfile", str(self.run / "docker.pid"),
            "--log-level", "warn", "--config-file", str(self._config()),
        ]  # fmt: skip
        if self.networked:
            return ["unshare", "--net", *command]
        # Sandboxes have no network, so neither has their engine: no bridge, no firewall rule, nothing on the
        # host changes.
        return [
            *command, "--bridge", "none", "--iptables=false", "--ip6tables=false", "--ip-forward=false",
            "--ip-masq=false", "--userland-proxy=false",
        ]  # fmt: skip

    def _config(self) -> Path:
        """Write an empty configuration: the machine's own daemon.json could contradict our flags."""
        path = self.run / "daemon.json"
        path.write_text("{}\n")
        return path

    def _pids(self) -> list[int]:
        """Return the processes of our dockerd and its containerd: they name our folder in /run."""
        return [
            pid for pid, command in _processes() if _is_engine(command) and str(self.run) + "/" in command
        ]

    def _why(self) -> str:
        """Return the log's last error in one line."""
        lines = self.log.read_text("utf-8", "replace").splitlines() if self.log.exists() else []
        if any("no space left on device" in line for line in lines):
            return f"the disk of {self.state} is full; free some space and start again."
        telling = (
            [line for line in lines if "level=fatal" in line or "failed to" in line]
            or lines
            or ["its log is empty."]
        )
        message = re.search(r'msg="((?:[^"\\]|\\.)*)"', telling[-1])
        return (message[1] if message else telling[-1])[:300].rstrip(".") + "."


def _is_engine(command: str) -> bool:
    return Path(command.split("\0", 1)[0]).name in {"dockerd", "containerd"}


def _processes() -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):  # it ended while we looked
                if command := (folder / "cmdline").read_bytes().decode("utf-8", "replace"):
                    yield int(folder.name), command


def would_install() -> bool:
    """Tell whether a private engine would begin with installing the system's package."""
    return os.getuid() == 0 and _dockerd() is None and shutil.which("apt-get") is not None


def _dockerd() -> str | None:
    return shutil.which("dockerd") or shutil.which("dockerd", path="/usr/sbin:/usr/local/sbin:/sbin")


def _install_dockerd(say: Say) -> str:
    say("Installing Docker's engine from this system's own packages (apt-get install docker.io).")
    install_packages("docker.io")
    if found := _dockerd():
        return found
    raise EngineError(
        "The package docker.io was installed but holds no dockerd. Install Docker and set DOCKER_HOST."
    )


def install_packages(*packages: str) -> None:
    """Install packages of this Debian or Ubuntu; as root.

    :raise EngineError: another system, no network, or the disk is full
    """
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise EngineError(
            f"This is no Debian or Ubuntu, so {names} cannot be installed. "
            "Install Docker and set DOCKER_HOST."
        )
    update = _apt("update")
    done = _apt("install", "-y", "--no-install-recommends", *packages)
    if done.returncode == 0:
        return
    output = update.stdout + done.stdout
    if "No space left on device" in output or "enough free space" in output:
        raise EngineError(
            f"The disk is full, so {names} cannot be installed. Free some space and start again."
        )
    if any(
        sign in output
        for sign in ("Could not resolve", "Unable to connect", "Cannot initiate", "Temporary failure")
    ):
        raise EngineError(
            f"There is no network, so {names} cannot be installed. Connect, or set DOCKER_HOST to an engine."
        )
    errors = [line for line in output.splitlines() if line.startswith("E: ")] or ["apt-get failed"]
    raise EngineError(f"{names} cannot be installed: {errors[-1].removeprefix('E: ')}")


def _apt(*arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    return subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0", *arguments],
        env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", check=False,
    )  # fmt: skip


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until the condition holds, at most so many seconds; return whether it does."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _short(error: BaseException) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
