"""The page of one question: asked, answered, and why."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobs import hand_in
from models.answers import Answer
from models.attempts import Item
from models.errors import StoreError
from quizzes.grading import ResponseError
from quizzes.questions import Question
from web.asking import Asked, ask
from web.errors import sentence
from web.languages import language
from web.rounds import Round, round_or_404
from web.showing import letter, quoted
from web.widgets import MAX_ANSWER, WIDGETS, IncompleteError, moved, order_of

bp = Blueprint("questions", __name__, url_prefix="/q/<int:attempt>/<int:number>")

CHOICE_WIDGETS = ("radio", "checkboxes", "judge")


@bp.get("")
def show(attempt: int, number: int) -> ResponseReturnValue:
    """Ask the question, or show how its answer was judged."""
    turn = round_or_404(attempt)
    item = turn.item(number)
    if item.question["kind"] == "practical":
        return redirect(turn.address(item.position), 303)
    if item.answer is not None:
        return _answered(turn, item, item.answer)
    return _asked(turn, item)


@bp.post("")
def submit(attempt: int, number: int) -> ResponseReturnValue:
    """Take an answer; it is on disk before the page comes back."""
    turn = round_or_404(attempt)
    item = turn.item(number)
    if not turn.mine:
        abort(403)
    if request.form.get("skip"):
        return redirect(turn.skipped(item.position), 303)
    asked = ask(item.question)
    if asked.widget == "order" and request.form.get("move"):
        return _asked(turn, item, order=moved(order_of(asked, request.form), request.form["move"]))
    problem = keep(asked, attempt, item.position)
    if problem and item.answer is None:
        return _asked(turn, item, problem), 422
    return redirect(turn.address(item.position), 303)


def keep(asked: Asked, attempt: int, position: int) -> str:
    """Hand the answer in; give "" or the sentence that says why nothing was stored."""
    size = len(request.form.get("answer", "").encode("utf-8", "replace"))
    if size > MAX_ANSWER:
        return _("Your answer has %(size)s kB; at most %(limit)s kB can be handed in. Nothing was stored: shorten it "
                 "and send it again.", size=size // 1000, limit=MAX_ANSWER // 1000)
    try:
        hand_in(attempt, position, WIDGETS[asked.widget].read(asked, request.form))
    except IncompleteError as error:
        return str(error)
    except ResponseError:
        return _("This answer does not have the form of the question. Nothing was stored.")
    except StoreError as error:
        return sentence(error)
    return ""


def _asked(turn: Round, item: Item, problem: str = "", order: list[int] | None = None) -> str:
    asked = ask(item.question)
    return render_template(
        "questions/asked.html", turn=turn, item=item, asked=asked, problem=problem, form=request.form,
        widget=WIDGETS[asked.widget].template, order=order or order_of(asked, request.form),
    )


def _answered(turn: Round, item: Item, answer: Answer) -> str:
    question = Question.from_dict(answer.question)
    asked = ask(answer.question)
    return render_template(
        "questions/answered.html", turn=turn, item=item, asked=asked, question=question, answer=answer,
        title=verdict_title(answer, asked, question), passage=quoted(turn.course.id, answer.question),
        next_page=turn.after(item.position),
    )


def verdict_title(answer: Answer, asked: Asked, question: Question) -> str:
    """Say the verdict in a few words, with the letter of the key where there are letters."""
    if answer.state != "judged":
        return _("Not judged: our engine failed, not you") if answer.outcome else _("Your answer is saved")
    if answer.outcome == "right":
        return _("Right")
    key = key_letters(asked, question.answer) if asked.widget in CHOICE_WIDGETS else ""
    if answer.outcome == "partly right":
        return _("Partly right, the answer is %(key)s", key=key) if key else _("Partly right")
    return _("Wrong, the answer is %(key)s", key=key) if key else _("Wrong")


def key_letters(asked: Asked, key: Any) -> str:
    """Give the letters of the right choices: "A", "A, C"."""
    if isinstance(key, bool):
        return _("True") if key else _("False")
    wanted = [key] if isinstance(key, str) else list(key)
    between = "、" if language() == "zh-Hans" else ", "
    return between.join(letter(number) for number, text in enumerate(asked.choices) if text in wanted)
