"""What an earlier bank of the same notes asked, so that a later one differs by what the notes changed and little else.

A wrong choice is drawn from what stands elsewhere in a note: without a memory each edited line would draw again for
its neighbours, and every card they are on would change in every deck. A memory is a preference, never more: whatever
is kept has passed every rule that a fresh choice passes, on the notes as they are now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from quizzes.questions import Question

#: How much more a question is worth that was asked before: more than any draw, so that it goes only for one that is much
#: better by its kind (generate.WORTH).
WORTH = 40


class Earlier:
    """The questions of the bank before this one; none for a first bank."""

    def __init__(self, questions: Iterable[Question] = ()) -> None:
        self._questions = {question.id: question for question in questions}

    def worth(self, question_id: str) -> int:
        """Give what a question is worth for having been asked."""
        return WORTH if question_id in self._questions else 0

    def shown(self, question_id: str) -> frozenset[str]:
        """Give the texts a question showed to choose from, without their marks for code."""
        question = self._questions.get(question_id)
        return frozenset(map(bare, question.choices)) if question else frozenset()

    def hands(self, facts: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Give the groups that were asked about together of which every fact is still there."""
        there = set(facts)
        for first in sorted(there & self._hands.keys()):
            yield from (hand for hand in self._hands[first] if there.issuperset(hand))

    @cached_property
    def _hands(self) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = {}
        for question in self._questions.values():
            if len(question.facts) > 2:
                found.setdefault(question.facts[0], []).append(question.facts)
        return found

    def version(self, variants: Sequence[Question]) -> Question | None:
        """Give the version of a question that was asked; None when there is none."""
        question = self._questions.get(variants[0].id)
        return next((variant for variant in variants if question and variant.prompt == question.prompt), None)

    def arranged(self, question: Question) -> Question:
        """Leave each choice where it stood; new ones take the places that became free."""
        before = self._questions.get(question.id)
        if before is None or len(before.choices) != len(question.choices):
            return question
        fresh = iter([choice for choice in question.choices if choice not in before.choices])
        choices = tuple(choice if choice in question.choices else next(fresh) for choice in before.choices)
        return replace(question, choices=choices)


def bare(text: str) -> str:
    """Give a text without its marks for code."""
    return text.replace("`", "")
