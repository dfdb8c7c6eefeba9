"""The page of a course: what comes next, its quizzes and tasks, and starting a round of one's own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from random import Random

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.answers import best_scores
from models.attempts import Attempt, attempt_view, attempt_views, start_attempt
from models.bank import BankQuestion, askable_questions, bank_question
from models.courses import Course
from models.errors import BadName, EmptyQuiz
from models.people import Person
from models.quizzes import Quiz, create_quiz, quiz_by_id, quizzes_of
from quizzes.questions import Question
from quizzes.selection import pick
from web.asking import in_order
from web.errors import sentence
from web.identity import course_or_404, enter, learner
from web.rounds import Round
from web.showing import CourseCard, course_card

bp = Blueprint("courses", __name__, url_prefix="/c/<slug>")

SIZES = (5, 10, 20)
MIXED = "mixed"


@dataclass(frozen=True)
class Start:
    """One quiz of the class as a learner sees it."""

    quiz: Quiz
    latest: Round | None  # the learner's latest attempt, None before the first


@bp.get("")
def show(slug: str) -> ResponseReturnValue:
    """Show the course."""
    return _page(course_or_404(slug))


def _page(course: Course, problem: str = "") -> str:
    person = learner(course)
    rounds = _rounds(course, person)
    starts = [Start(quiz, next((each for each in rounds if each.view.quiz.id == quiz.id), None))
              for quiz in quizzes_of(course.id)]
    card = course_card(course)
    return render_template(
        "courses/show.html", course=course, card=card, me=person, problem=problem, starts=starts,
        begun=next((each for each in rounds if each.open and each.view.next_position is not None), None),
        fresh=next((start for start in starts if start.latest is None), None),
        own=[each for each in rounds if each.view.quiz.owner_id is not None][:5],
        tasks=_tasks(course, card), solved=best_scores(person.id, "practical") if person else {},
        sizes=SIZES, kinds=in_order(card.kinds),
        form={"name": request.form.get("name", ""), "n": request.form.get("n", "10"),
              "kind": request.form.get("kind", MIXED)},
    )


def _rounds(course: Course, person: Person | None) -> list[Round]:
    if person is None:
        return []
    return [Round(view, course, person, True) for view in attempt_views(person.id, 20)]


def _tasks(course: Course, card: CourseCard) -> list[BankQuestion]:
    if not card.practicals:
        return []
    return [row for row in askable_questions(course.id) if row.kind == "practical"]


@bp.post("/start")
def start(slug: str) -> ResponseReturnValue:
    """Start a quiz of the class, one task, or a round drawn from the bank; whoever is new gives a name with it."""
    course = course_or_404(slug)
    try:
        person = learner(course) or enter(course, request.form.get("name", ""))
        begun = _begin(course, person)
    except BadName as error:
        return _page(course, sentence(error)), 422
    except EmptyQuiz:
        return _page(course, _("There is no question of this kind yet. Choose another kind.")), 422
    return redirect(_first_page(begun), 303)


def _begin(course: Course, person: Person) -> Attempt:
    number, task = request.form.get("quiz", ""), request.form.get("question", "")
    if number:
        quiz = quiz_by_id(int(number)) if number.isdecimal() and len(number) < 10 else None
        if quiz is None or quiz.course_id != course.id or quiz.published_at is None or quiz.owner_id is not None:
            abort(404)
        return start_attempt(quiz.id, person.id)
    ids, seed = ([task], 0) if task else _drawn(course)
    if task and bank_question(course.id, task) is None:
        abort(404)
    return start_attempt(create_quiz(course.id, _title(task), ids, seed=seed, owner_id=person.id, publish=True).id,
                         person.id)


def _drawn(course: Course) -> tuple[list[str], int]:
    """Draw a round of one's own; the seed is kept so that it can be drawn again."""
    wanted, kind, seed = request.form.get("n", "10"), request.form.get("kind", MIXED), secrets.randbelow(2**31)
    number = min(100, max(1, int(wanted))) if wanted.isdecimal() and len(wanted) < 5 else 10
    bank = [Question.from_dict(row.content) for row in askable_questions(course.id)]
    drawn = pick(bank, number, Random(seed), kinds=None if kind == MIXED else (kind,))
    return [question.id for question in drawn], seed


def _title(task: str) -> str:
    return _("Task") if task or request.form.get("kind") == "practical" else _("Practice")


def _first_page(attempt: Attempt) -> str:
    """Give the page of the first question without an answer."""
    view = attempt_view(attempt.id)
    if view is None:
        abort(404)
    position = view.next_position
    if position is None:
        flash(_("You have answered every question of this round."))
        return url_for("results.show", attempt=attempt.id)
    practical = view.items[position].question["kind"] == "practical"
    return url_for("workbench.show" if practical else "questions.show", attempt=attempt.id, number=position + 1)
