"""A bank that follows the one before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizzes.context import Context
from quizzes.distractors import pick_texts
from quizzes.earlier import Earlier
from quizzes.generate import generate
from quizzes.kinds import KINDS
from quizzes.questions import Question
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


def shown(question):
    return (question.prompt, question.choices, question.explanation)


def edited(number, **change):
    return [replace(fact, **change) if fact.source.lines[0] == number else fact for fact in BEFORE]


@pytest.mark.parametrize("place", range(6))
def test_a_remark_changes_the_cards_of_its_line_alone(place):
    purpose = NOTHING_NEW[place].purpose + "（常用）"
    first = generate([reading(BEFORE)])
    after = edited(200 + place, purpose=purpose, text=f"# {purpose}")
    told, own = by_id(first), NOTHING_NEW[place].id
    changed = [now for now in generate([reading(after)], first.questions).questions if shown(now) != shown(told[now.id])]
    assert changed
    assert all(own in now.facts for now in changed)


def test_a_wrong_choice_keeps_its_words_when_its_line_gets_others():
    first = by_id(generate([reading(BEFORE)]))
    after = edited(300, meaning="设置容器在网络里的主机名", text="设置容器在网络里的主机名")
    second = by_id(generate([reading(after)], first.values()))
    others = {key: one for key, one in first.items() if FLAGS[0].id not in one.facts}
    old = "设置容器的主机名"
    quoting = [key for key, one in others.items() if old in one.choices and old not in one.explanation]
    assert quoting
    assert all(second[key].choices == first[key].choices for key in quoting)


def test_a_slip_that_was_mended_goes_from_every_card():
    slipped = edited(300, meaning="设置容器的主机铭", text="设置容器的主机铭")
    first = generate([reading(slipped)])
    assert sum("主机铭" in "".join((one.prompt, *one.choices, one.explanation)) for one in first.questions) > 1
    second = generate([reading(BEFORE)], first.questions)
    assert not any("主机铭" in "".join((one.prompt, *one.choices, one.explanation)) for one in second.questions)


def test_what_takes_a_line_back_reaches_every_card_that_explains_by_it():
    first = generate([reading(BEFORE)])
    reached = 0
    for fact in FLAGS:
        revoked = f"{fact.meaning}（已废弃）"
        quoting = {one.id for one in first.questions if fact.meaning in one.explanation and fact.id not in one.facts}
        after = edited(fact.source.lines[0], meaning=revoked, text=revoked)
        second = by_id(generate([reading(after)], first.questions))
        for one in (second[key] for key in quoting & second.keys()):
            assert fact.meaning not in one.explanation.replace(revoked, "")
            reached += 1
    assert reached


def test_a_false_statement_stays_when_a_nearer_lie_comes_up():
    asked_of = next(fact for fact in BEFORE if fact.source.lines[0] == 5)

    def lie(facts, asked=()):
        made = KINDS["true_false"].questions([asked_of], Context([reading(facts)], Earlier(asked)))
        (found,) = (one for one in made if isinstance(one, Question) and one.answer is False)
        return found

    nearest = next(fact for fact in BEFORE if fact.source.lines[0] == 3)
    far = [fact for fact in BEFORE if fact is not nearest]
    first, nearer = lie(far), BEFORE
    assert lie(nearer).prompt != first.prompt
    assert lie(nearer, [first]) == first
