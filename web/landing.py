"""The front page: what this is, and the sample course as the one next step."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.courses import courses
from web.identity import first_course, instructor
from web.showing import course_card

bp = Blueprint("landing", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show what the app does."""
    every = courses()
    sample = first_course(every)
    return render_template(
        "landing/show.html", sample=course_card(sample) if sample else None,
        others=[course for course in every if course is not sample],
        can_upload=instructor() is not None,
    )


@bp.get("/healthz")
def health() -> ResponseReturnValue:
    """Tell a supervisor that the process answers and the database can be read."""
    courses()
    return {"status": "ok"}
