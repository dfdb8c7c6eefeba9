"""False versions of sentences, and the hands of sentences judged together."""

from __future__ import annotations

from notes import read_note
from notes.facts import ContrastFact, PropertyFact, Reading, Source, Suspicion
from quizzes.context import Context
from quizzes.falsehoods import falsehoods
from quizzes.generate import generate
from quizzes.keywords import keywords_of
from quizzes.kinds import KINDS

PATH = ("编排", "快照与克隆的区别")


def said(sentence: str, keywords: tuple[str, ...] = (), line: int = 1, path: tuple[str, ...] = PATH) -> PropertyFact:
    return PropertyFact(Source("n.md", path, (line, line)), "zh", sentence, "safe", sentence[:2], sentence, keywords)


def reading(*facts, text: str = "", suspicions: tuple[Suspicion, ...] = ()) -> Reading:
    return Reading("n.md", "zh", "编排", text, facts, suspicions)


def false(fact: PropertyFact, *others) -> list[str]:
    return [swap.sentence for swap in falsehoods(fact, Context([reading(fact, *others)]))]


def test_a_comparison_is_exchanged_with_the_other_thing_of_the_heading():
    assert false(said("快照更擅长于保存一个时刻的状态。")) == ["克隆更擅长于保存一个时刻的状态。"]


def test_the_first_word_of_a_longer_name_is_not_exchanged():
    sentence = "快照服务取代了旧的备份程序。"
    service = PropertyFact(Source("n.md", PATH, (1, 1)), "zh", sentence, "safe", "快照服务", sentence, ())
    assert "克隆服务取代了旧的备份程序。" not in false(service)


def test_what_may_hold_of_both_is_not_exchanged():
    assert false(said("快照位于存储设备的卷组里。")) == []


def test_a_sentence_on_two_things_exchanges_them():
    sentence = "快照只占一点空间，而克隆占用和原卷一样多的空间。"
    told = ContrastFact(
        Source("n.md", PATH, (1, 1)), "zh", sentence.rstrip("。"), "safe", "快照", "克隆", "", "只占一点空间", "占用一样多的空间"
    )
    assert false(said(sentence), told)[0] == "克隆只占一点空间，而快照占用和原卷一样多的空间。"


def test_a_longer_time_within_is_no_falsehood():
    assert false(said("缓存可以在几毫秒内应答。", ("毫秒",))) == []


def test_a_word_inside_a_name_is_not_exchanged():
    assert "主机" not in "".join(false(said("守护进程负责管理各个Docker容器。", ("Docker容器",))))


def test_four_sentences_of_a_section_are_judged_together():
    facts = [
        said("快照更擅长于保存一个时刻的状态。", line=1),
        said("快照自身是只读的。", ("只读",), line=2),
        said("备份程序通常采用快照读取数据。", line=3),
        said("克隆完成以后与原来的卷没有关系。", line=4),
    ]
    [question] = KINDS["multiple_answers"].questions(facts, Context([reading(*facts)]))
    assert question.prompt == "关于“快照与克隆的区别”，下列说法哪些是正确的？（多选）"
    assert set(question.answer) == {fact.sentence for fact in facts[2:]}
    assert set(question.choices) == {*question.answer, "克隆更擅长于保存一个时刻的状态。", "快照自身是可读写的。"}


def test_sentences_of_which_one_only_can_be_made_false_are_not_judged_together():
    plain = ["备份程序通常采用快照读取数据。", "克隆完成以后与原来的卷没有关系。", "所有快照都属于一个卷组。"]
    facts = [said(text, line=line) for line, text in enumerate(["快照更擅长于保存一个时刻的状态。", *plain], 1)]
    assert list(KINDS["multiple_answers"].questions(facts, Context([reading(*facts)]))) == []


def test_a_misspelt_heading_is_shown_mended():
    facts = [
        said(f"快照更擅长于第{place}件事情的处理。", line=place, path=("编排", "sanpshot 的用途", "快照与克隆的区别"))
        for place in range(1, 6)
    ]
    slips = (Suspicion(Source("n.md", PATH, (1, 1)), "misspelt word", "sanpshot", "snapshot"),)
    assert Context([reading(*facts, suspicions=slips)]).corrected("sanpshot 的用途") == "snapshot 的用途"


def test_a_true_statement_without_a_false_version_is_judged_only_when_nothing_else_asks_it():
    lonely = said("所有快照都属于一个由 LVM 事先建立好的卷组。", ("LVM",))
    kinds = {question.kind for question in generate([reading(lonely)]).questions}
    assert kinds == {"cloze"}


def test_sentences_that_nothing_else_asks_are_judged_first():
    alone = [said("备份程序通常采用快照读取数据。", line=place) for place in (2,)]
    gapped = [
        said("快照的存放位置取决于 LVM 的设置。", ("LVM",), line=3),
        said("快照在恢复之前要经过 CRC 的检查。", ("CRC",), line=4),
        said("快照的差异部分记录在 CBT 的表之中。", ("CBT",), line=5),
    ]
    able = [said("快照更擅长于保存一个时刻的状态。", line=1), said("快照自身是只读的。", ("只读",), line=6)]
    facts = [*able, *gapped, *alone]
    [question, *_] = KINDS["multiple_answers"].questions(facts, Context([reading(*facts)]))
    assert alone[0].sentence in question.answer
    assert len(question.answer) == 2


def test_twins_with_a_clause_each_are_exchanged_and_no_third_word_joins_them():
    made = false(said("配置保存在客户端，日志保存在服务端。", ("客户端", "服务端")))
    assert set(made) == {"配置保存在服务端，日志保存在客户端。"}


def test_a_demand_and_its_negation_are_not_exchanged():
    assert false(said("快照不需要停机，所以备份只需要一分钟。", ("不需要", "需要"))) == []


def test_a_word_of_a_longer_name_is_no_keyword():
    told = said("快照记录在 Volume Group 的表里。", ("Volume Group", "Group"))
    assert keywords_of(told) == ["Volume Group"]


def test_no_statement_about_all_or_another_number_is_made_of_a_line_that_names_one_thing():
    lines = ("# 删除停止的容器", "docker rm web", "# 删除全部镜像", "docker rmi $(docker images -q)")
    more = ("# 下载 14.04 版的镜像", "docker pull ubuntu:14.04", "# 下载最新的镜像", "docker pull ubuntu")
    note = "\n".join(("# 容器", "```bash", *lines, *more, "```", ""))
    asked = {q.prompt for q in generate([read_note("n.md", note.encode())]).questions if q.kind == "true_false"}
    assert not any("`docker rm web`" in prompt and "全部" in prompt for prompt in asked)
    assert not any("`docker pull ubuntu`" in prompt and "14.04" in prompt for prompt in asked)
