"""The scoreboard: who leads, told again by itself, with names that can be hidden."""

from __future__ import annotations

from flask import Flask

from tests.web.conftest import Browser


def answer(app: Flask, name: str, value: str) -> Browser:
    browser = Browser(app.test_client())
    page = browser.start(kind="true_false", n="5", name=name)
    browser.post(page, page, answer=value)
    return browser


def test_the_board_ranks_and_asks_for_itself(app: Flask, visitor: Browser) -> None:
    assert "Nobody has answered yet" in visitor.get("/board/docker").text
    answer(app, "Bob", "false")
    answer(app, "Ada", "true")
    shown = visitor.get("/board/docker").text
    assert shown.index("Ada") < shown.index("Bob")
    assert 'hx-get="/board/docker?part=1"' in shown


def test_an_unchanged_board_is_not_sent_again(app: Flask, visitor: Browser) -> None:
    answer(app, "Ada", "true")
    first = visitor.get("/board/docker?part=1")
    assert "<html" not in first.text
    headers = {"If-None-Match": first.headers["ETag"], "Accept-Language": "en"}
    assert visitor.client.get("/board/docker?part=1", headers=headers).status_code == 304
    answer(app, "Bob", "true")
    assert visitor.client.get("/board/docker?part=1", headers=headers).status_code == 200


def test_names_can_be_hidden(app: Flask, visitor: Browser) -> None:
    answer(app, "Ada", "true")
    shown = visitor.get("/board/docker?names=off").text
    assert "Ada" not in shown
    assert "Learner 1" in shown


def test_the_room_reads_eight_names_and_everyone_their_own(app: Flask, visitor: Browser, grace: Browser) -> None:
    for number in range(9):
        answer(app, f"Learner-{number}", "true")
    last = answer(app, "Zoe", "false")
    assert "Zoe" not in visitor.get("/board/docker").text
    assert "2 more see their rank" in visitor.get("/board/docker").text
    assert "own-row" in last.get("/board/docker").text
    assert "Zoe" in last.get("/board/docker").text
    assert "Zoe" in grace.get("/board/docker?all=1").text
    assert "Zoe" not in visitor.get("/board/docker?all=1").text


def test_a_board_of_nothing_is_no_page(visitor: Browser) -> None:
    for path in ("/board/nothing", "/board/docker/7"):
        assert visitor.get(path).status_code == 404
