"""The few filters that turn stored text into HTML. Everything is escaped first; no other place marks text as safe.

A prompt is plain text with `code` between backticks, ____ for a gap and fenced blocks for listings: nothing else is
Markdown here, so nothing else can become a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

ICONS = Path(__file__).parent / "static" / "icons.svg"
_SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="0 0 20 20">(.*?)</symbol>', re.S)
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)(?:^[ \t]*\1[ \t]*$\n?|\Z)", re.S | re.M)
_INLINE = re.compile(r"(?P<tick>`+)(?P<code>.+?)(?<!`)(?P=tick)(?!`)|(?P<gap>_{3,})", re.S)
_TICKS = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_FLAG = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")
_PROMPT_SIGN = re.compile(r"^(\$|#|>|PS>) ")

Gap = Callable[[int], Markup]


@cache
def _symbols() -> dict[str, str]:
    return dict(_SYMBOL.findall(ICONS.read_text(encoding="utf-8")))


def icon(name: str, label: str = "", kind: str = "") -> Markup:
    """Inline one of our icons: hidden from readers beside words, named when it stands alone.

    :raise KeyError: there is no such icon
    """
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    classes = f"i mark {kind}" if kind else "i"
    return Markup('<svg class="{}" viewBox="0 0 20 20" {}>{}</svg>').format(classes, said, Markup(_symbols()[name]))


def prompt(text: str, gap: Gap | None = None) -> Markup:
    """Render a prompt as paragraphs and listings. `gap` draws the n-th gap, counted from 0; else it is a line."""
    parts, counter = [], iter(range(10_000))
    for listing, piece in _blocks(text):
        parts.append(_listing(piece) if listing else _paragraphs(piece, gap, counter))
    return Markup("\n").join(part for part in parts if part)


def inline(text: str, gap: Gap | None = None) -> Markup:
    """Render text that stands inside a line: code spans and gaps only."""
    return _spans(text, gap, iter(range(10_000)))


def command(text: str) -> Markup:
    """Escape a command so that no flag is broken at its dash."""
    return Markup("").join(
        Markup('<span class="nb">{}</span>').format(piece) if _FLAG.fullmatch(piece) else escape(piece)
        for piece in _split(_FLAG, text)
    )


def _blocks(text: str) -> Iterator[tuple[bool, str]]:
    """Give (is a listing, text) in order."""
    at = 0
    for match in _FENCE.finditer(text):
        yield False, text[at:match.start()]
        yield True, match.group(2)
        at = match.end()
    yield False, text[at:]


def _listing(text: str) -> Markup:
    lines = []
    for line in text.rstrip("\n").split("\n"):
        sign = _PROMPT_SIGN.match(line)
        lines.append(Markup('<span class="ps">{} </span>{}').format(sign.group(1), line[sign.end():])
                     if sign else escape(line))
    return Markup('<pre class="term" tabindex="0"><code>{}</code></pre>').format(Markup("\n").join(lines))


def _paragraphs(text: str, gap: Gap | None, counter: Iterator[int]) -> Markup:
    paragraphs = [piece.strip("\n") for piece in re.split(r"\n[ \t]*\n", text) if piece.strip()]
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(_spans(line, gap, counter) for line in piece.split("\n")))
        for piece in paragraphs
    )


def _spans(text: str, gap: Gap | None, counter: Iterator[int]) -> Markup:
    parts, at = [], 0
    for match in _INLINE.finditer(text):
        parts.append(escape(text[at:match.start()]))
        parts.append(_gap(gap, counter) if match.group("gap") else _code(match.group("code"), gap, counter))
        at = match.end()
    parts.append(escape(text[at:]))
    return Markup("").join(parts)


def _code(text: str, gap: Gap | None, counter: Iterator[int]) -> Markup:
    """A gap may stand inside a command: `docker run ____ nginx`."""
    text = text[1:-1] if len(text) > 2 and text[0] == text[-1] == " " else text
    parts = [_gap(gap, counter) if re.fullmatch("_{3,}", piece) else command(piece)
             for piece in _split(re.compile("_{3,}"), text)]
    return Markup("<code>{}</code>").format(Markup("").join(parts))


def _gap(gap: Gap | None, counter: Iterator[int]) -> Markup:
    return gap(next(counter)) if gap else Markup('<span class="gap">____</span>')


def _quoted(line: str) -> Markup:
    """Set the code spans of a note's line; a run of underscores is the author's own and stays."""
    return Markup("").join(
        Markup("<code>{}</code>").format(piece.strip("`")) if piece.startswith("`") and piece.strip("`") else escape(piece)
        for piece in _split(_TICKS, line)
    )


def _split(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    at = 0
    for match in pattern.finditer(text):
        if match.start() > at:
            yield text[at:match.start()]
        yield match.group(0)
        at = match.end()
    if at < len(text):
        yield text[at:]


def without_listings(text: str) -> str:
    """Give a prompt without its fenced blocks; the blocks themselves when there is nothing else."""
    return _FENCE.sub(" ", text).strip() or text.replace("`", "")


def count_gaps(text: str) -> int:
    """Count the gaps of a prompt as `prompt` would draw them."""
    seen: list[int] = []

    def note(number: int) -> Markup:
        seen.append(number)
        return Markup("")

    prompt(text, note)
    return len(seen)


@dataclass(frozen=True)
class Line:
    """One line of a note, as it is quoted."""

    number: int  # counted from 1
    html: Markup
    hit: bool  # the question comes from here
    kind: str  # "text", "cmd" (inside a fence), "h" (heading)
    blank: bool


def passage(text: str, lines: Sequence[int], around: int = 2) -> list[Line]:
    """Quote the lines from lines[0] to lines[1] of a note, both included, with a few around them."""
    first, last = lines[0], lines[1]
    quoted = note_lines(text)
    return [Line(line.number, line.html, first <= line.number <= last, line.kind, line.blank)
            for line in quoted[max(0, first - 1 - around):last + around]]


def note_lines(text: str) -> list[Line]:
    """Quote a whole note, line by line, as source: marks stay visible, only code spans are set as code."""
    found, fence = [], ""
    for number, line in enumerate(text.split("\n"), 1):
        mark = re.match(r"[ \t]*(?:[-*>] |\d+[.)] )*[ \t]*(`{3,}|~{3,})", line)
        inside = bool(fence) or bool(mark)
        if mark:
            fence = "" if fence and mark.group(1).startswith(fence) else fence or mark.group(1)
        kind = "cmd" if inside else "h" if re.match(r"#{1,6} ", line) else "text"
        html = escape(line) if inside else _quoted(line)
        found.append(Line(number, html, False, kind, not line.strip()))
    return found
