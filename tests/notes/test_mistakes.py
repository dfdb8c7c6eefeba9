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
        ("# Dockerfile\n\n| Instruction | Meaning |\n|---|---|\n| `EXPOSE` | does not filter, publishes the port |\n", "publishes"),
        ("# docker\n\n- `docker ps`：查看全部容器\n- `docker run -p`：映射到随机端口\n", "随机"),
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
        "# tar\n\n| 选项 | 含义 |\n|---|---|\n| `tar -x` | 从压缩包里提取文件 |\n",
        "# 容器\n\n- `docker stop`：停止容器，但不删除容器\n",
        "# 容器\n\n```sh\ndocker stop web && docker rm web   # 停止并删除容器\n```\n",
        "# 端口\n\n- `docker run -P`：由引擎选择，不用指定端口\n- `docker run -p`：指定端口；只写一个时随机分配\n",
        "# Dockerfile\n\n| Instruction | Meaning |\n|---|---|\n| `EXPOSE` | documents a port but does not publish the port |\n",
        "# Dockerfile\n\n| 指令 | 含义 |\n|---|---|\n| `EXPOSE` | 声明端口，不会把它映射到主机 |\n| `RUN` | 构建时执行，CMD 则在容器启动时执行 |\n",
        "# 容器\n\n`docker stop` 停止容器之后，可以用 `docker rm` 删除容器。\n",
        "# 信号\n\n| 信号 | 含义 |\n|---|---|\n| `SIGKILL` | 强行终止，不可被捕获 |\n| `SIGTERM` | 请求退出，可被捕获 |\n",
        "# git\n\n- `git fetch`：下载提交，不会自动合并\n- `git reset --soft HEAD~1`：撤销提交，不丢弃改动\n",
        "# chmod 权限\n\n只有文件的所有者才能运行 chmod，当前用户不是所有者时会报错。\n",
    ],
)
def test_what_is_right_is_not_reported(text):
    assert wrong(text) == []
