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
from quizzes.rewording import mended, remark, reworded

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

    def prompt(self, question_id: str) -> str:
        """Give what a question asked; "" for one that was not asked."""
        question = self._questions.get(question_id)
        return question.prompt if question else ""

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
        if question is None:
            return None
        same = [variant for variant in variants if variant.answer == question.answer]
        return next((variant for variant in same if said_again(question.prompt, variant.prompt)), None)

    def arranged(self, question: Question) -> Question:
        """Leave each choice where it stood, a reworded one too; new ones take the places that became free."""
        before = self._questions.get(question.id)
        if before is None or len(before.choices) != len(question.choices):
            return question
        fresh = [choice for choice in question.choices if choice not in before.choices]
        places: dict[str, str] = {}
        for old in before.choices:
            new = old if old in question.choices else next((text for text in fresh if reworded(old, text)), "")
            places[old] = new
            if new in fresh:
                fresh.remove(new)
        return replace(question, choices=tuple(places[old] or fresh.pop(0) for old in before.choices))

    def kept(self, question: Question, own: Iterable[str]) -> Question:
        """Give a question in the words in which it was asked, where it differs only by what became of other lines that it
        quotes: a remark more in the explanation, for the note still says what was quoted; other words in a wrong choice,
        which is no less wrong for that. A slip that was mended goes.

        :param own: what the notes say of the facts it asks for; what was added there belongs on the card
        """
        before = self._questions.get(question.id)
        if before is None or before.answer != question.answer or len(before.choices) != len(question.choices):
            return question
        told = _letters("".join(own))
        said = all(
            _only_remarked(old, new, told)
            for old, new in ((before.prompt, question.prompt), (before.explanation, question.explanation))
        )
        shown = zip(before.choices, question.choices, strict=True)
        if said and all(old == new or (reworded(old, new) and not mended(old, new)) for old, new in shown):
            return replace(question, prompt=before.prompt, choices=before.choices, explanation=before.explanation)
        return question


def _only_remarked(old: str, new: str, told: str) -> bool:
    added = _letters(remark(old, new))
    return old == new or (added != "" and added not in told)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def said_again(old: str, new: str) -> bool:
    """Tell whether a text says what an older one said, if with a remark."""
    return old == new or bool(remark(old, new))


def bare(text: str) -> str:
    """Give a text without its marks for code."""
    return text.replace("`", "")
