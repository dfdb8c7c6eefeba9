"""The few words that exports add to the questions, in the question's language."""

from __future__ import annotations

import re
from typing import Literal

from notes.facts import Language

Word = Literal[
    "true", "false", "also", "setup", "proof", "line", "lines", "name", "date", "answers", "explanation", "source",
    "choose", "order", "match", "questions", "worksheet", "open", "vanished",
]

_WORDS: dict[Word, tuple[str, str]] = {
    "true": ("正确", "True"),
    "false": ("错误", "False"),
    "also": ("也可以写成", "Also accepted"),
    "setup": ("准备（已替你运行）", "Prepared for you"),
    "proof": ("实测", "Proved by running"),
    "line": ("第 {} 行", "line {}"),
    "lines": ("第 {} 行", "lines {}"),
    "name": ("姓名", "Name"),
    "date": ("日期", "Date"),
    "answers": ("参考答案", "Answers"),
    "explanation": ("解析", "Explanation"),
    "source": ("出处", "Source"),
    "choose": ("选出所有正确的选项", "Choose all that are right"),
    "order": ("写出正确的顺序", "Put in the right order"),
    "match": ("把左右两边配对", "Match left and right"),
    "questions": ("题目", "Questions"),
    "worksheet": ("练习", "Worksheet"),
    "open": ("打开原题", "Open the question"),
    "vanished": ("这道题已从题库中删除。", "This question was removed from its bank."),
}


def word(key: Word, language: Language) -> str:
    """Give one of our words."""
    chinese, english = _WORDS[key]
    return chinese if language == "zh" else english


#: How a prompt of ours, or of another program, says that several choices may be right.
_SEVERAL = re.compile(r"多选|所有正确|全部正确|all that apply|all that are|more than one", re.IGNORECASE)


def says_several(prompt: str) -> bool:
    """Tell whether a prompt already says that several choices may be right."""
    return _SEVERAL.search(prompt) is not None


def where(file: str, heading: tuple[str, ...], lines: tuple[int, int], language: Language) -> str:
    """Say where a fact stands: note, headings, lines."""
    first, last = lines
    place = word("line", language).format(first) if first == last else word("lines", language).format(f"{first}–{last}")
    return " › ".join((file, *heading)) + ("，" if language == "zh" else ", ") + place
