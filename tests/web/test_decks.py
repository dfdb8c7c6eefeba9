"""The deck page and its files."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from flask import Flask

import models
from exports import EXPORTERS
from tests.web.conftest import Browser
from tests.web.material import QUESTIONS


def test_the_page_says_what_is_in_the_deck_without_the_answers(visitor: Browser) -> None:
    shown = visitor.get("/c/docker/deck").text
    assert "10 questions as cards" in shown
    assert QUESTIONS[0].explanation not in shown


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
