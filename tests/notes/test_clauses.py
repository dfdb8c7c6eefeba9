"""Long sentences become facts that each say one thing; enumerations and pairs become facts of their own."""

from __future__ import annotations

from notes import read_note
from notes.facts import Fact, MembersFact, PairsFact, PropertyFact
from quizzes.generate import generate
from quizzes.questions import Question


def facts(text: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in read_note("note.md", text.encode()).facts if fact.trust == "safe")


def ticked(text: str) -> list[Question]:
    bank = generate([read_note("note.md", text.encode())])
    return [question for question in bank.questions if question.direction == "members"]


def sentences(text: str) -> list[str]:
    return [fact.sentence for fact in facts(text) if isinstance(fact, PropertyFact)]


def test_clauses_that_share_a_subject_are_told_apart() -> None:
    said = sentences("# 水厂\n\n## 泵站(Pump)\n\n- 泵站(Pump)。泵站取代了旧水塔，它是建在河边的后台设施，负责输送饮用水。\n")
    assert "泵站是建在河边的后台设施。" in said
    assert "泵站负责输送饮用水。" in said
    assert not any("，" in sentence for sentence in said)


def test_a_clause_on_all_of_a_kind_keeps_its_quantifier() -> None:
    said = sentences("# 温室\n\n## 花盆\n\n### 植物\n\n- 植物(Plant)。不同的植物种在不同的花盆里，它们是相互隔离的。\n")
    assert "不同的植物是相互隔离的。" in said


def test_clauses_that_lean_on_each_other_stay_together() -> None:
    whole = "由于水塔位于城外的山坡上，泵站必须全天运行在高压状态。"
    assert whole in sentences(f"# 水厂\n\n## 泵站\n\n{whole}\n\n## 水塔\n\n水塔位于山上。\n")


def test_a_whole_is_asked_with_members_of_another_as_distractors() -> None:
    note = "# 温室\n\n- 土壤(Soil)。土壤可以是沙土、壤土，或者是黏土。\n- 容器(Pot)。容器可以是陶盆、木箱，或者是玻璃缸。\n"
    assert [fact.members for fact in facts(note) if isinstance(fact, MembersFact)] == [
        ("沙土", "壤土", "黏土"),
        ("陶盆", "木箱", "玻璃缸"),
    ]
    asked = ticked(note)
    assert [question.answer for question in asked] == [["沙土", "壤土", "黏土"], ["陶盆", "木箱", "玻璃缸"]]
    assert {"陶盆", "木箱", "玻璃缸"} <= set(asked[0].choices)


def test_a_lonely_enumeration_is_not_asked_for_want_of_distractors() -> None:
    note = "# 温室\n\n- 土壤(Soil)。土壤可以是沙土、壤土，或者是黏土。\n"
    assert not ticked(note)


def test_names_that_serve_something_are_facts_together() -> None:
    note = "# 播放器\n\n## 内核\n\n内核有支持 Alpha 的 Foo，支持 Beta 的 Bar 以及支持 Gamma 的 Baz。\n\nFoo 由 Rust 写成。\n"
    assert not [one for one in sentences(note) if "支持" in one]
    [fact] = [fact for fact in facts(note) if isinstance(fact, PairsFact)]
    assert (fact.whole, fact.verb) == ("内核", "支持")
    assert fact.pairs == (("Foo", "Alpha"), ("Bar", "Beta"), ("Baz", "Gamma"))


GLOSSED = "# 水厂\n\n- 水塔(Tower)。建在山上。\n- 泵站(Pump)。建在河边。\n- 闸门(Gate)。挡住河水。\n"


def test_english_names_of_one_section_are_a_fact_together() -> None:
    [fact] = [fact for fact in facts(GLOSSED) if isinstance(fact, PairsFact)]
    assert fact.pairs == (("水塔", "Tower"), ("泵站", "Pump"), ("闸门", "Gate"))


def test_two_names_are_too_few_and_known_ones_are_not_told_again() -> None:
    again = "\n## 其他\n\n- 水塔(Tower)。又建了一座。\n- 泵站(Pump)。又建了一座。\n- 水管(Pipe)。埋在地下。\n"
    few = GLOSSED.replace("(Gate)", "")
    assert not [fact for fact in facts(few) if isinstance(fact, PairsFact)]
    assert len([fact for fact in facts(GLOSSED + again) if isinstance(fact, PairsFact)]) == 1


def test_a_name_that_the_term_itself_holds_is_no_question() -> None:
    shared = GLOSSED.replace("闸门(Gate)", "Gate闸门(Main Gate)")
    assert not [fact for fact in facts(shared) if isinstance(fact, PairsFact)]


def test_sentences_on_the_same_words_are_two_facts() -> None:
    note = "# 水厂\n\n## 水塔\n\n水塔必须建在山上。\n\n## 泵站\n\n泵站必须靠近水塔。泵站属于水塔的一部分。\n"
    said = [fact for fact in facts(note) if isinstance(fact, PropertyFact) and fact.subject == "泵站"]
    assert len({fact.id for fact in said}) == len(said) == 2
