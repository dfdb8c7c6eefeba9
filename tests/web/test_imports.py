"""Questions and reviews that come back through the pages."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

import models
from exports import EXPORTERS, Deck
from tests.exports.ankiworld import collection, take
from tests.exports.cast import CAST, deck
from tests.web.conftest import Browser
from tests.web.material import QUESTIONS

PAGE = "/c/docker/import"


def written(name: str, what: Deck) -> bytes:
    file = BytesIO()
    EXPORTERS[name].write(what, file)
    return file.getvalue()


def upload(browser: Browser, where: str, data: bytes, name: str):  # type: ignore[no-untyped-def]
    return browser.post(f"{PAGE}/{where}", file=(BytesIO(data), name))


@pytest.mark.parametrize(("name", "file", "lost"), [
    ("json", "bank.json", 0), ("moodle-xml", "bank.xml", 0), ("gift", "bank.gift.txt", 2), ("qti", "bank.qti.zip", 1),
])
def test_questions_of_a_file_wait_in_the_bank(app: Flask, grace: Browser, name: str, file: str, lost: int) -> None:
    response = upload(grace, "questions", written(name, deck()), file)
    assert response.status_code in (200, 303), response.text
    with app.app_context():
        rows = {row.question_id: row for row in models.askable_questions(1)}
        came = [question for question in CAST if question.id in rows]
        assert len(came) == len(CAST) - lost
        assert {rows[question.id].status for question in came} == {"new"}
    assert grace.get("/c/docker/bank").status_code == 200
    assert grace.get("/c/docker/deck/anki").status_code == 200


def test_what_was_left_out_is_named(grace: Browser) -> None:
    rows = [question.to_dict() for question in CAST[:2]]
    rows[1]["kind"] = "riddle"
    response = upload(grace, "questions", json.dumps(rows).encode(), "bank.json")
    assert "1 new, 0 changed, 0 as they were, 1 left out" in response.text
    assert "“kind” is &#39;riddle&#39;; it can be single_choice" in response.text


@pytest.mark.parametrize(("data", "name", "told"), [
    (b"{", "bank.json", "bank.json:1: not JSON"), (b"x", "bank.exe", "Choose a file of questions"),
    (b"<a/>", "bank.xml", "not Moodle XML"), (b"", "", "Choose a file of questions"),
])
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(grace: Browser, data: bytes, name: str, told: str) -> None:
    response = upload(grace, "questions", data, name)
    assert response.status_code == 422
    assert told in response.text


def test_only_an_instructor_brings_questions_in(ada: Browser, visitor: Browser) -> None:
    assert upload(ada, "questions", written("json", deck()), "bank.json").status_code == 403
    assert "Questions for the bank" not in ada.get(PAGE).text
    assert "Give a name first" in visitor.get(PAGE).text
    assert upload(visitor, "reviews", b"x", "deck.apkg").status_code == 403


@pytest.mark.parametrize("older", [True, False], ids=["older", "newest"])
def test_reviews_made_in_anki_reach_the_statistics(ada: Browser, grace: Browser, tmp_path: Path, older: bool) -> None:
    (tmp_path / "deck.apkg").write_bytes(ada.get("/c/docker/deck.apkg").data)
    with collection(tmp_path) as col:
        take(col, tmp_path / "deck.apkg")
        card = col.get_card(col.find_cards(f"Uid:{QUESTIONS[0].id}")[0])
        for ease in (1, 3, 3, 4):
            card.load()
            card.start_timer()
            col.sched.answerCard(card, ease)  # type: ignore[arg-type]
        col.export_collection_package(str(tmp_path / "all.colpkg"), include_media=False, legacy=older)
    response = upload(ada, "reviews", (tmp_path / "all.colpkg").read_bytes(), "all.colpkg")
    assert response.location == PAGE
    assert "1 card of this course was reviewed in Anki" in ada.get(PAGE).text
    shown = grace.get("/c/docker/items").text
    assert "Which option of" in shown
    assert ">75%<" in shown


def test_a_file_without_our_cards_is_answered_with_advice(ada: Browser, tmp_path: Path) -> None:
    response = upload(ada, "reviews", ada.get("/c/docker/deck.apkg").data, "deck.apkg")
    assert response.status_code == 422
    assert "No review of a card of this course is in the file" in response.text
    assert "not a collection that Anki exported" in upload(ada, "reviews", b"junk", "deck.apkg").text


def test_a_chinese_page_says_in_chinese_what_was_left_out(grace: Browser) -> None:
    data = b'[{"id": "x"}]'
    said = upload(Browser(grace.client, "zh-CN"), "questions", data, "bank.json").text
    assert "第 1 题" in said
    assert "缺少“" in said
    assert "不是 JSON" in upload(Browser(grace.client, "zh-CN"), "questions", b"{", "bank.json").text
