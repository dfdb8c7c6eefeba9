"""The little markup of a question's text taken apart: `code`, fenced listings and ____ gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

GAP = re.compile(r"_{4,}")
_TICKS = re.compile(r"(`+)")
_OPENING = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^`\n]*$")
#: What no file format holds and no text needs: control characters but tab and newline, halves of surrogate
#: pairs, and the two code points that are not characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Piece:
    """A run of text of one sort."""

    sort: Literal["text", "code", "listing"]
    text: str
    language: str = ""  # of a listing, as its fence says


def clean(text: str) -> str:
    """Normalise line ends and drop characters that XML, SQLite or a terminal would choke on."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def pieces(text: str) -> Iterator[Piece]:
    """Take a prompt, choice or explanation apart. Joined again, the pieces show all of the text."""
    lines, start = clean(text).split("\n"), 0
    unclosed: set[str] = set()
    index = 0
    while index < len(lines):
        opening = _OPENING.match(lines[index])
        close = _closing(lines, index, opening[1], unclosed) if opening else None
        if opening is None or close is None:
            index += 1
            continue
        yield from _inline("\n".join(lines[start:index]))
        yield Piece("listing", "\n".join(lines[index + 1 : close]), opening[2])
        index = start = close + 1
    yield from _inline("\n".join(lines[start:]))


def _closing(lines: list[str], opening: int, fence: str, unclosed: set[str]) -> int | None:
    # A fence without an end is remembered: looking for it once is enough, however often it is opened.
    if fence in unclosed:
        return None
    for index in range(opening + 1, len(lines)):
        stripped = lines[index].strip()
        if stripped.startswith(fence) and not stripped.strip(fence[0]):
            return index
    unclosed.add(fence)
    return None


def _inline(text: str) -> Iterator[Piece]:
    parts = _TICKS.split(text.strip("\n"))  # text, ticks, text, ticks, ..., text
    last = {ticks: index for index, ticks in enumerate(parts) if index % 2}
    pending, index = "", 0
    while index < len(parts):
        if index % 2 and last[parts[index]] > index:
            close = parts.index(parts[index], index + 1)
            if pending:
                yield Piece("text", pending)
            yield Piece("code", _unpadded("".join(parts[index + 1 : close])))
            pending, index = "", close + 1
            continue
        pending += parts[index]
        index += 1
    if pending:
        yield Piece("text", pending)


def _unpadded(code: str) -> str:
    code = code.replace("\n", " ")
    return code[1:-1] if code.startswith(" ") and code.endswith(" ") and code.strip() else code


def gaps(text: str) -> int:
    """Count the gaps to be filled."""
    return len(GAP.findall(clean(text)))


def fill(text: str, gap: Callable[[int], str]) -> str:
    """Put `gap(0)`, `gap(1)`, ... in the places of the gaps."""
    number = iter(range(len(text)))
    return GAP.sub(lambda _: gap(next(number)), text)


def as_plain(text: str) -> str:
    """Give the text without its markup, on as many lines as it has."""
    shown = (f"\n{piece.text}\n" if piece.sort == "listing" else piece.text for piece in pieces(text))
    return "".join(shown).strip("\n")


def join(parts: Iterable[Piece]) -> str:
    """Write pieces as one text again; `pieces` takes it apart into the same ones.

    Ticks and fences are chosen longer than any run of them in the pieces. Backticks in a piece of plain
    text cannot be told from markup and may be read as such.
    """
    whole = tuple(parts)
    ticks = "`" * (1 + max((_longest(piece.text, "`") for piece in whole if "`" in piece.text), default=0))
    written = ""
    for piece in whole:
        if piece.sort == "listing":
            before = written.rstrip("\n") + "\n" if written else ""
            written = f"{before}{fenced(piece.text, piece.language)}\n"
        else:
            written += ticked(piece.text, ticks) if piece.sort == "code" else piece.text
    return written.strip("\n")


def fenced(text: str, language: str = "") -> str:
    """Mark a text as a listing; the fence is longer than any inside."""
    fence = "`" * max(3, 1 + _longest(text, "`"))
    return f"{fence}{language}\n{text}\n{fence}"


def ticked(text: str, ticks: str = "") -> str:
    """Mark a text as code; the ticks are longer than any inside, unless they are given."""
    ticks = ticks or "`" * (1 + _longest(text, "`"))
    touching = text.startswith("`") or text.endswith("`")
    pad = " " if touching or (text[:1] == text[-1:] == " " and text.strip()) else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _longest(text: str, mark: str) -> int:
    return max(map(len, re.findall(f"{mark}+", text)), default=0)
