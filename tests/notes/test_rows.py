"""Tables about things of one sort, and timelines."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import DefinitionFact, Fact, QuantityFact, RowFact
from quizzes.generate import generate

PLANETS = """# 太阳系笔记
## 行星
| 行星 | 类别 | 卫星最多的记录 | 示例 |
|---|---|---|---|
| 水星 | 岩质行星 | 零颗 | 图一 |
| 木星 | 气态巨行星 | 九十五颗 | 图二 |
| 天王星 | 冰巨行星 | 二十七颗 | 图三 |
| 谷神 | 矮行星 | 没有记录 | 图四 |
"""


def facts_of(note: str, kind: type[Fact]) -> list:
    return [
        fact
        for fact in read_note("n.md", note.encode()).facts
        if isinstance(fact, kind) and fact.trust == "safe"
    ]


def test_each_cell_says_something_of_the_thing_in_front():
    cells = [(fact.sort, fact.name, fact.attribute, fact.value) for fact in facts_of(PLANETS, RowFact)]
    assert ("行星", "木星", "类别", "气态巨行星") in cells
    assert {attribute for _, _, attribute, _ in cells} == {"类别", "卫星最多的记录"}


@pytest.mark.parametrize(
    "table",
    [
        "| id | name | age |\n|---|---|---|\n| 1 | ann | 30 |\n| 2 | bob | 41 |\n| 3 | cy | 52 |\n",
        "| Feature | Cats | Dogs |\n|---|---|---|\n| sound | meow | bark |\n| food | fish | bone |\n| size | small | big |\n",
        "| Fruit | Sweet | Green |\n|---|---|---|\n| Kiwi | ✓ | ✓ |\n| Lime | ✗ | ✓ |\n| Plum | ✓ | ✗ |\n",
        "| Site | Link |\n|---|---|\n| One | https://a.example |\n| Two | https://b.example |\n| Three | https://c.example |\n",
    ],
)
def test_data_comparisons_marks_and_links_are_not_asked_as_rows(table):
    assert facts_of(f"# T\n{table}", RowFact) == []


def test_choices_for_a_cell_come_from_its_column():
    bank = generate([read_note("n.md", PLANETS.encode())])
    asked = [question for question in bank.questions if question.kind == "single_choice"]
    kinds = {"岩质行星", "气态巨行星", "冰巨行星", "矮行星"}
    valued = [question for question in asked if question.direction == "row value" and "类别" in question.prompt]
    assert all(set(question.choices) <= kinds for question in valued)
    assert all(question.prompt.startswith("【太阳系 · 行星】") for question in asked)


def test_a_timeline_gives_years_and_wrong_years_are_of_other_events():
    note = """# Old times
- 1492: A fleet crosses the ocean
- 1517: A monk nails theses to a door
- 1543: Stars are put in new places
- 1588: An armada is beaten by storms
"""
    assert [fact.value for fact in facts_of(note, QuantityFact)] == ["1492", "1517", "1543", "1588"]
    years = {"1492", "1517", "1543", "1588"}
    bank = generate([read_note("n.md", note.encode())]).questions
    chosen = [question for question in bank if question.choices and question.direction == "value"]
    assert chosen
    assert all(set(question.choices) == years for question in chosen)


GROUPED = """# Network
| layer | protocol | port | description |
|---|---|---|---|
| application | HTTP | 80 | carries the pages of the web |
|  | FTP | 21 | carries files between machines |
|  | SMTP | 25 | carries mail between servers |
| transport | TCP | none | keeps a stream of bytes in order |
"""


def test_a_merged_first_column_stands_for_groups_and_the_second_is_described():
    assert facts_of(GROUPED, RowFact) == []
    described = {fact.term: fact.definition for fact in facts_of(GROUPED, DefinitionFact)}
    assert described["HTTP"] == "carries the pages of the web"
    assert "application" not in described


def test_cells_of_html_that_reach_down_are_read_as_merged_ones():
    note = """# Body
<table>
<tr><th>system</th><th>organ</th><th>function</th></tr>
<tr><td rowspan="2">digestive</td><td>stomach</td><td>breaks down proteins in food</td></tr>
<tr><td>small intestine</td><td>takes up most of the nutrients</td></tr>
<tr><td>circulatory</td><td>heart</td><td>pumps blood through the vessels</td></tr>
</table>
"""
    described = {fact.term: fact.definition for fact in facts_of(note, DefinitionFact)}
    assert described == {
        "stomach": "breaks down proteins in food",
        "small intestine": "takes up most of the nutrients",
        "heart": "pumps blood through the vessels",
    }


def test_groups_without_names_of_their_own_are_left_out():
    doubled = GROUPED.replace("FTP", "HTTP")
    assert facts_of(doubled, RowFact) == []
    assert "application" not in {fact.term for fact in facts_of(doubled, DefinitionFact)}
