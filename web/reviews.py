"""Flashcards: one card at a time, its front, its back, and how well it was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from models.answers import mistakes_of
from models.bank import BankQuestion, askable_ids, bank_question
from models.base import clock
from models.courses import Course
from models.people import Person
from models.reviews import (
    Outcome,
    Review,
    card_states,
    introduced_since,
    record_review,
    reviewed_since,
    undo_review,
    undoable_review,
)
from quizzes.grading import grade
from quizzes.questions import Question, Verdict
from quizzes.schedule import RATINGS, SCHEDULER, Memory, Queue, Rating, answered, intervals, is_due, queue
from web import rendering
from web.asking import ask
from web.identity import course_or_404, learner

bp = Blueprint("reviews", __name__, url_prefix="/c/<slug>/review")

NEW_A_DAY, MORE = 20, 10
#: What was answered within these hours was answered today, wherever the learner's midnight is.
TODAY = timedelta(hours=16)
EXTRA = "extra_cards"


@dataclass(frozen=True)
class Grade:
    """One of the four buttons."""

    rating: Rating
    name: str
    interval: str  # until the card would come again


@dataclass(frozen=True)
class Sitting:
    """A learner's cards at one moment."""

    course: Course
    person: Person
    now: datetime
    states: dict[str, Review]
    queue: Queue
    done: int  # cards answered today
    unseen: int  # new cards that today's share leaves for another day

    @property
    def next_due(self) -> datetime | None:
        """When the next card comes that is not due yet."""
        waiting = [row.due_at for card, row in self.states.items() if card not in self.queue.cards]
        return min(waiting, default=None)


@bp.get("")
def show(slug: str) -> ResponseReturnValue:
    """Show the next card, its front first; or say that none is due."""
    course = course_or_404(slug)
    person = learner(course)
    if person is None:
        return redirect(url_for("people.join"), 303)
    sitting = _sitting(course, person)
    wanted = request.args.get("card", "") or next(iter(sitting.queue.cards), "")
    row = bank_question(course.id, wanted) if wanted else None
    if row is None or not row.askable:
        return render_template("reviews/done.html", sitting=sitting, when=_when(sitting), undo=_undoable(sitting), more=MORE)
    return _back(sitting, row) if request.args.get("back") else _front(sitting, row)


def _front(sitting: Sitting, row: BankQuestion) -> str:
    return render_template("reviews/front.html", sitting=sitting, asked=ask(row.content), topics=row.content["topics"],
                           content=row.content, started=_milliseconds(sitting.now), undo=_undoable(sitting))


def _back(sitting: Sitting, row: BankQuestion) -> str:
    question, latest = Question.from_dict(row.content), sitting.states.get(row.question_id)
    typed = request.args.get("typed", "")[:2_000]
    return render_template(
        "reviews/back.html", sitting=sitting, asked=ask(row.content), question=question, topics=row.content["topics"],
        content=row.content, filled=_filled(question), typed=typed, verdict=_verdict(question, typed),
        grades=_grades(latest, sitting.now),
        after=latest.id if latest else 0, started=request.args.get("started", ""), undo=_undoable(sitting),
    )


@bp.post("")
def answer(slug: str) -> ResponseReturnValue:
    """Take a grade; it is on disk before the next card comes."""
    course = course_or_404(slug)
    person = learner(course) or abort(403)
    card, rating = request.form.get("card", ""), _rating(request.form.get("grade", ""))
    row, now = bank_question(course.id, card), clock()
    if row is None or rating is None:
        abort(400)
    latest = card_states(person.id).get(card)
    memory = answered(_memory(latest) if latest else None, rating, now)
    outcome = Outcome(memory.state, memory.step, memory.stability, memory.difficulty, memory.due, SCHEDULER)
    record_review(person.id, card, rating, outcome, after=_number(request.form.get("after", "")), took=_took(now), now=now)
    return redirect(url_for("reviews.show", slug=slug), 303)


@bp.post("/undo")
def undo(slug: str) -> ResponseReturnValue:
    """Take the last grade back and show its card again."""
    course = course_or_404(slug)
    person = learner(course) or abort(403)
    taken = undo_review(person.id)
    return redirect(url_for("reviews.show", slug=slug, card=taken.question_id if taken else None), 303)


