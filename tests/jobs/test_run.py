"""A job from claim to result: checks, failures of ours, and the engine that comes and goes."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

import models
from jobs.answers import hand_in
from jobs.kinds import JOB_KINDS
from jobs.run import run_job
from jobs.worker import WorkerProcess
from models import CHECK, Answer
from models.jobs import ATTEMPT_CAP, GRADE
from quizzes.grading import ResponseError
from tests.jobs.sandboxes import Workshop
from tests.models.cast import NOON, begun, choice, practical
from tests.threads import at_once


def practical_answer(app: Flask, **changes: str) -> int:
    with app.app_context():
        return hand_in(begun(practical(9, **changes)).id, 0, "docker run -d --name web nginx", now=NOON).id


def check(app: Flask, workshop: Workshop) -> str:
    """Do the one check there is; the bank's proofs are other jobs."""
    with app.app_context():
        number = models.db.session.scalar(select(models.Job.id).where(models.Job.kind == CHECK))
    return run_job(app, number, workshop.engine, "worker")


def due_again(app: Flask, answer_id: int) -> None:
    """Let the pause after a failure be over."""
    with app.app_context(), models.database.writing():
        models.job_about(CHECK, answer_id).not_before = NOON


def read(app: Flask, answer_id: int) -> tuple[Answer, models.Job]:
    with app.app_context():
        answer = models.answer_by_id(answer_id)
        return answer, models.job_about(CHECK, answer_id) or models.job_about(GRADE, answer_id)


def test_a_check_that_is_done(app: Flask):
    workshop, answer_id = Workshop(), practical_answer(app)
    workshop.engine.look()
    assert check(app, workshop) == "done"
    answer, job = read(app, answer_id)
    assert (answer.state, answer.engine, job.state, job.attempt) == ("judged", "Docker 26.1.5", "done", 1)
    assert answer.outcome in ("right", "wrong", "partly right")
    assert answer.transcript[0]["command"] == "docker run -d --name web nginx"
    assert (answer.seconds >= 0, job.seconds >= answer.seconds) == (True, True)
    assert workshop.engine.name == "Docker 26.1.5"


def test_two_hints_at_once_are_one_check(app: Flask):
    workshop = Workshop()
    workshop.engine.look()
    practical_answer(app)
    assert sorted(at_once(lambda: check(app, workshop), 2)) == ["done", "skipped"]


def test_a_sandbox_that_fails_is_our_failure_and_is_tried_again(app: Flask):
    workshop, answer_id = Workshop(), practical_answer(app)
    workshop.engine.look()
    workshop.sandboxes.broken = "the sandbox did not start"
    assert check(app, workshop) == "later"
    answer, job = read(app, answer_id)
    assert (answer.state, answer.outcome, answer.score) == ("waiting", "not judged", None)
    assert answer.feedback == job.error
    assert "the sandbox did not start" in job.error
    assert (job.state, job.attempt) == ("new", 1)
    workshop.sandboxes.broken = ""
    due_again(app, answer_id)
    assert check(app, workshop) == "done"
    assert read(app, answer_id)[0].state == "judged"


def test_after_five_failures_the_answer_is_not_judged_and_the_instructor_sees_why(app: Flask):
    workshop, answer_id = Workshop(), practical_answer(app)
    workshop.engine.look()
    workshop.sandboxes.broken = "the sandbox did not start"
    ended = []
    for _ in range(ATTEMPT_CAP):
        due_again(app, answer_id)
        ended.append(check(app, workshop))
    assert ended == ["later"] * 4 + ["given up"]
    answer, job = read(app, answer_id)
    assert (answer.state, answer.outcome, job.state) == ("stopped", "not judged", "error")
    assert check(app, workshop) == "skipped"


def test_without_an_engine_a_check_waits_and_counts_no_try(app: Flask):
    workshop, answer_id = Workshop(there=False), practical_answer(app)
    workshop.engine.look()
    assert check(app, workshop) == "skipped"
    answer, job = read(app, answer_id)
    assert (answer.state, job.state, job.attempt) == ("waiting", "new", 0)
    workshop.there = True
    assert workshop.engine.look()
    assert check(app, workshop) == "done"


