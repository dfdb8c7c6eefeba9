"""The script of a Chinese note: questions on notes in traditional characters are set in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from quizzes.questions import Question
from quizzes.wording.base import data_rows
from quizzes.wording.tidy import outside_code

LEAST = 4  # traditional characters that make it the note's script, and more of them than simplified ones
LONGEST = 40_000  # letters of a note looked at


@lru_cache(maxsize=16)
def is_traditional(text: str) -> bool:
    """Tell whether a note is written in traditional characters."""
    letters = Counter(text[:LONGEST])
    simplified, traditional = (sum(letters[letter] for letter in side) for side in zip(*_pairs(), strict=True))
    return traditional >= LEAST and traditional > simplified


def in_traditional(question: Question) -> Question:
    """Give a question with what it shows in traditional characters; what a learner types stays as the note has it."""
    return replace(
        question,
        prompt=_set(question.prompt),
        choices=tuple(map(_set, question.choices)),
        answer=_answer(question.answer) if question.choices else question.answer,
        explanation=_set(question.explanation),
    )


def _answer(answer: Any) -> Any:
    if isinstance(answer, str):
        return _set(answer)
    if isinstance(answer, list):
        return [_set(part) for part in answer]
    if isinstance(answer, Mapping):
        return {_set(left): _set(right) for left, right in answer.items()}
    return answer


def _set(text: str) -> str:
    if text.isascii():
        return text
    letters, words, pattern = _table()
    return outside_code(lambda part: pattern.sub(lambda found: words[found.group()], part).translate(letters), text)


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    letters = next(iter(data_rows("traditional.txt")))
    return tuple(zip(letters[::2], letters[1::2], strict=True))


@cache
def _table() -> tuple[dict[int, str], dict[str, str], re.Pattern[str]]:
    _, *rows = data_rows("traditional.txt")
    words = dict(pair.split("=") for row in rows for pair in row.split())
    return str.maketrans(dict(_pairs())), words, re.compile("|".join(map(re.escape, words)))
