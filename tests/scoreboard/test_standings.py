"""Points first, then fewer tries, then a shared rank; what is not judged costs nothing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scoreboard import Result, Standing, rank

ADA, BOB, LIN = (1, "Ada"), (2, "Bob"), (3, "Lin")


def tries(person: tuple[int, str], *scores: tuple[str, float | None]) -> list[Result]:
    return [Result(*person, question, score) for question, score in scores]


def test_nobody():
    assert rank([]) == []


def test_the_sum_of_the_best_scores_decides():
    results = tries(ADA, ("a", 0.0), ("a", 1.0), ("b", 0.5)) + tries(BOB, ("a", 1.0), ("b", 0.0))
    assert rank(results) == [
        Standing(1, 1, "Ada", 1.5, 3, 0),
        Standing(2, 2, "Bob", 1.0, 2, 0),
    ]


def test_a_tie_goes_to_whoever_needed_fewer_tries():
    results = tries(ADA, ("a", 0.0), ("a", 1.0)) + tries(BOB, ("a", 1.0))
    assert [(line.rank, line.name) for line in rank(results)] == [(1, "Bob"), (2, "Ada")]


def test_equals_share_a_rank_and_stand_by_name():
    right = [result for person in (LIN, ADA, BOB) for result in tries(person, ("a", 1.0))]
    lines = rank([*tries((4, "Eve"), ("a", 0.0)), *right])
    assert [(line.rank, line.name) for line in lines] == [(1, "Ada"), (1, "Bob"), (1, "Lin"), (4, "Eve")]


def test_what_is_not_judged_costs_nothing():
    results = tries(ADA, ("a", None), ("a", 1.0), ("b", None)) + tries(BOB, ("a", 1.0))
    assert rank(results) == [
        Standing(1, 1, "Ada", 1.0, 1, 2),
        Standing(1, 2, "Bob", 1.0, 1, 0),
    ]


def test_three_thirds_are_one():
    third = 1 / 3
    results = tries(ADA, ("a", third), ("b", third), ("c", third))
    results += tries(BOB, ("a", 1.0), ("b", 0.0), ("c", 0.0))
    assert [line.rank for line in rank(results)] == [1, 1]


RESULTS = st.lists(
    st.builds(
        lambda person, question, score: Result(person, f"Learner {person}", question, score),
        st.integers(1, 6), st.sampled_from("abcd"), st.none() | st.sampled_from([0.0, 1 / 3, 0.5, 1.0]),
    ),
    max_size=40,
)


@given(RESULTS)
def test_ranks_rise_and_everybody_has_one_line(results: list[Result]):
    lines = rank(results)
    assert {line.person for line in lines} == {result.person for result in results}
    assert len(lines) == len({line.person for line in lines})
    for number, (above, below) in enumerate(pairwise(lines), start=2):
        assert above.place <= below.place
        assert below.rank == (above.rank if above.place == below.place else number)


@given(RESULTS, st.randoms())
def test_the_order_of_the_tries_does_not_matter(results: list[Result], random):
    shuffled = list(results)
    random.shuffle(shuffled)
    assert rank(shuffled) == rank(results)


@given(RESULTS, st.integers(1, 6), st.sampled_from("abcd"))
def test_a_failure_of_ours_moves_nobody_who_has_an_answer(results: list[Result], person: int, question: str):
    before = [(line.rank, line.person) for line in rank(results)]
    if person not in {one for _, one in before}:
        return
    after = rank([*results, Result(person, f"Learner {person}", question, None)])
    assert [(line.rank, line.person) for line in after] == before
