"""How often the checker disagrees with proved labels, on a real engine."""

from __future__ import annotations

import pytest

from sandboxes.base import Sandboxes
from tests.proofs.answers import Answer, read_answers
from tests.proofs.measure import measure

#: Answers checked here; `python -m tests.proofs.measure` checks them all.
MOST = 100


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
    assert [(answer.task.id, check.verdict.feedback) for answer, check in rates.unjudged] == []
    refused = [(answer.task.id, check.verdict.feedback) for answer, check in rates.refused]
    assert len(refused) <= MOST // 100, refused


def test_the_task_set_is_large_and_labelled_both_ways() -> None:
    answers = read_answers()
    tasks = {answer.task.id.split("/")[0] for answer in answers}
    assert len(tasks) >= 60
    assert len(answers) >= 600
    for name in tasks:
        labels = {answer.label for answer in answers if answer.task.id.split("/")[0] == name}
        assert labels == {"right", "wrong"}, name
