"""An instructor's edit of a question: the form read into the question's JSON, refused when its key would not hold."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from quizzes.grading import ResponseError, grade
from quizzes.questions import Question, Response
from web.asking import widget_of
from web.rendering import count_gaps
from web.widgets import Form


class EditError(ValueError):
    """An edit that cannot be taken; the message says what to change."""


def edited(content: dict[str, Any], form: Form) -> dict[str, Any]:
    """Give the question's JSON with what the form changes.

    :raise EditError: the prompt is empty, choices repeat, or the key is not judged right
    """
    changed = {**content, "prompt": _text(form, "prompt"), "explanation": _text(form, "explanation")}
    if not changed["prompt"]:
        raise EditError(_("A question needs a prompt."))
    _change_key(changed, widget_of(content["kind"]), form)
    if content["kind"] != "practical":
        _try(changed)
    return changed


def _change_key(changed: dict[str, Any], widget: str, form: Form) -> None:
    if widget in ("radio", "checkboxes"):
        choices = _lines(form, "choices")
        _require_choices(choices)
        keys = [choices[int(value)] for value in form.getlist("key") if value.isdecimal() and int(value) < len(choices)]
        if not keys:
            raise EditError(_("Mark the choice that is right."))
        changed["choices"], changed["answer"] = choices, keys[0] if widget == "radio" else keys
    elif widget == "judge":
        changed["answer"] = form.get("key", "") == "true"
    elif widget == "gaps":
        _change_gaps(changed, form)
    elif widget == "command":
        forms = _lines(form, "answers")
        if not forms:
            raise EditError(_("Give at least one accepted answer."))
        changed["answer"], changed["answers"] = forms[0], [forms]


def _change_gaps(changed: dict[str, Any], form: Form) -> None:
    """Each line holds the accepted forms of one gap, with a bar between them."""
    rows = [[part.strip() for part in line.split("|") if part.strip()] for line in _lines(form, "answers")]
    gaps = count_gaps(changed["prompt"])
    if len(rows) != gaps:
        raise EditError(_("The prompt has %(gaps)s gaps (____), and there are %(rows)s lines of answers.",
                          gaps=gaps, rows=len(rows)))
    changed["answers"], changed["answer"] = rows, [forms[0] for forms in rows]


def _require_choices(choices: list[str]) -> None:
    if len(choices) < 2:
        raise EditError(_("A choice question needs at least two choices, one a line."))
    if len(set(choices)) < len(choices):
        raise EditError(_("Two choices are the same."))


def _try(changed: dict[str, Any]) -> None:
    """A question that refuses its own key must not reach a learner."""
    try:
        question = Question.from_dict(changed)
        right = grade(question, _key(question)).outcome == "right"
    except (ResponseError, KeyError, TypeError, ValueError):
        right = False
    if not right:
        raise EditError(_("The key would not be judged right. Check the answer and the choices."))


def _key(question: Question) -> Response:
    answer = question.answer
    assert not (isinstance(answer, list) and answer and isinstance(answer[0], list))
    return answer  # type: ignore[return-value]


def _text(form: Form, name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()


def _lines(form: Form, name: str) -> list[str]:
    return [line.strip() for line in _text(form, name).split("\n") if line.strip()]
