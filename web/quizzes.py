"""Setting a quiz for the class: drawn from the bank or chosen by hand, then published."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from random import Random

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.bank import BankQuestion, askable_questions
from models.courses import Course
from models.errors import EmptyQuiz
from models.quizzes import create_quiz, publish_quiz, quiz_by_id, quizzes_of
from quizzes.questions import Question
from quizzes.selection import pick
from web.asking import in_order
from web.identity import course_or_404, instructor_only

bp = Blueprint("quizzes", __name__, url_prefix="/c/<slug>/quizzes")


@bp.get("")
@instructor_only
def index(slug: str) -> ResponseReturnValue:
    """List the quizzes of the class, with the form for another."""
    return _page(course_or_404(slug))


@bp.post("")
@instructor_only
def create(slug: str) -> ResponseReturnValue:
    """Make a quiz, published at once or kept as a draft."""
    course = course_or_404(slug)
    rows, seed = askable_questions(course.id, approved_only=bool(request.form.get("approved"))), 0
    if request.form.get("way") == "hand":
        known = {row.question_id for row in rows}
        ids = [question for question in request.form.getlist("question") if question in known]
    else:
        seed = secrets.randbelow(2**31)
        ids = _drawn(rows, seed)
    try:
        quiz = create_quiz(course.id, request.form.get("title", "")[:120] or _("Quiz"), ids, seed=seed,
                           publish=request.form.get("do") == "publish")
    except EmptyQuiz:
        return _page(course, _("There is no question to put in. Choose some, or draw from other kinds.")), 422
    return redirect(url_for("quizzes.index", slug=slug) + f"#quiz-{quiz.id}", 303)


@bp.post("/<int:quiz>/publish")
@instructor_only
def publish(slug: str, quiz: int) -> ResponseReturnValue:
    """Open a draft to the class."""
    course, found = course_or_404(slug), quiz_by_id(quiz)
    if found is None or found.course_id != course.id or found.owner_id is not None:
        abort(404)
    publish_quiz(quiz)
    return redirect(url_for("quizzes.index", slug=slug) + f"#quiz-{quiz}", 303)


def _drawn(rows: Sequence[BankQuestion], seed: int) -> list[str]:
    wanted = request.form.get("n", "10")
    number = min(200, max(1, int(wanted))) if wanted.isdecimal() and len(wanted) < 5 else 10
    kinds = tuple(request.form.getlist("kind")) or None
    bank = [Question.from_dict(row.content) for row in rows]
    return [question.id for question in pick(bank, number, Random(seed), kinds=kinds)]


def _page(course: Course, problem: str = "") -> str:
    rows = askable_questions(course.id)
    return render_template(
        "quizzes/index.html", course=course, quizzes=quizzes_of(course.id, drafts=True), rows=rows, problem=problem,
        kinds=in_order(row.kind for row in rows), form=request.form,
        approved=sum(1 for row in rows if row.status == "approved"),
    )
