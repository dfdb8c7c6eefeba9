"""The deck page and its files, taken into the official Anki as a learner would."""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

import models
from exports import EXPORTERS
from models.base import clock
from tests.exports.ankiworld import Imported, collection, problems, schedules, study, take
from tests.web.conftest import Browser
from tests.web.material import QUESTIONS


def fetch(browser: Browser, folder: Path, query: str = "", name: str = "deck.apkg") -> Path:
    """Download the deck into a file."""
    response = browser.get(f"/c/docker/deck.apkg{query}")
    assert response.status_code == 200, response.location
    (folder / name).write_bytes(response.data)
    return folder / name


def ids(path: Path, query: str = "") -> set[str]:
    """Give the questions of a deck."""
    with collection(path.parent) as col:
        take(col, path)
        found = {col.get_note(nid)["Uid"] for nid in col.find_notes(query)}
    for file in path.parent.glob("collection*"):
        if file.is_file():
            file.unlink()
    return found


def test_the_page_says_what_is_in_the_deck_without_the_answers(visitor: Browser) -> None:
    shown = visitor.get("/c/docker/deck").text
    assert "10 questions as cards" in shown
    assert QUESTIONS[0].explanation not in shown
    assert "tag:noteproof::stale" in shown


def test_the_deck_is_a_package(visitor: Browser) -> None:
    response = visitor.get("/c/docker/deck.apkg")
    assert response.headers["Content-Disposition"] == "attachment; filename=docker.apkg"
    assert any(name.startswith("collection.anki2") for name in zipfile.ZipFile(BytesIO(response.data)).namelist())


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_format_can_be_downloaded(visitor: Browser, name: str) -> None:
    response = visitor.get(f"/c/docker/deck/{name}")
    assert response.status_code == 200
    assert response.data


def test_a_format_that_is_none_and_a_course_without_questions(app: Flask, visitor: Browser) -> None:
    assert visitor.get("/c/docker/deck.exe").status_code == 404
    assert visitor.get("/c/docker/deck/exe").status_code == 404
    with app.app_context():
        models.create_course("Empty", slug="empty")
    assert "No questions yet" in visitor.get("/c/empty/deck").text
    response = visitor.get("/c/empty/deck.apkg")
    assert response.location == "/c/empty/deck"
    assert "nothing to export" in visitor.get("/c/empty/deck").text


# --- Updates: what the next download changes in Anki. ---


def test_changed_questions_are_updated_and_nothing_else(app: Flask, visitor: Browser, tmp_path: Path) -> None:
    first = fetch(visitor, tmp_path, name="first.apkg")
    again = fetch(visitor, tmp_path, name="again.apkg")
    assert first.read_bytes() == again.read_bytes()
    later = clock() + timedelta(seconds=60)
    with app.app_context():
        changes = ((0, {"prompt": "Which option picks free host ports?"}), (3, {"answer": "docker container port web"}))
        for number, change in changes:
            row = models.bank_question(1, QUESTIONS[number].id)
            assert row is not None
            models.review_question(row.id, "edit", {**row.content, **change}, now=later)
    second = fetch(visitor, tmp_path, name="second.apkg")
    with collection(tmp_path) as col:
        take(col, first)
        studied = study(col, 5)
        assert take(col, again) == Imported(0, 0, 10, 0)
        assert take(col, second) == Imported(new=0, updated=2, duplicate=8, conflicting=0)
        assert schedules(col) == studied
        assert len(studied) == 5
        assert problems(col) == []


def test_vanished_and_rejected_questions_arrive_as_tombstones_and_go_when_they_come_back(
    app: Flask, visitor: Browser, tmp_path: Path
) -> None:
    first = fetch(visitor, tmp_path, name="first.apkg")
    rows, later = [question.to_dict() for question in QUESTIONS], clock() + timedelta(seconds=60)
    with app.app_context():
        models.store_bank(1, rows[1:], now=later)
        models.review_question(models.bank_question(1, QUESTIONS[4].id).id, "reject", now=later)  # type: ignore[union-attr]
    second = fetch(visitor, tmp_path, name="second.apkg")
    with app.app_context():
        models.store_bank(1, rows, now=later + timedelta(seconds=60))
    third = fetch(visitor, tmp_path, name="third.apkg")
    with collection(tmp_path) as col:
        take(col, first)
        assert take(col, second) == Imported(0, 2, 8, 0)
        assert {col.get_note(nid)["Uid"] for nid in col.find_notes("tag:noteproof::stale")} == {QUESTIONS[0].id, QUESTIONS[4].id}
        assert problems(col) == []
        assert take(col, third) == Imported(0, 1, 9, 0)
        assert {col.get_note(nid)["Uid"] for nid in col.find_notes("tag:noteproof::stale")} == {QUESTIONS[4].id}


def test_nothing_is_said_of_cards_that_nobody_has(app: Flask, visitor: Browser, tmp_path: Path) -> None:
    with app.app_context():
        models.store_bank(1, [question.to_dict() for question in QUESTIONS[1:]])
    assert ids(fetch(visitor, tmp_path), "tag:noteproof::stale") == set()


def test_who_has_no_earlier_deck_gets_no_tombstones(app: Flask, visitor: Browser, tmp_path: Path) -> None:
    fetch(visitor, tmp_path)
    with app.app_context():
        models.store_bank(1, [question.to_dict() for question in QUESTIONS[1:]])
    assert ids(fetch(visitor, tmp_path), "tag:noteproof::stale") == {QUESTIONS[0].id}
    assert ids(fetch(visitor, tmp_path, "?first=1"), "tag:noteproof::stale") == set()


