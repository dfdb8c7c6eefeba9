"""Writers take turns, readers are not kept waiting, and a writer that dies leaves the gate open."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask import Flask

import models
from models.database import writing
from models.gate import write_gate
from tests.models.cast import NOON, RIGHT, begun, choice, docker_course
from tests.threads import at_once

ROOT = Path(__file__).resolve().parents[2]


def test_a_block_that_fails_changes_nothing(stored: Flask):
    course = docker_course()
    with pytest.raises(ZeroDivisionError):
        _rename_and_fail(course.id)
    assert models.courses()[0].title == "Docker"
    docker_course()  # and the gate is open


def _rename_and_fail(course_id: int) -> None:
    with writing() as session:
        session.get(models.Course, course_id).title = "Changed"
        session.flush()
        raise ZeroDivisionError


def test_blocks_do_not_nest(stored: Flask):
    with pytest.raises(RuntimeError, match="nest"), writing():
        docker_course()


def test_a_read_sees_one_state_while_another_writes(sqlite_app: Flask):
    with sqlite_app.app_context():
        docker_course()
        assert len(models.courses()) == 1
        writer = threading.Thread(target=_one_more_course, args=(sqlite_app,))
        writer.start()
        writer.join(timeout=20)
        assert len(models.courses()) == 1  # the read that was begun goes on undisturbed
        models.forget()
        assert len(models.courses()) == 2


def _one_more_course(app: Flask) -> None:
    with app.app_context():
        docker_course()


def test_a_reader_is_served_while_a_writer_holds_the_file(sqlite_app: Flask):
    inside, read = threading.Event(), threading.Event()

    def write() -> None:
        with sqlite_app.app_context(), writing() as session:
            session.execute(models.db.text("UPDATE course SET title = 'half done'"))
            inside.set()
            assert read.wait(10)

    with sqlite_app.app_context():
        docker_course()
        writer = threading.Thread(target=write)
        writer.start()
        assert inside.wait(10)
        assert models.courses()[0].title == "Docker"
        read.set()
        writer.join(10)
        models.forget()
        assert models.courses()[0].title == "half done"


def test_many_writers_lose_nothing(app: Flask):
    with app.app_context():
        attempt_id = begun(*(choice(n) for n in range(1, 41))).id
    positions = iter(range(40))

    def answer_five() -> None:
        with app.app_context():
            for _ in range(5):
                models.record_answer(attempt_id, next(positions), "this", RIGHT, now=NOON)

    at_once(answer_five, 8)
    with app.app_context():
        assert [answer.position for answer in models.answers_of(attempt_id)] == list(range(40))


HOLD = """
import sys
from pathlib import Path
from models.gate import write_gate
with write_gate(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_killed_process_lets_go_of_the_gate(tmp_path: Path):
    file = tmp_path / "noteproof.db.gate"
    command, pipe = [sys.executable, "-c", HOLD, str(file)], subprocess.PIPE
    holder = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
    assert holder.stdout.readline() == "held\n"
    entered = threading.Event()
    waiter = threading.Thread(target=_enter, args=(file, entered))
    waiter.start()
    assert not entered.wait(0.3)
    holder.kill()
    holder.communicate()
    assert entered.wait(10)
    waiter.join(10)


def _enter(file: Path, entered: threading.Event) -> None:
    with write_gate(file):
        entered.set()
