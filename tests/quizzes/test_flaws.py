"""The gate sees the flaws it is there for, and lets good questions pass."""

from __future__ import annotations

import dataclasses

import pytest

from notes.facts import Source
from quizzes.flaws import check
from quizzes.questions import Question

GOOD = Question(
    id="0123456789abcdef",
    kind="single_choice",
    language="zh",
    prompt="`docker run` 的 `-d` 选项有什么作用？",
    answer="在后台运行容器",
    explanation="`-d` 用于在后台运行容器。",
    source=Source("note.md", (), (1, 1)),
    facts=("f",),
    direction="meaning",
    difficulty="recall",
    topics=(),
    choices=("在后台运行容器", "设置环境变量", "给容器起名字", "分配一个伪终端"),
)

FLAWED = {
    "leftovers of Markdown or HTML": {"prompt": "**`docker run`** 的 `-d` 有什么作用？"},
    "an odd number of backticks": {"prompt": "`docker run 的选项有什么作用？"},
    "a pronoun without its noun": {"prompt": "它有什么作用？"},
    "the prompt points at a line of the notes": {"prompt": "第 42 行的 `-d` 有什么作用？"},
    "half-width marks in Chinese prose": {"prompt": "使用容器时,`-d` 有什么作用？"},
    "two choices are the same": {"choices": ("在后台运行容器", "设置环境变量", "设置环境变量", "分配伪终端")},
    "all or none of the above": {"choices": ("在后台运行容器", "设置环境变量", "以上都不对", "分配伪终端")},
    "an absolute word gives a wrong choice away": {
        "choices": ("在后台运行容器", "永远不停止", "给容器起名字", "分配伪终端")
    },
    "the key is clearly the longest choice": {"choices": ("在后台运行容器", "起名", "删除", "停止")},
    "one choice holds another": {
        "choices": ("在后台运行容器", "设置环境变量", "给容器设置环境变量", "分配伪终端")
    },
    "a negation in the stem is not marked": {"prompt": "下列关于 `docker run` 的说法，不正确的是："},
    "the prompt is not in the language of the note": {"prompt": "What does `-d` do?"},
    "an empty part": {"explanation": ""},
}


def test_a_good_question_passes():
    assert check(GOOD) == []


@pytest.mark.parametrize(("name", "change"), FLAWED.items())
def test_a_flaw_is_seen(name, change):
    assert name in {flaw.name for flaw in check(dataclasses.replace(GOOD, **change))}


def test_an_answer_on_the_card_is_seen():
    cloze = dataclasses.replace(
        GOOD,
        kind="cloze",
        choices=(),
        prompt="SIGTERM 信号就是 ____ 信号。",
        answer=["SIGTERM"],
        answers=(("SIGTERM",),),
    )
    assert {flaw.name for flaw in check(cloze)} == {"the answer stands on the card"}
