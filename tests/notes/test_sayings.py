"""Sentences that stand alone without starting with their term."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import CautionFact, PropertyFact

HEAD = "# 备份\n\n## 快照\n\n"


def said(text: str) -> list[str]:
    facts = read_note("n.md", (HEAD + text).encode()).facts
    return [fact.sentence for fact in facts if isinstance(fact, PropertyFact) and fact.trust == "safe"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("所有主流的文件系统都可以创建快照。", "所有主流的文件系统都可以创建快照。"),
        ("例如，数据库管理员通常使用快照保存数据。", "数据库管理员通常使用快照保存数据。"),
        ("如果你有一些数据需要回到昨天的状态，最好创建快照。", "如果有一些数据需要回到昨天的状态，最好创建快照。"),
        ("由于没有复制数据，快照可以在一秒之内完成。", "由于没有复制数据，快照可以在一秒之内完成。"),
    ],
)
def test_a_sentence_on_the_term_is_taken(text, sentence):
    assert sentence in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "把它们放在快照旁边，这样就可以了。",
        "所有这些都可以用快照完成。",
        "如果你觉得快照太慢，可以看看其他的工具。",
        "删除旧的快照。",
    ],
)
def test_a_sentence_that_leans_or_only_names_a_deed_is_not(text):
    assert said(text) == []


def test_a_name_in_latin_letters_is_found_without_a_space_behind_it():
    note = "# borg\n\n正文说明。\n\n而borg常用来分开存放各类备份，例如日志和照片。\n"
    facts = read_note("n.md", note.encode()).facts
    assert "Borg常用来分开存放各类备份。" in [fact.sentence for fact in facts if isinstance(fact, PropertyFact)]


def test_a_warning_in_a_listing_names_its_command():
    note = "# 镜像\n```bash\ndocker rmi -f demo\n# 不要强行移除，应当先移除容器\n```\n"
    [caution] = [fact for fact in read_note("n.md", note.encode()).facts if isinstance(fact, CautionFact)]
    assert caution.sentence == "使用 `docker rmi` 时，不要强行移除，应当先移除容器"


def test_advice_may_end_in_a_name():
    sentence = "如果应用需要连接 PostgreSQL 的话，则需要安装 libpq-dev。"
    text = "如果你的应用需要连接 PostgreSQL 的话，则需要安装 libpq-dev；其他的语言也一样。"
    assert sentence in said(f"{text}\n\n安装 libpq-dev 之后还要重启。")
    assert said(text) == []  # an illustration, when the note does not come back to the name


def test_it_is_the_label_of_its_item():
    note = "# 备份\n\n- 存储(Storage)。它可以是你的移动硬盘，公司的磁盘阵列，或者是云盘。\n- 快照(Snapshot)。\n"
    facts = read_note("n.md", note.encode()).facts
    sentences = [fact.sentence for fact in facts if isinstance(fact, PropertyFact) and fact.trust == "safe"]
    assert "存储可以是移动硬盘，公司的磁盘阵列，或者是云盘。" in sentences


def test_a_sentence_on_anything_is_not_asked_without_the_note():
    assert said("- 内核(Kernel)。\n- 应用。各个应用都可以直接运行在内核上。\n") == []


def test_the_layers_of_a_stack_are_asked_as_such_and_not_one_by_one():
    stack = "从下到上：\n\n- 硬件(Hardware)。硬件必须放在机房里。\n- 内核(Kernel)。\n- 外壳(Shell)。\n"
    assert said(stack) == []
    assert said(stack.replace("从下到上", "术语")) == ["硬件必须放在机房里。"]


def test_a_name_in_brackets_is_a_gloss_except_in_a_list_of_words():
    assert said("- 租约(Lease)：一段时间内的使用权。\n") == []
    words = read_note("n.md", "# 单词\n\n- 租约(Lease)：一段时间内的使用权。\n".encode()).facts
    assert "租约的英文是 Lease。" in [fact.sentence for fact in words if isinstance(fact, PropertyFact) and fact.trust == "safe"]


def test_a_text_file_refers_to_no_text():
    assert said("快照会把文本文件保存为副本。") == ["快照会把文本文件保存为副本。"]


def test_what_stands_behind_a_name_is_said_of_the_name():
    assert said("- clone：快照必须先解除保护。\n- copy：快照会被整个写出。\n- link：快照只能被读取。\n") == []


def test_a_short_item_that_says_something_is_a_sentence_and_no_term():
    assert "快照是只读的。" in said("1. 快照是**只读**的\n2. 快照不能被写入\n")


def test_what_will_be_needs_a_time_when():
    assert said("快照本身将保持不变。") == []
    assert said("删除克隆之后，快照将保持不变。") == ["删除克隆之后，快照将保持不变。"]


@pytest.mark.parametrize(
    "text",
    ["卷组 2.4 起，快照可以被自动删除。", "快照让管理员更容易理解历史。", "快照就像是相册里的照片一样。"],
)
def test_what_is_of_its_day_or_praises_is_not_asked(text):
    assert said(text) == []
