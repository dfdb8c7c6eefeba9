"""The board and the items of a quiz, from stored answers."""

from __future__ import annotations

from flask import Flask

import models
from models import Quiz
from scoreboard import Standing, board_of, items_of, items_of_course, standings_of_course
from tests.models.cast import (
    NOON,
    RIGHT,
    WRONG,
    after,
    choice,
    docker_course,
    learner,
    practical,
    published_quiz,
)

PARTLY = {"outcome": "partly right", "score": 0.5, "feedback": "", "differences": []}


def play(quiz: Quiz, name: str, *answers: tuple[int, str, dict | None]) -> models.Attempt:
    person = learner(models.db.session.get(models.Course, quiz.course_id), name)
    attempt = models.start_attempt(quiz.id, person.id, now=NOON)
    for position, response, verdict in answers:
        models.record_answer(attempt.id, position, response, verdict, now=after(1))
    return attempt


def test_a_board(stored: Flask):
    quiz = published_quiz(docker_course(), choice(1), practical(9))
    ada = play(quiz, "Ada", (0, "this", RIGHT), (1, "docker run x", WRONG), (1, "docker run y", PARTLY))
    bob = play(quiz, "Bob", (0, "that", WRONG), (1, "docker run z", None))
    lin = play(quiz, "Lin")
    models.finish_attempt(lin.id, now=after(2))
    board = board_of(quiz.id)
    assert [row.standing for row in board.rows] == [
        Standing(1, ada.person_id, "Ada", 1.5, 3, 0),
        Standing(2, bob.person_id, "Bob", 0.0, 1, 1),
        Standing(3, lin.person_id, "Lin", 0.0, 0, 0),
    ]
    assert [row.outcomes for row in board.rows] == [
        ("right", "partly right"), ("wrong", "not judged"), (None, None),
    ]
    assert (board.finished, board.unjudged) == (3, 1)
    assert board == board_of(quiz.id)


def test_the_best_try_counts_whenever_it_came(stored: Flask):
    quiz = published_quiz(docker_course(), choice(1))
    first = play(quiz, "Ada", (0, "this", RIGHT))
    models.finish_attempt(first.id, now=after(2))
    second = models.start_attempt(quiz.id, first.person_id, now=after(3))
    models.record_answer(second.id, 0, "that", WRONG, now=after(4))
    [row] = board_of(quiz.id).rows
    assert (row.standing.points, row.standing.tries, row.outcomes) == (1.0, 2, ("right",))


def test_an_instructor_is_not_on_the_board(stored: Flask):
    quiz = published_quiz(docker_course(), choice(1))
    grace = models.redeem_instructor_link(models.make_instructor_link(now=NOON), "Grace", now=NOON).person
    attempt = models.start_attempt(quiz.id, grace.id, now=NOON)
    models.record_answer(attempt.id, 0, "this", RIGHT, now=after(1))
    assert board_of(quiz.id).rows == ()
    assert items_of(quiz.id) == []


def test_items_take_first_tries_only(stored: Flask):
    quiz = published_quiz(docker_course(), choice(1), choice(2), practical(9))
    play(quiz, "Ada", (1, "this", RIGHT), (0, "that", WRONG), (2, "x", WRONG), (2, "y", RIGHT))
    play(quiz, "Bob", (0, "this", RIGHT), (2, "z", None))
    items = items_of(quiz.id)
    found = [(item.question[-1], item.n, item.facility) for item in items]
    assert found == [("1", 2, 0.5), ("2", 1, 1.0), ("9", 1, 0.0)]
    assert items[0].choices == (("this", 1), ("that", 1))
    assert items[1].choices == (("this", 1), ("that", 0))
    assert items[2].choices == ()


def test_a_course_is_all_its_quizzes_and_practice(stored: Flask):
    quiz = published_quiz(docker_course(), choice(1), choice(2))
    ada = play(quiz, "Ada", (0, "that", WRONG))
    practice = models.create_quiz(
        quiz.course_id, "Mine", [f"{1:016x}", f"{2:016x}"], owner_id=ada.person_id, publish=True, now=NOON
    )
    again = models.start_attempt(practice.id, ada.person_id, now=after(2))
    models.record_answer(again.id, 0, "this", RIGHT, now=after(3))
    models.record_answer(again.id, 1, "this", RIGHT, now=after(3))
    play(published_quiz(models.create_course("Git", now=NOON), choice(1)), "Bob", (0, "this", RIGHT))
    assert standings_of_course(quiz.course_id) == [Standing(1, ada.person_id, "Ada", 2.0, 3, 0)]
    found = [(item.question[-1], item.n, item.facility) for item in items_of_course(quiz.course_id)]
    assert found == [("1", 1, 0.0), ("2", 1, 1.0)]


def test_no_quiz(stored: Flask):
    assert board_of(4711) is None
    assert items_of(4711) == []
