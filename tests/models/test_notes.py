"""Every version of a note is kept, and its import is queued with it."""

from __future__ import annotations

from flask import Flask

import models
from models import IMPORT_NOTE
from models.database import writing
from models.notes import newest_notes, note_done, note_failed
from tests.models.cast import NOON, after, docker_course
from tests.threads import at_once


def done(note: models.Note) -> None:
    with writing() as session:
        note_done(session, note.id, counts={"facts": 1}, suspicions=[], coverage={}, now=NOON)


def test_a_note_is_kept_as_it_came_and_its_import_is_queued(stored: Flask):
    course = docker_course()
    note = models.add_note(course.id, "C:\\notes\\ports.md", b"\xef\xbb\xbf# Ports\r\n\xff", now=NOON)
    assert (note.file, note.version, note.state) == ("ports.md", 1, "queued")
    assert models.note_by_id(note.id).data == b"\xef\xbb\xbf# Ports\r\n\xff"
    assert note.text == "# Ports\n\ufffd"
    assert models.job_about(IMPORT_NOTE, note.id).state == "new"


def test_a_changed_note_is_a_new_version_and_the_same_bytes_are_the_same(stored: Flask):
    course = docker_course()
    first = models.add_note(course.id, "ports.md", b"one", now=NOON)
    assert models.add_note(course.id, "ports.md", b"one", now=NOON).id == first.id
    second = models.add_note(course.id, "ports.md", b"two", now=NOON)
    models.add_note(course.id, "a.md", b"three", now=NOON)
    assert (second.version, first.version) == (2, 1)
    newest = [(note.file, note.version) for note in models.notes_of(course.id)]
    assert newest == [("a.md", 1), ("ports.md", 2)]
    assert [note.version for note in models.note_versions(course.id, "ports.md")] == [2, 1]


def test_a_failed_import_says_why_and_leaves_the_version_before_it_in_use(stored: Flask):
    course = docker_course()
    first = models.add_note(course.id, "ports.md", b"one", now=NOON)
    done(first)
    second = models.add_note(course.id, "ports.md", b"\xff", now=NOON)
    with writing() as session:
        note_failed(session, second.id, "ports.md:1: not UTF-8", after(1))
    assert (models.note_by_id(second.id).state, second.message) == ("failed", "ports.md:1: not UTF-8")
    assert [note.id for note in newest_notes(models.db.session(), course.id, done=True)] == [first.id]


def test_a_failed_note_handed_in_again_is_read_again(stored: Flask):
    course = docker_course()
    note = models.add_note(course.id, "ports.md", b"one", now=NOON)
    with writing() as session:
        note_failed(session, note.id, "a fault of ours", NOON)
        models.job_about(IMPORT_NOTE, note.id).state = "error"
    again = models.add_note(course.id, "ports.md", b"one", now=after(1))
    assert (again.id, again.state, again.message) == (note.id, "queued", "")
    assert models.job_about(IMPORT_NOTE, note.id).state == "new"


def test_a_file_name_is_made_harmless():
    assert models.notes.clean_file("../../etc/passwd") == "passwd"
    assert models.notes.clean_file("a\x00b\n<i>.md") == "ab<i>.md"
    assert models.notes.clean_file("///") == "note.md"
    assert len(models.notes.clean_file("x" * 500 + ".md")) == 120


def test_versions_handed_in_at_once_are_counted(app: Flask):
    with app.app_context():
        course_id = docker_course().id
    texts = iter([b"a", b"b", b"c", b"d"])

    def add() -> int:
        text = next(texts)
        with app.app_context():
            return models.add_note(course_id, "ports.md", text, now=NOON).version

    assert sorted(at_once(add, 4)) == [1, 2, 3, 4]
