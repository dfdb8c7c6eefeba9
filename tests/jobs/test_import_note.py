"""Importing: a note becomes questions, a bad note says why, and notes that come at once both count."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

import models
from jobs.run import run_job
from models import IMPORT_NOTE, Note
from tests.jobs.sandboxes import Workshop
from tests.models.cast import NOON, after, docker_course
from tests.threads import at_once

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.md"))
PORTS = """# Ports

- `docker run -p`: publish a port of the container on a port of the host that you choose
- `docker run -P`: publish every exposed port on a random port of the host
- `docker run -d`: run the container in the background
- `docker run --rm`: remove the container when it ends
"""
STOPPING = """# Stopping

- `docker stop`: stop a running container
- `docker kill`: end a running container at once
- `docker rm`: remove a stopped container
- `docker start`: start a stopped container
"""


def hand_in_note(app: Flask, course_id: int, file: str, data: bytes, seconds: float = 0) -> tuple[int, int]:
    """Give the numbers of the note and of its job."""
    with app.app_context():
        note = models.add_note(course_id, file, data, now=after(seconds))
        return note.id, models.job_about(IMPORT_NOTE, note.id).id


def imported(app: Flask, course_id: int, file: str, data: bytes, seconds: float = 0) -> Note:
    note_id, job_id = hand_in_note(app, course_id, file, data, seconds)
    assert run_job(app, job_id, Workshop(there=False).engine, "worker") == "done"
    with app.app_context():
        note = models.note_by_id(note_id)
        assert note.data is not None
        return note


def bank(app: Flask, course_id: int) -> dict[str, str]:
    """Give each askable question's file by id."""
    with app.app_context():
        return {
            row.question_id: row.snapshot["source"]["file"] for row in models.askable_questions(course_id)
        }


@pytest.fixture
def course_id(app: Flask) -> int:
    with app.app_context():
        return docker_course().id


def test_a_note_becomes_questions_without_an_engine(app: Flask, course_id: int):
    note = imported(app, course_id, "ports.md", PORTS.encode())
    assert (note.state, note.message, note.counts["title"]) == ("done", "", "Ports")
    assert note.counts["questions"] == len(bank(app, course_id)) > 0
    assert set(bank(app, course_id).values()) == {"ports.md"}
    assert note.coverage["file"] == "ports.md"
    with app.app_context():
        assert models.bank_page(course_id).questions[0].note_id == note.id


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda file: file.name)
def test_our_samples_can_be_imported(sqlite_app: Flask, sample: Path):
    with sqlite_app.app_context():
        course_id = docker_course().id
    note = imported(sqlite_app, course_id, sample.name, sample.read_bytes())
    assert note.state == "done"
    assert note.counts["questions"] >= 10


def test_the_same_note_again_changes_nothing(app: Flask, course_id: int):
    imported(app, course_id, "ports.md", PORTS.encode())
    before = bank(app, course_id)
    imported(app, course_id, "ports.md", PORTS.encode() + b"\nA line that says nothing.\n", 5)
    assert bank(app, course_id) == before


@pytest.mark.parametrize(("data", "said"), [
    (b"", "empty"), (b"\x89PNG\r\n\x1a\n\x00\x00", "text"), (b"# caf\xe9\n", "UTF-8"),
    (b"# Big\n" + b"x" * 6_000_000, "MB"),
])
def test_a_note_that_cannot_be_read_says_why_and_the_bank_stays(
    app: Flask, course_id: int, data: bytes, said: str
):
    imported(app, course_id, "ports.md", PORTS.encode())
    before = bank(app, course_id)
    note = imported(app, course_id, "ports.md", data, 5)
    assert note.state == "failed"
    assert note.message.startswith("ports.md")
    assert said in note.message
    assert note.data == data
    assert bank(app, course_id) == before


def test_a_note_without_facts_is_no_failure(app: Flask, course_id: int):
    note = imported(app, course_id, "poem.md", b"# A poem\n\nRoses are red.\n")
    assert (note.state, note.counts["questions"]) == ("done", 0)


def test_two_notes_imported_at_once_both_count(app: Flask, course_id: int):
    jobs = iter([
        hand_in_note(app, course_id, "ports.md", PORTS.encode())[1],
        hand_in_note(app, course_id, "stopping.md", STOPPING.encode())[1],
    ])

    def work() -> str:
        job_id, engine = next(jobs), Workshop(there=False).engine
        while (ended := run_job(app, job_id, engine, "worker")) == "later":  # the other came first
            pass
        return ended

    assert at_once(work, 2) == ["done", "done"]
    assert set(bank(app, course_id).values()) == {"ports.md", "stopping.md"}


def test_the_order_of_uploads_does_not_matter(app: Flask, course_id: int):
    with app.app_context():
        other = models.create_course("Docker", now=NOON).id
    for file, data in (("ports.md", PORTS), ("stopping.md", STOPPING)):
        imported(app, course_id, file, data.encode())
    for file, data in (("stopping.md", STOPPING), ("ports.md", PORTS)):
        imported(app, other, file, data.encode())

    def contents(course: int) -> list[dict]:
        with app.app_context():
            return [row.snapshot for row in models.askable_questions(course)]

    assert contents(course_id) == contents(other)


def test_a_fact_that_leaves_the_note_takes_its_questions_along(app: Flask, course_id: int):
    imported(app, course_id, "ports.md", PORTS.encode())
    before = bank(app, course_id)
    imported(app, course_id, "ports.md", b"# Ports\n\nNothing yet.\n", 5)
    assert bank(app, course_id) == {}
    imported(app, course_id, "ports.md", PORTS.encode() + b"\n", 10)
    assert bank(app, course_id) == before


def test_an_old_version_that_comes_late_does_not_replace_the_new(app: Flask, course_id: int):
    _, old_job = hand_in_note(app, course_id, "ports.md", STOPPING.encode())
    imported(app, course_id, "ports.md", PORTS.encode(), 5)
    before = bank(app, course_id)
    assert run_job(app, old_job, Workshop(there=False).engine, "worker") == "done"
    assert bank(app, course_id) == before


def test_what_was_exported_keeps_its_choices_when_a_sibling_comes(app: Flask, course_id: int):
    imported(app, course_id, "stopping.md", STOPPING.encode())

    def shown() -> dict[str, list[str]]:
        with app.app_context():
            return {row.question_id: row.snapshot.get("choices", []) for row in models.askable_questions(course_id)}

    before = shown()
    with app.app_context():
        models.remember_exported(models.askable_questions(course_id), now=NOON)
    imported(app, course_id, "stopping.md", STOPPING.encode() + b"- `docker pause`: freeze a running container\n", 5)
    after = shown()
    assert len(after) > len(before)
    assert {key: after[key] for key in before} == before
