"""Listings: prompts, comments, continuations, output."""

from __future__ import annotations

import pytest

from notes.blocks import parse, read_blocks
from notes.shell import read_listing


def lines_of(text: str, info: str = "bash") -> list[tuple[str, str, str]]:
    blocks, _ = read_blocks(parse(f"```{info}\n{text}\n```\n"))
    return [(line.kind, line.text, line.behind) for line in read_listing(blocks[0])]


@pytest.mark.parametrize(
    "prompt",
    [
        "$ ",
        "% ",
        "root:~# ",
        "root:～# ",
        "[root@host ~]# ",
        "[user@pc] ",
        "user@host:/tmp$ ",
        "PS C:\\> ",
        "(env) user@h:~$ ",
        "# ",
        "> ",
    ],
)
def test_prompts_are_stripped(prompt):
    assert lines_of(f"{prompt}docker ps -a") == [("command", "docker ps -a", "")]


def test_a_comment_is_no_prompt_and_output_is_no_command():
    assert lines_of("# 列出容器\n[root@h ~]# docker ps\nCONTAINER ID   IMAGE\nabc   nginx") == [
        ("comment", "列出容器", ""),
        ("command", "docker ps", ""),
        ("output", "CONTAINER ID   IMAGE", ""),
        ("output", "abc   nginx", ""),
    ]


def test_a_comment_behind_a_command_is_split_off_but_not_inside_quotes():
    assert lines_of("docker rm web  # 删除容器\necho '# no comment'") == [
        ("command", "docker rm web", "删除容器"),
        ("command", "echo '# no comment'", ""),
    ]


def test_continuation_lines_and_here_documents_are_one_command():
    found = lines_of("docker run -d \\\n  --name web \\\n  nginx\ndocker build - << EOF\nFROM alpine\nEOF")
    assert found == [
        ("command", "docker run -d --name web nginx", ""),
        ("command", "docker build - << EOF\nFROM alpine\nEOF", ""),
    ]


def test_a_usage_line_inside_a_comment_is_no_plain_comment():
    assert lines_of("# docker run [OPTIONS] IMAGE")[0][0] == "usage"


@pytest.mark.parametrize("info", ["python", "java", "yaml", "sql"])
def test_other_languages_are_not_read_as_shell(info):
    assert lines_of("# docker ps\ndocker ps", info) == []
