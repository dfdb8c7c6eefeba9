"""What the words of a task, and the commands of its reference, say about what counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from notes import grammar
from sandboxes.effects import Step

from .script import open_commands

_SHOW = re.compile(
    r"\b(show|print|display|list|output|tell|say|report|view|read|see|look up|find out|how many|which)(s|ing)?\b"
    r"|显示|输出|打印|列出|查看|展示|看看|看一下|读出|读取|多少|哪些|哪个|是什么",
    re.IGNORECASE,
)
_VOLUMES = re.compile(r"\b(volumes?|data)\b|卷|数据", re.IGNORECASE)
_EXCLUDES = re.compile(
    r"\b(without|except|excluding|(?<!read-)only|nothing else|no other|(must|should|do|does|is|are) not|not)\b"
    r"|不包含|不包括|不含|不要|不能|不得|除了|除去|只(?!读)|仅",
    re.IGNORECASE,
)
_TERMINAL = re.compile(
    r"\b(interactive(ly)?|terminal|tty|pseudo-tty|stdin|shell|enter)\b|(^|\s)-(it|ti|t|i)\b|交互|终端|进入",
    re.IGNORECASE,
)
_IN_FULL = re.compile(
    r"\b(full|whole|complete|untruncated|no-trunc|not (shortened|cut|truncated))\b|完整|不截断|全长|完全",
    re.IGNORECASE,
)
#: Commands that print what somebody wants to know; every other one prints at most what it did.
_READERS = frozenset((
    "docker wait", "docker logs", "docker inspect", "docker ps", "docker images", "docker port", "docker top",
    "docker diff", "docker history", "docker exec", "docker attach", "docker version", "docker info",
    "docker search", "docker stats", "docker events", "docker container inspect", "docker image inspect",
    "docker volume ls", "docker volume inspect", "docker network ls", "docker network inspect", "docker system df",
    "docker manifest inspect", "docker context ls",
))  # fmt: skip
_IN_FRONT = frozenset({"-a", "--attach", "-i", "--interactive", "-ai", "-ia"})


def asks_to_show(text: str) -> bool:
    """Tell whether a task's words ask for something to be shown."""
    return bool(_SHOW.search(text))


def minds_volumes(text: str) -> bool:
    """Tell whether a task's words speak of volumes or data."""
    return bool(_VOLUMES.search(text))


def excludes(text: str) -> bool:
    """Tell whether a task's words leave something out, so that more than is asked can be wrong."""
    return bool(_EXCLUDES.search(text))


def minds_terminal(text: str) -> bool:
    """Tell whether a task's words speak of a terminal or of typing into a container."""
    return bool(_TERMINAL.search(text))


def asks_in_full(text: str) -> bool:
    """Tell whether a task's words ask for ids that are not cut."""
    return bool(_IN_FULL.search(text))


def shown(steps: Iterable[Step]) -> str:
    """Give what the commands of a transcript print that tell something, not what others print of their doing."""
    return "".join(step.output for step in steps if any(_reads(command) for command in _commands(step)))


def told_by(steps: Iterable[Step]) -> tuple[str, bool]:
    """Give what a transcript prints beyond plain doing, and whether some of it is mixed with doing in one line."""
    kept = [step for step in steps if step.output and not _does(step)]
    return "".join(step.output for step in kept), any(not all(map(_reads, _commands(step))) for step in kept)


def echoed(script: str) -> frozenset[str]:
    """Give the lines that a script's commands print of their own doing: the names they were given, and new ids."""
    parsed = [grammar.parse_command(text) for text in open_commands(script)]
    doing = [command for command in parsed if command and command.name.startswith("docker ") and not _reads(command)]
    return frozenset(["<hex>", *(word for command in doing for word in command.arguments)]) if doing else frozenset()


def _does(step: Step) -> bool:
    commands = list(_commands(step))
    return bool(commands) and all(
        command.name.startswith("docker") and not _reads(command) and not _shows(command) for command in commands
    )


def _shows(command: grammar.ParsedCommand) -> bool:
    """Whether a container runs in front, so that what it prints is seen, whoever asked for it."""
    flags = {option.flag for option in command.options}
    return command.name == "docker run" and not flags & {"-d", "--detach"}


def _commands(step: Step) -> Iterator[grammar.ParsedCommand]:
    parsed = (grammar.parse_command(text) for text in open_commands(step.command))
    return (command for command in parsed if command is not None)


def _reads(command: grammar.ParsedCommand) -> bool:
    flags = {option.flag for option in command.options}
    if command.name == "docker start":
        return bool(flags & _IN_FRONT)
    if command.name == "docker run":
        return "--rm" in flags and not flags & {"-d", "--detach"}
    return command.name in _READERS or not command.name.startswith("docker")
