"""A question as a card to learn from: a front and a back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quizzes.kinds.base import shown_key
from quizzes.questions import Question

CardKind = Literal["basic", "typed", "cloze", "choice"]

_KINDS: dict[str, CardKind] = {"cloze": "cloze", "command": "typed", "practical": "typed"}


@dataclass(frozen=True)
class Card:
    """One card. Texts are as in a question: plain, `code` between backticks, ____ for a gap."""

    question_id: str
    kind: CardKind
    front: str
    choices: tuple[str, ...]  # shown under the front of a choice card, else ()
    answer: str  # the key in words; for typed cards what is to be typed
    gaps: tuple[tuple[str, ...], ...]  # cloze cards: accepted forms of each gap, the first is shown
    back: str  # the explanation


def card_of(question: Question) -> Card:
    """Turn a question into a card. Every kind has one; ordering and matching become basic cards that list
    their parts.
    """
    kind = _KINDS.get(
        question.kind, "choice" if question.choices and isinstance(question.answer, str) else "basic"
    )
    answer = str(question.answer) if kind == "typed" else shown_key(question)
    choices = question.choices if kind == "choice" else ()
    gaps = question.answers if kind == "cloze" else ()
    return Card(question.id, kind, _front(question, kind), choices, answer, gaps, question.explanation)


def _front(question: Question, kind: CardKind) -> str:
    if kind != "basic" or not question.choices:
        return question.prompt
    return "\n".join([question.prompt, *(f"· {choice}" for choice in question.choices)])
