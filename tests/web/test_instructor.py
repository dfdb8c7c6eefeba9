"""The instructor's desk: notes in, questions reviewed, quizzes set, the class seen."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask

import models
from models.base import clock
from models.database import writing
from models.proofs import store_proof
from tests.web.conftest import Browser, work
from tests.web.material import NOTE, QUESTIONS

FIRST = QUESTIONS[0].id


def test_the_link_asks_first_works_once_and_then_says_so(app: Flask) -> None:
    with app.app_context():
        token = models.make_instructor_link()
    looker, grace, late = (Browser(app.test_client()) for _ in range(3))
    assert looker.get(f"/i/{token}").status_code == 200
    assert looker.get("/c/docker/notes").status_code == 403
    assert grace.post(f"/i/{token}", name="Grace").location == "/c/docker/notes"
    refused = late.post(f"/i/{token}")
    assert refused.status_code == 422
    assert "was used before" in refused.text


def test_a_pasted_note_becomes_questions(app: Flask, grace: Browser) -> None:
    response = grace.post("/c/docker/notes", "/c/docker/notes", text="# Ports\n\n`docker ps` lists containers.\n", name="mine")
    assert response.status_code == 303
    page = grace.get(response.location)
    assert "mine.md" in page.text
    assert 'hx-trigger="every 1s"' in page.text
    assert "No worker is running" in page.text
    work(app)
    state = grace.get(response.location + "/state")
    assert state.headers["HX-Refresh"] == "true"
    done = grace.get(response.location).text
    assert "What came of it" in done
    assert "lists containers" in done


def test_an_uploaded_file_becomes_a_version_and_the_same_bytes_do_not(grace: Browser) -> None:
    def upload(data: bytes) -> str:
        return grace.post("/c/docker/notes", "/c/docker/notes", file=(BytesIO(data), "ports.md")).location

    assert upload(NOTE.encode()).endswith("/notes/1")
    assert upload(NOTE.encode() + b"\nMore.\n").endswith("/notes/2")
    assert "version 2" in grace.get("/c/docker/notes").text


def test_a_first_note_makes_a_course(grace: Browser) -> None:
    response = grace.post("/notes", "/notes", text="# Git in `five` steps\n\nText.\n")
    assert response.location.startswith("/c/git-in-five-steps/notes/")
    named = grace.post("/notes", "/notes", text="# 容器\n\n镜像是只读的模板。\n", title="我的课")
    assert "我的课" in grace.get(named.location.rsplit("/", 1)[0]).text


@pytest.mark.parametrize(("file", "data", "sentence"), [
    ("empty.md", b" \n", "empty.md is empty"), ("binary.md", b"a\nb\x00c", "binary.md, line 2: this is a binary file"),
    ("latin.md", b"a\n\xe9\n", "latin.md, line 2: the text is not UTF-8"),
    ("large.md", b"a" * 2_100_000, "large.md is too large: a note has at most 2 MB"),
    ("picture.png", b"\x89PNG", "picture.png is not a Markdown file"),
])
def test_a_bad_file_gets_a_sentence_with_its_name_and_line(grace: Browser, file: str, data: bytes, sentence: str) -> None:
    response = grace.post("/c/docker/notes", "/c/docker/notes", file=(BytesIO(data), file))
    assert response.status_code == 422
    assert sentence in response.text
    assert "ports.md" in response.text  # the notes there are stay as they are


def test_a_bad_paste_stays_in_the_form(grace: Browser) -> None:
    response = grace.post("/c/docker/notes", "/c/docker/notes", text="my text\x00", name="mine.md")
    assert response.status_code == 422
    assert "mine.md, line 1: this is a binary file" in response.text
    assert "my text" in response.text
    assert grace.post("/c/docker/notes", "/c/docker/notes", text="").status_code == 422


def test_three_megabytes_get_a_page_that_says_what_to_do(grace: Browser) -> None:
    response = grace.post("/c/docker/notes", "/c/docker/notes", text="x" * 3_000_000)
    assert response.status_code == 413
    assert "more than 2.5 MB" in response.text
    assert "Split the note by chapter" in response.text


def test_a_note_of_just_below_the_limit_is_taken(grace: Browser) -> None:
    assert grace.post("/c/docker/notes", "/c/docker/notes", text="word\n" * 390_000).status_code == 303


def test_a_note_without_facts_says_what_can_be_asked(app: Flask, grace: Browser) -> None:
    response = grace.post("/c/docker/notes", "/c/docker/notes", text="Hello there.\n")
    work(app)
    assert "Nothing in this note could be asked." in grace.get(response.location).text


def test_a_note_is_shown_with_what_was_asked_and_what_looks_wrong(grace: Browser) -> None:
    shown = grace.get("/c/docker/notes/1").text
    assert "10 questions from this note" in shown
    assert "There is no such command" in shown
    assert "dokcer" in shown
    assert shown.count('class="asked"') >= 8


def test_the_source_comes_as_a_download_and_never_as_a_page(grace: Browser) -> None:
    response = grace.get("/c/docker/notes/1/source")
    assert response.data.decode() == NOTE
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"].startswith("text/plain")


def test_reviewing_goes_through_the_queue(grace: Browser) -> None:
    shown = grace.get("/c/docker/bank").text
    assert "Explanation of number 1" in shown
    following = grace.post(f"/c/docker/bank/{FIRST}?status=new", "/c/docker/bank", do="approve")
    assert f"q={QUESTIONS[1].id}" in following.location
    next_page = grace.get(following.location).text
    assert "Explanation of number 2" in next_page
    assert "Undo" in next_page
    grace.post(f"/c/docker/bank/{FIRST}", "/c/docker/bank", do="undo")
    assert "new (10)" in grace.get("/c/docker/bank").text


def test_a_rejected_question_is_not_asked(grace: Browser) -> None:
    grace.post(f"/c/docker/bank/{FIRST}", "/c/docker/bank", do="reject")
    assert grace.post("/c/docker/start", name="G", kind="single_choice").status_code == 422


def test_a_task_that_the_engine_contradicts_is_shown_with_the_reason_and_not_asked(app: Flask, grace: Browser) -> None:
    with app.app_context():
        course = models.course_by_slug("docker")
        task = next(row for row in models.askable_questions(course.id) if row.kind == "practical")
        with writing() as session:
            store_proof(session, task.id, task.runs, None, "the reference fails: no such image.", clock())
    shown = grace.get(f"/c/docker/bank?q={task.question_id}").text
    assert "The engine contradicts this question" in shown
    assert "no such image" in shown
    assert grace.post("/c/docker/start", name="G", question=task.question_id).status_code == 422


def test_everything_new_can_be_approved_at_once(grace: Browser) -> None:
    assert grace.post("/c/docker/bank/approve-all", "/c/docker/bank").status_code == 303
    shown = grace.get("/c/docker/bank").text
    assert "10 questions approved" in shown
    assert "Every question has been reviewed" in shown


def test_an_edit_is_asked_from_then_on(grace: Browser) -> None:
    grace.post(f"/c/docker/bank/{FIRST}", f"/c/docker/bank?q={FIRST}&edit=1", do="save", prompt="Which one, then?",
               choices="one\ntwo\nthree", key="2", explanation="Because of `three`.")
    page = grace.start(kind="single_choice", n="5", name="G")
    assert "Which one, then?" in grace.get(page).text
    grace.post(page, page, answer="2")
    assert 'data-outcome="right"' in grace.get(page).text


@pytest.mark.parametrize(("number", "form", "sentence"), [
    (1, {"prompt": ""}, "needs a prompt"), (1, {"prompt": "p", "choices": "one"}, "at least two choices"),
    (1, {"prompt": "p", "choices": "one\none", "key": "0"}, "Two choices are the same"),
    (1, {"prompt": "p", "choices": "one\ntwo"}, "Mark the choice that is right"),
    (3, {"prompt": "one ____", "answers": "a\nb"}, "The prompt has 1 gaps (____), and there are 2 lines"),
    (4, {"prompt": "p", "answers": " "}, "at least one accepted answer"),
])
def test_an_edit_that_would_break_the_question_is_refused_with_the_text_kept(
    grace: Browser, number: int, form: dict[str, str], sentence: str
) -> None:
    identity = f"{number:016x}"
    response = grace.post(f"/c/docker/bank/{identity}", "/c/docker/bank", do="save", explanation="kept words", **form)
    assert response.status_code == 422
    assert sentence in response.text
    assert "kept words" in response.text


def test_a_quiz_chosen_by_hand_is_drafted_published_and_taken(app: Flask, grace: Browser, ada: Browser) -> None:
    ids = [QUESTIONS[1].id, QUESTIONS[2].id]
    response = grace.post("/c/docker/quizzes", "/c/docker/quizzes", title="Week 1", way="hand", question=ids, do="draft")
    assert response.location == "/c/docker/quizzes#quiz-1"
    assert "Week 1" not in ada.get("/c/docker").text
    assert ada.get("/board/docker/1").status_code == 404
    grace.post("/c/docker/quizzes/1/publish", "/c/docker/quizzes")
    assert "Week 1" in ada.get("/c/docker").text
    page = ada.start(quiz="1")
    ada.post(page, page, answer="true")
    board = ada.get("/board/docker/1").text
    assert "Ada" in board
    assert 'class="board"' in board


def test_a_quiz_can_be_drawn_and_an_empty_one_is_refused(grace: Browser) -> None:
    assert grace.post("/c/docker/quizzes", "/c/docker/quizzes", n="4", kind=["cloze", "command"], do="publish").status_code == 303
    assert "2" in grace.get("/c/docker/quizzes").text
    refused = grace.post("/c/docker/quizzes", "/c/docker/quizzes", way="hand", title="Kept title")
    assert refused.status_code == 422
    assert "Kept title" in refused.text


def test_statistics_say_that_they_are_few(ada: Browser, grace: Browser) -> None:
    page = ada.start(kind="true_false", n="5")
    ada.post(page, page, answer="true")
    shown = grace.get("/c/docker/items").text
    assert "n = 1, too few to say" in shown
    assert re.search(r"Ada.*?1", grace.get("/c/docker/class").text, re.S)


def test_an_instructor_can_look_as_a_learner_does(grace: Browser) -> None:
    assert grace.get("/view/learner").location == "/c/docker"
    assert "Instructor&#39;s view" in grace.get("/c/docker").text or "Instructor's view" in grace.get("/c/docker").text
    assert grace.get("/view/instructor").location == "/c/docker/notes"
