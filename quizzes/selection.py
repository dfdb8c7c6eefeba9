"""Choosing the questions of one quiz: mixed kinds, and none that gives away another's key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from random import Random

from quizzes.leaks import leaks
from quizzes.questions import Question


def pick(
    questions: Sequence[Question], n: int, rng: Random, kinds: Collection[str] | None = None
) -> list[Question]:
    """Choose up to n questions, in the order of the bank.

    Every fact is asked at most once, no shown text holds another question's key, and kinds take turns as
    far as the bank allows. Fewer than n come back when the bank has no more that fit together.

    :param kinds: names of the kinds to choose from, None for all
    """
    open_to = [question for question in questions if kinds is None or question.kind in kinds]
    order = rng.sample(open_to, len(open_to))
    taken: list[Question] = []
    used: Counter[str] = Counter()
    while order and len(taken) < n:
        order.sort(key=lambda question: used[question.kind])
        place = next((place for place, question in enumerate(order) if fits(question, taken)), None)
        if place is None:
            break
        question = order.pop(place)
        taken.append(question)
        used[question.kind] += 1
    places = {question.id: place for place, question in enumerate(questions)}
    return sorted(taken, key=lambda question: places[question.id])


def fits(question: Question, others: Sequence[Question]) -> bool:
    """Tell whether a question can stand in one quiz with others."""
    return not any(
        set(question.facts) & set(other.facts) or tells(question, other) or tells(other, question)
        for other in others
    )


def tells(question: Question, other: Question) -> bool:
    """Tell whether what a question shows gives away the key of another: a sentence with the word of the
    other's gap, a command in full that the other asks to be typed.
    """
    if other.kind == "cloze":
        shown = question.prompt if question.kind in ("true_false", "cloze", "single_choice") else ""
        frame = [part.strip() for part in other.prompt.split("____")]
        alike = any(len(part) > 7 and part in shown for part in frame)
        return alike and any(leaks(shown, form) for forms in other.answers for form in forms[:1])
    if other.kind in ("command", "practical") and isinstance(other.answer, str):
        return other.answer in question.prompt
    return False
