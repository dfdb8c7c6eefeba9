"""Commands of listings with the words the note puts on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notes.blocks import Block
from notes.grammar import Command, Given, ParsedCommand, commands, knows, parse_command
from notes.note import Note
from notes.shell import ListingLine
from notes.text import HAN, han_count, sentences
from notes.wording import agrees, starts_with_action

_OPTION_START = re.compile(r"^\s*-{1,2}[\w?]")
_STATE = re.compile(r"不|需要|无需|必须|可以|先")
_PLACEHOLDER = re.compile(
    f"^(?:ID|id|xxx+|XXX+|name|NAME|[A-Z][A-Z_]{{2,}}|<.+>|〈.+〉|"
    f"\\$?\\{{?\\w*(?:ID|NAME)\\w*\\}}?|[{HAN}]+(?:id|ID|名|名称)?|"
    f"(?=\\w*\\d)[0-9a-f]{{6,64}}|"
    "(?:my[_-]?)?(?:container|image|volume|network)(?:[_-]?(?:id|name))?|[A-Z_]+\\[.*\\])$"
)
_PID = re.compile(r"\s\d{3,}$")
_SUDO = re.compile(r"^sudo\s+")
_BLANKS = re.compile(r"[ \t]+")
_REST_OF_USAGE = re.compile(r"\s*\[(?:OPTIONS|COMMAND|ARG)[^\]]*\]|(?<=[A-Z])\s*\[[A-Z]+\.\.\.\]|\.\.\.$")
_DOTS = re.compile(r"[xX]{2,}|\.{3}")
_WITH_TAG = re.compile(r"^[A-Z]{2,}:\w+$")
_JOINED = re.compile(r"(?<=\s)-[A-Za-z]{2,}(?=\s|$)")


@dataclass(frozen=True)
class Captioned:
    """A command line and what the note says it is for."""

    block: Block
    index: int  # of its block
    line: ListingLine
    command: ParsedCommand
    caption: str  # "" when the note says nothing
    place: str  # "behind", "above", "bold", "paragraph", "heading" or ""
    alone: bool  # no other command shares the caption
    lines: tuple[int, int]  # caption and command


def captioned(note: Note) -> tuple[Captioned, ...]:
    """Give every command of every listing with its caption: behind it, above it or before the listing."""
    return note.once("captioned", lambda: _captioned(note))


def _captioned(note: Note) -> Iterator[Captioned]:
    for index, lines in note.listings.items():
        yield from _of_listing(note, index, lines)


def _of_listing(note: Note, index: int, lines: tuple[ListingLine, ...]) -> Iterator[Captioned]:
    block = note.blocks[index]
    shown = [line for line in lines if line.kind in ("command", "usage")]
    outer = _outer_caption(note, index)
    carried: ListingLine | None = None
    for place, line in enumerate(lines):
        if line.kind not in ("command", "usage") or line.command is None:
            carried = carried if line.kind == "command" else None
            continue
        above = _above(lines, place) or (carried if line.behind else None)
        carried = above
        if line.behind and (
            above is None or (starts_with_action(line.behind) and not _STATE.match(line.behind))
        ):
            yield Captioned(block, index, line, line.command, line.behind, "behind", True, line.lines)
        elif above is not None:
            caption = f"{above.text}，{line.behind}" if line.behind and han_count(above.text) else above.text
            span = (above.lines[0], line.lines[1])
            alone = _alone(lines, place) or bool(line.behind)
            yield Captioned(block, index, line, line.command, caption, "above", alone, span)
        elif outer[0] and line is shown[0] and (len(shown) == 1 or agrees(outer[0], line.command)):
            span = (min(outer[2][0], line.lines[0]), line.lines[1])
            yield Captioned(block, index, line, line.command, outer[0], outer[1], True, span)
        else:
            yield Captioned(block, index, line, line.command, "", "", False, line.lines)


def _above(lines: tuple[ListingLine, ...], place: int) -> ListingLine | None:
    """The comment right above a line; a separator line between them may stand, another comment may not."""
    for back in range(place - 1, max(-1, place - 3), -1):
        line = lines[back]
        if line.kind == "comment":
            return None if _OPTION_START.match(line.text) or is_column_note(line.text) else line
        if line.kind != "blank":
            return None
    return None


def is_column_note(text: str) -> bool:
    return bool(re.match(r"[A-Z]{3,}(?: [A-Z]{2,})?\s", text)) and han_count(text) > 1


def _alone(lines: tuple[ListingLine, ...], place: int) -> bool:
    for line in lines[place + 1 :]:
        if line.kind in ("command", "usage"):
            return bool(line.behind)
        if line.kind in ("comment", "blank", "output"):
            return True
    return True


def _outer_caption(note: Note, index: int) -> tuple[str, str, tuple[int, int]]:
    """The words in front of a listing: a bold line, the last sentence of a paragraph, or the heading."""
    if not index:
        return "", "", (0, 0)
    before = note.blocks[index - 1]
    if before.kind == "heading":
        return re.sub(r"\s*[（(][^()（）]*[)）]$", "", before.text), "heading", before.lines
    if before.kind not in ("paragraph", "item") or before.path[:1] != note.blocks[index].path[:1]:
        return "", "", (0, 0)
    if (
        before.strong
        and len(before.strong) == 1
        and before.strong[0].rstrip("：: ") == before.text.rstrip("：: ")
    ):
        return before.text.rstrip("：: "), "bold", before.lines
    said = sentences(before.text)
    last = said[-1] if said else ""
    if last.endswith(("：", ":")) or (len(said) == 1 and starts_with_action(last)):
        return last.rstrip("：: "), "paragraph", before.lines
    heading = (note.blocks[index].path or ("",))[-1]
    return re.sub(r"\s*[（(][^()（）]*[)）]$", "", heading), "heading", note.blocks[index].lines


def normalised(command: ParsedCommand, line: str) -> str:
    """Give a line with ids and placeholders replaced by the client's own words: `docker start CONTAINER`."""
    if command.name in ("kill", "pkill") and command.arguments and command.arguments[-1].isdigit():
        return _PID.sub(" PID", line.strip())
    known = commands().get(command.name)
    text = _SUDO.sub("", _BLANKS.sub(" ", line.strip()))
    if known is None or any(mark in text for mark in "|;&\n>") or not known.operands:
        return text
    text = _REST_OF_USAGE.sub(
        "", text
    ).strip()
    command = parse_command(text) or command
    replaced = [_operand(operand, place, known) for place, operand in enumerate(command.arguments)]
    kept = [option for option in command.options if not _DOTS.fullmatch(option.value)]
    if tuple(replaced) == command.arguments and len(kept) == len(command.options):
        return text
    given = [_spelled(option, text) for option in kept]
    return " ".join([command.name, *_rejoin(given, text), *replaced])


def _operand(operand: str, place: int, known: Command) -> str:
    wanted = known.operands[min(place, len(known.operands) - 1)].strip("[]").rstrip(".").split("|")[0]
    if not _PLACEHOLDER.match(operand) and not _WITH_TAG.match(operand):
        return operand
    if wanted.split(":")[0] in ("CONTAINER", "IMAGE", "VOLUME", "NETWORK", "NAME"):
        return wanted
    return operand


def _spelled(option: Given, text: str) -> str:
    if not option.value:
        return option.flag
    return (
        f"{option.flag}={option.value}"
        if f"{option.flag}={option.value}" in text
        else f"{option.flag} {option.value}"
    )


def _rejoin(given: list[str], text: str) -> list[str]:
    """Keep joined short options as the note joins them: `-it`."""
    for joined in _JOINED.findall(text):
        letters = [f"-{letter}" for letter in joined[1:]]
        for start in range(len(given) - len(letters) + 1):
            if given[start : start + len(letters)] == letters:
                given[start : start + len(letters)] = [joined]
                break
    return given


def known(command: ParsedCommand) -> bool:
    return knows(command.name)
