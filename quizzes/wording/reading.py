# ruff: noqa: E501 - a sentence stays on its line
"""The words of questions that read an output, in each language."""

from __future__ import annotations

from typing import ClassVar, Protocol

from notes.facts import Language
from quizzes.wording.tidy import code


class Reading(Protocol):
    """What is asked of an output and how its answers read."""

    asks_random: str
    asks_same: str
    states: ClassVar[
        dict[str, str]
    ]  # the first word of STATUS and what it means, likeliest distractors first

    def ask(self, command: str, output: str, asked: str) -> str: ...
    def which_random(
        self, name: str, host: str, other: str, other_host: str, other_port: str
    ) -> tuple[str, list[str], str]: ...
    def asks_host_port(self, name: str, port: str) -> str: ...
    def host_port(self, name: str, host: str, port: str) -> str: ...
    def asks_state(self, name: str) -> str: ...
    def state(self, status: str, meaning: str) -> str: ...
    def pair(self, first: str, second: str) -> str: ...
    def same(self, identity: str) -> str: ...


class Chinese:
    """Chinese."""

    asks_random = "哪个容器是用 `-P` 启动的？为什么？"
    asks_same = "哪两个名称指向同一个镜像？"
    states: ClassVar[dict[str, str]] = {
        "Up": "正在运行",
        "Exited": "已经终止",
        "Created": "已创建但从未启动",
        "Restarting": "正在重启",
    }

    def ask(self, command: str, output: str, asked: str) -> str:
        return f"执行 {code(command)} 得到下面的输出。{asked}\n```\n{output}\n```"

    def which_random(
        self, name: str, host: str, other: str, other_host: str, other_port: str
    ) -> tuple[str, list[str], str]:
        wrong = [
            f"{other}，因为 {other_host} 是 Docker 随机分配的主机端口",
            f"{other}，因为它的主机端口是固定的 {other_host}",
            f"{name}，因为 {host} 是事先指定的主机端口",
        ]
        said = f"`-P` 让 Docker 随机分配主机端口，{host} 就是这样得来的；{other} 的主机端口 {other_host} 是用 `-p` 指定的。"
        return f"{name}，因为 {host} 是 Docker 随机分配的主机端口", wrong, said

    def asks_host_port(self, name: str, port: str) -> str:
        return f"要访问容器 {name} 的 {port} 端口，应当访问主机的哪个端口？"

    def host_port(self, name: str, host: str, port: str) -> str:
        return f"箭头左边是主机端口，右边是容器端口：主机的 {host} 端口通往容器 {name} 的 {port} 端口。"

    def asks_state(self, name: str) -> str:
        return f"容器 {name} 处于什么状态？"

    def state(self, status: str, meaning: str) -> str:
        return f"STATUS 列以 {status} 开头，表示容器{meaning}。"

    def pair(self, first: str, second: str) -> str:
        return f"{first} 和 {second}"

    def same(self, identity: str) -> str:
        return f"这两行的 IMAGE ID 都是 {identity}，所以是同一个镜像的两个名称。"


class English:
    """English."""

    asks_random = "Which container was started with `-P`, and how can you tell?"
    asks_same = "Which two names belong to one and the same image?"
    states: ClassVar[dict[str, str]] = {
        "Up": "It is running",
        "Exited": "It has stopped",
        "Created": "It was created and never started",
        "Restarting": "It is restarting",
    }

    def ask(self, command: str, output: str, asked: str) -> str:
        return f"{code(command)} printed this. {asked}\n```\n{output}\n```"

    def which_random(
        self, name: str, host: str, other: str, other_host: str, other_port: str
    ) -> tuple[str, list[str], str]:
        wrong = [
            f"{other}, because {other_host} is a host port that Docker chose at random",
            f"{other}, because its host port is the fixed {other_host}",
            f"{name}, because {host} is a host port that was asked for",
        ]
        said = f"With `-P` Docker chooses a random host port, here {host}; the host port {other_host} of {other} was given with `-p`."
        return f"{name}, because {host} is a host port that Docker chose at random", wrong, said

    def asks_host_port(self, name: str, port: str) -> str:
        return f"Which port of the host leads to port {port} of the container {name}?"

    def host_port(self, name: str, host: str, port: str) -> str:
        return (
            f"The host port stands left of the arrow: port {host} of the host leads to port {port} of {name}."
        )

    def asks_state(self, name: str) -> str:
        return f"What state is the container {name} in?"

    def state(self, status: str, meaning: str) -> str:
        return f"Its STATUS begins with {status}: {meaning[0].lower()}{meaning[1:]}."

    def pair(self, first: str, second: str) -> str:
        return f"{first} and {second}"

    def same(self, identity: str) -> str:
        return f"Both rows have the IMAGE ID {identity}, so they are two names of one image."


READINGS: dict[Language, Reading] = {"zh": Chinese(), "en": English()}
