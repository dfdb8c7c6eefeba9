"""An answer is kept before it is acknowledged, once, whatever is clicked twice."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import NoResultFound

import models
from models import CHECK, MAX_ANSWER_BYTES, AnswerTooLong, AttemptClosed, NoSuchPosition, TooManyChecks
from models.answers import MAX_WAITING_CHECKS, not_judged
from models.database import writing
from models.jobs import GRADE
from tests.models.cast import NOON, RIGHT, WRONG, after, begun, choice, practical
from tests.threads import at_once

ROOT = Path(__file__).resolve().parents[2]


def test_an_answer_keeps_the_question_as_it_was_asked_and_its_verdict(stored: Flask):
    attempt = begun(choice(1))
    answer = models.record_answer(attempt.id, 0, "this", RIGHT, now=after(1))
    assert (answer.state, answer.outcome, answer.score, answer.try_number) == ("judged", "right", 1.0, 1)
    assert answer.question == {**choice(1), "note_id": None}
    assert (answer.response, answer.received_at) == ("this", after(1))
    assert models.job_about(CHECK, answer.id) is None


def test_handed_in_twice_the_first_answer_stays(stored: Flask):
    attempt = begun(choice(1))
    first = models.record_answer(attempt.id, 0, "that", WRONG, now=after(1))
    second = models.record_answer(attempt.id, 0, "this", RIGHT, now=after(2))
    assert (second.id, second.response, second.outcome) == (first.id, "that", "wrong")
    assert len(models.answers_of(attempt.id)) == 1


def test_a_practical_waits_for_a_check_and_may_be_tried_again(stored: Flask):
    attempt = begun(practical(9))
    first = models.record_answer(attempt.id, 0, "docker run web", now=after(1))
    assert (first.state, first.outcome, first.score) == ("waiting", None, None)
    assert models.job_about(CHECK, first.id).state == "new"
    assert models.record_answer(attempt.id, 0, "docker run web", now=after(2)).id == first.id
    second = models.record_answer(attempt.id, 0, "docker run -d web", now=after(3))
    assert (second.try_number, second.id) == (2, first.id + 1)


def test_what_could_not_be_graded_at_once_waits_for_a_worker(stored: Flask):
    answer = models.record_answer(begun(choice(1)).id, 0, "this", None, now=after(1))
    assert answer.state == "waiting"
    assert models.job_about(GRADE, answer.id).state == "new"


def test_a_learner_cannot_fill_the_queue(stored: Flask):
    attempt = begun(practical(9))
    for number in range(MAX_WAITING_CHECKS):
        models.record_answer(attempt.id, 0, f"true {number}", now=after(1))
    with pytest.raises(TooManyChecks):
        models.record_answer(attempt.id, 0, "true again", now=after(2))
    assert len(models.answers_of(attempt.id)) == MAX_WAITING_CHECKS


def test_nor_by_beginning_many_quizzes_and_others_are_not_kept_waiting(stored: Flask):
    first, other = begun(practical(9)), begun(practical(9), name="Bob")
    second = models.start_attempt(other.quiz_id, first.person_id, now=NOON)
    for number in range(MAX_WAITING_CHECKS):
        models.record_answer((first if number else second).id, 0, f"true {number}", now=after(1))
    for attempt in (first, second):
        with pytest.raises(TooManyChecks):
            models.record_answer(attempt.id, 0, "true again", now=after(2))
    assert models.record_answer(other.id, 0, "true", now=after(2)).state == "waiting"


def test_a_finished_attempt_takes_no_new_answer_and_repeats_the_old(stored: Flask):
    attempt = begun(choice(1), choice(2))
    first = models.record_answer(attempt.id, 0, "this", RIGHT, now=after(1))
    models.finish_attempt(attempt.id, now=after(2))
    assert models.record_answer(attempt.id, 0, "that", WRONG, now=after(3)).id == first.id
    with pytest.raises(AttemptClosed):
        models.record_answer(attempt.id, 1, "this", RIGHT, now=after(3))


@pytest.mark.parametrize("position", [-1, 1, 10**6])
def test_a_question_that_is_not_there(stored: Flask, position: int):
    with pytest.raises(NoSuchPosition):
        models.record_answer(begun(choice(1)).id, position, "this", RIGHT, now=NOON)


def test_an_attempt_that_is_not_there(stored: Flask):
    with pytest.raises(NoResultFound):
        models.record_answer(4711, 0, "this", RIGHT, now=NOON)


@pytest.mark.parametrize("response", ["x" * 100_000, "字" * 11_000, ["x" * 20_000] * 2, {"a": "x" * 40_000}])
def test_an_answer_of_100_kb_is_refused_with_its_size(stored: Flask, response: object):
    attempt = begun(practical(9))
    with pytest.raises(AnswerTooLong, match=rf"has \d+ bytes; at most {MAX_ANSWER_BYTES}"):
        models.record_answer(attempt.id, 0, response, now=NOON)
    assert models.answers_of(attempt.id) == []


@pytest.mark.parametrize("response", [
    "", "\x00\x1b[31m\ud800", "<b>", "字" * 10_000, True, ["a", "\x00"], {"\x00": "\ud83d"},
])
def test_any_text_is_kept_as_it_came(stored: Flask, response: object):
    attempt = begun(practical(9))
    answer_id = models.record_answer(attempt.id, 0, response, now=NOON).id
    models.forget()
    assert models.answer_by_id(answer_id).response == response


def test_two_who_submit_at_once_leave_one_answer(app: Flask):
    with app.app_context():
        attempt_id = begun(choice(1)).id

    def submit() -> int:
        with app.app_context():
            return models.record_answer(attempt_id, 0, "this", RIGHT, now=NOON).id

    assert len(set(at_once(submit, 6))) == 1


def test_a_practical_submitted_twice_at_once_is_checked_once(app: Flask):
    with app.app_context():
        attempt_id = begun(practical(9)).id

    def submit() -> int:
        with app.app_context():
            return models.record_answer(attempt_id, 0, "docker run web", now=NOON).id

    assert len(set(at_once(submit, 6))) == 1


def test_a_failure_of_ours_is_seen_by_the_instructor_and_can_be_run_again(stored: Flask):
    attempt = begun(practical(9))
    answer = models.record_answer(attempt.id, 0, "docker run web", now=NOON)
    course_id = models.quiz_by_id(attempt.quiz_id).course_id
    with writing():
        not_judged(answer, "the engine did not start", final=True)
        models.job_about(CHECK, answer.id).state = "error"
    assert (answer.state, answer.outcome, answer.score) == ("stopped", "not judged", None)
    assert models.unjudged_answers(course_id) == [answer]
    models.run_again(answer.id, now=after(1))
    assert (answer.state, models.job_about(CHECK, answer.id).state) == ("waiting", "new")


def test_a_verdict_is_never_taken_back_by_running_again(stored: Flask):
    answer = models.record_answer(begun(choice(1)).id, 0, "this", RIGHT, now=NOON)
    assert models.run_again(answer.id, now=after(1)).state == "judged"
    assert models.job_about(GRADE, answer.id) is None


def test_a_write_outside_of_a_verb_is_refused(stored: Flask):
    attempt = begun(choice(1))
    attempt.finished_at = after(1)
    with pytest.raises(RuntimeError, match="verb"):
        models.db.session.flush()
    models.forget()


ACKNOWLEDGE = """
import os, signal, sys
from pathlib import Path
from tests.models.cast import NOON, RIGHT, begun, choice, practical
from tests.models.databases import bare_app
import models
app = bare_app(Path(sys.argv[1]))
with app.app_context():
    attempt = begun(choice(1), practical(9))
    models.record_answer(attempt.id, 0, "this", RIGHT, now=NOON)
    waiting = models.record_answer(attempt.id, 1, "docker run web", now=NOON)
    sys.stdout.write(f"{waiting.id}\\n")
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_acknowledged_is_in_the_file_after_a_kill(sqlite_app: Flask, tmp_path: Path):
    command = [sys.executable, "-c", ACKNOWLEDGE, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == -9, done.stderr
    connection = sqlite3.connect(tmp_path / "noteproof.db")
    rows = connection.execute("SELECT position, response, state FROM answer ORDER BY position").fetchall()
    queued = connection.execute("SELECT subject_id, state FROM job WHERE kind = 'check'").fetchall()
    connection.close()
    assert rows == [(0, '"this"', "judged"), (1, '"docker run web"', "waiting")]
    assert queued == [(int(done.stdout), "new")]
