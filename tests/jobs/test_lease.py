"""Claims, fences, pauses and the cap, at moments chosen by the test."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

import models
from jobs.lease import (
    PAUSES,
    Claim,
    LeaseLost,
    claim_job,
    claim_next,
    finish,
    forgotten,
    give_back,
    put_off,
    renew,
)
from jobs.sweeper import FORGOTTEN, give_up, sweep
from models import CHECK, IMPORT_NOTE
from models.database import writing
from models.jobs import ATTEMPT_CAP, enqueue
from tests.models.cast import NOON, after, begun, practical
from tests.threads import at_once

LEASE = timedelta(seconds=15)
KINDS = (CHECK, IMPORT_NOTE)


def queued(number: int = 1, kind: str = CHECK) -> int:
    with writing() as session:
        return [enqueue(session, kind, subject, now=NOON).id for subject in range(1, number + 1)][-1]


def claimed(seconds: float, worker: str = "worker") -> Claim:
    claim = claim_next(KINDS, worker, now=after(seconds), lease=LEASE)
    assert claim is not None
    return claim


def nothing(*_: object) -> None:
    """Store nothing."""


def test_the_oldest_is_claimed_first_and_only_once(stored: Flask):
    queued(2)
    first, second = claimed(1), claimed(1)
    assert (first.id, first.subject_id, first.attempt, second.id) == (1, 1, 1, 2)
    assert first.owner != second.owner
    assert claim_next(KINDS, "worker", now=after(1)) is None


def test_only_wanted_kinds_are_claimed(stored: Flask):
    queued(1, IMPORT_NOTE)
    assert claim_next((CHECK,), "worker", now=after(1)) is None
    assert claim_next((), "worker", now=after(1)) is None
    assert claim_next((IMPORT_NOTE,), "worker", now=after(1)) is not None


def test_enqueueing_twice_is_enqueueing_once(stored: Flask):
    assert queued() == queued()
    finish(claimed(1), nothing, now=after(2), seconds=1.0)
    assert queued() == 2  # a finished job can be asked for again


def test_a_claim_is_taken_over_when_its_lease_has_run_out(stored: Flask):
    queued()
    first = claimed(0)
    assert claim_next(KINDS, "other", now=after(15)) is None
    second = claimed(15.001, "other")
    assert (second.id, second.attempt) == (first.id, 2)


def test_a_renewed_lease_is_not_taken_over(stored: Flask):
    queued()
    first = claimed(0)
    assert renew(first, now=after(10), phase="running")
    assert claim_next(KINDS, "other", now=after(20)) is None
    assert models.job_by_id(1).phase == "running"


def test_a_late_worker_changes_nothing(stored: Flask):
    queued()
    late, second = claimed(0), claimed(20, "other")
    written: list[str] = []
    with pytest.raises(LeaseLost):
        finish(late, lambda session, now: written.append("late"), now=after(21), seconds=21.0)
    with pytest.raises(LeaseLost):
        put_off(late, "late", nothing, now=after(21))
    assert not renew(late, now=after(21), phase="late")
    assert not give_back(late, now=after(21))
    finish(second, lambda session, now: written.append("second"), now=after(22), seconds=2.0)
    assert written == ["second"]
    job = models.job_by_id(1)
    assert (job.state, job.attempt, job.owner, job.seconds) == ("done", 2, None, 2.0)


def test_a_result_that_cannot_be_stored_leaves_the_job_open(stored: Flask):
    queued()
    claim = claimed(0)
    with pytest.raises(ZeroDivisionError):
        finish(claim, lambda session, now: 1 // 0, now=after(1), seconds=1.0)
    assert models.job_by_id(1).state == "run"


def test_each_failure_makes_the_pause_longer_and_the_fifth_is_the_last(stored: Flask):
    queued()
    said: list[tuple[str, bool]] = []

    def on_failure(session: object, subject: int, reason: str, final: bool, now: object) -> None:
        said.append((reason, final))

    moment = 0.0
    for attempt in range(1, ATTEMPT_CAP + 1):
        claim = claimed(moment)
        assert claim.attempt == attempt
        final = put_off(claim, f"reason {attempt}", on_failure, now=after(moment))
        assert final == (attempt == ATTEMPT_CAP)
        if not final:
            assert claim_next(KINDS, "worker", now=after(moment + PAUSES[attempt - 1] - 0.1)) is None
            moment += PAUSES[attempt - 1]
    job = models.job_by_id(1)
    assert (job.state, job.attempt, job.error, job.owner) == ("error", 5, "reason 5", None)
    assert said == [(f"reason {n}", n == 5) for n in range(1, 6)]
    assert claim_next(KINDS, "worker", now=after(10_000)) is None


def test_what_is_given_back_counts_no_try_and_can_rest(stored: Flask):
    queued()
    assert give_back(claimed(0), "no engine", now=after(1), pause=timedelta(seconds=2))
    job = models.job_by_id(1)
    assert (job.state, job.attempt, job.error) == ("new", 0, "no engine")
    assert claim_next(KINDS, "worker", now=after(2.9)) is None
    assert claimed(3).attempt == 1


def test_a_hint_too_many_is_harmless(stored: Flask):
    job_id = queued()
    claim = claim_job(job_id, KINDS, "worker", now=after(1))
    assert claim is not None
    assert claim_job(job_id, KINDS, "other", now=after(1)) is None
    finish(claim, nothing, now=after(2), seconds=1.0)
    assert claim_job(job_id, KINDS, "other", now=after(3)) is None
    assert claim_job(4711, KINDS, "other", now=after(3)) is None


def test_many_workers_share_the_queue_and_none_is_done_twice(app: Flask):
    with app.app_context():
        queued(24)

    def work() -> list[int]:
        done = []
        with app.app_context():
            while claim := claim_next(KINDS, "worker", now=after(1)):
                finish(claim, nothing, now=after(2), seconds=1.0)
                done.append(claim.id)
        return done

    shares = at_once(work, 4)
    assert sorted(job for share in shares for job in share) == list(range(1, 25))


def test_the_sweeper_finds_new_jobs_whose_hint_was_lost(stored: Flask):
    queued()
    late = NOON + FORGOTTEN
    assert sweep(KINDS, now=late - timedelta(seconds=0.1)) == []
    assert sweep(KINDS, now=late) == [1]


def test_the_sweeper_finds_jobs_whose_worker_is_gone(stored: Flask):
    queued(2)
    claimed(0)
    finish(claimed(0), nothing, now=after(1), seconds=1.0)
    assert sweep(KINDS, now=after(14)) == []
    assert sweep(KINDS, now=after(16)) == [1]


def test_the_sweeper_leaves_a_pausing_job_alone(stored: Flask):
    queued()
    put_off(claimed(0), "later", nothing, now=after(0))
    assert sweep(KINDS, now=after(PAUSES[0] + 4.9)) == []
    assert sweep(KINDS, now=after(PAUSES[0] + 5)) == [1]


def test_a_sweep_hints_at_a_few_at_a_time(stored: Flask):
    queued(5)
    assert forgotten(KINDS, now=after(60), waiting_for=FORGOTTEN, limit=3) == [1, 2, 3]


def test_a_check_that_killed_five_workers_is_given_up_and_the_answer_is_not_judged(stored: Flask):
    attempt = begun(practical(9))
    answer = models.record_answer(attempt.id, 0, "docker run web", now=NOON)
    for attempt_number in range(ATTEMPT_CAP):
        assert give_up(now=after(20 * attempt_number)) == 0
        claimed(20 * attempt_number)
    assert give_up(now=after(99)) == 1
    assert give_up(now=after(99)) == 0
    models.forget()
    job = models.job_about(CHECK, answer.id)
    assert (job.state, job.owner) == ("error", None)
    assert job.error == "the worker died each of the 5 times it was tried"
    assert (answer.state, answer.outcome, answer.score) == ("stopped", "not judged", None)
    course_id = models.quiz_by_id(attempt.quiz_id).course_id
    assert models.unjudged_answers(course_id) == [answer]
    models.run_again(answer.id, now=after(100))
    assert claimed(101).attempt == 1


def test_the_place_in_the_queue_and_the_wait_by_measured_times(stored: Flask):
    queued(4)
    for number, seconds in enumerate((4.0, 6.0, 100.0)):
        with writing() as session:
            job = enqueue(session, CHECK, 100 + number, now=NOON)
            job.state, job.seconds, job.finished_at = "done", seconds, after(number)
    claimed(0)
    waiting = models.job_by_id(3)
    place = models.queue_position(waiting, now=after(1))
    assert (place.ahead, place.seconds, place.running) == (2, 12.0, False)
    assert models.queue_position(models.job_by_id(1), now=after(1)).running
    with writing() as session:
        session.add(models.Worker(name="one", threads=2, started_at=NOON, seen_at=NOON, engine="Docker"))
    assert models.queue_position(waiting, now=after(1)).seconds == 6.0
    assert models.queue_position(waiting, now=after(60)).seconds == 12.0  # that worker is gone


def test_without_a_measurement_no_wait_is_promised(stored: Flask):
    queued()
    assert models.queue_position(models.job_by_id(1), now=NOON) == models.Place(0, None, False)
