"""The door of the room: what a note's bytes give, and what is refused."""

from __future__ import annotations

import pytest

from notes import MAX_NOTE_BYTES, NoteError, read_note
from notes.facts import CommandFact, FlagFact


def test_options_below_a_usage_line_belong_to_its_command():
    note = (
        "# 容器\n```bash\n# docker run [OPTIONS] IMAGE\n# -d 让容器在后台运行\n# --name 指定容器的名字\n```\n"
    )
    facts = [fact for fact in read_note("a.md", note.encode()).facts if isinstance(fact, FlagFact)]
    assert [
        (fact.command, fact.flag, fact.aliases, fact.meaning, fact.trust, fact.source.lines) for fact in facts
    ] == [
        ("docker run", "-d", ("--detach",), "让容器在后台运行", "safe", (4, 4)),
        ("docker run", "--name", (), "指定容器的名字", "safe", (5, 5)),
    ]


def test_a_comment_above_a_prompted_command_is_its_purpose():
    note = "# 容器\n\n## 查看\n```bash\n# 列出全部容器\nroot:～# docker ps -a\nCONTAINER ID   IMAGE\n```\n"
    facts = [fact for fact in read_note("a.md", note.encode()).facts if isinstance(fact, CommandFact)]
    assert [
        (fact.command, fact.name, fact.purpose, fact.source.heading, fact.source.lines) for fact in facts
    ] == [
        ("docker ps -a", "docker ps", "列出全部容器", ("容器", "查看"), (5, 6)),
    ]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", None, "empty"),
        (b" \n\t\n", None, "empty"),
        (b"\xef\xbb\xbf", None, "empty"),
        (b"one\ntwo \x00 three", 2, "binary"),
        (b"one\ntwo\nthree \xff", 3, "UTF-8"),
        (b"a" * (MAX_NOTE_BYTES + 1), None, "5 MB"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(data, line, words):
    with pytest.raises(NoteError) as caught:
        read_note("note.md", data)
    assert caught.value.line == line
    assert words in caught.value.message
    assert str(caught.value).startswith("note.md:")


def test_a_note_without_facts_is_no_error():
    assert read_note("a.md", "几个字".encode()).facts == ()


def test_a_byte_order_mark_and_carriage_returns_are_fine():
    plain, odd = "# 题\n\n`x`\n".encode(), "\ufeff# 题\r\n\r\n`x`\r\n".encode()
    assert read_note("a.md", plain) == read_note("a.md", odd)
