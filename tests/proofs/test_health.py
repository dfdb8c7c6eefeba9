"""The health of notes: what is proved, what is refuted, and what nobody can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from notes import read_note
from proofs.checks import Checker
from proofs.health import Report, examine, left_out
from quizzes.generate import generate
from quizzes.questions import Question
from sandboxes.base import OnPhase
from sandboxes.effects import Job, Run, Step
from sandboxes.scripted import ScriptedSandboxes
from tests.quizzes.effects.engine import Engine

NOTE = """# Ports

```sh
# publish port 8080 of the container on port 8080 of the host
docker run -d -p 8080:8080 tomcat
# list the containers that run
docker ps
```
"""
TODAY = date(2026, 1, 2)


def task() -> Question:
    bank = generate([read_note("ports.md", NOTE.encode())])
    return next(question for question in bank.questions if question.kind == "practical")


def ran(code: int = 0) -> Run:
    engine = Engine(1)
    engine.run(name="web", image="tomcat")
    return replace(engine.done(), steps=(Step(task().reference, "3f2a\n", code, 0.5),), exit_code=code)


def checker(run: Run) -> Checker:
    return Checker(ScriptedSandboxes([(Job(task().setup, task().reference), run)]))


def test_a_reference_that_works_is_evidence():
    finding = examine(checker(ran()), task(), TODAY)
    assert (finding.verdict, finding.reason) == ("proved", "")
    assert finding.evidence is not None
    assert (finding.evidence.recorded, finding.evidence.commands) == ("2026-01-02", (task().reference,))


CLAIM = replace(task(), kind="single_choice", setup="", reference="", proof="docker ps")


def test_the_proof_of_another_kind_is_run_too():
    run = replace(ran(), steps=(Step("docker ps", "3f2a\n", 0, 0.5),), exit_code=0)
    finding = examine(Checker(ScriptedSandboxes([(Job("", "docker ps"), run)])), CLAIM, TODAY)
    assert (finding.verdict, finding.commands) == ("proved", "docker ps")


def test_a_proof_that_has_no_end_refutes():
    run = replace(ran(), ended="timeout")
    finding = examine(Checker(ScriptedSandboxes([(Job("", "docker ps"), run)])), CLAIM, TODAY)
    assert (finding.verdict, finding.reason) == ("refuted", "The proof does not end by itself (timeout).")


def test_a_setup_that_fails_refutes_and_says_so():
    broken = replace(ran(), setup_exit_code=1, setup_output="docker: no such image")
    finding = examine(checker(broken), task(), TODAY)
    assert (finding.verdict, finding.reason) == ("refuted", "the setup fails: docker: no such image.")


class Mending(ScriptedSandboxes):
    """The first run fails in its setup, those after it are as recorded."""

    runs = 0

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        self.runs += 1
        run = super().run(job, on_phase)
        return replace(run, setup_exit_code=1, setup_output="busy") if self.runs == 1 else run


def test_a_key_is_doubted_only_when_it_fails_twice():
    sandboxes = Mending([(Job(task().setup, task().reference), ran())])
    assert examine(Checker(sandboxes), task(), TODAY).verdict == "proved"
    assert sandboxes.runs == 2


def test_a_sandbox_that_fails_says_nothing_of_the_note():
    nothing_recorded = Checker(ScriptedSandboxes([]))
    assert examine(nothing_recorded, task(), TODAY).verdict == "not judged"


def test_the_report_names_file_and_line_and_what_was_left_out():
    reading = read_note("ports.md", NOTE.replace("docker ps", "docker psx\ndocker ps").encode())
    bank = generate([reading])
    finding = examine(checker(replace(ran(), setup_exit_code=1, setup_output="no")), task(), TODAY)
    report = Report((finding,), left_out(bank), reading.suspicions)
    assert report.wrong
    lines = list(report.lines())
    assert any(line.startswith("ports.md:7: ") and "docker psx" in line for line in lines)
    assert f"ports.md:{task().source.lines[0]}: refuted: {task().reference!r}: the setup fails: no." in lines
    assert [(row["command"], row["source"]["file"]) for row in report.to_dict()["left_out"]] == [("docker ps", "ports.md")]


def test_healthy_notes_have_a_report_without_a_line():
    report = Report((examine(checker(ran()), task(), TODAY),), (), ())
    assert not report.wrong
    assert list(report.lines()) == []
