"""The class as the instructor sees it: who has done what, and how each question fares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.answers import unjudged_answers
from models.attempts import attempts_of
from models.bank import BankQuestion, askable_questions
from models.people import Person, learners_of
from models.recalls import recalls_of_course
from scoreboard import Item as Analysis
from scoreboard import Standing
from scoreboard.items import MINIMUM
from web.course_scores import items_of, standings_of
from web.identity import course_or_404, instructor_only

bp = Blueprint("classes", __name__, url_prefix="/c/<slug>")


@dataclass(frozen=True)
class Seat:
    """One learner of the class."""

    person: Person
    standing: Standing | None  # None before the first answer
    rounds: int
    latest_attempt: int | None
    seen: datetime  # when they last began a round, else when they joined


@dataclass(frozen=True)
class Item:
    """One question and how it fares."""

    row: BankQuestion
    analysis: Analysis


@bp.get("/class")
@instructor_only
def show(slug: str) -> ResponseReturnValue:
    """List the learners."""
    course = course_or_404(slug)
    standings = {row.person: row for row in standings_of(course.id)}
    seats = [_seat(person, standings.get(person.id)) for person in learners_of(course.id)]
    return render_template("classes/show.html", course=course, seats=seats, unjudged=unjudged_answers(course.id))


@bp.get("/items")
@instructor_only
def items(slug: str) -> ResponseReturnValue:
    """List the questions that were answered, the hardest first."""
    course = course_or_404(slug)
    rows = {row.question_id: row for row in askable_questions(course.id)}
    found = [Item(rows[one.question], one) for one in items_of(course.id) if one.question in rows]
    ordered = sorted(found, key=lambda item: ("too few to say" in item.analysis.flags, item.analysis.facility))
    recalls = [(one, rows[one.question_id]) for one in recalls_of_course(course.id) if one.question_id in rows]
    return render_template("classes/items.html", course=course, items=ordered, enough=MINIMUM, total=len(rows), recalls=recalls)


def _seat(person: Person, standing: Standing | None) -> Seat:
    attempts = attempts_of(person.id)
    latest = attempts[0] if attempts else None
    return Seat(person, standing, len(attempts), latest.id if latest else None,
                latest.started_at if latest else person.joined_at)
