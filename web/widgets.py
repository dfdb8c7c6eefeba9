"""The inputs of a question page: how each is drawn and how its form becomes a response.

One line a widget; a kind of question names the widget it wants (quizzes.kinds.base.Widget), so a new kind needs
nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from quizzes.questions import Response
from web.asking import Asked

#: What was handed in.
Form = MultiDict[str, str]

MAX_ANSWER = 20_000  # bytes of one answer; a shell script by hand is far below


class IncompleteError(ValueError):
    """Nothing that could be judged was handed in; the message says what is missing. Nothing is counted."""


@dataclass(frozen=True)
class Widget:
    """One kind of input."""

    template: str
    read: Callable[[Asked, Form], Response]  # raises IncompleteError


def _one(asked: Asked, form: Form) -> Response:
    return _choice(asked, form.get("answer", "")) or _missing(_("Choose one of the answers, or skip the question."))


def _several(asked: Asked, form: Form) -> Response:
    chosen = [_choice(asked, value) for value in form.getlist("answer")]
    return [text for text in asked.choices if text in chosen] or _missing(
        _("Choose every answer that is right, or skip the question."))


def _judge(asked: Asked, form: Form) -> Response:
    value = form.get("answer", "")
    return value == "true" if value in ("true", "false") else _missing(_("Say whether it is true or false."))


def _gaps(asked: Asked, form: Form) -> Response:
    words = [form.get(f"gap-{number}", "").strip() for number in range(asked.gaps)]
    return words if any(words) else _missing(_("Fill in at least one gap, or skip the question."))


def _text(asked: Asked, form: Form) -> Response:
    text = form.get("answer", "").replace("\r\n", "\n")
    return text if text.strip() else _missing(_("Type a command, or skip the question."))


def _order(asked: Asked, form: Form) -> Response:
    return [asked.choices[number] for number in order_of(asked, form)]


def _pairs(asked: Asked, form: Form) -> Response:
    pairs = {left: _choice(asked, form.get(f"pair-{number}", "")) for number, left in enumerate(asked.lefts)}
    chosen = {left: right for left, right in pairs.items() if right}
    return chosen if len(chosen) == len(pairs) else _missing(_("Choose a partner for every line, or skip the question."))


def order_of(asked: Asked, form: Form) -> list[int]:
    """Give the order in the form as numbers of choices; the order they were asked in if the form has none or nonsense."""
    count = len(asked.choices)
    numbers = [int(value) for value in form.getlist("order") if value.isdecimal() and len(value) < 4]
    return numbers if sorted(numbers) == list(range(count)) else list(range(count))


def moved(order: list[int], move: str) -> list[int]:
    """Give the order after a press of one of the arrows: "up-2" moves the third line up."""
    way, _dash, number = move.partition("-")
    at = int(number) if number.isdecimal() else -1
    to = at - 1 if way == "up" else at + 1
    if not (0 <= at < len(order) and 0 <= to < len(order)):
        return order
    changed = list(order)
    changed[at], changed[to] = changed[to], changed[at]
    return changed


def _choice(asked: Asked, value: str) -> str:
    """Choices travel by number: their text may hold anything."""
    number = int(value) if value.isdecimal() and len(value) < 4 else -1
    return asked.choices[number] if 0 <= number < len(asked.choices) else ""


def _missing(message: str) -> Response:
    raise IncompleteError(message)


WIDGETS: Mapping[str, Widget] = {
    "radio": Widget("questions/widgets/radio.html", _one),
    "checkboxes": Widget("questions/widgets/checkboxes.html", _several),
    "judge": Widget("questions/widgets/judge.html", _judge),
    "gaps": Widget("questions/widgets/gaps.html", _gaps),
    "command": Widget("questions/widgets/command.html", _text),
    "order": Widget("questions/widgets/order.html", _order),
    "pairs": Widget("questions/widgets/pairs.html", _pairs),
    "terminal": Widget("questions/widgets/terminal.html", _text),
}
