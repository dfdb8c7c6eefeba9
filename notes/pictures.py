"""The pictures a note shows: which file, and which passage each belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import unescape
from posixpath import normpath
from urllib.parse import unquote

from markdown_it.token import Token

from notes.blocks import Block
from notes.facts import Picture

_TAG = re.compile(r"<img\b[^<>]{0,2000}>", re.I)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.I)  # https:, data: and the like: no file beside the note


def find_pictures(tokens: Sequence[Token], blocks: Sequence[Block]) -> tuple[Picture, ...]:
    """Give the local pictures of a parsed note in its order, each with the lines of its passage."""
    local = [(line, file, alt) for line, address, alt in _shown(tokens) if (file := local_file(address))]
    if not local:
        return ()
    passages = _Passages(blocks)
    return tuple(dict.fromkeys(Picture(file, alt, passages.at(line)) for line, file, alt in local))


def local_file(address: str) -> str:
    """Give the path of a picture beside its note; "" for an address elsewhere."""
    if not address or _ELSEWHERE.match(address):
        return ""
    return normpath(unquote(address.split("#")[0].split("?")[0]).replace("\\", "/").strip())


def _shown(tokens: Sequence[Token], line: int = 1) -> Iterator[tuple[int, str, str]]:
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.type == "image":
            yield line, str(token.attrs.get("src", "")), token.content
        elif token.type in ("html_inline", "html_block"):
            for tag in _TAG.findall(token.content):
                given = {name.lower(): unescape(one or other or bare) for name, one, other, bare in _ATTRIBUTE.findall(tag)}
                yield line, given.get("src", ""), given.get("alt", "")
        elif token.children:
            yield from _shown(token.children, line)


class _Passages:
    """Which passage of a note a line belongs to."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._starts = [block.lines[0] for block in blocks]
        self._covering: dict[int, Block] = {}
        for block in blocks:
            if block.kind != "heading":
                for line in range(block.lines[0], block.lines[1] + 1):
                    self._covering.setdefault(line, block)

    def at(self, line: int) -> tuple[int, int]:
        """The block a picture stands in; for one that stands alone the block before it under the same heading, else the
        one behind it.
        """
        inside = self._covering.get(line)
        if inside:
            return inside.lines
        place = bisect_right(self._starts, line)
        before, behind = self._blocks[max(0, place - 1) : place], self._blocks[place : place + 1]
        near = next((block for block in (*before, *behind) if block.kind != "heading"), None)
        return near.lines if near else (line, line)
