"""The real check on a real engine, with a worker killed in the middle of it."""

from __future__ import annotations

import os
import time

import pytest
from flask import Flask

import models
from models import CHECK
from sandboxes.engines import EngineError, find_engine
from tests.jobs.workers import RunningWorker, job_state, seen
from tests.models.cast import NOON, begun, practical

pytestmark = pytest.mark.engine
WORKER = ("-m", "jobs", "--kind", "check", "--threads", "1", "--lease", "2")
TASK = practical(
    9, setup="", prompt="Start tomcat in the background with host port 8080 on its port 8080.",
    reference="docker run -d -p 8080:8080 tomcat",
)


@pytest.fixture
def engine() -> str:
    try:
        found = find_engine(os.environ)
    except EngineError as error:
        pytest.skip(str(error))
    if found is None:
        pytest.skip("there is no Docker engine; set DOCKER_HOST")
    return found


def hand_in(app: Flask, script: str) -> int:
    with app.app_context():
        return models.record_answer(begun(TASK).id, 0, script, now=NOON).id


def judged(app: Flask, answer_id: int) -> models.Answer:
    def verdict() -> models.Answer | None:
        answer = models.answer_by_id(answer_id)
        return answer if answer is not None and answer.state != "waiting" else None

    return seen(app, verdict, 240)


@pytest.mark.timeout(600)
def test_a_worker_killed_in_the_middle_of_a_real_check(sqlite_app: Flask, engine: str):
    answer_id = hand_in(sqlite_app, "sleep 3; docker run -d -p 8080:8080 tomcat")
    with RunningWorker(sqlite_app, *WORKER, DOCKER_HOST=engine) as first:
        assert seen(sqlite_app, lambda: models.job_about(CHECK, answer_id).phase == "running", 240)
        first.kill()
    assert job_state(sqlite_app, CHECK, answer_id)[:2] == ("run", 1)
    with RunningWorker(sqlite_app, *WORKER, DOCKER_HOST=engine):
        answer = judged(sqlite_app, answer_id)
    assert (answer.outcome, answer.score, answer.engine[:7]) == ("right", 1.0, "Docker ")
    assert job_state(sqlite_app, CHECK, answer_id) == ("done", 2, None)
    with sqlite_app.app_context():
        assert len(models.answers_of(answer.attempt_id)) == 1


@pytest.mark.timeout(600)
def test_a_wrong_answer_is_told_what_differs(sqlite_app: Flask, engine: str):
    answer_id = hand_in(sqlite_app, "docker run -d -P tomcat")
    began = time.monotonic()
    with RunningWorker(sqlite_app, *WORKER, DOCKER_HOST=engine):
        answer = judged(sqlite_app, answer_id)
    assert answer.outcome in ("wrong", "partly right")
    assert any("8080" in row["sentence"] for row in answer.differences if not row["met"])
    assert 0 < answer.seconds < time.monotonic() - began
