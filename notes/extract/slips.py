"""Lines that look wrong: misspelt commands, options, images and words. Reported, never asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.facts import Suspicion
from notes.grammar import ParsedCommand, children, commands, is_tool, knows, nearest, parse_commands
from notes.note import Note
from notes.shell import ListingLine
from notes.tools import IMAGES

_IMAGE_COMMANDS = {"docker run": 0, "docker pull": 0, "docker create": 0}
_DASH = re.compile(r"(?<=\s)[–—](?=[a-z]{1,12}\b)")


def extract(note: Note) -> Iterator[Finding]:
    images = _images(note)
    for index, lines in note.listings.items():
        for line in lines:
            if line.kind in ("command", "usage"):
                yield from _of_line(note, note.blocks[index], line, images)
    for block in note.blocks:
        yield from _of_words(note, block)


def _of_line(note: Note, block: Block, line: ListingLine, images: Counter[str]) -> Iterator[Finding]:
    source = note.source(block, line.lines)
    for command in parse_commands(line.text):
        for what, found, instead in faults(command, line.kind == "usage"):
            yield Suspicion(source, what, found, instead)
        image, meant = misspelt_image(command, images)
        if image:
            yield Suspicion(source, "image name one letter off", image, meant)
    if _DASH.search(line.text):
        yield Suspicion(source, "long dash in a command", line.text, _DASH.sub("--", line.text))


def faults(command: ParsedCommand, usage: bool = False) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a command: (what, found, instead)."""
    if not is_tool(command.tool):
        meant = nearest(command.tool, ["docker", "systemctl", "kubectl"])
        if meant:
            yield "unknown command", command.tool, meant
        return
    if not knows(command.name):
        base, _, word = command.name.partition(" ")
        meant = nearest(word.split(" ")[0], children(base)) if word else ""
        yield "unknown command", command.name, f"{base} {meant}" if meant else ""
        return
    known = commands().get(command.name)
    if known is None or usage:
        return
    for option in command.options:
        if not option.known:
            longs = [flag for entry in known.options for flag in entry.flags if flag.startswith("--")]
            yield "unknown option", f"{command.name} {option.flag}", nearest(option.flag, longs)
    gone = [
        option.flag
        for option in command.options
        for entry in known.options
        if option.flag in entry.flags and entry.removed
    ]
    for flag in gone:
        yield "removed option", f"{command.name} {flag}", ""
    if lacks_operand(command):
        yield "missing argument", command.line.strip(), known.usage


def wrong(line: str) -> bool:
    """Whether any command of a line, substitutions included, has a fault."""
    return any(True for part in parse_commands(line) for _ in faults(part))


def lacks_operand(command: ParsedCommand) -> bool:
    """Whether a Docker command lacks what its usage line demands."""
    known = commands().get(command.name)
    if (
        known is None
        or (not command.options and not command.arguments)
        or "xargs" in command.line
        or "$" in command.line
        or "<<" in command.line
    ):
        return False
    needed = [word for word in known.required if not word.startswith("|") and word != "COMMAND"]
    return len(command.arguments) < min(1, len(needed))


def _images(note: Note) -> Counter[str]:
    return Counter(name for command in note.commands if (name := image_of(command)))


def image_of(command: ParsedCommand) -> str:
    """The plain name of the image a command runs or pulls; "" when it names none."""
    place = _IMAGE_COMMANDS.get(command.name)
    if place is None or not command.arguments:
        return ""
    name = command.arguments[0].rsplit("/", 1)[-1].split("@")[0].split(":")[0]
    return name if re.fullmatch(r"[a-z][a-z0-9_.-]*", name) and "/" not in command.arguments[0] else ""


def misspelt_image(command: ParsedCommand, images: Counter[str]) -> tuple[str, str]:
    """An image one letter off a well-known one or one the note uses more often: (found, meant)."""
    name = image_of(command)
    if not name or name in IMAGES:
        return "", ""
    others = [other for other in images if images[other] > images[name]]
    meant = nearest(name, sorted(IMAGES)) or nearest(name, others)
    return (name, meant) if meant and len(name) >= 5 else ("", "")


def _of_words(note: Note, block: Block) -> Iterator[Finding]:
    lowered = block.text.casefold()
    for slip, meant in note.han_slips(block.text):
        yield Suspicion(note.source(block), "misspelt word", slip, meant)
    for slip, meant in note.slips.items():
        if slip in lowered and re.search(rf"(?<![a-z]){slip}(?![a-z])", lowered):
            yield Suspicion(note.source(block), "misspelt word", slip, meant)
