"""A hint is only a nudge: a broker that is gone loses nothing, and Celery carries the number alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from flask import Flask

import models
from jobs.hints import hint
from tests.jobs.workers import RunningWorker, seen
from tests.models.cast import NOON, docker_course

PORTS = b"# Ports\n\n- `docker run -p`: publish a port\n- `docker run -P`: publish every exposed port\n"


def test_without_a_broker_a_hint_is_nothing(sqlite_app: Flask):
    with sqlite_app.app_context():
        hint(1)


def test_a_broker_that_is_gone_is_told_to_the_log_and_to_nobody_else(
    sqlite_app: Flask, caplog: pytest.LogCaptureFixture
):
    sqlite_app.config["BROKER"] = "redis://127.0.0.1:1/0"
    began = time.monotonic()
    with sqlite_app.app_context():
        hint(4711)
    assert "the broker did not take the hint for job 4711" in caplog.text
    assert time.monotonic() - began < 10


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[str]:
    """Run a Redis of our own that listens on a socket only."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-server)")
    socket = tmp_path / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        with redis.Redis(unix_socket_path=str(socket)) as client:
            _answering(client)
        yield f"redis+socket://{socket}"
    finally:
        server.terminate()
        server.wait(20)


def _answering(client: redis.Redis) -> None:
    for _ in range(200):
        try:
            client.ping()
        except redis.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("redis-server does not answer")


CELERY = (
    "-m", "celery", "-A", "jobs.celery_app", "worker", "--pool", "threads", "--concurrency", "2",
)


@pytest.mark.redis
@pytest.mark.postgres
def test_celery_does_what_was_hinted_and_what_was_forgotten(postgres_app: Flask, broker: str):
    with postgres_app.app_context():
        course_id = docker_course().id
        forgotten = models.add_note(course_id, "forgotten.md", PORTS, now=NOON).id  # its hint never came
    postgres_app.config["BROKER"] = broker
    with RunningWorker(postgres_app, *CELERY, NOTEPROOF_BROKER=broker):
        assert seen(postgres_app, lambda: models.note_by_id(forgotten).state == "done", 120)
        with postgres_app.app_context():
            note_id = models.add_note(course_id, "ports.md", PORTS).id
            for _ in range(3):
                hint(models.job_about(models.IMPORT_NOTE, note_id).id)
        assert seen(postgres_app, lambda: models.note_by_id(note_id).state == "done", 60)
        with postgres_app.app_context():
            assert models.job_about(models.IMPORT_NOTE, note_id).attempt == 1
            assert models.engine_state(now=models.clock()).workers == 1


def test_nothing_of_celery_is_loaded_where_there_is_no_broker():
    program = "import sys, jobs.worker, jobs.answers; sys.exit('celery' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=os.getcwd()).returncode == 0
