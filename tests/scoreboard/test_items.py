"""Facility, discrimination and choices, against figures worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoreboard import Reply, analyse
from scoreboard.items import MINIMUM, Interval, correlation, wilson


def replies(question: str, *scores: float) -> list[Reply]:
    return [Reply(person, question, score) for person, score in enumerate(scores)]


def test_wilson_as_in_the_textbook():
    # 81 of 263: Newcombe 1998, Statistics in Medicine 17, table I, method 3: 0.2553 to 0.3662
    interval = wilson(81 / 263, 263)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)
    # 0 of 20: 0.0000 to 0.1611
    assert (wilson(0, 20).low, round(wilson(0, 20).high, 4)) == (0.0, 0.1611)
    assert wilson(0, 0) == Interval(0.0, 1.0)


def test_a_small_class_gets_a_share_with_wide_bounds_and_no_discrimination():
    [item] = analyse(replies("a", 1, 1, 0))
    assert (item.n, round(item.facility, 3), item.discrimination) == (3, 0.667, None)
    assert (round(item.interval.low, 3), round(item.interval.high, 3)) == (0.208, 0.939)
    assert item.flags == ("too few to say",)


def test_a_question_that_tells_apart_who_knows():
    knows = [1.0] * 10 + [0.0] * 10
    items = analyse(reply for key in "abc" for reply in replies(key, *knows))
    assert items[0].discrimination == pytest.approx(1.0)
    assert items[0].flags == ()


def test_a_question_that_the_best_get_wrong_may_have_a_wrong_key():
    knows, fails = [1.0] * 10 + [0.0] * 10, [0.0] * 10 + [1.0] * 10
    items = analyse(replies("a", *knows) + replies("b", *knows) + replies("c", *fails))
    assert items[2].discrimination == pytest.approx(-1.0)
    assert items[2].flags == ("key may be wrong",)


def test_discrimination_starts_at_the_minimum():
    for n, known in ((MINIMUM - 1, False), (MINIMUM, True)):
        scores = [float(person % 2) for person in range(n)]
        item = analyse(replies("a", *scores) + replies("b", *scores))[0]
        assert (item.discrimination is not None) == known


def test_what_everybody_knows_is_too_easy_and_has_no_discrimination():
    [item, _] = analyse(replies("a", *[1.0] * 25) + replies("b", *([1.0] * 12 + [0.0] * 13)))
    assert (item.discrimination, item.flags) == (None, ("too easy",))


def test_what_nobody_knows_is_too_hard():
    [item] = analyse(replies("a", *[0.0] * 25))
    assert item.flags == ("too hard",)


def test_choices_are_counted_with_those_nobody_took():
    taken = [Reply(1, "a", 0.0, "C"), Reply(2, "a", 1.0, "A"), Reply(3, "a", 0.0, "C")]
    assert analyse(taken, {"a": ["A", "B", "C"]})[0].choices == (("A", 1), ("B", 0), ("C", 2))
    assert analyse(taken)[0].choices == (("A", 1), ("C", 2))


def test_correlation_by_hand():
    assert correlation([(1, 2), (2, 4), (3, 6)]) == pytest.approx(1.0)
    assert correlation([(0, 1), (1, 0), (0, 0), (1, 1)]) == pytest.approx(0.0)
    assert correlation([(1, 5), (1, 7)]) is None


SCORES = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from("abc"), st.sampled_from([0.0, 0.3, 1.0])), max_size=150
)


@given(SCORES)
def test_every_figure_is_within_its_bounds(rows: list[tuple[int, str, float]]):
    first = {(person, question): score for person, question, score in rows}
    items = analyse(Reply(person, question, score) for (person, question), score in first.items())
    assert sum(item.n for item in items) == len(first)
    for item in items:
        assert 0 <= item.interval.low <= item.facility + 1e-9
        assert item.facility - 1e-9 <= item.interval.high <= 1
        assert item.discrimination is None or (-1 <= item.discrimination <= 1 and item.n >= MINIMUM)


@given(st.floats(0, 1), st.integers(1, 1000))
def test_more_answers_make_the_bounds_tighter(share: float, n: int):
    few, many = wilson(share, n), wilson(share, 2 * n)
    assert many.high - many.low < few.high - few.low
