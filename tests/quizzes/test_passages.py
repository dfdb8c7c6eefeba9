"""One sentence is not asked again and again, and what orders or distinguishes itself is not asked at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notes import read_note
from notes.facts import ContrastFact, PropertyFact, SequenceFact
from quizzes.context import Context
from quizzes.generate import generate
from quizzes.kinds import KINDS
from quizzes.passages import passages
from quizzes.questions import Question
from quizzes.steps import tells_its_order
from quizzes.twins import swaps
from quizzes.wording import WORDINGS
from tests.quizzes.facts import reading, source

NOTE = """# Docker

## 停下容器

使用stop停下容器时，会先发送SIGTERM信号，等待15s后发送SIGKILL信号
kill 会直接发送SIGKILL信号

```bash
docker stop web
docker kill web
docker ps
```
"""
SENTENCE = "`docker stop` 先发送 SIGTERM 信号，等待 15s 后发送 SIGKILL 信号。"
STEPS = ("发送 SIGTERM 信号", "等待 15s", "发送 SIGKILL 信号")


def property_of(sentence: str, line: int = 1) -> PropertyFact:
    return PropertyFact(source(line), "zh", sentence, "safe", "x", sentence, ())


def test_what_was_read_from_one_sentence_is_one_passage():
    told = property_of(SENTENCE)
    order = SequenceFact(source(1), "zh", SENTENCE, "safe", "停下容器", STEPS)
    other = property_of("`docker kill` 直接发送 SIGKILL 信号。", 2)
    found = passages([told, order, other])
    assert found[order.id] == found[told.id] == (told.id,)
    assert found[other.id] == (other.id,)


def test_a_passage_is_asked_three_times_at_most():
    questions = generate([read_note("n.md", NOTE.encode())]).questions
    on_stop = [question for question in questions if question.source.lines == (5, 5) and len(question.facts) == 1]
    assert 1 <= len(on_stop) <= 3
    assert sum(question.kind == "true_false" for question in on_stop) <= 1


@pytest.mark.parametrize(
    ("name", "steps"),
    [("停下容器", STEPS), ("使用 `docker stop` 停下容器", ("通知进程", "写入日志", "最后停下容器"))],
)
def test_three_steps_that_put_themselves_in_order_are_not_asked(name, steps):
    fact = SequenceFact(source(1), "zh", "t", "safe", name, steps)
    assert tells_its_order(fact)
    assert not [one for one in KINDS["ordering"].questions((fact,), Context([reading((fact,))])) if isinstance(one, Question)]


def test_other_steps_are_asked():
    fact = SequenceFact(source(1), "zh", "t", "safe", "备份数据", ("挂载磁盘", "复制文件", "校验归档"))
    assert not tells_its_order(fact)
    assert not tells_its_order(replace(fact, steps=("停下服务", "复制文件", "等待磁盘", "启动服务")))


def test_a_question_for_the_difference_offers_no_pair_without_one():
    fact = ContrastFact(source(1), "zh", "t", "safe", "快照", "克隆", "", "只占很少的空间", "占用完整的空间")
    assert list(KINDS["single_choice"].questions((fact,), Context([reading((fact,))]))) == []


def test_the_cells_of_a_contrast_leave_out_what_both_end_in():
    note = NOTE.replace("发送SIGKILL信号\n", "发送SIGKILL信号终止容器\n")
    [told] = [fact for fact in read_note("n.md", note.encode()).facts if isinstance(fact, ContrastFact)]
    assert (told.first_value, told.second_value) == ("先发送SIGTERM信号，等待15s后发送SIGKILL信号", "直接发送SIGKILL信号")


def test_a_word_is_not_exchanged_for_what_the_sentence_says_already():
    assert list(swaps("显示运行中的和已停止的任务。", "zh", "")) == []


def test_a_statement_that_can_only_be_true_is_asked_when_nothing_else_asks_its_fact_and_it_says_enough():
    sentences = ["守护进程把每一条日志写入磁盘。", "守护进程很小。", "守护进程取代了旧的定时服务。"]
    facts = [property_of(sentence, line) for line, sentence in enumerate(sentences, 1)]
    asked = {question.source.lines[0] for question in generate([reading(facts)]).questions}
    assert asked == {1}


def test_a_procedure_is_named_by_its_goal():
    assert WORDINGS["zh"].order("数据卷：恢复数据到容器") == "请按先后顺序排列“恢复数据到容器”的各步。"
    assert WORDINGS["zh"].order("安装：准备") == "请按先后顺序排列“安装：准备”的各步。"
