"""Keys are run before anybody is asked: evidence, doubts, and who comes first."""

from __future__ import annotations

import pytest
from flask import Flask

import models
from jobs.lease import claim_next
from jobs.run import run_job
from models import CHECK, PROVE, BankQuestion
from models.bank import Ran
from models.database import writing
from models.proofs import store_proof
from tests.jobs.sandboxes import Workshop
from tests.models.cast import NOON, after, begun, choice, docker_course, practical

TASK = f"{9:016x}"


@pytest.fixture
def course_id(app: Flask) -> int:
    with app.app_context():
        course = docker_course()
        models.store_bank(course.id, [choice(1), practical(9)], now=NOON)
        return course.id


def workshop(*, exit_code: int = 0, broken: str = "") -> Workshop:
    shop = Workshop()
    shop.engine.look()
    shop.sandboxes.exit_code, shop.sandboxes.broken = exit_code, broken
    return shop


def proved(app: Flask, course_id: int, shop: Workshop) -> str:
    """Do the job that proves the task and say how it ended."""
    with app.app_context():
        job = models.job_about(PROVE, models.bank_question(course_id, TASK).id)
    return run_job(app, job.id, shop.engine, "worker")


def task(app: Flask, course_id: int) -> BankQuestion:
    with app.app_context():
        return models.bank_question(course_id, TASK)


def test_a_task_of_a_new_bank_is_run_and_carries_the_run(app: Flask, course_id: int):
    before = task(app, course_id).content_changed_at
    assert proved(app, course_id, workshop()) == "done"
    row = task(app, course_id)
    assert row.doubt == ""
    assert row.content["evidence"]["engine"] == "Docker 26.1.5"
    assert list(row.content["evidence"]["commands"]) == ["docker run -d --name web nginx"]
    assert row.content_changed_at > before  # a deck shows the evidence: its card is updated
    with app.app_context():
        assert models.bank_counts(course_id).proved == 1
        assert models.job_about(PROVE, models.bank_question(course_id, f"{1:016x}").id) is None


def test_the_same_note_again_keeps_the_evidence_and_runs_nothing(app: Flask, course_id: int):
    proved(app, course_id, workshop())
    with app.app_context():
        models.store_bank(course_id, [choice(1), practical(9)], now=after(60))
        assert models.job_about(PROVE, models.bank_question(course_id, TASK).id).state == "done"
    assert task(app, course_id).content["evidence"] is not None


def test_a_reference_that_fails_is_not_asked_until_it_is_mended(app: Flask, course_id: int):
    shop = workshop(exit_code=125)
    assert proved(app, course_id, shop) == "done"
    assert "the reference fails: web" in task(app, course_id).doubt
    with app.app_context():
        assert [row.question_id for row in models.askable_questions(course_id)] == [f"{1:016x}"]
        models.review_question(
            task(app, course_id).id, "edit", practical(9, reference="docker run -d --name web httpd"), now=after(9)
        )
        assert models.bank_question(course_id, TASK).doubt == ""
    assert proved(app, course_id, workshop()) == "done"
    with app.app_context():
        assert len(models.askable_questions(course_id)) == 2


CLAIM = {"proof": "docker create nginx"}


@pytest.fixture
def claim_id(app: Flask) -> int:
    with app.app_context():
        course = docker_course()
        models.store_bank(course.id, [{**choice(1), **CLAIM}], now=NOON)
        return models.bank_question(course.id, f"{1:016x}").id


def claim(app: Flask, row_id: int) -> BankQuestion:
    with app.app_context():
        return models.db.session.get(BankQuestion, row_id)


@pytest.mark.parametrize(("exit_code", "doubt"), [(0, ""), (1, "The proof fails at `docker create nginx`.")])
def test_the_proof_of_a_choice_is_run_and_decides_whether_it_is_asked(app: Flask, claim_id: int, exit_code: int, doubt: str):
    with app.app_context():
        job = models.job_about(PROVE, claim_id)
    assert run_job(app, job.id, workshop(exit_code=exit_code).engine, "worker") == "done"
    row = claim(app, claim_id)
    assert (row.doubt, row.askable, row.evidence is not None) == (doubt, not doubt, not doubt)


@pytest.mark.parametrize(("part", "kept"), [("explanation", True), ("prompt", False), ("answer", False)])
def test_an_edit_of_what_is_said_has_no_proof_any_more(app: Flask, claim_id: int, part: str, kept: bool):
    with app.app_context():
        job = models.job_about(PROVE, claim_id)
    run_job(app, job.id, workshop().engine, "worker")
    with app.app_context():
        content = {**choice(1), **CLAIM, part: "Other."}
        row = models.review_question(claim_id, "edit", content, now=after(9))
        assert ("proof" in row.content, row.evidence is not None) == (kept, kept)


def test_a_claim_without_its_run_is_queued_at_the_next_start(app: Flask, claim_id: int):
    with app.app_context():
        with writing():
            models.job_about(PROVE, claim_id).state = "error"
        models.queue_proofs(now=NOON)
        assert models.job_about(PROVE, claim_id).state == "new"


def test_a_failure_of_ours_is_no_doubt(app: Flask, course_id: int):
    assert proved(app, course_id, workshop(broken="no room")) == "later"
    row = task(app, course_id)
    assert (row.doubt, row.evidence) == ("", None)
    assert row.askable


def test_a_run_of_commands_that_were_replaced_meanwhile_proves_nothing(app: Flask, course_id: int):
    with app.app_context():
        row_id = models.bank_question(course_id, TASK).id
        with writing() as session:
            models.job_about(PROVE, row_id).state = "done"
            store_proof(session, row_id, Ran("true", "docker run -d nginx", ""), {"engine": "Docker"}, "", NOON)
        assert models.bank_question(course_id, TASK).evidence is None
        assert models.job_about(PROVE, row_id).state == "new"


def test_a_key_whose_proof_was_given_up_is_queued_again_at_the_next_start(app: Flask, course_id: int):
    with app.app_context():
        row_id = models.bank_question(course_id, TASK).id
        with writing():
            models.job_about(PROVE, row_id).state = "error"
        models.queue_proofs(now=NOON)
        assert models.job_about(PROVE, row_id).state == "new"
    proved(app, course_id, workshop())
    with app.app_context():
        models.queue_proofs(now=NOON)
        assert models.job_about(PROVE, row_id).state == "done"


def test_a_learner_comes_before_proofs(app: Flask):
    with app.app_context():
        attempt = begun(practical(9))  # its bank waits to be proved
        models.record_answer(attempt.id, 0, "docker ps", now=after(5))
        kinds = []
        while claim := claim_next((PROVE, CHECK), "worker", now=after(10)):
            kinds.append(claim.kind)
        assert kinds == [CHECK, PROVE]


def test_an_edit_does_not_carry_evidence_of_other_commands(app: Flask, course_id: int):
    proved(app, course_id, workshop())
    row = task(app, course_id)
    with app.app_context():
        models.review_question(row.id, "edit", {**row.content, "reference": "docker run -d nginx"}, now=after(9))
        assert models.bank_question(course_id, TASK).content["evidence"] is None
