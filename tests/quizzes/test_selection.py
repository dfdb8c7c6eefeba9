"""One question of a quiz does not give away the key of another."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from quizzes.context import Context
from quizzes.generate import generate
from quizzes.kinds import KINDS
from quizzes.questions import Question
from quizzes.selection import fits, pick, tells
from tests.quizzes.facts import CAST, option, reading


def made(kind: str, direction: str, place: int = 0) -> Question:
    context = Context([reading()])
    found = [one for one in KINDS[kind].questions(context.facts, context) if getattr(one, "direction", "") == direction]
    return found[place]


def prompt(text: str, kind: str = "true_false") -> Question:
    return replace(made("true_false", "truth"), kind=kind, prompt=text, facts=("other",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("用 `docker run -d -P nginx` 启动容器后，端口是随机的吗？", True),
        ("用 `docker run -dP nginx` 启动容器后，端口是随机的吗？", True),
        ("用 `docker run -d -p 80:80 nginx` 启动容器后，端口是随机的吗？", False),
        ("`docker create -P nginx` 之后容器在运行吗？", False),
    ],
)
def test_an_option_in_use_tells_which_option_is_asked_for(text, told):
    asked = made("single_choice", "flag")
    assert asked.answer == "`-P`"
    assert tells(prompt(text), asked) is told


def test_a_sentence_judged_tells_the_word_of_a_gap():
    gap = made("cloze", "keyword", 1)
    sentence = "`docker stop` 首先向主进程发送 SIGTERM 信号。"
    assert gap.answer == ["SIGTERM"]
    assert tells(prompt(sentence), gap)
    several = replace(prompt("下列说法哪些是正确的？", "multiple_answers"), choices=(sentence, "别的。"))
    assert tells(several, gap)
    assert not tells(prompt("`docker stop` 首先向主进程发送一个信号。"), gap)


def test_a_command_in_full_tells_the_command_asked_for():
    asked = made("single_choice", "command")
    line = str(asked.answer)
    assert tells(prompt(f"执行 {line} 之后会怎样？"), asked)


def test_a_quiz_asks_lines_of_its_own_first():
    bank = generate([reading()]).questions
    lines = [question.source.lines for question in pick(bank, 8, random.Random(5))]
    assert len(set(lines)) == 8


def test_questions_of_one_line_come_when_there_are_no_others():
    facts = [option(1, f"-{letter}", "", meaning) for letter, meaning in zip("Ppdew", MEANINGS, strict=True)]
    bank = generate([reading(tuple(facts))]).questions
    quiz = pick(bank, 4, random.Random(2))
    assert len(quiz) > 1
    assert all(fits(question, [other for other in quiz if other is not question]) for question in quiz)


MEANINGS = ("随机映射端口", "映射指定的端口", "在后台运行", "设置环境变量", "设置工作目录")


def test_a_draw_of_many_seeds_never_tells():
    bank = generate([reading(CAST)]).questions
    for seed in range(20):
        quiz = pick(bank, 10, random.Random(seed))
        assert not any(tells(one, other) for one in quiz for other in quiz if one is not other)
