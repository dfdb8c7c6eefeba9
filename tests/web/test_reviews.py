"""Flashcards in the browser: front, back, grade, undo, and that nothing is shown or counted before its time."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from flask import Flask

import models
from models.base import clock
from tests.web.conftest import Browser
from tests.web.material import QUESTIONS, SECRETS
from web.reviews import interval_words

PAGE = "/c/docker/review"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found.group(1)


def turn(browser: Browser, grade: int, card: str = "") -> str:
    """Look at a card, turn it and grade it; give its id."""
    card = card or hidden(browser.get(PAGE).text, "card")
    back = browser.get(f"{PAGE}?card={card}&back=1").text
    response = browser.post(PAGE, card=card, after=hidden(back, "after"), started=hidden(back, "started"), grade=grade)
    assert response.location == PAGE
    return card


def reviews(app: Flask) -> list[tuple[str, int, bool]]:
    with app.app_context():
        rows = models.db.session.scalars(models.db.select(models.Review).order_by(models.Review.id))
        return [(row.question_id, row.rating, row.undone_at is not None) for row in rows]


def test_a_visitor_is_asked_for_a_name_first(visitor: Browser) -> None:
    assert visitor.get(PAGE).location == "/j"
    assert visitor.post(PAGE, card="x", grade=3).status_code == 403
    assert visitor.post(f"{PAGE}/undo").status_code == 403


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.kind)
def test_every_kind_has_a_front_without_its_key_and_a_back_with_it(ada: Browser, question: object) -> None:
    front = html.unescape(ada.get(f"{PAGE}?card={question.id}").text)  # type: ignore[attr-defined]
    back = html.unescape(ada.get(f"{PAGE}?card={question.id}&back=1").text)  # type: ignore[attr-defined]
    for secret in SECRETS.get(question.kind, ()):  # type: ignore[attr-defined]
        assert secret not in front
    assert question.explanation.split("`")[0] not in front  # type: ignore[attr-defined]
    assert question.explanation.split("`")[0] in back  # type: ignore[attr-defined]
    if question.kind == "cloze":  # type: ignore[attr-defined]
        assert 'filled right">SIGTERM' in back
    assert back.count('name="grade"') == 4


def test_a_grade_is_kept_and_the_next_card_comes(app: Flask, ada: Browser) -> None:
    first = turn(ada, 3)
    assert first == QUESTIONS[0].id
    assert hidden(ada.get(PAGE).text, "card") == QUESTIONS[1].id
    assert reviews(app) == [(first, 3, False)]


def test_the_buttons_say_when_the_card_comes_again(ada: Browser) -> None:
    back = ada.get(f"{PAGE}?card={QUESTIONS[0].id}&back=1").text
    assert re.findall(r"</?small>([^<]+)</?small>", back) == ["1 minute", "6 minutes", "10 minutes", "8 days"]


def test_the_same_press_twice_counts_once(app: Flask, ada: Browser) -> None:
    for _ in range(2):
        ada.post(PAGE, card=QUESTIONS[0].id, after="0", grade=3)
    assert len(reviews(app)) == 1


def test_the_last_card_is_taken_back_and_shown_again(app: Flask, ada: Browser) -> None:
    turn(ada, 1)
    second = turn(ada, 4)
    assert ada.post(f"{PAGE}/undo").location == f"{PAGE}?card={second}"
    assert reviews(app) == [(QUESTIONS[0].id, 1, False), (second, 4, True)]
    assert hidden(ada.get(f"{PAGE}?card={second}&back=1").text, "after") == "0"


def test_when_all_is_done_the_page_says_when_the_next_card_comes(ada: Browser) -> None:
    for _ in QUESTIONS:
        turn(ada, 3)
    done = ada.get(PAGE).text
    assert "No card is due now" in done
    assert "The next card comes in 10 minutes" in done or "The next card comes in 9 minutes" in done


def test_a_due_card_comes_before_new_ones_and_is_counted_in_the_navigation(app: Flask, ada: Browser) -> None:
    with app.app_context():
        person = models.learners_of(1)[0].id
        then = clock() - timedelta(days=9)
        outcome = models.Outcome("review", None, 8.0, 5.0, then + timedelta(days=8), "FSRS-6")
        models.record_review(person, QUESTIONS[4].id, 3, outcome, after=0, now=then)
    assert hidden(ada.get(PAGE).text, "card") == QUESTIONS[4].id
    assert re.search(r'Review <span class="count">1</span>', ada.get("/c/docker").text)


def test_what_went_wrong_in_a_quiz_is_the_first_new_card(ada: Browser) -> None:
    address = ada.start(n="1", kind="true_false")
    ada.post(address, answer="false")
    assert hidden(ada.get(PAGE).text, "card") == QUESTIONS[1].id


def test_a_rejected_question_is_no_card(app: Flask, ada: Browser) -> None:
    turn(ada, 3)
    with app.app_context():
        for question in QUESTIONS[:2]:
            row = models.bank_question(1, question.id)
            assert row is not None
            models.review_question(row.id, "reject")
    assert hidden(ada.get(PAGE).text, "card") == QUESTIONS[2].id
    assert "No card is due" in ada.get(f"{PAGE}?card={QUESTIONS[0].id}&back=1").text


def test_nonsense_is_refused(ada: Browser) -> None:
    assert ada.post(PAGE, card="nothing", grade=3).status_code == 400
    assert ada.post(PAGE, card=QUESTIONS[0].id, grade=9).status_code == 400


def test_a_typed_command_is_judged_beside_the_key(ada: Browser) -> None:
    right = ada.get(f"{PAGE}?card={QUESTIONS[3].id}&back=1&typed=docker+port++web").text
    wrong = ada.get(f"{PAGE}?card={QUESTIONS[3].id}&back=1&typed=docker+<b>ps").text
    assert 'aria-label="Right"' in right
    assert 'aria-label="Wrong"' in wrong
    assert "docker &lt;b&gt;ps" in wrong


def test_more_new_cards_come_when_asked_for(app: Flask, ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.reviews.NEW_A_DAY", 1)
    turn(ada, 4)
    assert "No card is due now" in ada.get(PAGE).text
    assert ada.post(f"{PAGE}/more").location == PAGE
    assert hidden(ada.get(PAGE).text, "card") == QUESTIONS[1].id


@pytest.mark.parametrize(("delta", "words"), [
    (timedelta(seconds=20), "1 minute"), (timedelta(minutes=10), "10 minutes"), (timedelta(hours=5), "5 hours"),
    (timedelta(days=1), "1 day"), (timedelta(days=59), "59 days"), (timedelta(days=91), "3 months"),
    (timedelta(days=800), "2 years"),
])
def test_an_interval_is_said_in_one_unit(app: Flask, delta: timedelta, words: str) -> None:
    with app.test_request_context():
        assert interval_words(delta) == words
