"""The parts of a task: names that stand for placeholders, images the sandbox has, and the task itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Images of the sandbox, which has no network. Servers keep running by themselves; the others end without a
#: command.
SERVERS = frozenset({"tomcat", "nginx", "mysql", "redis", "training/postgres"})
BASES = frozenset({"ubuntu", "ubuntu:14.04", "centos", "busybox", "alpine", "python"})
IMAGES = SERVERS | BASES
#: What a server image needs to start at all.
NEEDS = {"mysql": ("MYSQL_ROOT_PASSWORD", "secret")}

_HUB = re.compile(r"^(?:docker\.io/)?(?:library/)?")
_IMAGE_SLOT = re.compile(
    r"^(?:IMAGE\w*|<?image\w*>?|<[^<>]*image[^<>]*>|镜像\w*|〈[^〈〉]*(?:image|镜像)[^〈〉]*〉|[0-9a-f]{12,64}|"
    r"my[_-]?image|docker[_-]image|yourimage)$",
    re.I,
)
_SLOT = re.compile(
    r"^(?:[A-Z][A-Z_-]*|x{2,}|<.*>|〈.*〉|\[.*\]|\{.*\}|.*[一-鿿].*|(?=.*\d)[0-9a-f]{6,64}|"
    r"(?:your|my)?_?(?:container|ctr|name|id)(?:[_-]?(?:id|name))?)$"
)
_GENERATED = re.compile(r"^[a-z]{3,14}_[a-z]{3,14}$")  # the engine's own names: frosty_tereshkova
_NAME = re.compile(r"^[A-Za-z0-9][\w.-]{1,40}$")


class NotATaskError(Exception):
    """An example that cannot become a task; the message is the reason an instructor reads."""


@dataclass(frozen=True)
class Task:
    """A task with its solution."""

    prompt: str
    setup: str
    reference: str
    said: str  # the explanation in a teacher's words


def image_of(word: str) -> str:
    """Give the sandbox's image for the one an example names; a placeholder becomes ubuntu, an unknown tag
    is left out.

    :raise NotATaskError: the sandbox does not have it
    """
    if _IMAGE_SLOT.match(word):
        return "ubuntu"
    name = _HUB.sub("", word).removesuffix(":latest")
    if name in IMAGES:
        return name
    if name.partition(":")[0] in IMAGES:
        return name.partition(":")[0]
    raise NotATaskError(f"the sandbox has no image {word}")


def is_slot(word: str) -> bool:
    """Tell whether a word only stands for a name: ID, xxx, <name>, 容器名, an id, a name the engine
    made up.
    """
    return bool(_SLOT.match(word) or _GENERATED.match(word))


def name_of(word: str, instead: str = "web") -> str:
    """Give a container's (or volume's, or network's) name for an operand; placeholders become a plain name.

    :raise NotATaskError: the word cannot be a name
    """
    if is_slot(word):
        return instead
    if not _NAME.match(word):
        raise NotATaskError(f"{word} is no name of a container")
    return word


def name_for(image: str) -> str:
    """Give a name that fits what runs: db for databases, web for servers, box for the rest."""
    if image.partition(":")[0] in ("mysql", "training/postgres", "redis"):
        return "db"
    return "web" if image in SERVERS else "box"


def seconds_of(value: str) -> str:
    """Give a number of seconds; a placeholder becomes 3."""
    return value if re.fullmatch(r"\d{1,2}", value) else "3"
