"""The navigation of a page: a learner's or an instructor's, within the course one is in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from models.reports import MAX_REPORT, reported_questions
from web.identity import current_course, instructor, learner, teaching
from web.reviews import due_count
from web.settings import NEXT_THEME, current_theme, single_keys, theme_label
from web.widgets import MAX_ANSWER

VERSION = "0.1"


@dataclass(frozen=True)
class Tab:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    here: bool
    count: int = 0


def tabs() -> list[Tab]:
    """Give the entries for whoever asks."""
    course = current_course()
    if course is None:
        return [_tab(_("Notes"), "note", "notes.new_course")] if teaching() else []
    slug = course.slug
    if teaching():
        bank = replace(_tab(_("Bank"), "edit", "bank.show", slug=slug), count=reported_questions(course.id))
        return [
            _tab(_("Notes"), "note", "notes.index", slug=slug), bank,
            _tab(_("Quizzes"), "quiz", "quizzes.index", slug=slug), _tab(_("Class"), "people", "classes.show", slug=slug),
            _tab(_("Items"), "chart", "classes.items", slug=slug), _tab(_("Deck"), "card", "decks.show", slug=slug),
        ]
    me = learner(course)
    return [
        _tab(_("Learn"), "quiz", "courses.show", slug=slug),
        replace(_tab(_("Review"), "card", "reviews.show", slug=slug), count=due_count(course, me) if me else 0),
        _tab(_("Board"), "board", "board.course", slug=slug),
        _tab(_("Deck"), "down", "decks.show", slug=slug), _tab(_("Progress"), "chart", "people.me"),
    ]


def _tab(label: str, icon: str, endpoint: str, **values: Any) -> Tab:
    blueprint = endpoint.split(".")[0]
    here = request.endpoint == endpoint or (request.blueprint == blueprint and blueprint not in ("classes", "people"))
    return Tab(label, url_for(endpoint, **values), icon, here)


def context() -> dict[str, object]:
    """Give what every template may use."""
    course = current_course()
    return {
        "navigation": tabs(), "teaching": teaching(), "is_instructor": instructor() is not None,
        "person": instructor() if teaching() else learner(course), "here": course,
        "theme": current_theme(), "next_theme": NEXT_THEME[current_theme()], "theme_label": theme_label(),
        "single_keys": single_keys(), "version": VERSION, "max_answer": MAX_ANSWER,
        "max_report": MAX_REPORT,
    }
