"""Worker processes for tests, and waiting for what they do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from flask import Flask

import models

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")


class RunningWorker:
    """A worker process and what it prints."""

    def __init__(self, app: Flask, *command: str, **environment: str) -> None:
        database = {
            "NOTEPROOF_INSTANCE": app.config["INSTANCE"],
            "NOTEPROOF_SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"],
        }
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env={**os.environ, **database, **environment},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    def began(self) -> tuple[int, int]:
        """Wait until it began a rehearsal; give the try's number and the process's."""
        line = self.process.stdout.readline()
        assert line.startswith("began "), f"{line!r}, {self.process.stderr.read() if not line else ''}"
        _, attempt, pid = line.split()
        return int(attempt), int(pid)

    def says(self, what: str) -> None:
        """Wait until its log has a line that ends so."""
        for line in self.process.stderr:
            if line.rstrip().endswith(what):
                return
        raise AssertionError(f"the worker ended without saying {what!r}")

    def kill(self) -> None:
        """End it as the kernel does when memory is short."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate(timeout=20)

    def __enter__(self) -> RunningWorker:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def rehearsing(app: Flask, folder: Path, *options: str) -> RunningWorker:
    """Start a worker whose checks wait for `release`."""
    pipe = folder / "go"
    if not pipe.exists():
        os.mkfifo(pipe)
    return RunningWorker(app, "-m", "tests.jobs.rehearsal", str(folder), "--kind", "check", "--threads", "1",
                         *options)


def release(folder: Path) -> None:
    """Let the rehearsals that wait go on; returns when one was there to read it."""
    with (folder / "go").open("w") as pipe:
        pipe.write("go")


def seen(app: Flask, look: Callable[[], T], seconds: float = 30) -> T:
    """Look at the database until there is something to see, and give it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with app.app_context():
            found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"not seen within {seconds} seconds: {look.__name__}")


def job_state(app: Flask, kind: str, subject_id: int) -> tuple[str, int, str | None]:
    """Give a job's state, try and owner."""
    with app.app_context():
        job = models.job_about(kind, subject_id)
        return job.state, job.attempt, job.owner
