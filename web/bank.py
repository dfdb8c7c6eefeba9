"""The instructor's bank: one question at a time beside its passage, approved, edited or rejected."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from models.bank import STATUSES, BankPage, BankQuestion, Decision, approve_all, bank_page, bank_question, review_question
from models.courses import Course
from models.notes import notes_of
from models.reports import open_reports, settle_reports
from quizzes.questions import Question
from web.asking import ask, in_order
from web.edits import EditError, edited
from web.identity import course_or_404, instructor_only
from web.showing import course_card, quoted

bp = Blueprint("bank", __name__, url_prefix="/c/<slug>/bank")

DECISIONS: dict[str, Decision] = {"approve": "approve", "reject": "reject", "undo": "undo"}


@bp.get("")
@instructor_only
def show(slug: str) -> ResponseReturnValue:
    """Show the queue and the question it stands at."""
    return _page(course_or_404(slug))


@bp.post("/<question>")
@instructor_only
def decide(slug: str, question: str) -> ResponseReturnValue:
    """Approve, edit, reject or undo, then go on to the next question of the queue."""
    course = course_or_404(slug)
    row = bank_question(course.id, question)
    wish = request.form.get("do", "")
    if row is None:
        abort(404)
    if wish == "save":
        return _save(course, row)
    decision = DECISIONS.get(wish)
    if decision is None:
        abort(400)
    following = _after(course, row)
    review_question(row.id, decision)
    if decision != "undo":
        settle_reports(course.id, question)
    return redirect(_address(course, q=question if wish == "undo" else following, undo=question), 303)


@bp.post("/approve-all")
@instructor_only
def approve_new(slug: str) -> ResponseReturnValue:
    """Approve every question that waits."""
    course = course_or_404(slug)
    number = approve_all(course.id)
    flash(ngettext("%(num)d question approved.", "%(num)d questions approved.", number), "right")
    return redirect(url_for("bank.show", slug=slug), 303)


def _save(course: Course, row: BankQuestion) -> ResponseReturnValue:
    try:
        changed = edited(row.content, request.form)
    except EditError as error:
        return _page(course, row, problem=str(error), editing=True), 422
    following = _after(course, row)
    review_question(row.id, "edit", changed)
    settle_reports(course.id, row.question_id)
    return redirect(_address(course, q=following, undo=row.question_id), 303)


def _wanted() -> dict[str, Any]:
    """Read the filter; it travels in the address, so that a decision comes back to the same queue."""
    status = request.args.get("status", "new" if not request.args.get("q") else "")
    page = request.args.get("page", "1")
    return {
        "status": status if status in STATUSES else "", "kind": request.args.get("kind", ""),
        "file": request.args.get("file", ""), "page": int(page) if page.isdecimal() and len(page) < 6 else 1,
    }


def _queue(course: Course) -> BankPage:
    wanted = _wanted()
    return bank_page(course.id, status=wanted["status"] or None, kind=wanted["kind"] or None,
                     file=wanted["file"] or None, page=wanted["page"], size=25)


def _after(course: Course, row: BankQuestion) -> str:
    """Give the question that comes after this one in the queue, "" at its end."""
    ids = [each.question_id for each in _queue(course).questions]
    at = ids.index(row.question_id) if row.question_id in ids else -1
    return ids[at + 1] if at + 1 < len(ids) else ""


def _address(course: Course, **more: str) -> str:
    wanted = {key: value for key, value in _wanted().items() if value and value != 1}
    if "status" not in wanted and "status" in request.args:
        wanted["status"] = ""
    return url_for("bank.show", slug=course.slug, **{**wanted, **{key: value for key, value in more.items() if value}})


def _page(course: Course, row: BankQuestion | None = None, problem: str = "", editing: bool = False) -> str:
    queue, wanted = _queue(course), _wanted()
    current = row or _current(course, queue)
    question = Question.from_dict(current.content) if current else None
    ids = [each.question_id for each in queue.questions]
    at = ids.index(current.question_id) if current and current.question_id in ids else -1
    return render_template(
        "bank/show.html", course=course, queue=queue, wanted=wanted, current=current, question=question,
        asked=ask(current.content) if current else None, problem=problem, form=request.form,
        editing=editing or bool(request.args.get("edit")), statuses=STATUSES,
        reports=open_reports(course.id, current.question_id) if current else (),
        passage=quoted(course.id, current.content, 3) if current else [], files=notes_of(course.id),
        kinds=in_order(course_card(course).kinds), undo=request.args.get("undo", ""),
        previous=ids[at - 1] if at > 0 else "", following=ids[at + 1] if 0 <= at < len(ids) - 1 else "",
        address=lambda **more: _address(course, **more),
    )


def _current(course: Course, queue: BankPage) -> BankQuestion | None:
    named = request.args.get("q", "")
    if named:
        row = bank_question(course.id, named)
        if row is None:
            abort(404)
        return row
    return queue.questions[0] if queue.questions else None


def status_words(status: str) -> str:
    """Name a status of the bank."""
    return {"new": _("new"), "approved": _("approved"), "rejected": _("rejected"), "changed": _("changed"),
            "vanished": _("vanished"), "doubted": _("contradicted by the engine"), "reported": _("reported by learners"),
            "": _("all")}.get(status, status)
