"""Dated events are put in order; underlined words are asked where the note underlines as a habit."""

from __future__ import annotations

from notes import read_note
from notes.facts import PropertyFact, QuantityFact, SequenceFact
from quizzes.generate import generate
from quizzes.questions import Question

HARBOUR = "# 港口史\n\n## 旧港\n\n- 1820年，渔民修建第一座码头\n- 1856年：灯塔点亮\n- 1901年，铁路通到港口，货运大增\n"


def sequences(text: str) -> list[tuple[str, ...]]:
    return [fact.steps for fact in read_note("n.md", text.encode()).facts if isinstance(fact, SequenceFact)]


def ordered(text: str) -> list[Question]:
    bank = generate([read_note("n.md", text.encode())])
    return [question for question in bank.questions if question.kind == "ordering"]


def test_a_list_of_dated_events_is_put_in_order_without_its_dates() -> None:
    [question] = ordered(HARBOUR)
    assert question.answer == ["渔民修建第一座码头", "灯塔点亮", "铁路通到港口"]
    assert question.prompt == "请按时间先后排列下列与“旧港”有关的事件。"


def test_a_table_of_years_and_events_is_a_timeline() -> None:
    rows = "| 1820 | Stone pier built |\n| 1856 | Lighthouse lit |\n| 1901 | Railway opened |\n"
    table = f"# Harbour\n\n## Timeline\n\n| Year | Event |\n|---|---|\n{rows}"
    assert sequences(table) == [("Stone pier built", "Lighthouse lit", "Railway opened")]
    assert ordered(table)[0].prompt == "Put these events of “Harbour” in order of time."


def test_entries_that_are_out_of_order_or_undated_are_no_timeline() -> None:
    assert not sequences(HARBOUR.replace("1820", "1920"))
    assert not sequences(HARBOUR.replace("1856年：", ""))


def keywords(text: str) -> list[tuple[str, ...]]:
    return [fact.keywords for fact in read_note("n.md", text.encode()).facts if isinstance(fact, PropertyFact)]


def test_underlined_words_are_gaps_where_it_is_a_habit() -> None:
    first = "青铜在潮湿空气里慢慢变成<u>绿色</u>；铁器在潮湿空气里慢慢变成<u>红褐色</u>。"
    assert not keywords(f"# 金属\n\n{first}\n")
    found = keywords(f"# 金属\n\n{first}\n\n银器遇到含硫的气体会变成<u>黑色</u>。\n")
    assert sorted(found) == sorted([("绿色",), ("红褐色",), ("黑色",)])


def test_whole_underlined_sentences_are_no_gaps() -> None:
    whole = "<u>银器遇到含硫的气体会变成黑色</u>。"
    assert not keywords("# 金属\n\n" + "\n\n".join([whole] * 3) + "\n")


def test_codes_are_no_years():
    note = "# 协议\n\n## 状态码\n\n- 200：请求成功完成\n- 404：资源不存在\n- 500：服务器内部错误\n- 502：网关没有响应\n"
    facts = read_note("n.md", note.encode()).facts
    assert not [fact for fact in facts if isinstance(fact, SequenceFact | QuantityFact) and fact.trust == "safe"]
