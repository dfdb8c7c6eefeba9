"""An attempt as its pages see it: whose it is, where one stands in it, where to go next."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, g, url_for

from models.answers import Answer
from models.attempts import AttemptView, Item, attempt_view
from models.base import db
from models.courses import Course
from models.people import Person, person_by_id
from models.reports import has_reported
from web.identity import instructor, learner

UNANSWERED = "-"


@dataclass(frozen=True)
class Round:
    """An attempt with its course and its learner."""

    view: AttemptView
    course: Course
    person: Person
    mine: bool  # whoever looks is the learner, not an instructor

    @property
    def id(self) -> int:
        """Number of the attempt."""
        return self.view.attempt.id

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions with what became of them."""
        return self.view.items

    @property
    def open(self) -> bool:
        """Whether it still takes answers."""
        return self.view.attempt.finished_at is None

    def item(self, number: int) -> Item:
        """Give the question at a place counted from 1; another place is a page that does not exist."""
        if not 1 <= number <= len(self.items):
            abort(404)
        return self.items[number - 1]

    def address(self, position: int | None) -> str:
        """Give the page of a question, counted from 0; the results when there is none."""
        if position is None:
            return url_for("results.show", attempt=self.id)
        practical = self.items[position].question["kind"] == "practical"
        return url_for("workbench.show" if practical else "questions.show", attempt=self.id, number=position + 1)

    def reported(self, item: Item) -> bool:
        """Tell whether the learner's report on a question waits for the instructor."""
        return has_reported(self.person.id, item.question["id"])

    def after(self, position: int) -> str:
        """Give the page to go to next: the next question without an answer, round the corner too, else the results."""
        later = [item.position for item in self.items if item.answer is None and item.position > position]
        earlier = [item.position for item in self.items if item.answer is None and item.position < position]
        return self.address(next(iter(later + earlier), None))

    def skipped(self, position: int) -> str:
        """Give the page after one that was skipped; after the last one come the results, which name the gaps."""
        later = [item.position for item in self.items if item.answer is None and item.position > position]
        return self.address(next(iter(later), None))


def round_or_404(attempt_id: int) -> Round:
    """Find an attempt of this browser's learner; instructors may look at any. Others learn nothing, not even that it is there."""
    view = attempt_view(attempt_id)
    course = db.session.get(Course, view.quiz.course_id) if view else None
    if view is None or course is None:
        abort(404)
    g.course = course
    me, person = learner(course), person_by_id(view.attempt.person_id)
    mine = me is not None and me.id == view.attempt.person_id
    if person is None or not (mine or instructor()):
        abort(404)
    return Round(view, course, person, mine)


def best(item: Item) -> Answer | None:
    """Give the answer that counts: the best try that was judged, else the latest."""
    judged = [answer for answer in item.tries if answer.state == "judged"]
    return max(judged, key=lambda answer: answer.score or 0.0) if judged else item.answer


def outcome_of(item: Item) -> str | None:
    """Give the outcome that counts; "not judged" while a check is under way, None without an answer."""
    counted = best(item)
    if counted is None:
        return None
    return counted.outcome if counted.state == "judged" else "not judged"
