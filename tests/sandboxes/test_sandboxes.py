"""What every kind of sandbox keeps: the contract, over the registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandboxes import SANDBOXES, open_sandboxes
from sandboxes.base import PHASES, Sandboxes
from sandboxes.effects import Job, Run, SandboxError
from sandboxes.scripted import load_runs, save_runs

HELLO = Job(setup="touch before.txt", script="echo hello\ntouch after.txt\nfalse", files=(("a/b.txt", "text\n"),))


@pytest.fixture(scope="session")
def hello(sandboxes: Sandboxes) -> Run:
    return sandboxes.run(HELLO)


@pytest.fixture(params=sorted(SANDBOXES))
def opened(request, engine, sandbox_image, hello):
    """Each registered kind, open, able to run HELLO."""
    settings = {
        "docker": {"url": engine, "image": sandbox_image},
        "scripted": {"records": [(HELLO, hello)]},
    }
    sandboxes = open_sandboxes(request.param, **settings[request.param])
    yield sandboxes
    sandboxes.close()


def test_a_run_tells_what_happened_in_its_phases(opened):
    phases = []
    run = opened.run(HELLO, phases.append)
    assert tuple(phases) == PHASES
    assert [(step.command, step.output, step.exit_code) for step in run.steps] == [
        ("echo hello", "hello\n", 0),
        ("touch after.txt", "", 0),
        ("false", "", 1),
    ]
    assert (run.output, run.exit_code, run.ended, run.truncated) == ("hello\n", 1, "done", False)
    assert [file.path for file in run.before.files] == ["a", "a/b.txt", "before.txt"]
    assert [file.path for file in run.after.files] == ["a", "a/b.txt", "after.txt", "before.txt"]
    assert run.engine.startswith("Docker ")


def test_warming_returns_at_once_and_closing_ends_all(opened):
    opened.warm(1)
    opened.close()
    with pytest.raises(SandboxError):
        opened.run(HELLO)


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        open_sandboxes("teapot")


def test_recorded_runs_survive_their_file(hello, tmp_path: Path):
    file = tmp_path / "runs.jsonl"
    save_runs(file, [(HELLO, hello)])
    assert load_runs(file) == [(HELLO, hello)]


def test_a_job_without_a_record_is_not_judged():
    with pytest.raises(SandboxError) as failure:
        open_sandboxes("scripted").run(HELLO)
    assert not failure.value.retry