@bp.post("/more")
def more(slug: str) -> ResponseReturnValue:
    """Bring more new cards today."""
    course = course_or_404(slug)
    learner(course) or abort(403)
    session[EXTRA] = [course.id, clock().timestamp(), _extra(course, clock()) + MORE]
    return redirect(url_for("reviews.show", slug=slug), 303)


def due_count(course: Course, person: Person) -> int:
    """Count the cards a learner has begun and should see now, for the navigation."""
    now, askable = clock(), set(askable_ids(course.id))
    return sum(card in askable and is_due(_memory(row), now) for card, row in card_states(person.id).items())


def memories_of(person: Person) -> dict[str, Memory]:
    """Give what is known of a learner's memory, by question id."""
    return {card: _memory(row) for card, row in card_states(person.id).items()}


def _sitting(course: Course, person: Person) -> Sitting:
    now, states = clock(), card_states(person.id)
    askable = askable_ids(course.id)
    # What went wrong in a quiz is the first that a learner wants to know.
    missed = [card for card in reversed(mistakes_of(person.id)) if card in set(askable)]
    ordered = list(dict.fromkeys([*missed, *askable]))
    share = NEW_A_DAY + _extra(course, now) - introduced_since(person.id, now - TODAY)
    cards = queue(ordered, {card: _memory(row) for card, row in states.items()}, now, share)
    unseen = sum(card not in states for card in askable) - len(cards.new)
    known = {card: row for card, row in states.items() if card in set(askable)}
    return Sitting(course, person, now, known, cards, reviewed_since(person.id, now - TODAY), unseen)


def _memory(row: Review) -> Memory:
    return Memory(row.state, row.step, row.stability, row.difficulty, row.due_at, row.reviewed_at)  # type: ignore[arg-type]


def _grades(latest: Review | None, now: datetime) -> list[Grade]:
    names = {1: _("Again"), 2: _("Hard"), 3: _("Good"), 4: _("Easy")}
    offered = intervals(_memory(latest) if latest else None, now)
    return [Grade(rating, names[rating], interval_words(offered[rating])) for rating in RATINGS]


def interval_words(delta: timedelta) -> str:
    """Say how long, in the one unit that fits."""
    minutes, days = round(delta.total_seconds() / 60), round(delta / timedelta(days=1))
    if minutes < 60:
        return ngettext("%(num)d minute", "%(num)d minutes", max(1, minutes))
    if minutes < 24 * 60:
        return ngettext("%(num)d hour", "%(num)d hours", round(minutes / 60))
    if days < 60:
        return ngettext("%(num)d day", "%(num)d days", days)
    if days < 720:
        return ngettext("%(num)d month", "%(num)d months", round(days / 30.4))
    return ngettext("%(num)d year", "%(num)d years", round(days / 365))


def _when(sitting: Sitting) -> str:
    due = sitting.next_due
    if due is None:
        return ""
    wait = due - sitting.now
    if wait < timedelta(hours=1):
        return _("The next card comes in %(time)s.", time=interval_words(max(wait, timedelta(minutes=1))))
    return _("The next card comes on %(day)s.", day=format_datetime(due, "short"))


def _undoable(sitting: Sitting) -> bool:
    return undoable_review(sitting.person.id, now=sitting.now) is not None


def _verdict(question: Question, typed: str) -> Verdict | None:
    return grade(question, typed) if question.kind == "command" and typed.strip() else None


def _filled(question: Question) -> Markup:
    keys = question.answer if isinstance(question.answer, list) else []
    return rendering.prompt(question.prompt, lambda number: Markup('<span class="filled right">{}</span>').format(
        keys[number] if number < len(keys) else ""))


def _extra(course: Course, now: datetime) -> int:
    slug, at, number = session.get(EXTRA, [0, 0, 0])
    return int(number) if slug == course.id and now.timestamp() - at < TODAY.total_seconds() else 0


def _rating(value: str) -> Rating | None:
    return next((rating for rating in RATINGS if str(rating) == value), None)


def _took(now: datetime) -> timedelta:
    started = _number(request.form.get("started", ""))
    return timedelta(milliseconds=_milliseconds(now) - started) if started else timedelta()


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and value.isascii() and len(value) < 16 else 0


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
