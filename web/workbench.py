"""The workbench: a task, the learner's commands, and honest progress until the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.answers import Answer, run_again
from models.attempts import Item
from models.base import clock
from models.jobs import CHECK, Job, Place, job_about, queue_position
from quizzes.questions import Question
from web.asking import ask
from web.questions import keep
from web.rounds import Round, round_or_404
from web.showing import engine_now, quoted
from web.widgets import MAX_ANSWER

bp = Blueprint("workbench", __name__, url_prefix="/t/<int:attempt>/<int:number>")

PATIENCE = 20.0  # seconds after which going on is offered as the next step


@dataclass(frozen=True)
class Check:
    """A try and where its check stands."""

    answer: Answer
    job: Job | None
    place: Place | None  # None when nothing is queued any more
    now: datetime

    @property
    def pending(self) -> bool:
        """Whether a verdict may still come by itself."""
        return self.answer.state == "waiting"

    @property
    def running(self) -> bool:
        """Whether it is being worked on now."""
        return self.pending and self.place is not None and self.place.running

    @property
    def failed(self) -> bool:
        """Whether a failure of ours has kept it from being judged so far."""
        return self.answer.state != "judged" and self.answer.outcome == "not judged"

    @property
    def retry_at(self) -> datetime | None:
        """When it is tried again after a failure; None when that is not planned or not later than now."""
        later = self.failed and self.pending and self.job is not None and self.job.not_before > self.now
        return self.job.not_before if later and self.job else None

    @property
    def since(self) -> float:
        """Seconds since it was handed in."""
        return (self.now - self.answer.received_at).total_seconds()

    @property
    def running_for(self) -> float:
        """Seconds since the present try of it began."""
        return (self.now - self.job.started_at).total_seconds() if self.job and self.job.started_at else 0.0

    @property
    def long(self) -> bool:
        """Whether it has taken so long that going on is offered."""
        return self.since > PATIENCE


def check_of(answer: Answer) -> Check:
    """Look up where the check of a try stands."""
    job, now = job_about(CHECK, answer.id), clock()
    place = queue_position(job, now=now) if job and job.state in ("new", "run") else None
    return Check(answer, job, place, now)


@bp.get("")
def show(attempt: int, number: int) -> ResponseReturnValue:
    """Show the task with the text of the latest try."""
    turn, item = _turn(attempt, number)
    return _page(turn, item, item.answer.response if item.answer else "")


@bp.post("")
def submit(attempt: int, number: int) -> ResponseReturnValue:
    """Take a try; it is on disk before the page comes back."""
    turn, item = _turn(attempt, number)
    if not turn.mine:
        abort(403)
    if request.form.get("skip"):
        return redirect(turn.skipped(item.position), 303)
    problem = keep(ask(item.question), attempt, item.position)
    if problem:
        return _page(turn, item, request.form.get("answer", ""), problem), 422
    return redirect(url_for("workbench.show", attempt=attempt, number=number) + "#result", 303)


@bp.get("/check")
def check(attempt: int, number: int) -> ResponseReturnValue:
    """Give the part of the page that says how far the latest check is; it asks for itself until there is a verdict."""
    turn, item = _turn(attempt, number)
    if item.answer is None:
        abort(404)
    response = make_response(render_template("workbench/result.html", **_result(turn, item)))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/again")
def again(attempt: int, number: int) -> ResponseReturnValue:
    """Run a check that was given up once more."""
    _round, item = _turn(attempt, number)
    if item.answer is not None and item.answer.state == "stopped":
        run_again(item.answer.id)
    return redirect(url_for("workbench.show", attempt=attempt, number=number) + "#result", 303)


def _turn(attempt: int, number: int) -> tuple[Round, Item]:
    turn = round_or_404(attempt)
    item = turn.item(number)
    if item.question["kind"] != "practical":
        abort(404)
    return turn, item


def _page(turn: Round, item: Item, text: str, problem: str = "") -> str:
    return render_template(
        "workbench/show.html", asked=ask(item.question), text=text, problem=problem, max_answer=MAX_ANSWER,
        **_result(turn, item),
    )


def _result(turn: Round, item: Item) -> dict[str, object]:
    solved = item.answer is not None and "answer" in item.question
    return {
        "turn": turn, "item": item, "check": check_of(item.answer) if item.answer else None, "engine": engine_now(),
        "question": Question.from_dict(item.question) if solved else None,
        "passage": quoted(turn.course.id, item.question) if solved else [], "next_page": turn.after(item.position),
        "title": practical_title(item.answer) if item.answer else "",
    }


def practical_title(answer: Answer) -> str:
    """Say the verdict on a try in a few words, with the goals that were met."""
    if answer.state != "judged":
        return _("Not judged: our engine failed, not you")
    met, total = sum(bool(goal["met"]) for goal in answer.differences), len(answer.differences)
    if answer.outcome == "right":
        return _("Right")
    if answer.outcome == "partly right":
        return _("Partly right, %(met)s of %(total)s effects", met=met, total=total) if total else _("Partly right")
    return _("Wrong")


def phase_words(phase: str) -> str:
    """Say in the page's language what the worker is doing; a phase we do not know is shown as it is."""
    known = {
        "waiting": _("waiting for a free sandbox"), "starting": _("starting the sandbox"),
        "setup": _("preparing the engine"), "running": _("running your commands"),
        "reading": _("reading the effects"), "comparing": _("comparing the effects"),
    }
    return known.get(phase, phase)
