"""A bank that follows the one before it."""

from __future__ import annotations

from quizzes.distractors import pick_texts
from quizzes.generate import generate
from quizzes.wording import WORDINGS
from tests.quizzes.facts import CAST, command, option, reading

NOTHING_NEW = [
    command(200 + place, f"docker {word} NAME", purpose)
    for place, (word, purpose) in enumerate(
        (
            ("volume inspect", "查看数据卷的详细信息"),
            ("network inspect", "查看网络的详细信息"),
            ("volume create", "创建一个数据卷"),
            ("network create", "创建一个网络"),
            ("volume rm", "移除一个数据卷"),
            ("network rm", "移除一个网络"),
        )
    )
]
FLAGS = [
    option(300 + place, flag, "", meaning)
    for place, (flag, meaning) in enumerate(
        (
            ("--hostname", "设置容器的主机名"), ("--workdir", "指定进程的工作目录"), ("--user", "指定运行进程的用户"),
            ("--memory", "限制可用的内存"), ("--cpus", "限制可用的处理器"), ("--label", "给容器加上标签"),
        )
    )
]  # fmt: skip
BEFORE = [*CAST, *NOTHING_NEW, *FLAGS]


def by_id(bank):
    return {question.id: question for question in bank.questions}


def test_the_same_notes_give_the_same_bank_after_themselves():
    first = generate([reading(BEFORE)])
    assert generate([reading(BEFORE)], first.questions).questions == first.questions


def test_a_new_sibling_draws_no_choice_again_that_was_shown():
    first = by_id(generate([reading(BEFORE)]))
    grown = [*BEFORE[:-1], option(299, "--init", "", "在容器里运行初始化进程"), option(304, "--pids-limit", "", "限制进程的数目"),
             command(203, "docker volume prune", "清理没有使用的数据卷"), BEFORE[-1]]  # fmt: skip
    fresh, second = by_id(generate([reading(grown)])), by_id(generate([reading(grown)], first.values()))
    old = {key for key, question in first.items() if question.kind == "single_choice" and key in second}
    assert any(fresh[key].choices != first[key].choices for key in old & fresh.keys())
    assert all(second[key].choices == first[key].choices for key in old)
    assert len(first.keys() - second.keys()) < len(first.keys() - fresh.keys()) or first.keys() <= second.keys()


def test_a_shown_choice_that_says_what_the_key_says_now_is_not_kept():
    wording = WORDINGS["zh"]
    tiers = [["限制可用的内存", "设置容器的主机名", "指定进程的工作目录"]]
    shown = frozenset({"给容器加上标签", "限制可用的内存", "设置主机名"})
    taken = pick_texts("给容器加上一个标签", [["给容器加上标签"], *tiers], wording, "seed", 2, shown)
    assert taken[0] == "限制可用的内存"
    assert "给容器加上标签" not in taken


def test_groups_that_were_asked_about_together_stay_together():
    first = by_id(generate([reading(BEFORE)]))
    groups = {key: question for key, question in first.items() if len(question.facts) > 2}
    assert groups
    ahead = [option(1, "--read-only", "", "把根文件系统设为只读"), command(2, "docker events", "显示引擎的实时事件"), *BEFORE]
    assert groups.keys() <= by_id(generate([reading(ahead)], first.values())).keys()
