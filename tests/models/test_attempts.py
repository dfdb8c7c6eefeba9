"""An attempt keeps the questions as they were asked, and no key leaves before the answer is in."""

from __future__ import annotations

import json

import pytest
from flask import Flask

import models
from models import EmptyQuiz
from models.public import PUBLIC, public_question
from tests.models.cast import (
    NOON,
    RIGHT,
    WRONG,
    after,
    begun,
    choice,
    docker_course,
    learner,
    practical,
    published_quiz,
)
from tests.threads import at_once

SECRETS = (
    "answer", "answers", "explanation", "reference", "source", "evidence", "facts", "direction", "compare",
)


def test_a_quiz_asks_each_question_once_and_in_order(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1), choice(2)], now=NOON)
    quiz = models.create_quiz(course.id, " Monday\n", [f"{2:016x}", f"{1:016x}", f"{2:016x}"], now=NOON)
    assert (quiz.title, quiz.question_ids, quiz.published_at) == ("Monday", [f"{2:016x}", f"{1:016x}"], None)
    assert models.quizzes_of(course.id) == []
    assert models.publish_quiz(quiz.id, now=after(1)).published_at == after(1)
    assert models.publish_quiz(quiz.id, now=after(2)).published_at == after(1)
    assert models.quizzes_of(course.id) == [quiz]


def test_a_practice_is_its_owners(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1)], now=NOON)
    models.create_quiz(course.id, "Mine", [f"{1:016x}"], owner_id=learner(course).id, publish=True, now=NOON)
    assert models.quizzes_of(course.id, drafts=True) == []


@pytest.mark.parametrize("question_ids", [[], ["0" * 16]])
def test_a_quiz_of_nothing_is_refused(stored: Flask, question_ids: list[str]):
    with pytest.raises(EmptyQuiz):
        models.create_quiz(docker_course().id, "Empty", question_ids, now=NOON)


def test_an_attempt_keeps_the_questions_as_they_were(stored: Flask):
    course = docker_course()
    quiz = published_quiz(course, choice(1))
    attempt = models.start_attempt(quiz.id, learner(course).id, now=NOON)
    models.store_bank(course.id, [choice(1, prompt="Reworded?")], now=after(1))
    assert models.attempt_view(attempt.id).items[0].question["prompt"] == "What is 1?"


def test_an_attempt_knows_which_version_of_the_note_was_asked(stored: Flask):
    course = docker_course()
    note = models.add_note(course.id, "ports.md", b"# Ports", now=NOON)
    quiz = published_quiz(course, choice(1))
    with models.database.writing() as session:
        models.merging.merge_bank(session, course.id, [choice(1)], {"ports.md": note.id}, NOON)
    attempt = models.start_attempt(quiz.id, learner(course).id, now=NOON)
    assert attempt.questions == [{**choice(1), "note_id": note.id}]


def test_what_was_rejected_or_has_vanished_since_is_left_out(stored: Flask):
    course = docker_course()
    quiz = published_quiz(course, choice(1), choice(2), choice(3))
    models.store_bank(course.id, [choice(1), choice(2)], now=after(1))
    models.review_question(models.bank_question(course.id, f"{1:016x}").id, "reject", now=after(1))
    attempt = models.start_attempt(quiz.id, learner(course).id, now=after(2))
    assert [question["id"] for question in attempt.questions] == [f"{2:016x}"]
    models.store_bank(course.id, [], now=after(3))
    with pytest.raises(EmptyQuiz):
        models.start_attempt(quiz.id, learner(course, "Bob").id, now=after(4))


def test_starting_again_goes_on_and_after_the_end_begins_anew(stored: Flask):
    first = begun()
    assert models.start_attempt(first.quiz_id, first.person_id, now=after(1)).id == first.id
    assert models.open_attempt(first.quiz_id, first.person_id) is first
    assert models.finish_attempt(first.id, now=after(2)).finished_at == after(2)
    assert models.finish_attempt(first.id, now=after(3)).finished_at == after(2)
    second = models.start_attempt(first.quiz_id, first.person_id, now=after(4))
    assert [view.attempt.id for view in models.attempt_views(first.person_id, 5)] == [second.id, first.id]


def test_a_double_click_on_start_starts_once(app: Flask):
    with app.app_context():
        course = docker_course()
        quiz_id, person_id = published_quiz(course).id, learner(course).id

    def start() -> int:
        with app.app_context():
            return models.start_attempt(quiz_id, person_id, now=NOON).id

    assert len(set(at_once(start, 4))) == 1


def test_a_view_counts_and_points_the_way(stored: Flask):
    attempt = begun()
    models.record_answer(attempt.id, 0, "this", RIGHT, now=after(1))
    models.record_answer(attempt.id, 2, "docker run nginx", now=after(2))
    view = models.attempt_view(attempt.id)
    assert (view.answered, view.next_position, view.points) == (2, 1, 1.0)
    assert [len(item.tries) for item in view.items] == [1, 0, 1]
    assert models.attempt_view(4711) is None


def test_no_key_leaves_before_the_answer_is_in(stored: Flask):
    attempt = begun()
    for item in models.attempt_view(attempt.id).items:
        assert not item.question.keys() & set(SECRETS)
        assert "nginx" not in json.dumps(item.question)
    models.record_answer(attempt.id, 0, "that", WRONG, now=after(1))
    first, second, _ = models.attempt_view(attempt.id).items
    assert first.question["answer"] == "this"
    assert "answer" not in second.question


def test_the_reference_of_a_practical_stays_inside_until_a_try_was_right(stored: Flask):
    attempt = begun(practical(9))
    answer = models.record_answer(attempt.id, 0, "docker run web", now=after(1))
    assert "reference" not in models.attempt_view(attempt.id).items[0].question
    with models.database.writing():
        models.answers.judge(answer, RIGHT, after(2))
    assert models.attempt_view(attempt.id).items[0].question["reference"] == "docker run -d --name web nginx"


def test_a_finished_attempt_shows_its_references(stored: Flask):
    attempt = begun(practical(9))
    models.record_answer(attempt.id, 0, "docker run web", WRONG, now=after(1))
    models.finish_attempt(attempt.id, now=after(2))
    assert "reference" in models.attempt_view(attempt.id).items[0].question


def test_a_public_question_holds_what_is_listed_and_nothing_else():
    question = {**practical(9), "invented": "tomorrow", "choices": ["a"]}
    assert set(public_question(question)) == {*PUBLIC, "proved_on"}


def test_a_public_question_says_on_what_its_key_was_proved_and_not_how():
    evidence = {"engine": "Docker 26.1.5", "commands": ["docker ps"], "output": "nothing", "recorded": "2026"}
    shown = public_question(choice(1, evidence=evidence))
    assert shown["proved_on"] == "Docker 26.1.5"
    assert "docker ps" not in json.dumps(shown)
    assert public_question(choice(1))["proved_on"] == ""


def test_a_public_matching_or_cloze_says_what_to_fill_in():
    matching = choice(1, kind="matching", choices=["x", "y"], answer={"b": "x", "a": "y"})
    cloze = choice(2, kind="cloze", prompt="a ____ b ____", answer=["x", "y"], answers=[["x"], ["y"]])
    assert public_question(matching)["left"] == ["a", "b"]
    assert public_question(cloze)["gaps"] == 2
    assert "answers" not in public_question(cloze)
