"""Known-wrong answers guard the goals of a task: each would notice a checker that forgot one."""

from __future__ import annotations

import pytest

from quizzes.effects import Spot
from sandboxes.base import Sandboxes
from tests.proofs.answers import read_answers
from tests.proofs.guards import Guards, guards, telling

WEB, PORT, DATA = Spot("container.exists", "web"), Spot("container.port", "web", "80/tcp"), Spot("volume.exists", "data")
GOALS = (WEB, PORT, DATA)
#: Tasks whose guards are run here; `python -m tests.proofs.guards` runs them all.
SAMPLE = ("run-port", "volume-rm", "chmod-symbolic", "git-tag")


def test_another_name_guards_the_container_and_not_its_port() -> None:
    found = Guards.of("task", GOALS, [{WEB: False, PORT: False, DATA: True}])
    assert found.unguarded == (PORT, DATA)


def test_a_wrong_port_guards_the_port_alone() -> None:
    wrong = [{WEB: True, PORT: False, DATA: True}, {WEB: False, PORT: False, DATA: False}]
    found = Guards.of("task", GOALS, wrong)
    assert found.unguarded == ()
    assert found.alone == (PORT,)


def test_what_an_answer_does_too_much_guards_no_goal() -> None:
    stray = Spot("container.exists", "stray")
    found = Guards.of("task", GOALS, [{WEB: True, PORT: True, DATA: True, stray: False}])
    assert found.unguarded == GOALS


@pytest.mark.engine
@pytest.mark.timeout(600)
def test_the_goals_of_a_sample_are_guarded(sandboxes: Sandboxes) -> None:
    answers = [answer for answer in telling(read_answers()) if answer.task.id.split("/")[0] in SAMPLE]
    found = guards(sandboxes, answers)
    assert {one.task for one in found if one.goals} == set(SAMPLE)
    assert [(one.task, one.unguarded) for one in found if one.unguarded] == []
