"""Choosing the questions of one quiz: mixed kinds, and none that gives away another's key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from random import Random

from quizzes.leaks import leaks
from quizzes.questions import Question

_CODE = re.compile(r"`([^`\n]+)`")


def pick(
    questions: Sequence[Question], n: int, rng: Random, kinds: Collection[str] | None = None
) -> list[Question]:
    """Choose up to n questions, in the order of the bank.

    Every fact is asked at most once, no shown text holds another question's key, and kinds take turns as
    far as the bank allows; so do the lines of the notes, for what stands on one line tells of the rest.
    Fewer than n come back when the bank has no more that fit together.

    :param kinds: names of the kinds to choose from, None for all
    """
    open_to = [question for question in questions if kinds is None or question.kind in kinds]
    order = rng.sample(open_to, len(open_to))
    taken: list[Question] = []
    used: Counter[str] = Counter()
    while order and len(taken) < n:
        order.sort(key=lambda question: used[question.kind])
        fitting = (place for place, question in enumerate(order) if fits(question, taken))
        place = _first_apart(fitting, order, taken)
        if place is None:
            break
        question = order.pop(place)
        taken.append(question)
        used[question.kind] += 1
    places = {question.id: place for place, question in enumerate(questions)}
    return sorted(taken, key=lambda question: places[question.id])


def _first_apart(places: Iterator[int], order: Sequence[Question], taken: Sequence[Question]) -> int | None:
    """Give the first of the places whose question stands on lines of its own, else the first of all."""
    first: int | None = None
    for place in places:
        if not any(_on_one_line(order[place], other) for other in taken):
            return place
        first = place if first is None else first
    return first


def _on_one_line(question: Question, other: Question) -> bool:
    (start, end), (first, last) = question.source.lines, other.source.lines
    return question.source.file == other.source.file and start <= last and first <= end


def fits(question: Question, others: Sequence[Question]) -> bool:
    """Tell whether a question can stand in one quiz with others."""
    return not any(
        set(question.facts) & set(other.facts) or tells(question, other) or tells(other, question)
        for other in others
    )


def tells(question: Question, other: Question) -> bool:
    """Tell whether what a question shows gives away the key of another: a sentence with the word of the
    other's gap, a command in full that the other asks for, an option in use that the other asks for by name.
    """
    if other.direction == "flag":
        return _uses(question.prompt, other)
    if other.kind == "cloze":
        shown = _shown(question)
        frame = [part.strip() for part in other.prompt.split("____")]
        alike = any(len(part) > 7 and part in shown for part in frame)
        return alike and any(leaks(shown, form) for forms in other.answers for form in forms[:1])
    if (other.kind in ("command", "practical") or other.direction == "command") and isinstance(other.answer, str):
        return other.answer.strip("`") in question.prompt
    return False


def _shown(question: Question) -> str:
    """The sentences a question shows that are or may be true."""
    if question.kind == "multiple_answers":
        return "\n".join([question.prompt, *question.choices])
    return question.prompt if question.kind in ("true_false", "cloze", "single_choice") else ""


def _uses(prompt: str, other: Question) -> bool:
    """Tell whether a prompt shows the option another question asks for, with the command it belongs to."""
    command = _CODE.search(other.prompt)
    key = other.answer[0] if isinstance(other.answer, list) else other.answer
    if command is None or not isinstance(key, str) or command.group(1) not in prompt:
        return False
    flag = key.strip("`")
    joined = rf"(?<![\w-])-\w*{re.escape(flag[1:])}\w*(?![\w-])" if re.fullmatch(r"-\w", flag) else ""
    exact = rf"(?<![\w-]){re.escape(flag)}(?![\w-])"
    return re.search(f"{exact}|{joined}" if joined else exact, prompt) is not None
