# ruff: noqa: E501 - a sentence stays on its line
"""A small cast of facts, made by hand."""

from __future__ import annotations

from collections.abc import Sequence

from notes.facts import (
    CommandFact,
    ConsequenceFact,
    ContrastFact,
    DefinitionFact,
    ErrorFact,
    ExampleFact,
    Fact,
    FlagFact,
    OutputFact,
    PropertyFact,
    QuantityFact,
    Reading,
    SequenceFact,
    Source,
)

PORTS = """\
CONTAINER ID   IMAGE    STATUS         PORTS                     NAMES
d5987c3d0257   tomcat   Up 2 seconds   0.0.0.0:32768->8080/tcp   quiet_fox
ae1370718b31   tomcat   Up 9 seconds   0.0.0.0:8081->8080/tcp    loud_owl"""


def source(line: int, heading: str = "容器") -> Source:
    return Source("note.md", ("docker", heading), (line, line))


def option(line: int, flag: str, alias: str, meaning: str, command: str = "docker run") -> FlagFact:
    aliases = (alias,) if alias else ()
    return FlagFact(source(line), "zh", f"{flag} {meaning}", "safe", command, flag, aliases, "", meaning, "")


def command(line: int, text: str, purpose: str) -> CommandFact:
    name = " ".join(text.split()[:2])
    return CommandFact(source(line), "zh", f"{text}：{purpose}", "safe", text, name, purpose)


def term(line: int, word: str, alias: str, definition: str) -> DefinitionFact:
    return DefinitionFact(
        source(line, "概念"), "zh", f"{word}：{definition}", "safe", word, alias, definition
    )


CAST: tuple[Fact, ...] = (
    option(1, "-P", "--publish-all", "随机映射所有公开的端口"),
    option(2, "-p", "--publish", "把主机端口映射到容器端口"),
    option(3, "-d", "--detach", "在后台运行容器并打印编号"),
    option(4, "-e", "--env", "设置环境变量"),
    option(5, "-t", "--tty", "给容器分配一个伪终端"),
    command(11, "docker stop CONTAINER", "停止正在运行的容器"),
    command(12, "docker kill CONTAINER", "立即强制终止容器"),
    command(13, "docker ps -a", "列出所有容器，包括已停止的"),
    command(14, "docker images", "查看本地的镜像"),
    command(15, "docker logs CONTAINER", "查看容器的日志"),
    command(16, "docker wait CONTAINER", "等到容器结束"),
    term(21, "镜像", "Image", "创建容器所用的只读模板"),
    term(22, "容器", "Container", "镜像运行起来之后的实例，彼此隔离"),
    term(23, "仓库", "Repository", "集中存放各种版本文件的地方"),
    term(24, "数据卷", "Volume", "独立于生命周期的持久化目录"),
    QuantityFact(
        source(31), "zh", "默认等待 10 秒", "safe", "docker stop", "等待时间", "10", "秒", "`docker stop` 默认等待 10 秒后强制终止。"
    ),
    PropertyFact(source(32), "zh", "镜像是只读的。", "safe", "镜像", "镜像自身是只读的，运行时不会被修改。", ("只读",)),
    PropertyFact(
        source(33), "zh", "先发 SIGTERM。", "safe", "docker stop", "`docker stop` 首先向主进程发送 SIGTERM 信号。", ("SIGTERM",)
    ),
    ContrastFact(
        source(34), "zh", "stop 与 kill", "safe", "docker stop", "docker kill", "", "先请求进程自行退出", "直接强制结束进程"
    ),
    SequenceFact(source(41), "zh", "分层", "safe", "虚拟机从下到上的各层", ("硬件", "主机系统", "管理程序", "客户系统", "应用")),
    OutputFact(source(51), "zh", "输出", "safe", "docker ps", PORTS, ()),
    ErrorFact(
        source(61), "zh", "没有启动", "safe", "Cannot connect to the Docker daemon", "Docker 服务没有启动", "启动 Docker 服务",
        "systemctl start docker",
    ),
    ExampleFact(source(71), "zh", "docker run -d -p 8080:8080 tomcat", "safe", "docker run -d -p 8080:8080 tomcat", ""),
    ConsequenceFact(source(73), "zh", "", "safe", "state after create"),
    ExampleFact(source(72), "zh", "docker stop -t xxx ID", "safe", "docker stop -t xxx ID", ""),
)  # fmt: skip


def reading(facts: Sequence[Fact] = CAST, text: str = "镜像 容器 主机") -> Reading:
    return Reading("note.md", "zh", "笔记", text, tuple(facts), ())