def test_an_engine_that_goes_away_costs_no_try_and_is_looked_for_again(app: Flask):
    workshop, answer_id = Workshop(), practical_answer(app)
    workshop.engine.look()
    gone = workshop.sandboxes
    gone.broken, workshop.there = "connection refused", False
    assert check(app, workshop) == "later"
    assert (gone.closed, workshop.engine.ready, workshop.engine.name) == (True, False, "")
    assert workshop.engine.problem == "The Docker engine no longer answers."
    assert read(app, answer_id)[1].attempt == 0
    workshop.there = True
    assert workshop.engine.look()
    due_again(app, answer_id)
    assert check(app, workshop) == "done"


def test_the_page_can_say_whether_there_is_an_engine(app: Flask):
    workshop = Workshop(there=False)
    worker = WorkerProcess(app, workshop.engine)
    with app.app_context():
        assert models.engine_state(now=NOON) == models.EngineState(False, "", "no worker is running", 0)
    workshop.engine.look()
    worker.report(NOON)
    with app.app_context():
        state = models.engine_state(now=NOON)
        assert state == models.EngineState(False, "", "No Docker engine was found.", 1)
    workshop.there = True
    workshop.engine.look()
    worker.report(NOON)
    with app.app_context():
        assert models.engine_state(now=NOON) == models.EngineState(True, "Docker", "", 1)


def test_a_worker_that_may_only_import_says_nothing_of_engines(app: Flask):
    worker = WorkerProcess(app, Workshop(there=False).engine, kinds=["import_note"])
    worker.report(NOON)
    with app.app_context():
        assert models.engine_state(now=NOON).problem == "no worker for practical answers is running"


def test_an_answer_is_judged_at_once_where_no_engine_is_needed(app: Flask):
    with app.app_context():
        attempt = begun(choice(1), choice(2))
        right, wrong = hand_in(attempt.id, 0, "this", now=NOON), hand_in(attempt.id, 1, "that", now=NOON)
        assert (right.outcome, right.score, wrong.outcome) == ("right", 1.0, "wrong")
        assert hand_in(attempt.id, 0, "that", now=NOON).outcome == "right"


def test_a_response_of_the_wrong_form_is_refused_and_nothing_is_kept(app: Flask):
    with app.app_context():
        attempt = begun(choice(1))
        with pytest.raises(ResponseError):
            hand_in(attempt.id, 0, ["this"], now=NOON)
        assert models.answers_of(attempt.id) == []


def test_a_fault_in_grading_costs_neither_the_answer_nor_the_point(
    app: Flask, caplog: pytest.LogCaptureFixture
):
    question = choice(1)
    del question["explanation"]  # a question stored by a version that knew no explanations
    with app.app_context():
        answer_id = hand_in(begun(question).id, 0, "this", now=NOON).id
    assert "grading failed for question" in caplog.text
    workshop = Workshop(there=False)
    assert run_job(app, 1, workshop.engine, "worker") == "later"
    answer, job = read(app, answer_id)
    assert (answer.state, answer.outcome, job.kind, job.attempt) == ("waiting", "not judged", GRADE, 1)
    assert job.error == "a fault in Noteproof: KeyError: 'explanation'"
    with app.app_context(), models.database.writing():
        models.answer_by_id(answer_id).question = choice(1)
        models.job_by_id(1).not_before = NOON
    assert run_job(app, 1, workshop.engine, "worker") == "done"
    assert read(app, answer_id)[0].outcome == "right"


@pytest.mark.parametrize("kind", JOB_KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_is_harmless_about_something_that_is_gone(sqlite_app: Flask, kind):
    workshop = Workshop()
    workshop.engine.look()
    with sqlite_app.app_context(), models.database.writing() as session:
        models.jobs.enqueue(session, kind.name, 4711, now=NOON)
    assert JOB_KINDS[kind.name] is kind
    assert run_job(sqlite_app, 1, workshop.engine, "worker") == "done"
