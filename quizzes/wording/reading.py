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

    # What else can be concluded from an output: see `quizzes.readings`
    asks_largest: str
    asks_fullest: str
    asks_containers: str
    troubles: ClassVar[dict[str, str]]  # a STATUS that calls for a look, and what is asked; the most telling first
    changes: ClassVar[dict[str, str]]
    rights: ClassVar[dict[str, str]]  # of one of the three sorts of users

    def largest(self, name: str, size: str) -> str: ...
    def fullest(self, name: str, used: int) -> str: ...
    def containers(self, total: int, running: int, paused: int, stopped: int) -> str: ...
    def counted(self, running: int, paused: int, stopped: int) -> str: ...
    def trouble(self, name: str, state: str) -> str: ...
    def change(self, name: str, letters: str, change: str) -> str: ...
    def asks_rights(self, name: str, group: str) -> str: ...
    def permitted(self, name: str, letters: str, may: str) -> str: ...


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

    asks_largest = "哪个镜像占用的磁盘空间最大？"
    asks_fullest = "哪个挂载点的磁盘空间快要用完了？"
    asks_containers = "主机上的容器是什么情况？"
    troubles: ClassVar[dict[str, str]] = {
        "CrashLoopBackOff": "哪个 Pod 的容器一再崩溃，又一再被重启？",
        "ImagePullBackOff": "哪个 Pod 因为得不到镜像而没有启动？",
        "ErrImagePull": "哪个 Pod 因为得不到镜像而没有启动？",
        "Pending": "哪个 Pod 已经创建，但还没有运行起来？",
        "NotReady": "哪个节点目前不能运行新的 Pod？",
    }
    changes: ClassVar[dict[str, str]] = {
        "not staged": "哪个文件在工作区有修改，但还没有用 `git add` 加入暂存区？",
        "untracked": "哪个文件还没有被 Git 跟踪？",
        "staged": "哪个文件的改动会进入下一次提交？",
    }
    rights: ClassVar[dict[str, str]] = {
        "---": "什么都不能做",
        "r--": "读取",
        "-w-": "写入",
        "--x": "执行",
        "rw-": "读取和写入",
        "r-x": "读取和执行",
        "-wx": "写入和执行",
        "rwx": "读取、写入和执行",
    }

    def largest(self, name: str, size: str) -> str:
        return f"{name} 的 SIZE 是 {size}，换算成同一单位后最大。"

    def fullest(self, name: str, used: int) -> str:
        return f"{name} 一行的 `Use%` 是 {used}%，比其他各行都高。"

    def containers(self, total: int, running: int, paused: int, stopped: int) -> str:
        told = f"，{paused} 个已暂停" if paused else ""
        return f"共 {total} 个容器，{running} 个正在运行{told}，{stopped} 个已停止"

    def counted(self, running: int, paused: int, stopped: int) -> str:
        told = f"，暂停的有 {paused} 个" if paused else ""
        return f"Containers 是容器的总数，下面三行是各种状态的数目：正在运行的有 {running} 个{told}，已停止的有 {stopped} 个；Images 是镜像的数目。"

    def trouble(self, name: str, state: str) -> str:
        return f"{name} 的 STATUS 是 {state}。"

    def change(self, name: str, letters: str, change: str) -> str:
        why = {
            "not staged": "第二个字母 `M` 表示工作区的修改还没有暂存",
            "untracked": "`??` 表示还没有被跟踪",
            "staged": f"第一个字母 `{letters[0]}` 表示改动已经暂存",
        }
        return f"{name} 前面的{why[change]}。" if change != "untracked" else f"{name} 前面的 {why[change]}。"

    def asks_rights(self, name: str, group: str) -> str:
        return f"所属组 {group} 的成员（所有者除外）可以对文件 {name} 做什么？"

    def permitted(self, name: str, letters: str, may: str) -> str:
        return f"权限的第二组三个字母是 {letters}，属于 {name} 的所属组：{may}。"


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

    asks_largest = "Which image takes the most disk space?"
    asks_fullest = "Which mount point is about to run out of space?"
    asks_containers = "What about the containers of this host?"
    troubles: ClassVar[dict[str, str]] = {
        "CrashLoopBackOff": "Which pod has a container that crashes again and again?",
        "ImagePullBackOff": "Which pod cannot start because its image is not to be had?",
        "ErrImagePull": "Which pod cannot start because its image is not to be had?",
        "Pending": "Which pod has been created but does not run yet?",
        "NotReady": "Which node cannot take new pods at the moment?",
    }
    changes: ClassVar[dict[str, str]] = {
        "not staged": "Which file has changes in the working tree that `git add` has not staged yet?",
        "untracked": "Which file does Git not track yet?",
        "staged": "Which file has changes that go into the next commit?",
    }
    rights: ClassVar[dict[str, str]] = {
        "---": "nothing",
        "r--": "read it",
        "-w-": "write it",
        "--x": "execute it",
        "rw-": "read and write it",
        "r-x": "read and execute it",
        "-wx": "write and execute it",
        "rwx": "read, write and execute it",
    }

    def largest(self, name: str, size: str) -> str:
        return f"The SIZE of {name} is {size}, the largest when all are taken in one unit."

    def fullest(self, name: str, used: int) -> str:
        return f"`Use%` is {used}% for {name}, higher than in any other row."

    def containers(self, total: int, running: int, paused: int, stopped: int) -> str:
        told = f", {paused} paused" if paused else ""
        return f"There are {total} of them: {running} running{told}, {stopped} stopped"

    def counted(self, running: int, paused: int, stopped: int) -> str:
        told = f", {paused} paused" if paused else ""
        return f"Containers is their number, and below it stands how many are in which state: {running} running{told}, {stopped} stopped. Images counts images."

    def trouble(self, name: str, state: str) -> str:
        return f"The STATUS of {name} is {state}."

    def change(self, name: str, letters: str, change: str) -> str:
        why = {
            "not staged": "the second letter, `M`, tells of changes that are not staged",
            "untracked": "`??` marks a file that is not tracked",
            "staged": f"the first letter, `{letters[0]}`, tells of staged changes",
        }
        return f"In front of {name}, {why[change]}."

    def asks_rights(self, name: str, group: str) -> str:
        return f"What may members of the group {group}, other than the owner, do with the file {name}?"

    def permitted(self, name: str, letters: str, may: str) -> str:
        return f"The second three letters, {letters}, are those of the group of {name}: {may}."


READINGS: dict[Language, Reading] = {"zh": Chinese(), "en": English()}
