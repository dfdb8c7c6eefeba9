"""Checking answers with recorded runs: what is judged, what is not, and how often a reference runs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from proofs.checks import BROKEN_SECONDS, Check, Checker, Task
from proofs.evidence import evidence_of
from proofs.language import guess_language
from proofs.probes import probes_for
from proofs.tasks import TaskError, read_tasks
from sandboxes.base import OnPhase
from sandboxes.effects import Job, Run, SandboxError, Step
from sandboxes.scripted import ScriptedSandboxes
from tests.quizzes.effects.engine import Engine

PORT = {"8080/tcp": [{"HostIp": "", "HostPort": "8080"}]}
REFERENCE = "docker run -d -p 8080:8080 tomcat"


def container(seed: int, *, code: int = 0, **more: object) -> Run:
    engine = Engine(seed)
    engine.run(**more)  # type: ignore[arg-type]
    return replace(engine.done(), steps=(Step("docker run …", "3f2a\n", code, 0.5),), exit_code=code)


class Counting(ScriptedSandboxes):
    """Recorded runs that also remember what was asked for."""

    def __init__(self, *records: tuple[Job, Run]) -> None:
        super().__init__(records)
        self.asked: list[str] = []

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        self.asked.append(job.script)
        return super().run(job, on_phase)


def sandboxes(**answers: Run) -> Counting:
    return Counting(
        (Job("", REFERENCE), container(1, PortBindings=PORT)), *((Job("", name), run) for name, run in answers.items())
    )


def check(answer: str, boxes: Counting, **more: str) -> Check:
    return Checker(boxes).check(Task("t1", more.pop("setup", ""), more.pop("reference", REFERENCE), answer, **more))


def test_an_answer_with_the_same_effect_is_right() -> None:
    checked = check("mine", sandboxes(mine=container(2, PortBindings=PORT)))
    assert checked.verdict.outcome == "right"
    assert checked.to_dict()["verdict"] == "right"
    assert checked.to_dict()["differences"] == []


def test_a_partly_right_answer_is_reported_wrong_with_its_score() -> None:
    row = check("mine", sandboxes(mine=container(2, PublishAllPorts=True)), text="把主机的 8080 端口映射到容器").to_dict()
    assert row["verdict"] == "wrong"
    assert 0 < row["score"] < 1
    assert row["differences"] == ["主机端口是随机的：你用了 -P，题目要求 8080（-p 8080:8080）。"]
    assert row["transcript"] == [{"command": "docker run …", "output": "3f2a\n", "exit_code": 0, "seconds": 0.5}]
    json.dumps(row)


def test_an_empty_answer_needs_no_sandbox_and_shows_no_transcript() -> None:
    boxes = sandboxes()
    checked = check("  \n", boxes)
    assert checked.verdict.outcome == "wrong"
    assert checked.steps == ()
    assert boxes.asked == [REFERENCE]


def test_an_answer_without_measure_is_wrong_and_never_run() -> None:
    boxes = sandboxes()
    checked = check("echo x\n" * 100_000, boxes, text="写下容器的编号")
    assert (checked.verdict.outcome, boxes.asked) == ("wrong", [])
    assert "256 kB" in checked.verdict.feedback


class Faulty(ScriptedSandboxes):
    """Sandboxes with a fault that nobody thought of."""

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        raise RecursionError("too deep")


def test_a_fault_of_ours_is_told_and_counts_against_nobody() -> None:
    row = Checker(Faulty()).check(Task("t1", "", REFERENCE, "mine")).to_dict()
    assert (row["verdict"], row["differences"]) == ("not judged", [])
    assert "RecursionError" in row["reason"]


def test_a_sandbox_that_fails_is_never_the_learners_mistake() -> None:
    checked = check("never recorded", sandboxes())
    assert checked.to_dict()["verdict"] == "not judged"
    assert "The sandbox failed" in checked.reason


class Failing(Counting):
    """Sandboxes that fail as often as told before they work."""

    def __init__(self, failures: int, *records: tuple[Job, Run]) -> None:
        super().__init__(*records)
        self.failures = failures

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        run = super().run(job, on_phase)
        if job.script == "mine" and self.asked.count("mine") <= self.failures:
            raise SandboxError("The sandbox did not answer in time.")
        return run


@pytest.mark.parametrize(("failures", "outcome", "runs"), [(0, "right", 1), (2, "right", 3), (9, "not judged", 3)])
def test_insisting_asks_again_after_a_failure_that_may_pass(failures: int, outcome: str, runs: int) -> None:
    run = container(2, PortBindings=PORT)
    boxes = Failing(failures, (Job("", REFERENCE), run), (Job("", "mine"), run))
    assert Checker(boxes).insist(Task("t1", "", REFERENCE, "mine")).verdict.outcome == outcome
    assert boxes.asked.count("mine") == runs


def test_insisting_does_not_repeat_what_cannot_pass() -> None:
    broken = replace(container(1), setup_exit_code=1, setup_output="no")
    boxes = Counting((Job("", REFERENCE), broken), (Job("", "mine"), broken))
    assert Checker(boxes).insist(Task("t1", "", REFERENCE, "mine")).verdict.outcome == "not judged"
    assert boxes.asked.count("mine") == 1


def test_a_setup_that_fails_is_the_tasks_mistake() -> None:
    broken = replace(container(1), setup_exit_code=1, setup_output="Error: no such image\n")
    boxes = Counting((Job("", REFERENCE), broken), (Job("", "mine"), broken))
    assert check("mine", boxes).reason == "The task is broken: the setup fails: Error: no such image."


@pytest.mark.parametrize(("change", "reason"), [
    ({"ended": "timeout"}, "the reference does not end by itself (timeout)"),
    ({"exit_code": 1, "output": "Error: no\n"}, "the reference fails: Error: no"),
    ({"output": ""}, "the reference changes nothing and prints nothing"),
])  # fmt: skip
def test_a_reference_without_effect_is_the_tasks_mistake(change: dict[str, object], reason: str) -> None:
    run = replace(Engine(1).done(), **change)  # type: ignore[arg-type]
    boxes = Counting((Job("", REFERENCE), run), (Job("", "mine"), container(2)))
    assert check("mine", boxes).reason == f"The task is broken: {reason}."


def test_a_reference_runs_once_for_a_whole_class() -> None:
    boxes = sandboxes(mine=container(2, PortBindings=PORT), yours=container(3))
    checker = Checker(boxes)
    for answer in ("mine", "yours", "mine"):
        checker.check(Task("t", "", REFERENCE, answer))
    assert boxes.asked.count(REFERENCE) == 1


def test_a_reference_that_met_a_failing_sandbox_is_tried_again() -> None:
    boxes = sandboxes(mine=container(2, PortBindings=PORT))
    checker = Checker(boxes)
    missing = Task("t", "another setup", REFERENCE, "mine")
    assert checker.check(missing).verdict.outcome == "not judged"
    assert checker.check(missing).verdict.outcome == "not judged"
    assert boxes.asked.count(REFERENCE) == 2


class Broken(Counting):
    """Sandboxes in which the reference fails as often as told."""

    def __init__(self, failures: int, *records: tuple[Job, Run]) -> None:
        super().__init__(*records)
        self.failures = failures

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        run = super().run(job, on_phase)
        failed = job.script == REFERENCE and self.asked.count(REFERENCE) <= self.failures
        return replace(run, ended="timeout") if failed else run


@pytest.mark.parametrize(("failures", "outcomes", "runs"), [
    (1, ["right"] * 4, 2),  # it was by chance, so nobody hears of it
    (2, ["not judged", "not judged", "right", "right"], 3),
    (99, ["not judged"] * 4, 4),
])
def test_a_reference_is_broken_when_it_fails_twice_and_is_asked_again_later(
    failures: int, outcomes: list[str], runs: int
) -> None:
    run = container(2, PortBindings=PORT)
    boxes = Broken(failures, (Job("", REFERENCE), run), (Job("", "mine"), run))
    now = 0.0
    checker = Checker(boxes, clock=lambda: now)
    shown = []
    for now in (0.0, BROKEN_SECONDS - 1, BROKEN_SECONDS + 1, BROKEN_SECONDS + 2):  # noqa: B007 - the clock reads it
        shown.append(checker.check(Task("t", "", REFERENCE, "mine")).verdict.outcome)
    assert (shown, boxes.asked.count(REFERENCE)) == (outcomes, runs)


def test_only_tasks_that_write_are_looked_into() -> None:
    assert probes_for("docker run -d -p 8080:8080 tomcat") == ()
    assert probes_for("docker commit box new:v1")[0][0] == "contents"


def test_evidence_is_what_the_reference_did() -> None:
    evidence = evidence_of(container(1), REFERENCE, date(2026, 1, 2))
    assert (evidence.engine, evidence.commands, evidence.recorded) == ("Docker 26.1.5", ("docker run …",), "2026-01-02")


@pytest.mark.parametrize(("text", "language"), [
    ("在后台运行 docker run -d tomcat", "zh"), ("Run tomcat in the background", "en"), ("", "en"),
])  # fmt: skip
def test_the_language_is_told_by_its_letters(text: str, language: str) -> None:
    assert guess_language(text) == language


ROW = {"id": "a", "setup": "", "reference": "docker ps", "answer": "docker ps"}


def write(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "tasks.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def test_tasks_are_read_with_their_language(tmp_path: Path) -> None:
    tasks = read_tasks(write(tmp_path, {**ROW, "task": "列出容器", "compare": ["ports"]}, "", ROW))
    assert [(task.language, task.compare) for task in tasks] == [("zh", ("ports",)), ("en", ())]


@pytest.mark.parametrize(("row", "message"), [
    ("{", "line 2, column 2: this is not JSON (Expecting property name"),
    ("[]", "line 2: a JSON object was expected"),
    ({"id": "a"}, "line 2: setup, reference, answer is missing"),
    ({**ROW, "answer": 3}, "line 2: answer must be a string, not int"),
    ({**ROW, "language": "fr"}, "line 2: language must be zh or en, not fr"),
    ({**ROW, "compare": ["colour"]}, "line 2: compare: unknown colour"),
])  # fmt: skip
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, row: object, message: str) -> None:
    with pytest.raises(TaskError, match=r"tasks\.jsonl, ") as caught:
        read_tasks(write(tmp_path, ROW, row))
    assert message in str(caught.value)


def test_a_row_is_a_line_whatever_its_texts_hold(tmp_path: Path) -> None:
    file = tmp_path / "tasks.jsonl"
    file.write_text(json.dumps({**ROW, "answer": "echo a\u2028b\x85"}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read_tasks(file)[0].answer == "echo a\u2028b\x85"


def test_a_missing_or_empty_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(TaskError, match=r"none\.jsonl: cannot be read: No such file"):
        read_tasks(tmp_path / "none.jsonl")
    with pytest.raises(TaskError, match="cannot be read: Is a directory"):
        read_tasks(tmp_path)
    (tmp_path / "latin.jsonl").write_bytes(b'\n{"id": "caf\xe9"}\n')
    with pytest.raises(TaskError, match=r"latin\.jsonl, line 2: this is not UTF-8 text"):
        read_tasks(tmp_path / "latin.jsonl")
    with pytest.raises(TaskError, match="holds no task"):
        read_tasks(write(tmp_path))
