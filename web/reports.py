"""Reporting a mistake in a question: the instructor sees it beside the question until they decide."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.reports import report_mistake
from web.rounds import round_or_404

bp = Blueprint("reports", __name__, url_prefix="/q/<int:attempt>/<int:number>/report")


@bp.post("")
def send(attempt: int, number: int) -> ResponseReturnValue:
    """Take a report. With script only its box is drawn anew, so that an answer in the making stays."""
    turn = round_or_404(attempt)
    item = turn.item(number)
    if not turn.mine:
        abort(403)
    report_mistake(turn.person.id, item.question["id"], request.form.get("report", ""))
    if request.headers.get("HX-Request"):
        return render_template("questions/report.html", turn=turn, item=item)
    flash(_("Your report is with the instructor."), "right")
    return redirect(turn.address(item.position), 303)
