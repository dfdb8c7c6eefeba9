"""Known-wrong answers guard the goals of a task: each would notice a checker that forgot one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from proofs.checks import Task
from quizzes.effects import Spot
from sandboxes.base import Sandboxes
from sandboxes.effects import FileEntry, Job, Run, Snapshot
from sandboxes.scripted import ScriptedSandboxes
from tests.proofs.answers import Answer, read_answers
from tests.proofs.guards import Guards, guards, telling
from tests.proofs.measure import measure
from tests.proofs.results import Results

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


def test_what_was_measured_need_not_run_again_to_say_what_it_guards(tmp_path: Path) -> None:
    task = Task("two/right/0", "", "touch a b", "touch a b", "Make two files.")
    answers = [
        Answer(task, "right", "", "test -e a -a -e b"),
        Answer(replace(task, id="two/wrong/0", answer="touch a"), "wrong", "", "test -e a -a -e b"),
    ]
    recorded = [(Job("", "touch a b"), _makes("a", "b")), (Job("", "touch a"), _makes("a"))]
    results = Results(tmp_path / "results.jsonl", [])
    rates = measure(ScriptedSandboxes(recorded), answers, results=results)
    assert str(rates) == "false accepts 0 of 1, false refusals 0 of 1, not judged 0"
    [found] = guards(ScriptedSandboxes(), answers, results=results)
    assert found == Guards("two", (_made("a"), _made("b")), (_made("a"),), (_made("b"),))


def _makes(*names: str) -> Run:
    before, after = ((), tuple(FileEntry(name, "file", 0o644, 0, "d") for name in names))
    shots = (Snapshot((), {}, {}, (), (), {}, (), files) for files in (before, after))
    return Run(*shots, (), (), "", False, 0, 0.1, "done", "")


def _made(name: str) -> Spot:
    return Spot("file.content", name)


@pytest.mark.engine
@pytest.mark.timeout(600)
def test_the_goals_of_a_sample_are_guarded(sandboxes: Sandboxes) -> None:
    answers = [answer for answer in telling(read_answers()) if answer.task.id.split("/")[0] in SAMPLE]
    found = guards(sandboxes, answers)
    assert {one.task for one in found if one.goals} == set(SAMPLE)
    assert [(one.task, one.unguarded) for one in found if one.unguarded] == []
