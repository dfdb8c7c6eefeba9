"""Notes in traditional characters are asked in traditional characters."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from notes import read_note
from quizzes.generate import generate
from quizzes.questions import Question
from quizzes.scripts import in_traditional, is_traditional
from quizzes.wording.base import data_rows

HARBOUR = """# 港口筆記

## 術語

- 纜樁：固定船隻纜繩的短柱
- 燈塔：夜間指引船隻的高塔
- 浮標：標出航道的漂浮物
- 錨地：船隻可以停泊的水域
"""


def asked(note: str) -> tuple[Question, ...]:
    return generate([read_note("n.md", note.encode())]).questions


def shown(question: Question) -> str:
    return re.sub("`[^`]*`", "", "\n".join((question.prompt, *question.choices, question.explanation)))


def test_no_simplified_character_is_shown():
    letters = next(iter(data_rows("traditional.txt")))
    questions = asked(HARBOUR)
    assert questions
    assert not [question.prompt for question in questions if set(shown(question)) & set(letters[::2])]


def test_the_key_is_still_one_of_the_choices():
    for question in asked(HARBOUR):
        if isinstance(question.answer, str) and question.choices:
            assert question.answer in question.choices


@pytest.mark.parametrize(
    ("text", "told"),
    [(HARBOUR, True), ("# 港口笔记\n\n系缆桩固定船只的缆绳，灯塔在夜间指引船只。", False), ("# A", False)],
)
def test_the_script_of_a_note(text, told):
    assert is_traditional(text) is told


def test_code_and_what_is_typed_stay_as_they_are():
    simplified = replace(asked(HARBOUR)[0], prompt="写出 `标签`。", choices=(), answer="git tag 标签", explanation="复制之后")
    question = in_traditional(simplified)
    assert question.prompt == "寫出 `标签`。"
    assert question.answer == "git tag 标签"
    assert question.explanation == "複製之後"
