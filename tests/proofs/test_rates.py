"""How often the checker disagrees with proved labels, on a real engine."""

from __future__ import annotations

import pytest

from proofs.checks import Checker
from sandboxes.base import Sandboxes
from tests.proofs.answers import Answer, read_answers
from tests.proofs.measure import measure
from tests.proofs.mutants import disagreement, mutants, mutants_of

#: Answers checked here; `python -m tests.proofs.measure` checks them all.
MOST = 100
#: Near misses checked here; `python -m tests.proofs.mutants` checks them all.
MOST_MUTANTS = 30


def sample(answers: list[Answer]) -> list[Answer]:
    """Take answers evenly from all tasks, without the two trivial ones that every task has."""
    telling = [answer for answer in answers if answer.task.answer not in ("", "true")]
    return telling[:: max(1, len(telling) // MOST)][:MOST]


@pytest.mark.engine
@pytest.mark.timeout(1200)
def test_no_wrong_answer_is_accepted_and_hardly_a_right_one_refused(sandboxes: Sandboxes) -> None:
    rates = measure(sandboxes, sample(read_answers()), parallel=2)
    print(rates)
    assert [(answer.task.id, answer.task.answer) for answer, _ in rates.accepted] == []
    assert [(answer.task.id, judged.feedback) for answer, judged in rates.unjudged] == []
    refused = [(answer.task.id, judged.feedback) for answer, judged in rates.refused]
    assert len(refused) <= MOST // 100, refused


def test_the_task_set_is_large_and_labelled_both_ways() -> None:
    answers = read_answers()
    tasks = {answer.task.id.split("/")[0] for answer in answers}
    assert len(tasks) >= 120
    assert len(answers) >= 1500
    for name in tasks:
        labels = {answer.label for answer in answers if answer.task.id.split("/")[0] == name}
        assert labels == {"right", "wrong"}, name


@pytest.mark.engine
@pytest.mark.timeout(1200)
def test_near_misses_of_references_are_judged_as_their_tests_judge_them(sandboxes: Sandboxes) -> None:
    chosen = mutants_of()
    checker = Checker(sandboxes)
    found = [
        (mutant.task.id, mutant.task.answer, said)
        for mutant in chosen[:: len(chosen) // MOST_MUTANTS]
        if (said := disagreement(sandboxes, checker, mutant))
    ]
    assert found == []


def test_every_reference_has_near_misses() -> None:
    references = {answer.task.id.split("/")[0] for answer in read_answers()}
    assert {mutant.task.id.split("/")[0] for mutant in mutants_of()} == references


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("docker stop -t 3 web", {"docker kill -t 3 web", "docker stop  web", "docker stop -t 4 web", "docker stop -t 3 webx"}),
        ("docker ps -aq", {"docker ps -q", "docker ps -a"}),
        ("docker create --name=a nginx", {"docker run --name=a nginx", "docker create  nginx", "docker create --name=ax nginx",
                                          "docker create --name=a redis", "docker create --name=a nginxx"}),
        ("docker network create a\ndocker volume create b", {"docker network create a", "docker volume create b"}),
    ],
)  # fmt: skip
def test_near_misses_lack_or_change_one_thing(reference: str, expected: set[str]) -> None:
    assert expected <= set(mutants(reference))
