"""Whatever happens to a worker in the middle of a check, the answer ends with exactly one verdict."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from flask import Flask

import models
from models import CHECK
from tests.jobs.workers import job_state, rehearsing, release, seen
from tests.models.cast import NOON, begun, practical

LEASE = ("--lease", "1")


@pytest.fixture
def answer_id(app: Flask) -> int:
    with app.app_context():
        return models.record_answer(begun(practical(9)).id, 0, "docker run web", now=NOON).id


def verdicts(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(answer.state, answer.feedback) for answer in models.db.session.query(models.Answer)]


def test_a_check_whose_worker_was_killed_is_done_again_and_ends_with_one_verdict(
    app: Flask, tmp_path: Path, answer_id: int
):
    with rehearsing(app, tmp_path, *LEASE) as first, rehearsing_later(app, tmp_path, first) as second:
        assert second.began() == (2, second.pid)
        release(tmp_path)
        second.says(": done")
        assert verdicts(app) == [("judged", f"by {second.pid}")]
        assert job_state(app, CHECK, answer_id) == ("done", 2, None)


def rehearsing_later(app: Flask, folder: Path, first):
    """Kill the first worker in the middle of its check and start a second."""
    assert first.began() == (1, first.pid)
    first.kill()
    return rehearsing(app, folder, *LEASE)


def test_a_worker_that_slept_through_its_lease_is_fenced_out(
    app: Flask, tmp_path: Path, answer_id: int
):
    with rehearsing(app, tmp_path, "--lease", "3") as late:
        late.began()
        # Its heartbeat has just written and now rests: it is not stopped in the middle of a write.
        seen(app, lambda: models.job_about(CHECK, answer_id).phase)
        os.kill(late.pid, signal.SIGSTOP)
        other = tmp_path / "other"
        other.mkdir()
        with rehearsing(app, other, *LEASE) as second:
            assert second.began() == (2, second.pid)
            os.kill(late.pid, signal.SIGCONT)
            release(tmp_path)
            late.says(": lost")
            release(other)
            second.says(": done")
    assert verdicts(app) == [("judged", f"by {second.pid}")]


def test_a_heartbeat_keeps_the_lease_as_long_as_it_takes(app: Flask, tmp_path: Path, answer_id: int):
    with rehearsing(app, tmp_path, *LEASE) as worker:
        worker.began()
        leases: set[object] = set()

        def renewed_often() -> bool:
            leases.add(models.job_about(CHECK, answer_id).lease_until)
            return len(leases) > 6  # more than twice the lease has gone by

        seen(app, renewed_often)
        assert job_state(app, CHECK, answer_id)[:2] == ("run", 1)
        release(tmp_path)
        worker.says(": done")
    assert verdicts(app) == [("judged", f"by {worker.pid}")]


def test_a_stopped_worker_finishes_what_it_is_doing(app: Flask, tmp_path: Path, answer_id: int):
    with rehearsing(app, tmp_path) as worker:
        worker.began()
        worker.process.terminate()
        release(tmp_path)
        worker.says(": done")
        assert worker.process.wait(20) == 0
    assert job_state(app, CHECK, answer_id) == ("done", 1, None)


def test_a_stopped_worker_gives_back_what_takes_too_long(app: Flask, tmp_path: Path, answer_id: int):
    with rehearsing(app, tmp_path, "--grace", "0.1") as worker:
        worker.began()
        worker.process.terminate()
        assert worker.process.wait(20) == 0
    assert job_state(app, CHECK, answer_id) == ("new", 0, None)
    with app.app_context():
        assert models.engine_state(now=models.clock()).workers == 0


def test_the_learner_sees_what_the_worker_is_doing(app: Flask, tmp_path: Path, answer_id: int):
    with rehearsing(app, tmp_path) as worker:
        worker.began()
        assert seen(app, lambda: models.job_about(CHECK, answer_id).phase) == "running"
        assert seen(app, lambda: models.engine_state(now=models.clock()).workers) == 1
        release(tmp_path)
        worker.says(": done")
