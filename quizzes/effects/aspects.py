"""What a run can change: the registry of aspects with their weight, rank and what an extra one means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True)
class Spot:
    """One place a run can change: `Spot("container.port", "web", "80/tcp")`."""

    aspect: str  # name in ASPECTS
    label: str  # the object, by the name both runs share
    item: str = ""  # which one of several: a port, a variable, a path


@dataclass(frozen=True)
class Aspect:
    """How much an aspect counts and what it means when only the answer changed it."""

    name: str
    word: str  # the word an author declares in a task: `compare: [ports]`
    rank: int  # the most important difference has the lowest
    weight: int = 1  # 2: a main goal
    extra: Literal["forbidden", "ignored"] = "ignored"


def _forbidden(name: str, word: str, rank: int, weight: int = 1) -> Aspect:
    return Aspect(name, word, rank, weight, "forbidden")


_ALL = (
    _forbidden("container.exists", "containers", 0, 2),
    _forbidden("container.removed", "containers", 0, 2),
    _forbidden("container.image", "image", 1, 2),
    _forbidden("container.renamed", "name", 2, 2),
    Aspect("container.name", "name", 2),
    _forbidden("container.state", "state", 3, 2),
    _forbidden("container.restarted", "state", 3, 2),
    Aspect("container.signals", "signals", 4),
    Aspect("container.exit", "exit", 5),
    _forbidden("container.port", "ports", 6),
    _forbidden("container.mount", "mounts", 7),
    _forbidden("container.network", "networks", 8),
    _forbidden("container.mode", "networks", 8),
    Aspect("container.alias", "networks", 9),
    Aspect("container.address", "networks", 9),
    Aspect("container.link", "networks", 9),
    Aspect("container.hosts", "networks", 9),
    Aspect("container.dns", "networks", 9),
    Aspect("container.env", "env", 10),
    _forbidden("container.command", "command", 11),
    _forbidden("container.entrypoint", "command", 11),
    _forbidden("container.user", "user", 12),
    Aspect("container.workdir", "workdir", 12),
    _forbidden("container.restart", "restart", 13),
    _forbidden("container.autoremove", "autoremove", 13),
    Aspect("container.hostname", "hostname", 14),
    Aspect("container.label", "labels", 14),
    Aspect("container.expose", "ports", 15),
    _forbidden("container.privileged", "rights", 15),
    _forbidden("container.capability", "rights", 15),
    _forbidden("container.readonly", "rights", 15),
    _forbidden("container.namespace", "rights", 15),
    Aspect("container.security", "rights", 15),
    Aspect("container.device", "rights", 15),
    _forbidden("container.limit", "limits", 16),
    Aspect("container.option", "options", 17),
    Aspect("container.tty", "tty", 17),
    Aspect("container.file", "content", 18),
    _forbidden("container.deleted", "content", 18),
    Aspect("container.logs", "output", 19),
    Aspect("container.looked", "containers", 3, 2),
    Aspect("container.ran", "command", 11),
    Aspect("container.passed", "containers", 1, 2),
    _forbidden("image.tag", "images", 0, 2),
    _forbidden("image.removed", "images", 0, 2),
    Aspect("image.pulled", "images", 1, 2),
    Aspect("image.pushed", "images", 1, 2),
    Aspect("image.base", "content", 2, 2),
    Aspect("image.source", "content", 2, 2),
    _forbidden("image.command", "command", 5),
    _forbidden("image.entrypoint", "command", 5),
    Aspect("image.env", "env", 6),
    _forbidden("image.user", "user", 6),
    Aspect("image.workdir", "workdir", 6),
    Aspect("image.expose", "ports", 7),
    Aspect("image.volume", "mounts", 7),
    Aspect("image.label", "labels", 8),
    Aspect("image.note", "labels", 8),
    Aspect("image.option", "options", 8),
    Aspect("image.file", "content", 9),
    _forbidden("volume.exists", "volumes", 0, 2),
    _forbidden("volume.removed", "volumes", 0, 2),
    Aspect("volume.driver", "volumes", 5),
    Aspect("volume.label", "labels", 8),
    Aspect("volume.option", "volumes", 8),
    Aspect("volume.file", "content", 6),
    _forbidden("volume.deleted", "content", 6),
    _forbidden("network.exists", "networks", 0, 2),
    _forbidden("network.removed", "networks", 0, 2),
    Aspect("network.driver", "networks", 5),
    Aspect("network.internal", "networks", 5),
    Aspect("network.subnet", "networks", 5),
    Aspect("network.label", "labels", 8),
    Aspect("network.option", "networks", 8),
    Aspect("file.content", "files", 3, 2),
    _forbidden("file.changed", "files", 3, 2),
    _forbidden("file.removed", "files", 3, 2),
    Aspect("output.told", "output", 0, 2),
    Aspect("output.more", "output", 1),
)

ASPECTS: dict[str, Aspect] = {aspect.name: aspect for aspect in _ALL}

#: Every word an author may declare in `compare`; a leading `+` adds to what is derived, `-` leaves it out.
WORDS: frozenset[str] = frozenset(aspect.word for aspect in _ALL)
