"""What became of a round: each question with its verdict, the points, and what is still open."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.attempts import finish_attempt
from web.rounds import outcome_of, round_or_404

bp = Blueprint("results", __name__, url_prefix="/r/<int:attempt>")


@bp.get("")
def show(attempt: int) -> ResponseReturnValue:
    """Show the results; checks that are still running are shown as not judged and cost nothing."""
    turn = round_or_404(attempt)
    outcomes = [outcome_of(item) for item in turn.items]
    return render_template("results/show.html", turn=turn, outcomes=outcomes,
                           counted={outcome: outcomes.count(outcome) for outcome in set(outcomes)})


@bp.post("/finish")
def finish(attempt: int) -> ResponseReturnValue:
    """End the round. Checks under way go on and still count."""
    turn = round_or_404(attempt)
    if not turn.mine:
        abort(403)
    finish_attempt(turn.id)
    return redirect(url_for("results.show", attempt=turn.id), 303)
