"""Large notes for measuring: the sections of our samples over and over, each time about other things.

A copy that said the same again would be read once and forgotten, so every copy has its own names, numbers, terms
and, in every second one, its own tool. The same size gives the same note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

from notes.tools import TOOLS

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
_SECTION = re.compile(r"^(?=## )", re.M)
_NAMED = re.compile(
    r"\b(?:site|shop|later|keeper|reader|logs|mysite|hello|secret|db|images?|containers?|volumes?|repository|hypervisor)\b"
    r"|镜像|容器|仓库|数据卷|虚拟机|提交|分支|暂存区|工作区|版本库|主机|守护进程",
    re.I,
)
_TOOL = re.compile(r"\b(?:docker|git)\b(?= [a-z])")
_NUMBER = re.compile(r"(?<![\w.])[2-9]\d{0,3}(?![\w.])")
_LATIN = ("ba", "co", "de", "fi", "gu", "ka", "lo", "me", "ni", "po", "ra", "su", "te", "vo", "wi", "za")
_HAN = "青石云川林泉松岩河湖山谷原野晨星"


def large_note(size: int) -> str:
    """Give a note of about `size` bytes, at least one section long."""
    parts, length = ["# Everything at once\n\n"], 0
    for section in _sections():
        parts.append(section)
        length += len(section.encode())
        if length >= size:
            return "".join(parts)
    raise AssertionError("the sections never end")


def _sections() -> Iterator[str]:
    for turn in count():
        for section in _originals():
            yield _renamed(section, turn) if turn else section


@cache
def _originals() -> tuple[str, ...]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.md"))]
    return tuple(section for text in texts for section in _SECTION.split(text)[1:])


def _renamed(section: str, turn: int) -> str:
    tools = sorted(TOOLS)
    section = _NAMED.sub(lambda found: _coined(found.group(), turn), section)
    section = _NUMBER.sub(lambda found: str(int(found.group()) + turn), section)
    return _TOOL.sub(tools[turn % len(tools)], section) if turn % 2 else section


def _coined(word: str, turn: int) -> str:
    """Another word for a word, for each turn another: `site` gives "basite", 镜像 gives 石镜像."""
    letters: str | tuple[str, ...] = _LATIN if word.isascii() else _HAN
    parts = [letters[turn >> shift & 15] for shift in range(0, max(4, turn.bit_length()), 4)]
    return "".join(parts) + word
