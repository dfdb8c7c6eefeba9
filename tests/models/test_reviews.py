"""Reviews: one row each, the newest one is the card's state, the last can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

import models
from models import CardRecall, Outcome
from tests.models.cast import NOON, after, docker_course, learner

LEARNED = Outcome("learning", 1, 2.3, 5.0, after(600), "FSRS-6")
KNOWN = Outcome("review", None, 9.5, 4.0, NOON + timedelta(days=9), "FSRS-6")


@pytest.fixture
def ada(stored: Flask) -> int:
    return learner(docker_course()).id


def test_each_review_is_a_row_and_the_newest_is_the_state(ada: int):
    first = models.record_review(ada, "a", 3, LEARNED, after=0, took=timedelta(seconds=4), now=NOON)
    second = models.record_review(ada, "a", 3, KNOWN, after=first.id, took=timedelta(hours=2), now=after(600))
    assert [(row.state_before, row.state, row.took_ms) for row in models.reviews_of(ada)] == [
        (None, "learning", 4_000), ("learning", "review", 60_000)]
    assert models.card_states(ada) == {"a": second}
    assert second.interval_seconds == 9 * 86_400 - 600


def test_a_second_press_of_the_same_button_stores_nothing(ada: int):
    first = models.record_review(ada, "a", 3, LEARNED, after=0, now=NOON)
    assert models.record_review(ada, "a", 3, LEARNED, after=0, now=after(1)) is None
    assert [row.id for row in models.reviews_of(ada)] == [first.id]


def test_the_last_review_is_taken_back_and_the_one_before_counts_again(ada: int):
    first = models.record_review(ada, "a", 3, LEARNED, after=0, now=NOON)
    second = models.record_review(ada, "a", 3, KNOWN, after=first.id, now=after(600))
    assert models.undoable_review(ada, now=after(601)).id == second.id
    assert models.undo_review(ada, now=after(601)).id == second.id
    assert models.card_states(ada)["a"].id == first.id
    assert models.undo_review(ada, now=after(602)).id == first.id
    assert models.card_states(ada) == {}
    assert models.undo_review(ada, now=after(603)) is None


def test_an_old_review_stays(ada: int):
    models.record_review(ada, "a", 3, LEARNED, after=0, now=NOON)
    assert models.undo_review(ada, now=after(3_601)) is None


def test_reviews_belong_to_one_learner_and_are_counted(ada: int):
    bob = learner(models.course_by_slug("docker"), "Bob").id
    first = models.record_review(ada, "a", 1, LEARNED, after=0, now=NOON)
    models.record_review(ada, "a", 3, KNOWN, after=first.id, now=after(60))
    models.record_review(ada, "b", 3, LEARNED, after=0, now=after(90))
    assert models.card_states(bob) == {}
    assert (models.introduced_since(ada, NOON), models.introduced_since(ada, after(61))) == (2, 1)
    assert (models.reviewed_since(ada, NOON), models.reviewed_since(bob, NOON)) == (2, 0)


def test_the_database_refuses_a_rating_that_is_none(ada: int):
    with pytest.raises(IntegrityError):
        models.record_review(ada, "a", 5, LEARNED, after=0, now=NOON)
    assert models.reviews_of(ada) == []


def test_reviews_made_in_anki_are_summed_and_replaced_by_a_newer_collection(ada: int):
    course = models.course_by_slug("docker")
    bob = learner(course, "Bob").id
    models.store_recalls(ada, course.id, {"a": CardRecall(4, 1, 0, 20.0, NOON)}, now=NOON)
    models.store_recalls(ada, course.id, {"a": CardRecall(6, 3, 1, 30.0, after(9))}, now=after(10))
    models.store_recalls(bob, course.id, {"a": CardRecall(2, 1, 0, 5.0, NOON), "b": CardRecall(5, 0, 0, 9.0, NOON)})
    worst, best = models.recalls_of_course(course.id)
    assert (worst.question_id, worst.people, worst.reviews, worst.again, worst.lapses) == ("a", 2, 8, 4, 1)
    assert (worst.recalled, worst.seconds, best.recalled) == (0.5, 35.0, 1.0)
