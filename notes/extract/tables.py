"""Sample output in columns: what its heads are, and which command printed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notes.blocks import Block
from notes.grammar import knows
from notes.note import Note
from notes.shell import ListingLine

_HEADS, _NEXT_HEAD = re.compile(r"\s*[A-Z%][A-Z0-9%/_()\s-]*"), re.compile(r"(?<!\s)\s{2,}[A-Z%]")
_SUDO = re.compile(r"^sudo\s+")
_COLUMN_GAP = re.compile(r"\s{2,}|\t")

_PART = re.compile(r"[A-Z][A-Za-z ]{2,20}:")


@dataclass(frozen=True)
class Printed:
    """A command of a listing with the output the note shows under it."""

    block: Block
    index: int
    command: ListingLine
    before: tuple[str, ...]  # commands of the listing just before, in order
    rows: tuple[str, ...]
    columns: tuple[str, ...]  # () when the output is no table
    lines: tuple[int, int]


def printed(note: Note) -> tuple[Printed, ...]:
    return note.once("printed", lambda: _printed(note))


def _printed(note: Note) -> Iterator[Printed]:
    for index, lines in note.listings.items():
        yield from _of_listing(note.blocks[index], index, lines)


def _of_listing(block: Block, index: int, lines: tuple[ListingLine, ...]) -> Iterator[Printed]:
    before: list[str] = []
    for place, line in enumerate(lines):
        if line.kind != "command" or line.command is None or line.commented:
            continue
        rows: list[ListingLine] = []
        for at, following in enumerate(lines[place + 1 :], place + 1):
            if following.kind == "blank" and rows and _goes_on(lines[at + 1 :]):
                continue
            if following.kind not in ("output", "other", "option"):
                break
            rows.append(following)
        if rows and knows(line.command.name):
            head = columns_of(rows[0].text)
            yield Printed(
                block,
                index,
                line,
                tuple(before[-4:]),
                tuple(row.text.rstrip() for row in rows),
                head,
                (line.lines[0], rows[-1].lines[1]),
            )
        before.append(_SUDO.sub("", line.text))


def _goes_on(lines: tuple[ListingLine, ...]) -> bool:
    """Tell whether behind a blank line stands another part of one output: a name and a colon, and what is set in below it."""
    return len(lines) > 1 and bool(_PART.fullmatch(lines[0].text)) and lines[1].text.startswith(" ")


def columns_of(row: str) -> tuple[str, ...]:
    """Give the heads of a table of output: ("CONTAINER ID", "IMAGE"); () when the row is no head."""
    if not (_HEADS.fullmatch(row) and _NEXT_HEAD.search(row)):
        return ()
    return tuple(name.strip() for name in _COLUMN_GAP.split(row.strip()) if name.strip())
