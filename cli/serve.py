"""./run: the web server and the worker under one small supervisor."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import click

from cli.engine import agreed, engine, prepare_image
from cli.files import BadInput
from cli.progress import say

ROOT = Path(__file__).resolve().parent.parent
WEB_PROCESSES, WEB_THREADS = 2, 64  # a page that updates itself may hold a thread; threads are cheap
RESTART_AFTER = 2.0  # seconds: a process that ends at once must not spin


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--no-engine", is_flag=True, help="Start without a Docker engine: answers to practical tasks wait.")
def serve(port: int, host: str, no_engine: bool) -> None:
    """Start the app: web server, worker and, for practical tasks, a Docker engine."""
    from cli.setup import set_up

    refuse_busy_port(host, port)
    no_engine = no_engine or not may_bring_engine()
    link = set_up(say)
    with Supervisor() as supervisor:
        supervisor.start("web", web_command(host, port))
        supervisor.start("worker", [sys.executable, "-m", "jobs", "--kind", "import_note", "--kind", "grade"])
        wait_until_served(host, port)
        address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
        say(f"\n  Noteproof is at {address}\n  Instructors, once: {address}/i/{link}\n  Stop it with Ctrl-C.\n")
        if no_engine:
            say("No engine, as you asked: answers to practical tasks are kept and wait as not judged.")
        else:
            threading.Thread(target=bring_up_engine, args=(supervisor,), daemon=True).start()
        supervisor.wait()


def refuse_busy_port(host: str, port: int) -> None:
    """Find out before the set-up whether the port can be had.

    :raise BadInput: it is taken, or not ours to take
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(f"Port {port} of {host} cannot be used ({error.strerror}). "
                           f"Stop what uses it, or choose another: ./run --port {port + 1}") from error


def web_command(host: str, port: int) -> list[str]:
    """Give the command that serves the pages."""
    return [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", str(WEB_PROCESSES),
            "--threads", str(WEB_THREADS), "--bind", f"{host}:{port}", "--log-level", "warning",
            "app:create_app()"]


def wait_until_served(host: str, port: int, seconds: float = 30) -> None:
    """Return when the port answers.

    :raise BadInput: it does not within the time
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)
    raise BadInput(f"The web server did not start within {seconds:.0f} seconds; see its messages above.")


def may_bring_engine() -> bool:
    """Ask now what has to be asked: later the terminal belongs to the messages of the processes."""
    from sandboxes.engines import EngineError, find_engine, would_install

    try:
        return find_engine(os.environ) is not None or agreed(would_install())
    except EngineError:  # a DOCKER_HOST that does not answer; it is said when the engine is needed
        return True


def bring_up_engine(supervisor: Supervisor) -> None:
    """Find or start an engine, build the sandbox image, then let a worker judge practical answers.

    Runs beside the web server: pages are there at once, and the first start builds the image for some minutes.
    """
    from sandboxes.engines import EngineError

    try:
        address = supervisor.stack.enter_context(engine(say, ask=lambda _: True))
        prepare_image(address, say)
    except (BadInput, EngineError, OSError) as error:
        say(f"Practical tasks wait, all else works: {error}")
        return
    supervisor.start_soon("checker", [sys.executable, "-m", "jobs", "--kind", "check", "--kind", "prove"], DOCKER_HOST=address)
    say("The engine is ready: practical answers are judged.")


@dataclass
class Supervisor:
    """Keeps a few processes running and ends them with itself, whatever way it ends."""

    stack: ExitStack = field(default_factory=ExitStack)  # left when the processes have ended
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _start: dict[str, Callable[[], subprocess.Popen[bytes]]] = field(default_factory=dict)
    _waiting: queue.SimpleQueue[Callable[[], None]] = field(default_factory=queue.SimpleQueue)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Supervisor:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.stack.close()

    def start(self, name: str, command: Sequence[str], **environment: str) -> None:
        """Start a process under a name; it is started again when it ends by itself."""
        def launch() -> subprocess.Popen[bytes]:
            return subprocess.Popen([*dies_with_parent(), *command], cwd=ROOT, env={**os.environ, **environment},
                                    start_new_session=True)

        self._start[name] = launch
        self._running[name] = launch()

    def start_soon(self, name: str, command: Sequence[str], **environment: str) -> None:
        """Have `wait` start a process: the kernel's "dies with its parent" means the thread that started it."""
        self._waiting.put(lambda: self.start(name, command, **environment))

    def wait(self) -> None:
        """Return when told to stop (Ctrl-C or SIGTERM); until then keep every process running."""
        while not self._stop.wait(RESTART_AFTER):
            while not self._waiting.empty():
                self._waiting.get()()
            for name, process in list(self._running.items()):
                if process.poll() is not None:
                    say(f"The {name} process ended with status {process.returncode}; starting it again.")
                    self._running[name] = self._start[name]()


def dies_with_parent() -> list[str]:
    """Give the prefix that has a process ended by the kernel when the supervisor is killed: no orphan keeps the port."""
    return ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
