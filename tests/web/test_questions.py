"""Answering: every kind of question, nothing told before, nothing lost after."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from models import attempt_view
from tests.web.conftest import Browser
from tests.web.material import EVIDENCE, QUESTIONS, SECRETS
from web.asking import ask

#: kind -> (a right answer, a wrong or half right one) as the form sends them
ANSWERS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "single_choice": ({"answer": "1"}, {"answer": "0"}),
    "true_false": ({"answer": "true"}, {"answer": "false"}),
    "cloze": ({"gap-0": " sigterm ", "gap-1": "SIGKILL"}, {"gap-0": "SIGTERM", "gap-1": "SIGHUP"}),
    "command": ({"answer": "docker port web"}, {"answer": "docker ps"}),
    "ordering": ({"order": ["1", "3", "0", "2"]}, {"order": ["0", "1", "2", "3"]}),
    "multiple_answers": ({"answer": ["0", "2"]}, {"answer": ["0", "1"]}),
    "matching": ({"pair-0": "1", "pair-1": "0"}, {"pair-0": "0", "pair-1": "1"}),
    "output_reading": ({"answer": "1"}, {"answer": "0"}),
    "error_diagnosis": ({"answer": "0"}, {"answer": "2"}),
}
BY_KIND = {question.kind: question for question in QUESTIONS}


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_right_answer_is_told_to_be_right(ada: Browser, kind: str) -> None:
    page = ada.start(kind=kind, n="5")
    response = ada.post(page, page, **ANSWERS[kind][0])
    assert (response.status_code, response.location) == (303, page)
    told = ada.get(page).text
    assert 'data-outcome="right"' in told
    assert f"Explanation of number {int(BY_KIND[kind].id, 16)}" in told
    assert 'class="hit"' in told
    assert "ports.md" in told


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_wrong_answer_is_told_with_the_key(ada: Browser, kind: str) -> None:
    page = ada.start(kind=kind, n="5")
    ada.post(page, page, **ANSWERS[kind][1])
    told = ada.get(page).text
    assert re.search(r'data-outcome="(wrong|partly right)"', told)
    assert "Answer" in told


@pytest.mark.parametrize("kind", BY_KIND)
def test_nothing_of_the_key_is_on_the_page_before_the_answer(ada: Browser, kind: str) -> None:
    page = ada.start(kind=kind, n="5")
    shown = ada.get(page).text
    question = BY_KIND[kind]
    assert question.explanation not in shown
    assert "Explanation of number" not in shown
    assert EVIDENCE.output not in shown.replace("-&gt;", "->") or kind == "output_reading"
    assert "ports.md" not in shown
    for secret in SECRETS.get(kind, ()):
        assert secret not in shown


def test_the_shown_form_of_a_question_has_no_place_for_the_key() -> None:
    fields = set(ask(QUESTIONS[0].to_dict()).__dataclass_fields__)
    assert not fields & {"answer", "answers", "explanation", "reference", "evidence", "source", "facts"}


def test_a_prompt_is_escaped(ada: Browser) -> None:
    shown = ada.get(ada.start(kind="true_false", n="5")).text
    assert "&lt;b&gt;and&lt;/b&gt;" in shown
    assert "<code>containers</code>" in shown


def test_an_answer_is_escaped(ada: Browser) -> None:
    page = ada.start(kind="command", n="5")
    ada.post(page, page, answer="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in ada.get(page).text


def test_a_name_is_escaped_everywhere(visitor: Browser) -> None:
    page = visitor.post("/c/docker/start", name="<img src=x>", kind="true_false", n="5").location
    visitor.post(page, page, answer="true")
    for path in ("/me", "/board/docker", "/c/docker"):
        shown = visitor.get(path).text
        assert "<img" not in shown
        assert "&lt;img src=x&gt;" in shown


@pytest.mark.parametrize(("kind", "form", "sentence"), [
    ("single_choice", {}, "Choose one of the answers"), ("single_choice", {"answer": "9"}, "Choose one of the answers"),
    ("multiple_answers", {}, "Choose every answer"), ("true_false", {"answer": "maybe"}, "true or false"),
    ("cloze", {"gap-0": " "}, "at least one gap"), ("command", {"answer": "  "}, "Type a command"),
    ("matching", {"pair-0": "1"}, "partner for every line"), ("practical", {"answer": ""}, "Type a command"),
])
def test_an_empty_answer_is_asked_for_again_and_not_counted(
    app: Flask, ada: Browser, kind: str, form: dict[str, object], sentence: str
) -> None:
    page = ada.start(kind=kind, n="5")
    response = ada.post(page, page, **form)
    assert response.status_code == 422
    assert sentence in response.text
    with app.app_context():
        view = attempt_view(1)
        assert view is not None
        assert view.answered == 0


def test_an_answer_of_100_kb_gets_a_sentence_and_stays_in_the_form(ada: Browser) -> None:
    page = ada.start(kind="practical", n="5")
    response = ada.post(page, page, answer="x" * 100_000)
    assert response.status_code == 422
    assert "Your answer has 100 kB; at most 20 kB" in response.text
    assert "x" * 100_000 in response.text


def test_the_arrows_of_an_ordering_work_without_script(ada: Browser) -> None:
    page = ada.start(kind="ordering", n="5")
    moved = ada.post(page, page, order=["0", "1", "2", "3"], move="down-0")
    assert moved.status_code == 200
    assert re.findall(r'name="order" value="(\d)"', moved.text) == ["1", "0", "2", "3"]
    again = ada.post(page, page, order=["1", "0", "2", "3"], move="up-3")
    assert re.findall(r'name="order" value="(\d)"', again.text) == ["1", "0", "3", "2"]
    nonsense = ada.post(page, page, order=["7", "x"], move="up-99")
    assert re.findall(r'name="order" value="(\d)"', nonsense.text) == ["0", "1", "2", "3"]


def test_handed_in_twice_the_first_answer_stays(ada: Browser) -> None:
    page = ada.start(kind="true_false", n="5")
    ada.post(page, page, answer="true")
    assert ada.post(page, page, answer="false").status_code == 303
    assert 'data-outcome="right"' in ada.get(page).text


def test_a_round_goes_on_to_the_next_question_and_ends_with_its_results(ada: Browser) -> None:
    first = ada.start(kind="mixed", n="20")
    assert first.endswith("/1")
    skipped = ada.post(first, first, skip="1")
    assert skipped.location.endswith("/2")
    results = ada.get("/r/1").text
    assert re.search(r"0 of \d+ points", results)
    assert "Go on with question 1" in results
    assert ada.post("/r/1/finish").location == "/r/1"
    assert "Back to the course" in ada.get("/r/1").text


def test_a_finished_round_takes_no_more_answers(ada: Browser) -> None:
    page = ada.start(kind="true_false", n="5")
    ada.post("/r/1/finish")
    response = ada.post(page, page, answer="true")
    assert response.status_code == 422
    assert "finished" in response.text


def test_other_peoples_rounds_do_not_exist(app: Flask, ada: Browser, grace: Browser) -> None:
    page = ada.start(kind="true_false", n="5")
    eve = Browser(app.test_client())
    eve.post("/j", name="Eve", course="docker")
    for path in (page, "/r/1", "/q/1/9", "/q/99/1", "/t/1/1", "/t/1/1/check"):
        assert eve.get(path).status_code == 404
    assert grace.get(page).status_code == 200
    assert grace.post(page, "/about/keyboard", answer="true").status_code == 403


@pytest.mark.parametrize(("form", "status", "sentence"), [
    ({"name": ""}, 422, "at least one letter"), ({"name": "\u202e"}, 422, "at least one letter"),
    ({"name": "n" * 61}, 422, "at most 60"), ({"name": "Ada", "quiz": "99"}, 404, "no such page"),
    ({"name": "Ada", "question": "nonsense"}, 404, "no such page"), ({"name": "Ada", "quiz": "x"}, 404, "no such page"),
    ({"name": "Ada", "kind": "nonsense"}, 422, "no question of this kind"),
])
def test_a_round_that_cannot_be_started_says_why(
    visitor: Browser, form: dict[str, str], status: int, sentence: str
) -> None:
    response = visitor.post("/c/docker/start", **form)
    assert response.status_code == status
    assert sentence in response.text


def test_starting_needs_a_name_once(visitor: Browser) -> None:
    visitor.start(kind="true_false", name="Lin")
    assert 'name="name"' not in visitor.get("/c/docker").text
    assert visitor.start(kind="cloze", name=None)


def test_the_course_page_leads_back_into_an_open_round(ada: Browser) -> None:
    ada.start(kind="mixed", n="5")
    assert "Go on: question 1 of 5" in ada.get("/c/docker").text


def test_progress_names_the_section_to_look_at_again(ada: Browser) -> None:
    page = ada.start(kind="cloze", n="5")
    ada.post(page, page, **ANSWERS["cloze"][1])
    shown = ada.get("/me").text
    assert "Look again at: Life" in shown
    assert page in shown
