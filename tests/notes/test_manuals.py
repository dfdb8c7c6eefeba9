"""Lists of manual pages, notices below their heading, and commands that prose tells of."""

from __future__ import annotations

from notes import read_note
from notes.facts import CautionFact, CommandFact, DefinitionFact, Fact, FlagFact, RowFact


def facts(text: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in read_note("note.md", text.encode()).facts if fact.trust == "safe")


def purposes(text: str) -> dict[str, str]:
    return {fact.command: fact.purpose for fact in facts(text) if isinstance(fact, CommandFact)}


def test_parameters_below_their_heading_are_terms() -> None:
    note = "# grep\n\n## 参数\n\npattern：要查找的正则表达式。\n\nfile：要查找的一个或多个文件。\n"
    found = {fact.term: fact.definition for fact in facts(note) if isinstance(fact, DefinitionFact)}
    assert found == {"pattern": "要查找的正则表达式", "file": "要查找的一个或多个文件"}


def test_one_label_is_no_list_of_parameters() -> None:
    found = facts("# grep\n\n## 参数\n\npattern：要查找的正则表达式。\n")
    assert not [fact for fact in found if isinstance(fact, DefinitionFact)]


def test_exit_statuses_are_rows() -> None:
    note = "# grep\n\n## 退出状态\n\n- 0 找到匹配的行\n- 1 没有找到匹配的行\n- 2 发生错误\n"
    rows = [(fact.sort, fact.name, fact.value) for fact in facts(note) if isinstance(fact, RowFact)]
    assert rows == [("退出状态", "0", "找到匹配的行"), ("退出状态", "1", "没有找到匹配的行"), ("退出状态", "2", "发生错误")]


def test_signals_are_asked_only_with_their_true_numbers() -> None:
    note = "# 信号\n\n```\nTERM   15   请求退出\nKILL    9   强制结束\nINT     3   中断\n```\n"
    numbers = {fact.name: fact.value for fact in facts(note) if isinstance(fact, RowFact) and fact.attribute == "编号"}
    assert numbers == {"SIGTERM": "15", "SIGKILL": "9"}


def test_a_labelled_command_takes_its_object_from_the_heading() -> None:
    found = purposes("# 归档\n\n## tar.gz 格式\n\n打包并压缩：tar -zcvf docs.tar.gz docs\n解压并解包：tar -zxvf docs.tar.gz\n")
    assert found["tar -zcvf docs.tar.gz docs"] == "打包并压缩（tar.gz 格式）"
    assert found["tar -zxvf docs.tar.gz"] == "解压并解包（tar.gz 格式）"


def test_prose_says_which_command_to_use() -> None:
    assert purposes("# Files\n\nTo show hidden files as well, use `ls -a`.\n") == {"ls -a": "show hidden files as well"}
    assert purposes("# 文件\n\n如果要显示隐藏的文件，可以使用 `ls -a`。\n") == {"ls -a": "显示隐藏的文件"}


def test_prose_that_says_them_is_not_asked() -> None:
    assert not purposes("# Files\n\nTo delete them all at once, use `rm notes.txt`.\n")


def test_notices_name_the_command_of_their_option() -> None:
    note = "# cp\n\n复制文件。\n\n```\ncp a b\n```\n\n## 注意事项\n\n1. 使用 `-r` 选项时必须给出一个目录作为目标。\n"
    said = [fact.sentence for fact in facts(note) if isinstance(fact, CautionFact)]
    assert said == ["使用 `cp` 的 `-r` 选项时必须给出一个目录作为目标"]


def test_a_line_without_its_operand_is_told_of_its_option() -> None:
    note = "# Docker\n\nIf you want a short-lived helper, `docker run --rm` will remove the helper after it stops.\n"
    found = {(fact.command, fact.flag): fact.meaning for fact in facts(note) if isinstance(fact, FlagFact)}
    assert found[("docker run", "--rm")] == "remove the helper after it stops"
    assert "docker run --rm" not in purposes(note)
