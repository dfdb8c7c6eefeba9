"""When a card comes again. Expected intervals are FSRS-6's published ones or follow from what it promises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.schedule import RATINGS, Memory, answered, intervals, is_due, queue

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def known(due: datetime, last: datetime = NOON - 9 * DAY, state: str = "review") -> Memory:
    return Memory(state, None if state == "review" else 0, 9.0, 5.0, due, last)  # type: ignore[arg-type]


def test_a_new_card_is_learnt_in_steps_of_minutes_unless_it_is_easy() -> None:
    assert intervals(None, NOON) == {
        1: timedelta(minutes=1), 2: timedelta(minutes=5, seconds=30), 3: timedelta(minutes=10), 4: 8 * DAY}


def test_a_card_learnt_with_good_twice_comes_back_after_its_stability() -> None:
    first = answered(None, 3, NOON)
    assert (first.state, first.stability) == ("learning", pytest.approx(2.3065))
    second = answered(first, 3, NOON + timedelta(minutes=10))
    assert (second.state, second.due - second.last) == ("review", 2 * DAY)


def test_a_forgotten_card_is_learnt_again_and_weaker_than_before() -> None:
    memory = known(NOON)
    after = answered(memory, 1, NOON)
    assert (after.state, after.due - NOON) == ("relearning", timedelta(minutes=10))
    assert after.stability < memory.stability
    assert after.difficulty > memory.difficulty


@given(st.lists(st.sampled_from(RATINGS), max_size=8), st.integers(0, 40))
def test_a_better_answer_never_brings_a_card_back_sooner(history: list[int], days: int) -> None:
    memory, at = None, NOON
    for rating in history:
        memory = answered(memory, rating, at)  # type: ignore[arg-type]
        at = max(memory.due, at) + days * DAY
    offered = list(intervals(memory, at).values())
    assert offered == sorted(offered)
    assert min(offered) >= timedelta(minutes=1)


def test_the_same_answers_give_the_same_memory() -> None:
    assert answered(known(NOON), 3, NOON) == answered(known(NOON), 3, NOON)


def test_what_has_begun_comes_before_what_is_new() -> None:
    memories = {"late": known(NOON - DAY), "learning": known(NOON - HOUR, NOON - HOUR, "learning"),
                "later": known(NOON + 3 * DAY), "tonight": known(NOON + 6 * HOUR)}
    found = queue(["new 1", "late", "learning", "new 2", "later", "tonight", "new 3"], memories, NOON, 2)
    assert found.cards == ("learning", "late", "tonight", "new 1", "new 2")
    assert (found.learning, found.review, found.new) == (("learning",), ("late", "tonight"), ("new 1", "new 2"))


def test_minutes_are_waited_for_and_an_interval_of_days_is_not_cut_to_nothing() -> None:
    assert not is_due(known(NOON + timedelta(minutes=1), NOON, "learning"), NOON)
    assert is_due(known(NOON, NOON - timedelta(minutes=10), "relearning"), NOON)
    assert not is_due(known(NOON + DAY, NOON), NOON + timedelta(minutes=5))
    assert is_due(known(NOON + DAY, NOON), NOON + 13 * HOUR)
