"""Places where commands are explained: columns of a table, lines of prose, and keys of an editor that are none."""

from __future__ import annotations

from notes import read_note
from notes.facts import CommandFact, DefinitionFact, Fact


def facts_of(note: str, kind: type[Fact]) -> list:
    return [fact for fact in read_note("n.md", note.encode()).facts if isinstance(fact, kind) and fact.trust == "safe"]


def test_a_table_may_say_the_aim_first_and_the_command_second():
    note = """# Git
| I want to | Command |
|---|---|
| unstage a file | `git reset HEAD file` |
| rename a branch | `git branch -m new` |
"""
    assert {(fact.command, fact.purpose) for fact in facts_of(note, CommandFact)} == {
        ("git reset HEAD file", "unstage a file"),
        ("git branch -m new", "rename a branch"),
    }


def test_lines_of_prose_may_start_with_a_command():
    note = "# 网络命令\nifconfig　查看网卡的信息\nping　测试两台主机是否连通\n"
    assert {(fact.command, fact.purpose) for fact in facts_of(note, CommandFact)} == {
        ("ifconfig", "查看网卡的信息"),
        ("ping", "测试两台主机是否连通"),
    }


def test_a_key_with_the_name_of_a_tool_is_a_key():
    note = "# vim\n- `dd`：删除光标所在的行\n- `yy`：复制光标所在的行\n- `gg`：跳到文件的首行\n"
    assert facts_of(note, CommandFact) == []
    assert {fact.term for fact in facts_of(note, DefinitionFact)} == {"dd", "yy", "gg"}


def test_housework_in_a_note_on_something_else_is_not_asked():
    note = "# Docker\n```bash\n# list the networks\ndocker network ls\n# edit the settings file\nvim site.conf\n```\n"
    assert [fact.command for fact in facts_of(note, CommandFact) if "vim" in fact.command] == []
