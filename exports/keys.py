"""A question's key, checked: every format reads it here, so that a broken one is left out with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from exports import prose
from exports.base import LeftOut
from exports.sentences import SentenceError
from quizzes.questions import Question

T = TypeVar("T")

#: Kinds whose key is one of the choices.
CHOSEN = frozenset({"single_choice", "output_reading", "error_diagnosis"})


class UnfitError(SentenceError):
    """A question that does not fit a format; the message is the reason for the report."""


def each(questions: Sequence[Question], write: Callable[[Question], T]) -> tuple[list[T], list[LeftOut]]:
    """Write every question; give what was written, and the reasons for what was not."""
    written, left_out = [], []
    for question in questions:
        try:
            written.append(write(question))
        except UnfitError as reason:
            left_out.append(LeftOut(question.id, reason.sentence))
    return written, left_out


def asked(question: Question) -> str:
    """Give the prompt.

    :raise UnfitError: there is none
    """
    if not prose.clean(question.prompt).strip():
        raise UnfitError("It has no text to ask.")
    return question.prompt


def right_choices(question: Question) -> tuple[bool, ...]:
    """Say for each choice whether it is right.

    :raise UnfitError: there is nothing to choose, or the key is not among the choices
    """
    right = set(texts(question)) if question.kind == "multiple_answers" else {text(question)}
    if len(question.choices) < 2 or len(set(question.choices)) < len(question.choices):
        raise UnfitError("It needs two different choices at least.")
    if not right or not right <= set(question.choices):
        raise UnfitError("Its key is not among its choices.")
    return tuple(choice in right for choice in question.choices)


def text(question: Question) -> str:
    """Give a key that is one text.

    :raise UnfitError: it is none
    """
    if not isinstance(question.answer, str) or not prose.clean(question.answer).strip():
        raise _shape(question)
    return question.answer


def texts(question: Question) -> list[str]:
    """Give a key that is a list of texts.

    :raise UnfitError: it is none
    """
    key = question.answer
    if not isinstance(key, list | tuple) or not key:
        raise _shape(question)
    found = [part for part in key if isinstance(part, str) and prose.clean(part).strip()]
    if len(found) < len(key):
        raise _shape(question)
    return found


def pairs(question: Question) -> list[tuple[str, str]]:
    """Give a key that joins left and right.

    :raise UnfitError: it does not, or there are less than two pairs
    """
    if not isinstance(question.answer, dict) or len(question.answer) < 2:
        raise _shape(question)
    if not all(prose.clean(part).strip() for pair in question.answer.items() for part in pair):
        raise _shape(question)
    return list(question.answer.items())


def truth(question: Question) -> bool:
    """Give a key that is true or false.

    :raise UnfitError: it is neither
    """
    if not isinstance(question.answer, bool):
        raise _shape(question)
    return question.answer


def gaps(question: Question) -> list[list[str]]:
    """Give the accepted forms of each gap, the key first.

    :raise UnfitError: gaps and answers differ in number
    """
    keys, count = texts(question), prose.gaps(asked(question))
    if count != len(keys):
        raise UnfitError("It has {count} gaps and {keys} answers.", count=count, keys=len(keys))
    others = question.answers if len(question.answers) == len(keys) else ((),) * len(keys)
    return [_distinct(key, forms) for key, forms in zip(keys, others, strict=True)]


def commands(question: Question) -> list[str]:
    """Give the accepted forms of a typed command, the key first.

    :raise UnfitError: there is no key
    """
    return _distinct(text(question), tuple(form for forms in question.answers for form in forms))


def order(question: Question) -> list[str]:
    """Give the right order.

    :raise UnfitError: it is not an order of different things
    """
    key = texts(question)
    if len(key) < 2 or len(set(key)) < len(key):
        raise UnfitError("It needs two different things at least to be put in order.")
    return key


def reference(question: Question) -> str:
    """Give the author's solution of a practical.

    :raise UnfitError: there is none
    """
    return question.reference or text(question)


def _distinct(key: str, forms: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys([key, *(form for form in forms if form.strip())]))


def _shape(question: Question) -> UnfitError:
    return UnfitError("Its key does not have the form of a {kind} question.", kind=question.kind)
