"""The workbench: honest progress, a verdict with its differences, and our failures told as ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

import models
from models.answers import Answer, judge, not_judged
from models.base import clock
from models.database import writing
from tests.web.conftest import Browser

GOALS = [
    {"what": "host port", "expected": "8080", "found": "a random one (-P)", "met": False,
     "sentence": "Expected host port 8080, found a random one (-P)."},
    {"what": "container web", "expected": "running", "found": "running", "met": True, "sentence": "web runs."},
]
STEPS = [{"command": "docker run -d --name web -P site:1", "output": "9f2c61b07d3e\n", "exit_code": 0, "seconds": 0.52},
         {"command": "seq 100", "output": "\n".join(str(n) for n in range(100)), "exit_code": 0, "seconds": 0.01},
         {"command": "printf '<b>'", "output": "<script>alert(1)</script>", "exit_code": 1, "seconds": 0.01}]


@pytest.fixture
def task(ada: Browser) -> str:
    """Give the address of a task that Ada has begun."""
    return ada.start(kind="practical", n="5")


@pytest.fixture
def worker(app: Flask) -> None:
    """Let a worker with an engine be seen."""
    with app.app_context(), writing() as session:
        session.add(models.Worker(name="w", threads=1, started_at=clock(), seen_at=clock(), engine="Docker 26.1.5"))


def verdict(app: Flask, number: int, outcome: str, score: float, differences: list[dict[str, Any]]) -> None:
    """Judge an answer as the worker does."""
    with app.app_context(), writing() as session:
        told = {"outcome": outcome, "score": score, "feedback": "The port is another.", "differences": differences}
        judge(session.get_one(Answer, number), told, clock(), transcript=STEPS, engine="Docker 26.1.5", seconds=4.8)


def test_a_task_is_shown_with_its_start_and_without_its_reference(ada: Browser, task: str) -> None:
    shown = ada.get(task).text
    assert "docker tag base:1 site:1" in shown
    assert "-p 8080:80" not in shown
    assert "Not checked yet" in shown
    assert ada.get(task.replace("/t/", "/q/")).location == task


def test_without_an_engine_it_says_so_and_keeps_the_answer(ada: Browser, task: str) -> None:
    assert "No Docker engine is reachable now" in ada.get(task).text
    response = ada.post(task, task, answer="docker run -d -P site:1\r\ndocker ps")
    assert (response.status_code, response.location) == (303, task + "#result")
    shown = ada.get(task).text
    assert "for an engine" in shown
    assert "saved" in shown
    assert "docker run -d -P site:1\ndocker ps</textarea>" in shown


def test_while_it_waits_the_page_asks_for_itself_and_names_the_place(
    app: Flask, ada: Browser, task: str, worker: None
) -> None:
    other = Browser(app.test_client())
    first = other.start(kind="practical", n="5", name="Bob")
    other.post(first, first, answer="docker ps")
    ada.post(task, task, answer="docker ps")
    part = ada.get(task + "/check").text
    assert f'hx-get="{task}/check"' in part
    assert "1 check before yours" in part
    assert "Go on, we keep checking" in part
    assert "<noscript><meta http-equiv" in ada.get(task).text


def test_while_it_runs_the_phase_is_told(app: Flask, ada: Browser, task: str, worker: None) -> None:
    ada.post(task, task, answer="docker ps")
    with app.app_context(), writing() as session:
        job = session.scalars(models.db.select(models.Job).where(models.Job.kind == models.CHECK)).one()
        job.state, job.owner, job.started_at, job.phase = "run", "w", clock() - timedelta(seconds=3), "running"
    part = ada.get(task + "/check").text
    assert "running your commands, 3 s" in part
    assert "Your check is running." in part


def test_partly_right_names_each_difference_and_shows_the_transcript(app: Flask, ada: Browser, task: str) -> None:
    ada.post(task, task, answer="docker run -d --name web -P site:1")
    verdict(app, 1, "partly right", 0.5, GOALS)
    shown = ada.get(task).text
    assert 'data-outcome="partly right"' in shown
    assert "Partly right, 1 of 2 effects" in shown
    assert "Expected host port 8080, found a random one (-P)." in shown
    assert "exit 0" in shown
    assert "100 lines of output" in shown
    assert "&lt;script&gt;" in shown
    assert "hx-get" not in ada.get(task + "/check").text
    assert "-p 8080:80" not in shown  # the reference stays inside while the task can be tried again


def test_right_shows_a_reference_and_the_passage(app: Flask, ada: Browser, task: str) -> None:
    ada.post(task, task, answer="docker run -dp 8080:80 --name web site:1")
    verdict(app, 1, "right", 1.0, [dict(goal, met=True) for goal in GOALS])
    shown = ada.get(task).text
    assert "A reference solution" in shown
    assert "8080:80" in shown
    assert "ports.md" in shown
    assert "1 of 1 points" in ada.get("/r/1").text


def test_a_task_can_be_tried_again_and_the_best_try_counts(app: Flask, ada: Browser, task: str) -> None:
    ada.post(task, task, answer="docker run -d --name web -p 8080:80 site:1 # first")
    verdict(app, 1, "right", 1.0, [])
    ada.post(task, task, answer="docker ps # second")
    verdict(app, 2, "wrong", 0.0, GOALS)
    shown = ada.get(task).text
    assert "Check 2" in shown
    assert "1 earlier try" in shown
    assert "1 of 1 points" in ada.get("/r/1").text


@pytest.mark.parametrize(("final", "sentence"), [(False, "runs again"), (True, "your instructor sees it")])
def test_our_failure_is_never_the_learners(
    app: Flask, ada: Browser, grace: Browser, task: str, final: bool, sentence: str
) -> None:
    ada.post(task, task, answer="docker ps")
    with app.app_context(), writing() as session:
        not_judged(session.get_one(Answer, 1), "the engine did not start", final=final)
    shown = ada.get(task).text
    assert 'data-outcome="not judged"' in shown
    assert "our engine failed, not you" in shown
    assert sentence in shown
    assert "the engine did not start" not in shown
    assert "the engine did not start" in grace.get("/c/docker/class").text
    assert "costs you nothing" in ada.get("/r/1").text


def test_a_check_that_was_given_up_can_be_run_again(app: Flask, ada: Browser, task: str) -> None:
    ada.post(task, task, answer="docker ps")
    with app.app_context(), writing() as session:
        session.scalars(models.db.select(models.Job).where(models.Job.kind == models.CHECK)).one().state = "error"
        not_judged(session.get_one(Answer, 1), "the engine did not start", final=True)
    assert "Run again now" in ada.get(task).text
    assert ada.post(task + "/again", task).status_code == 303
    with app.app_context():
        assert models.job_about(models.CHECK, 1).state == "new"  # type: ignore[union-attr]


def test_more_checks_than_one_may_have_are_refused_with_the_text_kept(ada: Browser, task: str) -> None:
    for number in range(3):
        assert ada.post(task, task, answer=f"docker ps # {number}").status_code == 303
    refused = ada.post(task, task, answer="docker ps # one more")
    assert refused.status_code == 422
    assert "3 of your checks are still waiting" in refused.text
    assert "docker ps # one more</textarea>" in refused.text


def test_a_position_that_is_no_task_is_no_workbench(ada: Browser) -> None:
    page = ada.start(kind="cloze", n="5")
    assert ada.get(page.replace("/q/", "/t/")).status_code == 404
