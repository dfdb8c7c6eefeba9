# ruff: noqa: E501 - a note stays on its line
"""What is known to be wrong of a tool is reported and not taught."""

from __future__ import annotations

import pytest

from notes import read_note


def wrong(text: str) -> list[str]:
    found = read_note("note.md", text.encode()).suspicions
    return [one.found for one in found if one.what == "contradicts the tool"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# chmod 权限\n\n| 符号 | 含义 |\n|---|---|\n| `u` | 当前用户 |\n| `g` | 所属组 |\n| `o` | 其他用户 |\n| `a` | 所有用户 |\n", "当前用户"),
        ("# docker run\n\n- `docker run -P`：指定主机端口:容器端口\n", "主机端口"),
        ("# git\n\n| 命令 | 说明 |\n|---|---|\n| `git fetch` | 下载远程的提交并合并到当前分支 |\n", "合并"),
        ("# git\n\n| command | purpose |\n|---|---|\n| `git reset --soft HEAD~1` | discard the last commit and its changes |\n", "discard"),
        ("# 容器\n\n```sh\ndocker export web > web.tar   # 导出镜像\n```\n", "导出镜像"),
    ],
)
def test_a_known_mistake_is_reported_and_no_fact(text, found):
    reported = wrong(text)
    assert any(found in one for one in reported)
    facts = read_note("note.md", text.encode()).facts
    assert not any(found in fact.text for fact in facts if fact.trust == "safe")


@pytest.mark.parametrize(
    "text",
    [
        "# chmod 权限\n\n| 符号 | 含义 |\n|---|---|\n| `u` | 文件的所有者 |\n| `g` | 所属组 |\n",
        "# git\n\n| 命令 | 说明 |\n|---|---|\n| `git fetch` | 下载远程的提交，不合并 |\n| `git pull` | 下载并合并 |\n",
        "# docker\n\n- `docker ps`：查看所有运行中的容器\n- `docker ps -a`：查看所有容器\n",
        "# tar\n\n- `tar -x`：解开打包的文件\n",
    ],
)
def test_what_is_right_is_not_reported(text):
    assert wrong(text) == []
