"""The tool's name in Chinese prose is written as its makers write it; commands stay as they are typed."""

from __future__ import annotations

import pytest

from quizzes.wording.tidy import chinese


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("docker容器与主机共用内核", "Docker 容器与主机共用内核"),
        ("先启动docker", "先启动 Docker"),
        ("使用 docker 命令可以查看", "使用 docker 命令可以查看"),
        ("执行 `docker` 之前", "执行 `docker` 之前"),
        ("写入 /etc/docker 目录", "写入 /etc/docker 目录"),
        ("把用户加入 docker 组", "把用户加入 docker 组"),
    ],
)
def test_the_name_of_the_tool(written, set_):
    assert chinese(written) == set_
