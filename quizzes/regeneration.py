"""What a changed note does to a bank: ids stay, so edits and answers stay with their questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quizzes.questions import Question

State = Literal["unchanged", "new", "changed", "vanished"]


@dataclass(frozen=True)
class Merged:
    """One question of the merged bank."""

    question: Question  # as it is now; for a vanished one as it was
    state: State
    before: Question | None  # as it was, None when it is new


@dataclass(frozen=True)
class Merge:
    """Old and new bank side by side, the new one's order first, then what vanished in its old order."""

    rows: tuple[Merged, ...]

    def of(self, state: State) -> tuple[Question, ...]:
        """Give the questions of one state."""
        return tuple(row.question for row in self.rows if row.state == state)


def merge(old: Sequence[Question], new: Sequence[Question], edited: Iterable[str] = ()) -> Merge:
    """Compare two banks by id.

    A question whose lines only moved is unchanged. Ids in `edited` were reworded by an instructor: they
    keep the old wording and key, are marked as changed when the note changed under them, and take the new
    lines.

    :param edited: ids whose old wording is kept
    """
    kept, before = set(edited), {question.id: question for question in old}
    rows = [_row(question, before.get(question.id), question.id in kept) for question in new]
    present = {question.id for question in new}
    gone = [Merged(question, "vanished", question) for question in old if question.id not in present]
    return Merge((*rows, *gone))


def _row(now: Question, was: Question | None, edited: bool) -> Merged:
    if was is None:
        return Merged(now, "new", None)
    if edited:
        mine = replace(was, source=now.source)
        return Merged(mine, "unchanged" if _passage(was) == _passage(now) else "changed", was)
    return Merged(now, "unchanged" if _asked(was) == _asked(now) else "changed", was)


def _asked(question: Question) -> tuple[object, ...]:
    """What a learner sees and is judged by; lines and evidence may differ."""
    return (
        question.prompt, question.choices, repr(question.answer), question.answers, question.explanation,
        question.setup,
        question.reference, question.compare,
    )  # fmt: skip


def _passage(question: Question) -> str:
    return question.explanation
