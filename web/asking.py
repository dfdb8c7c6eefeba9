"""A question as it may leave the server before the answer is in.

Pages and the API show an unanswered question through `Asked` only: it has no field that could hold the key,
so no template can print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.public import public_question
from quizzes.kinds import KINDS


@dataclass(frozen=True)
class Asked:
    """What the learner sees of a question."""

    id: str
    kind: str
    widget: str  # see quizzes.kinds.base.Widget
    language: str
    prompt: str
    choices: tuple[str, ...]  # in the order shown; ordering: in the order to be rearranged
    lefts: tuple[str, ...]  # matching: what a partner is looked for
    gaps: int  # cloze: how many words are missing
    setup: str  # practical: what has been run before the learner comes
    proved_on: str  # the engine the key was proved on; "" when it was not run


def ask(question: Mapping[str, Any]) -> Asked:
    """Leave everything out of a question, whole or public, that would tell the answer."""
    shown = public_question(dict(question)) if "answer" in question else dict(question)
    return Asked(
        id=shown["id"], kind=shown["kind"], widget=widget_of(shown["kind"]), language=shown["language"],
        prompt=shown["prompt"], choices=tuple(shown.get("choices", ())), lefts=tuple(shown.get("left", ())),
        gaps=int(shown.get("gaps", 0)), setup=shown.get("setup", ""), proved_on=shown.get("proved_on", ""),
    )


def widget_of(kind: str) -> str:
    """Name the input a page shows for a kind of question."""
    return KINDS[kind].widget


def kind_label(kind: str, language: str) -> str:
    """Name a kind of question to people; an unknown kind is named by its own word."""
    known = KINDS.get(kind)
    return known.label["zh" if language == "zh-Hans" else "en"] if known else kind


def in_order(kinds: Iterable[str]) -> list[str]:
    """Give the kinds that occur, in the order of the registry."""
    present = set(kinds)
    return [name for name in KINDS if name in present]
