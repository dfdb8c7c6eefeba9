"""No choice and no false statement that is right too."""

from __future__ import annotations

import pytest

from notes import read_note
from quizzes.distractors import does_too
from quizzes.generate import generate


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("docker run --rm -it --device /dev/fuse box", "docker run --device=/dev/ttyS0 debian"),
        ("docker version", "docker version --format '{{.Server.Version}}'"),
        ("git commit -am 'x'", "git commit -m 'x'"),
    ],
)
def test_a_line_with_the_same_options_and_more_does_the_same_too(line, other):
    assert does_too(line, other)


@pytest.mark.parametrize(
    ("line", "other"),
    [("docker ps", "docker ps -a"), ("git branch -r", "git branch -a"), ("git push", "git pull")],
)
def test_a_line_without_the_option_does_not(line, other):
    assert not does_too(line, other)


def questions(note: str) -> list:
    return list(generate([read_note("n.md", note.encode())]).questions)


def test_plain_tools_are_choices_for_one_another():
    note = """# Linux 命令
| 命令 | 作用 |
|---|---|
| pwd | 显示当前所在的目录 |
| cd | 切换到另一个目录 |
| mkdir | 新建一个目录 |
| rm | 删除文件或者目录 |
| cp | 复制文件或者目录 |
"""
    chosen = [question for question in questions(note) if question.kind == "single_choice"]
    assert {question.answer for question in chosen if question.direction == "command"} <= {
        "`pwd`",
        "`cd`",
        "`mkdir`",
        "`rm`",
        "`cp`",
    }
    assert chosen


def test_a_purpose_that_holds_the_name_of_its_command_is_not_typed():
    note = "# Docker\n- `docker rename` renames a container\n- `docker wait` blocks until a container exits\n"
    typed = [question.answer for question in questions(note) if question.kind == "command"]
    assert "docker rename" not in typed


def test_a_line_with_a_substitution_is_not_typed():
    note = "# Docker\n```\n# print the address of the last container\ndocker inspect $(docker ps -lq)\n```\n"
    typed = [str(question.answer) for question in questions(note) if question.kind == "command"]
    assert not [answer for answer in typed if "$(" in answer]


def test_an_option_that_does_it_too_is_no_wrong_choice():
    note = """# Docker
## docker run
- `-v`：把目录挂载到容器里
- `-p`：发布容器的端口
- `-e`：设置环境变量
"""
    asked = [question for question in questions(note) if question.answer == "`-v`"]
    assert all("`--mount`" not in question.choices for question in asked)
