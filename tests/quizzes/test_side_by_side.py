"""Pairs and stacks that notes set side by side become one question each."""

from __future__ import annotations

from notes import read_note
from quizzes.generate import generate
from quizzes.questions import Question

OLD = "### 水车磨坊\n\n从下到上：\n\n- 地基\n- 水槽\n- 水轮\n- 磨盘\n- 屋顶\n"
NEW = "### 电力磨坊\n\n从下到上：\n\n- 地基\n- 电动机\n- 磨盘\n- 屋顶\n"


def asked(note: str, direction: str) -> list[Question]:
    bank = generate([read_note("note.md", note.encode())])
    return [question for question in bank.questions if question.direction == direction]


def test_a_layer_is_asked_by_the_layers_it_replaces() -> None:
    [question] = asked(f"# 磨坊\n\n## 两种磨坊\n\n{OLD}\n{NEW}", "in place of")
    assert question.answer == "水槽和水轮"
    assert "电动机" in question.prompt
    assert "水轮和磨盘" in question.choices


def test_stacks_that_share_little_are_not_compared() -> None:
    other = NEW.replace("地基", "船底").replace("屋顶", "船帆")
    assert not asked(f"# 磨坊\n\n## 两种磨坊\n\n{OLD}\n{other}", "in place of")


def test_stacks_of_sections_far_apart_are_not_compared() -> None:
    assert not asked(f"# 磨坊\n\n## 从前\n\n{OLD}\n## 现在\n\n{NEW}", "in place of")


def test_two_glossaries_of_one_note_are_both_asked() -> None:
    first = "## 水\n\n- 水塔(Tower)。建在山上。\n- 泵站(Pump)。建在河边。\n- 闸门(Gate)。挡住河水。\n"
    second = "## 船\n\n- 船帆(Sail)。挂在桅杆上。\n- 船锚(Anchor)。沉到水底。\n- 船舵(Rudder)。装在船尾。\n"
    found = [one for one in asked(f"# 水厂\n\n{first}\n{second}", "pairs") if "英文名称" in one.prompt]
    assert [one.answer for one in found] == [
        {"水塔": "Tower", "泵站": "Pump", "闸门": "Gate"},
        {"船帆": "Sail", "船锚": "Anchor", "船舵": "Rudder"},
    ]


def test_names_are_paired_with_what_they_serve() -> None:
    note = "# 播放器\n\n## 内核\n\n内核有支持 Windows 的 Foo，支持 Linux 的 Bar 以及支持 Android 的 Baz。\n"
    [question] = asked(note, "pairs")
    assert question.answer == {"Foo": "Windows", "Bar": "Linux", "Baz": "Android"}
    assert question.prompt == "将下列内核与各自支持的操作系统配对。"
