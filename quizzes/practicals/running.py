"""Tasks from `docker run` and `docker create`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field

from notes import grammar
from quizzes.practicals.parts import BASES, NEEDS, NotATaskError, Task, image_of, is_slot, name_for, name_of
from quizzes.practicals.phrases import Phrases

_SHELLS = re.compile(r"^(?:/(?:usr/)?bin/)?(?:ba|z|a)?sh$")
_ENDLESS = re.compile(r"\b(?:while\s+true|while\s+:|sleep\s+(?:infinity|\d{3,})|tail\s+-[fF]|top|yes|ping\s)")
_PORT = re.compile(r"^(?:(?P<address>\d+(?:\.\d+){3}):)?(?:(?P<host>\d+):)?(?P<port>\d+(?:/(?:tcp|udp))?)$")
_HERE = re.compile(r"^(?:\$\(pwd\)|`pwd`|\$\{?PWD\}?|\.)(?:/[\w./-]*)?$|^(?:/[\w.-]+){2,}/?$|^~|^\$\w+$")
_TAR_OUT = re.compile(r"^tar\s+-?\w*x\w*\s+(?P<file>/\S+)")
_TAR_ALONE = re.compile(r"^tar\s+-?\w*f\s*$")
LONG_RUNNING = "sleep 600"

#: Options a task can tell in one phrase: long spelling -> word in the phrases. Their value is kept as it is.
_TOLD = {
    f"--{word}": word
    for word in [
        "rm",
        "restart",
        "network",
        "hostname",
        "workdir",
        "user",
        "entrypoint",
        "memory",
        "cpus",
        "cpu-shares",
        "label",
        "privileged",
        "read-only",
        "add-host",
        "log-driver",
        "dns",
        "cap-add",
        "cap-drop",
        "init",
        "expose",
        "pid",
        "stop-signal",
        "tmpfs",
        "shm-size",
        "network-alias",
        "ip",
    ]
} | {"--net": "network"}


@dataclass
class _Draft:
    """A run while it is read: what its line and its text will hold."""

    image: str
    create: bool
    command: list[str]
    name: str = ""
    detached: bool = False
    interactive: bool = False
    tty: bool = False
    options: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    setup: list[str] = field(default_factory=list)
    volume_paths: list[str] = field(default_factory=list)
    removed: bool = False


def run_task(
    parsed: grammar.ParsedCommand, phrases: Phrases, examples: Sequence[grammar.ParsedCommand]
) -> Task:
    """Make a task of a run or create.

    :param examples: the other runs of the note; a container the line refers to is set up as they make it
    :raise NotATaskError: it cannot run in the sandbox, or an option cannot be told in words
    """
    draft = _read(parsed, phrases, examples)
    _complete(draft, phrases)
    return Task(_prompt(draft, phrases), "\n".join(draft.setup), _line(draft), "")


def _read(
    parsed: grammar.ParsedCommand, phrases: Phrases, examples: Sequence[grammar.ParsedCommand]
) -> _Draft:
    if not parsed.arguments:
        raise NotATaskError("the line names no image")
    draft = _Draft(image_of(parsed.arguments[0]), parsed.name == "docker create", list(parsed.arguments[1:]))
    if any(
        re.fullmatch(r"\[?(?:COMMAND|ARG)\S*|<.*>|〈.*〉|\[.*\]|.*[一-鿿].*", word) for word in draft.command
    ):
        draft.command = []
    for given in parsed.options:
        option = grammar.find_option(parsed.name, given.flag)
        if option is None:
            raise NotATaskError(f"{parsed.name} has no option {given.flag}")
        _take(draft, max(option.flags, key=len), given.value, phrases, examples)
    return draft


def _take(
    draft: _Draft, flag: str, value: str, phrases: Phrases, examples: Sequence[grammar.ParsedCommand]
) -> None:
    match flag:
        case "--detach":
            draft.detached = True
        case "--interactive":
            draft.interactive = True
        case "--tty":
            draft.tty = True
        case "--name":
            draft.name = name_of(value, name_for(draft.image))
        case "--publish":
            _publish(draft, value, phrases)
        case "--publish-all":
            draft.options.append("-P")
            draft.clauses.append(phrases.publish_all())
        case "--volume":
            _mount(draft, value, phrases)
        case "--volumes-from":
            _volumes_from(draft, value, phrases, examples)
        case "--env":
            _variable(draft, value, phrases)
        case "--link":
            _link(draft, value, phrases)
        case _:
            _told(draft, flag, value, phrases)


def _publish(draft: _Draft, value: str, phrases: Phrases) -> None:
    found = _PORT.match(value)
    if not found:
        raise NotATaskError(f"the port {value} is a placeholder")
    draft.options.append(f"-p {value}")
    port, host = found["port"].removesuffix("/tcp"), found["host"]
    draft.clauses.append(
        phrases.publish(host, port, found["address"] or "") if host else phrases.publish_random(port)
    )


def _mount(draft: _Draft, value: str, phrases: Phrases) -> None:
    parts = value.split(":")
    readonly = parts[-1] == "ro"
    parts = parts[:-1] if parts[-1] in ("ro", "rw", "z", "Z") else parts
    if len(parts) == 1 and re.match(r"^/[\w./-]+$", parts[0]):
        draft.options.append(f"-v {parts[0]}")
        draft.clauses.append(phrases.anonymous(parts[0]))
        draft.volume_paths.append(parts[0])
        return
    if len(parts) != 2 or not re.match(r"^/[\w./-]+$", parts[1]):
        raise NotATaskError(f"the mount {value} has placeholders or goes outside the sandbox")
    tail = ":ro" if readonly else ""
    if _HERE.match(parts[0]):
        draft.options.append(f'-v "$(pwd)":{parts[1]}{tail}')
        draft.clauses.append(phrases.folder(parts[1], readonly))
    elif re.match(r"^[a-zA-Z][\w-]+$", parts[0]) and not is_slot(parts[0]):
        draft.options.append(f"-v {parts[0]}:{parts[1]}{tail}")
        draft.clauses.append(phrases.volume(parts[0], parts[1], readonly))
    else:
        raise NotATaskError(f"the mount {value} has placeholders or goes outside the sandbox")


def _volumes_from(
    draft: _Draft, value: str, phrases: Phrases, examples: Sequence[grammar.ParsedCommand]
) -> None:
    other = name_of(value, "data")
    path, image = _volume_of(other, examples)
    draft.setup.append(f"docker run --name {other} -v {path} {image} sh -c 'echo hello > {path}/hello.txt'")
    draft.options.append(f"--volumes-from {other}")
    draft.clauses.append(phrases.volumes_from(other))
    draft.volume_paths.append(path)


def _volume_of(name: str, examples: Sequence[grammar.ParsedCommand]) -> tuple[str, str]:
    """The path and image with which the note makes the container of that name."""
    for parsed in examples:
        values = {given.flag: given.value for given in parsed.options}
        path = values.get("-v", values.get("--volume", ""))
        if values.get("--name") == name and re.fullmatch(r"/[\w/-]+", path) and parsed.arguments:
            try:
                return path, image_of(parsed.arguments[0])
            except NotATaskError:
                return path, "busybox"
    return "/data", "busybox"


def _variable(draft: _Draft, value: str, phrases: Phrases) -> None:
    name, equals, text = value.partition("=")
    if not equals or not re.match(r"^\w+$", name) or (is_slot(text) and not text.isupper()):
        raise NotATaskError(f"the environment variable {value} is a placeholder")
    draft.options.append(f"-e {shlex.quote(value)}")
    draft.clauses.append(phrases.variable(name, text))


def _link(draft: _Draft, value: str, phrases: Phrases) -> None:
    other, _, alias = value.partition(":")
    other = name_of(other, "db")
    value = f"{other}:{name_of(alias, 'db')}" if alias else other
    draft.setup.append(f"docker run -d --name {other} nginx")
    draft.options.append(f"--link {value}")
    draft.clauses.append(phrases.said("link", value))


def _told(draft: _Draft, flag: str, value: str, phrases: Phrases) -> None:
    word = _TOLD.get(flag)
    if word is None or (
        is_slot(value) and not re.search(r"\d", value) and word not in ("cap-add", "cap-drop", "stop-signal")
    ):
        raise NotATaskError(f"the option {flag} {value} cannot be told in a task".replace("  ", " "))
    if word == "rm":
        draft.removed = True
    if word == "network" and value not in ("bridge", "host", "none") and not value.startswith("container:"):
        draft.setup.append(f"docker network create {name_of(value, 'net')}")
    if word == "ip" or (word == "pid" and value != "host"):
        raise NotATaskError(f"the option {flag} needs a network made for it")
    draft.options.append(f"{flag} {shlex.quote(value)}" if value else flag)
    draft.clauses.append(phrases.said(word, value))


def _complete(draft: _Draft, phrases: Phrases) -> None:
    """Make the line run without a terminal and leave something to find."""
    line = _inside(draft)
    if _TAR_ALONE.match(line):
        raise NotATaskError("the command inside is cut off in the note")
    base = draft.image in BASES
    shell = len(draft.command) == 1 and bool(_SHELLS.match(draft.command[0]))
    endless = (
        bool(_ENDLESS.search(line))
        or (not base and not draft.command)
        or (draft.tty and (shell or not draft.command))
    )
    if endless and not draft.create and not draft.removed:
        draft.detached = True
    if base and shell and not (draft.create or draft.detached or draft.removed or draft.tty):
        draft.detached = draft.interactive = draft.tty = True  # without a terminal a shell ends at once and is good for nothing
    if not base:
        draft.interactive = draft.tty = (
            False  # a server needs no terminal, and asking for one teaches a habit
        )
    if draft.removed and not draft.detached and (not draft.command or shell or endless):
        draft.command, draft.interactive, draft.tty = ["echo", "hello"], False, False
    if base and draft.detached and not draft.command and not draft.tty:
        draft.command = LONG_RUNNING.split()
    if not draft.detached and not draft.create:
        draft.interactive = draft.tty = False
    _need(draft, phrases)
    _archive(draft)
    if not draft.name and not draft.removed:
        draft.name = name_for(draft.image)
        while any(f"--name {draft.name} " in line for line in draft.setup):
            draft.name += "2"
    if not (draft.options or draft.command or draft.detached or draft.create or draft.tty):
        raise NotATaskError("the line shows nothing but an image")


def _need(draft: _Draft, phrases: Phrases) -> None:
    for image, (name, value) in NEEDS.items():
        if draft.image.partition(":")[0] == image and not any(
            name.partition("_")[0] in option for option in draft.options
        ):
            draft.options.append(f"-e {name}={value}")
            draft.clauses.append(phrases.variable(name, value))


def _archive(draft: _Draft) -> None:
    """Put the archive in place that a `tar x` inside the container reads from the mounted folder."""
    found = _TAR_OUT.match(_inside(draft))
    if found and draft.volume_paths:
        folder, file = draft.volume_paths[0].strip("/"), found["file"].rsplit("/", 1)[-1]
        draft.setup.append(
            f"mkdir -p {folder} && echo hello > {folder}/restored.txt"
            f" && tar cf {file} {folder} && rm -r {folder}"
        )


def _inside(draft: _Draft) -> str:
    return shlex.join(draft.command)


def _prompt(draft: _Draft, phrases: Phrases) -> str:
    clauses = list(draft.clauses)
    if draft.interactive and draft.tty:
        clauses.append(phrases.said("terminal", ""))
    elif draft.interactive or draft.tty:
        clauses.append(phrases.said("interactive" if draft.interactive else "tty", ""))
    if draft.command:
        clauses.append(phrases.command(_inside(draft)))
    return phrases.start(draft.image, draft.name, draft.detached and not draft.create, draft.create, clauses)


def _line(draft: _Draft) -> str:
    letters = (
        ("d" if draft.detached and not draft.create else "")
        + ("i" if draft.interactive else "")
        + ("t" if draft.tty else "")
    )
    parts = [
        "docker create" if draft.create else "docker run",
        f"-{letters}" if letters else "",
        *draft.options,
        f"--name {draft.name}" if draft.name else "",
        draft.image,
        _inside(draft),
    ]
    return " ".join(part for part in parts if part)
