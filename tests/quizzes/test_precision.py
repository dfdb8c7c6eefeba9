"""What must not be asked, or not in these words, whatever the notes are about; all sentences are our own."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import PropertyFact
from quizzes.context import Context
from quizzes.distractors import near_definitions
from quizzes.generate import generate
from quizzes.keywords import typed_keywords_of
from quizzes.leaks import leaks, one_tells_other
from quizzes.names import named
from quizzes.topics import subject_of
from quizzes.twins import swaps
from quizzes.wording import WORDINGS
from quizzes.wording.tidy import chinese, looks_like_code
from tests.quizzes.facts import command, option, reading, source, term


def fact_of(sentence: str, subject: str, *keywords: str) -> PropertyFact:
    return PropertyFact(source(1), "en", sentence, "safe", subject, sentence, keywords)


def questions_of(note: str) -> list:
    return list(generate([read_note("n.md", note.encode())]).questions)


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("**装箱命令** 可以为文件创建归档", "装箱命令可以为文件创建归档"),
        ("**装箱** 用于归档文件", "装箱用于归档文件"),
        ("先停机 再备份", "先停机，再备份"),
        ("撤销一次提交 会打开编辑器", "撤销一次提交，会打开编辑器"),
    ],
)
def test_a_space_around_bold_print_is_no_pause(written, set_):
    assert chinese(written) == set_


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("indicates the use of a deprecated lid", "DeprecationNotice", True),
        ("keeps several replicas of a box alive", "ReplicaKeeper", True),
        ("sent when a box falls", "FallNotice", False),
        ("keeps several lids open", "ReplicaKeeper", False),
    ],
)
def test_a_name_without_spaces_tells_by_its_long_words(text, name, told):
    assert leaks(text, name) is told


def test_one_term_in_two_spellings_gives_no_false_statement_about_itself():
    facts = (term(1, "crate", "", "一种装运货物的木箱"), term(2, "Crate", "", "一种堆在码头上的大箱子"))
    assert near_definitions(facts[0], Context([reading(facts)]), "seed", 1) == []


def test_tasks_that_differ_in_their_names_alone_are_set_a_few_times():
    names = ("oak", "elm", "fir", "ash", "yew", "box")
    note = "# Git\n\n```sh\n" + "".join(f"# switch to {name}\ngit switch {name}\n" for name in names) + "```\n"
    prompts = [question.prompt for question in questions_of(note) if question.kind == "practical"]
    assert len(prompts) == 4
    assert set(prompts) < {f"Switch to the branch `{name}`, which exists." for name in names}


def test_a_noun_that_begins_like_a_verb_is_named_and_not_done():
    zh = WORDINGS["zh"]
    assert zh.meaning_option("useradd", "用户登录时所用的名称") == "`useradd` 的哪个选项用于设置用户登录时所用的名称？"
    assert zh.meaning_option("route", "详细信息模式").startswith("`route` 的哪个选项")
    assert zh.meaning_option("useradd", "用另一个名称登录") == "使用 `useradd` 时，要用另一个名称登录，应加哪个选项？"


def test_a_plural_is_no_verb():
    en = WORDINGS["en"]
    assert "is described as: Commits" in en.command_statement("git log v1..v2", "commits between v1 and v2")
    assert en.command_statement("git gc", "packs loose objects") == "`git gc` packs loose objects."


def test_a_repository_is_an_image_to_docker_alone():
    assert "nginx" not in named("git pull <remote-repository>").line
    assert named("docker pull <repository>").line == "docker pull nginx"


def test_a_short_form_that_stands_everywhere_is_no_gap():
    fact = fact_of("The lid is opened from the given IP address by `crane`.", "lid", "IP", "crane")
    assert typed_keywords_of(fact) == ["crane"]


def test_no_word_is_exchanged_inside_code_for_code_that_does_not_exist():
    said = "A box is opened with all that is inside when `recursive` is set."
    assert [swap.wrong for swap in swaps(said, "en", said)] == []
    assert [swap.wrong for swap in swaps(said, "en", f"{said} So does `iterative`.")] == ["iterative"]


def test_a_head_of_many_is_the_sort_of_each():
    en = WORDINGS["en"]
    assert en.row_name("Exit codes", "meaning", "no lid found") == "Which exit code has the meaning “no lid found”?"
    assert en.row_value("RETURN VALUE", "2", "meaning") == "Which meaning belongs to the return value “2”?"
    assert en.row_value("DNS", "A", "use") == "Which use belongs to the DNS `A`?"


def test_a_sentence_with_signs_is_no_code():
    assert not looks_like_code("Fatal fault: there was no lid on the box (see `lid`)")
    assert looks_like_code("open(lid: Lid)")


def test_the_number_of_a_table_is_no_topic():
    assert subject_of("表格 1.2. 箱子的种类") == "箱子的种类"
    assert subject_of("Table 4: Kinds of boxes") == "Kinds of boxes"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("`'MX'`", "`box.resolveMx()`", True),
        ("Caa", "`box.resolve_caa()`", True),
        ("MX", "`box.resolveCaa()`", False),
        ("ssh", "22", False),
        ("A", "`box.resolveA()`", False),
    ],
)
def test_a_name_is_told_by_the_code_that_spells_it(name, value, told):
    assert one_tells_other(name, value) is told


@pytest.mark.parametrize(
    ("line", "purpose", "asked"),
    [
        ("sed '/^$/d' lids.txt", "删除空白行", 0),
        ("awk '{ print $2 }' lids.txt", "打印每一行的第二个字段", 0),
        ("useradd -s /sbin/nologin crane", "新建一个不能登录的用户", 1),
    ],
)
def test_a_program_that_would_be_given_with_the_task_is_not_typed(line, purpose, asked):
    bank = generate([reading((command(1, line, purpose), option(2, "-s", "", "指定登录时的程序", "useradd")))])
    assert sum(question.kind == "command" for question in bank.questions) == asked


def test_a_tool_takes_no_article():
    en = WORDINGS["en"]
    assert en.term_statement("top", "a tool that lists what runs").startswith("`top` is a tool")
    assert en.term_statement("lease", "a mark that a worker renews").startswith("A lease is a mark")