def test_only_what_changed_since_the_last_download(app: Flask, visitor: Browser, tmp_path: Path) -> None:
    with app.app_context():  # as if the course were a day old
        models.db.session.rollback()
        with models.db.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE bank_question SET content_changed_at = content_changed_at - 86400")
    fetch(visitor, tmp_path)
    assert visitor.get("/c/docker/deck.apkg?changed=1").location == "/c/docker/deck"
    assert "Nothing has changed since your last download" in visitor.get("/c/docker/deck").text
    with app.app_context():
        row = models.bank_question(1, QUESTIONS[2].id)
        assert row is not None
        models.review_question(row.id, "edit", {**row.content, "explanation": "Otherwise."})
        models.store_bank(1, [question.to_dict() for question in QUESTIONS[:-1]])
    assert "since your last download: 0 new, 1 changed, 1 gone" in visitor.get("/c/docker/deck").text
    assert ids(fetch(visitor, tmp_path, "?changed=1")) == {QUESTIONS[2].id, QUESTIONS[9].id}


# --- Choices. ---


@pytest.mark.parametrize(("query", "wanted"), [
    ("?kind=cloze&kind=command", {2, 3}), ("?topic=Life", {1, 2, 4, 5, 6, 7}), ("?topic=Life&kind=cloze", {2}),
    ("?kind=nonsense", set(range(10))), ("?scope=quiz-1", {1, 0}),
])
def test_a_deck_of_a_part(app: Flask, visitor: Browser, tmp_path: Path, query: str, wanted: set[int]) -> None:
    with app.app_context():
        models.create_quiz(1, "Week 1", [QUESTIONS[1].id, QUESTIONS[0].id], publish=True)
    assert ids(fetch(visitor, tmp_path, query)) == {QUESTIONS[number].id for number in wanted}


@pytest.mark.parametrize("query", ["?scope=quiz-9", "?scope=quiz-x", "?scope=mistakes", "?scope=due", "?topic=Nowhere"])
def test_a_part_without_questions_is_said(visitor: Browser, query: str) -> None:
    assert visitor.get(f"/c/docker/deck.apkg{query}").location == "/c/docker/deck"
    assert "There is nothing to export" in visitor.get("/c/docker/deck").text


def test_my_mistakes_as_a_deck(ada: Browser, tmp_path: Path) -> None:
    ada.post(ada.start(n="1", kind="true_false"), answer="false")
    ada.post(ada.start(n="1", kind="cloze"), **{"gap-0": "SIGTERM", "gap-1": "SIGKILL"})
    assert ids(fetch(ada, tmp_path, "?scope=mistakes")) == {QUESTIONS[1].id}


def test_my_reviews_travel_when_asked_for(app: Flask, ada: Browser, tmp_path: Path) -> None:
    with app.app_context():
        person, then = models.learners_of(1)[0].id, clock() - timedelta(days=9)
        learnt = models.Outcome("learning", 1, 2.3, 5.0, then + timedelta(minutes=10), "FSRS-6")
        first = models.record_review(person, QUESTIONS[0].id, 3, learnt, after=0, now=then)
        assert first is not None
        known = models.Outcome("review", None, 8.25, 5.0, then + timedelta(days=8), "FSRS-6")
        models.record_review(person, QUESTIONS[0].id, 3, known, after=first.id, now=then + timedelta(minutes=10))
    assert ids(fetch(ada, tmp_path, "?scope=due")) == {QUESTIONS[0].id}
    without, with_it = fetch(ada, tmp_path, name="without.apkg"), fetch(ada, tmp_path, "?progress=1", name="with.apkg")
    for path, reps in ((without, 0), (with_it, 2)):
        (tmp_path / path.stem).mkdir()
        with collection(tmp_path / path.stem) as col:
            take(col, path, scheduling=True)
            card = col.get_card(col.find_cards(f"Uid:{QUESTIONS[0].id}")[0])
            assert card.reps == reps
            if reps:
                assert card.ivl == 8
                assert card.memory_state is not None
                assert card.memory_state.stability == pytest.approx(8.25)


# --- The preview. ---


def test_a_card_turns_in_its_frame_and_may_stand_in_no_page_but_ours(visitor: Browser) -> None:
    frames = re.findall(r'<iframe[^>]* src="([^"]+)"', visitor.get("/c/docker/deck").text)
    assert len(frames) == 6
    front, back = visitor.get(frames[0]), visitor.get(f"{frames[0]}?side=back")
    assert "free host port" in front.text
    assert "Explanation of number 1" not in front.text
    assert "Explanation of number 1" in back.text
    assert "frame-ancestors 'self'" in front.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in visitor.get("/c/docker/deck").headers["Content-Security-Policy"]
    assert visitor.get("/c/docker/deck/card.css").mimetype == "text/css"
    assert visitor.get("/c/docker/deck/cards/nothing").status_code == 404


def test_markup_of_a_question_stays_text_in_the_frame(visitor: Browser) -> None:
    shown = visitor.get(f"/c/docker/deck/cards/{QUESTIONS[1].id}").text
    assert "&lt;b&gt;and&lt;/b&gt;" in shown
    assert "<b>and" not in shown


def test_the_page_of_formats_says_what_each_leaves_out(visitor: Browser) -> None:
    said = visitor.get("/c/docker/deck/formats").text
    assert all(each.label in said for each in EXPORTERS.values())
    assert "GIFT has room for one gap in a question." in said
    assert "Moodle cannot run commands: written as an essay that a teacher marks." in said
    assert "GIFT 的一道题只能有一个空。" in Browser(visitor.client, "zh-CN").get("/c/docker/deck/formats").text
