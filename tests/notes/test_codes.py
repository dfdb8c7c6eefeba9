"""Codes and places are things of one sort with a meaning each."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import RowFact


def rows(text: str) -> list[tuple[str, str, str, str]]:
    facts = read_note("n.md", text.encode()).facts
    return [(fact.sort, fact.name, fact.attribute, fact.value) for fact in facts if isinstance(fact, RowFact)]


def table(head: str, *names: str) -> str:
    lines = "".join(f"| {name} | 含义各不相同的第 {name} 种结果 |\n" for name in names)
    return f"# Codes\n\n| {head} | 说明 |\n|---|---|\n{lines}"


def test_a_table_of_codes_gives_the_meaning_of_each() -> None:
    note = "# 网络\n\n| 状态码 | 说明 |\n|---|---|\n| 200 | 请求成功 |\n| 404 | 找不到资源 |\n| 500 | 服务器出错 |\n"
    assert rows(note) == [
        ("状态码", "200", "含义", "请求成功"),
        ("状态码", "404", "含义", "找不到资源"),
        ("状态码", "500", "含义", "服务器出错"),
    ]


@pytest.mark.parametrize("names", [("1xx", "2xx", "3xx"), ("-1", "0", "n"), ("r", "w", "x"), ("0x1", "0x2", "0x3")])
def test_codes_are_numbers_letters_and_classes(names: tuple[str, ...]) -> None:
    assert [name for _, name, _, _ in rows(table("代码", *names))] == list(names)


def test_a_column_that_only_counts_is_no_code() -> None:
    assert not rows(table("序号", "1", "2", "3"))


def test_places_of_an_output_are_told_with_its_command() -> None:
    listing = "# 权限\n\n```bash\nls -l\n# 第1位表示文件类型。\n# 第2到4位表示所有者的权限。\n# 第5到7位表示所属组的权限。\n```\n"
    sort = "ls -l 输出中的位置"
    assert rows(listing) == [
        (sort, "第1位", "含义", "文件类型"),
        (sort, "第2到4位", "含义", "所有者的权限"),
        (sort, "第5到7位", "含义", "所属组的权限"),
    ]


def test_two_places_are_no_description() -> None:
    assert not rows("# 权限\n\n第1位表示文件类型。\n第2到4位表示所有者的权限。\n")
