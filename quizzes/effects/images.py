"""What a new image is beyond the image it was made from, as comparable facts."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sandboxes.effects import FileEntry

from . import names
from .labels import Labels, tags
from .output import Reader
from .reading import dig, pairs, table, text, texts

Row = dict[str, Any]
Pairs = Iterator[tuple[tuple[str, str], str]]
#: Files of a build that come along where a whole folder is copied, and look as their author likes.
_RECIPE = re.compile(r"(^|/)(Dockerfile|\.dockerignore)$")
#: What sets permissions, by digits or by letters.
_SETS_RIGHTS = re.compile(r"\bchmod\b|\binstall\s+(?:-\w+\s+)*-m")
_SPELLS_RIGHTS = re.compile(r"\bchmod[ =](?:-\w+ )*0?[0-7]{3}\b|\binstall\b.*-m ?0?[0-7]{3}\b")
_USUAL = "644"  # permissions of a file that nobody chose
#: (aspect without "image.", item) -> value
Facts = dict[tuple[str, str], str]


def base_of(row: Row, known: Iterable[Row]) -> Row:
    """Find the image a new one stands on: the known one with most of its first layers; {} if none."""
    layers = texts(row, "RootFS", "Layers")
    best: Row = {}
    for other in known:
        own = texts(other, "RootFS", "Layers")
        if own and layers[: len(own)] == own and len(own) > len(texts(best, "RootFS", "Layers")):
            best = other
    return best


def image_facts(row: Row, base: Row, labels: Labels) -> Facts:
    """Describe a new image by what it adds to its base."""
    facts: Facts = {("base", ""): labels.images.get(text(base, "Id"), "") or "scratch"}
    own, under = table(row, "Config"), table(base, "Config")
    for part in (_process(own, under), _lists(own, under), _notes(row)):
        facts.update((key, value) for key, value in part if value)
    return facts


def _process(own: Row, under: Row) -> Pairs:
    for aspect, line in _commands(own).items():
        if line != _commands(under)[aspect]:
            yield (aspect, ""), line or "(none)"
    if text(own, "User") != text(under, "User"):
        yield ("user", ""), text(own, "User") or "root"
    if (text(own, "WorkingDir") or "/") != (text(under, "WorkingDir") or "/"):
        yield ("workdir", ""), text(own, "WorkingDir").rstrip("/") or "/"
    for field in ("StopSignal", "Healthcheck", "OnBuild", "Shell"):
        if (dig(own, field) or None) != (dig(under, field) or None):
            yield ("option", field), json.dumps(dig(own, field), sort_keys=True)


def _commands(config: Row) -> dict[str, str]:
    """Give the entrypoint and the command; behind an entrypoint the command is its arguments, not a program.

    An entrypoint that is a shell's script does not hand them on, so beside a command it is not the program it names.
    """
    entrypoint, command = texts(config, "Entrypoint"), texts(config, "Cmd")
    return {
        "entrypoint": " ".join(entrypoint) if command and names.is_script(entrypoint) else names.command_line(entrypoint),
        "command": " ".join(command) if entrypoint else names.command_line(command),
    }


def _lists(own: Row, under: Row) -> Pairs:
    for entry in texts(own, "Env"):
        if entry not in texts(under, "Env"):
            key, _, value = entry.partition("=")
            yield ("env", key), value or "(empty)"
    for aspect, field in (("expose", "ExposedPorts"), ("volume", "Volumes")):
        for key in sorted(set(table(own, field)) - set(table(under, field))):
            yield (aspect, key), "yes"
    inherited = table(under, "Labels")
    for key, value in pairs(own, "Labels"):
        if inherited.get(key) != value:
            yield ("label", key), value or "(empty)"


def _notes(row: Row) -> Pairs:
    yield ("note", "author"), text(row, "Author")
    comment = text(row, "Comment")
    if not comment.startswith(("buildkit", "Imported from", "build")):
        yield ("note", "message"), comment


def file_facts(files: Iterable[FileEntry], reader: Reader, reference: str = "") -> Facts:
    """Describe the files a new image adds to, or deletes from, its base; `reference` is the task's reference."""
    facts: Facts = {}
    for entry in files:
        path = "/" + entry.path.lstrip("/")
        if entry.kind != "folder" and not _RECIPE.search(entry.path):
            facts["file", path] = fingerprint(entry, reader)
            if chosen := rights(entry, reference):
                facts["rights", path] = chosen
    return facts


def rights(entry: FileEntry, reference: str) -> str:
    """Say which permissions of a file matter, "" for none.

    Digits count where the reference spells them, and any that it sets with chmod; else whether its owner may run it.
    """
    if entry.kind != "file" or not entry.mode:
        return ""
    digits = f"{entry.mode:o}"
    if re.search(rf"(?<!\d)0?{digits}(?!\d)", reference) and _SETS_RIGHTS.search(reference):
        return digits
    if entry.mode & stat.S_IXUSR and not _SPELLS_RIGHTS.search(reference):
        return "executable"
    return digits if _SETS_RIGHTS.search(reference) and digits != _USUAL else ""


def fingerprint(entry: FileEntry, reader: Reader, members: tuple[FileEntry, ...] = ()) -> str:
    """Say what a file holds, comparably: an archive by its members, a text by what it tells."""
    if entry.kind == "other":
        return "deleted" if entry.text == "deleted" else "other"
    if entry.kind == "link":
        return f"link {entry.digest or entry.text}"
    if members:
        return "archive " + ", ".join(sorted(_member(member) for member in members))
    if entry.text.strip():
        return "text " + reader.canonical(entry.text)
    return f"{entry.kind} {entry.digest}" if entry.digest else f"{entry.kind} of {entry.size} bytes"


def _member(entry: FileEntry) -> str:
    path = entry.path.removeprefix("./").strip("/")
    return f"{path} {entry.digest}" if entry.kind == "file" else path


def tag_owners(rows: Iterable[Row]) -> Mapping[str, Row]:
    """Give every tag with the image that carries it."""
    return {tag: row for row in rows for tag in tags(row)}
