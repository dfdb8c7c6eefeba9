"""The class as the instructor sees it: who has done what, and how each question fares."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.answers import unjudged_answers
from models.attempts import Rounds, rounds_of_course
from models.bank import BankQuestion, askable_questions
from models.people import Person, learners_of
from models.recalls import recalls_of_course
from scoreboard import Item as Analysis
from scoreboard import Standing
from scoreboard.items import MINIMUM
from web.course_scores import items_of, standings_of
from web.identity import course_or_404, instructor_only

SIZE = 100  # questions on a page of the analysis

bp = Blueprint("classes", __name__, url_prefix="/c/<slug>")


@dataclass(frozen=True)
class Seat:
    """One learner of the class."""

    person: Person
    standing: Standing | None  # None before the first answer
    rounds: Rounds | None  # None before the first round


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
    standings, rounds = {row.person: row for row in standings_of(course.id)}, rounds_of_course(course.id)
    seats = [Seat(person, standings.get(person.id), rounds.get(person.id)) for person in learners_of(course.id)]
    return render_template("classes/show.html", course=course, seats=seats, unjudged=unjudged_answers(course.id))


@bp.get("/items")
@instructor_only
def items(slug: str) -> ResponseReturnValue:
    """List the questions that were answered, the hardest first."""
    course = course_or_404(slug)
    rows = {row.question_id: row for row in askable_questions(course.id)}
    found = [Item(rows[one.question], one) for one in items_of(course.id) if one.question in rows]
    ordered = sorted(found, key=lambda item: ("too few to say" in item.analysis.flags, item.analysis.facility))
    page, pages = _page(ordered)
    recalls = [(one, rows[one.question_id]) for one in recalls_of_course(course.id) if one.question_id in rows]
    shown = ordered[(page - 1) * SIZE:page * SIZE]
    return render_template("classes/items.html", course=course, items=shown, page=page, pages=pages, enough=MINIMUM,
                           total=len(rows), recalls=recalls)


def _page(ordered: list[Item]) -> tuple[int, int]:
    """Give the page that was asked for, or the one with the question that was asked for, and how many there are."""
    pages, wanted = max(1, -(-len(ordered) // SIZE)), request.args.get("page", "1")
    at = next((place for place, item in enumerate(ordered) if item.row.question_id == request.args.get("q")), None)
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1
    return min(max(1, number), pages) if at is None else at // SIZE + 1, pages
