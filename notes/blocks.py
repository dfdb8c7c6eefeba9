"""A note as a flat list of blocks: headings, paragraphs, items, listings, table rows, each with its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import unescape
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from notes.text import one_line, sentences, tidy

Kind = Literal["heading", "paragraph", "item", "fence", "table"]
_STYLE_TAG = re.compile(r"<(/?)(font|span|u|mark|em|strong|b|i|center|kbd|code|sub|sup|big)\b[^<>]*>", re.I)
_BREAK_TAG = re.compile(r"<br\s*/?>|</?(?:p|div|tr|li|h\d|table|thead|tbody|ul|ol|summary|details|center)\b[^<>]*>", re.I)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]*>(.{1,200}?)</h\1>", re.S | re.I)
_MARK = re.compile(r"<(?:font|u|mark)\b[^<>]*>(.*?)</(?:font|u|mark)>", re.S | re.I)
_MARK_END = re.compile(r"</(?:font|u|mark)>", re.I)
_STRONG = re.compile(r"<(?:b|strong)>(.*?)</(?:b|strong)>", re.S | re.I)
_STRONG_END = re.compile(r"</(?:b|strong)>", re.I)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_NUMBER = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十百]+[、.．章节部分]\s*|[（(][一二三四五六七八九十\d]+[)"
    r"）]\s*|\d+(?:\.\d+)*[、.．)）:]?\s+|\d+(?:\.\d+)+[、.．)）]?|"
    r"\d+[、.．)）]\s*|[①-⑳]\s*)"
)
_ANCHOR = re.compile(r"\s*\{#[^}]*\}\s*$")
_SCRIPT = re.compile(r"<(script|style)\b.*?(</\1>|\Z)", re.S | re.I)


@dataclass(frozen=True)
class Block:
    """One block of a note."""

    kind: Kind
    lines: tuple[int, int]  # first and last, counted from 1
    path: tuple[str, ...]  # headings above it, outermost first; a heading's own path ends with itself
    text: str  # code spans between backticks, line breaks kept, all other marks gone; a listing's content
    strong: tuple[str, ...] = ()  # phrases set bold
    marked: tuple[str, ...] = ()  # phrases coloured, underlined or highlighted
    links: tuple[str, ...] = ()  # texts of links
    struck: bool = False  # part of it is struck out
    level: int = 0  # heading level; depth of a list item, outermost 1
    list_id: int = 0  # list items: equal within one list
    ordered: bool = False
    quoted: bool = False  # inside a block quote
    info: str = ""  # fence: the word behind the fence
    rows: tuple[tuple[str, ...], ...] = ()  # table: head first
    row_lines: tuple[int, ...] = ()  # table: the line of each row

    @cached_property
    def line(self) -> str:
        """The text with its wrapped lines joined."""
        return one_line(self.text)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the joined lines: several extractors walk them."""
        return sentences(self.line)


@dataclass
class _Inline:
    text: str = ""
    strong: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    struck: bool = False


@dataclass
class _List:
    number: int
    ordered: bool


def strip_number(title: str) -> str:
    """Drop a heading's number: `3.2 Volumes`, `三、数据卷`, `1) Start` and a trailing `{#anchor}`."""
    title = _ANCHOR.sub("", title)
    return _NUMBER.sub("", title, count=1).strip() or title.strip()


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(front_matter_plugin)


def parse(text: str) -> list[Token]:
    """Parse a repaired note. Reading a note costs little more than this, so it is done once."""
    return _parser().parse(text)


def read_blocks(tokens: list[Token]) -> tuple[tuple[Block, ...], str]:
    """Read a parsed note into blocks and its front matter (raw YAML, "" if none)."""
    return _Reader(tokens).read()


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.blocks: list[Block] = []
        self.front = ""
        self.stack: list[tuple[int, str]] = []
        self.lists: list[_List] = []
        self.quotes = 0
        self.count = 0
        self.fresh_item = False
        self.item_lines = (1, 1)

    def read(self) -> tuple[tuple[Block, ...], str]:
        place = 0
        while place < len(self.tokens):
            token = self.tokens[place]
            reader = getattr(self, f"_on_{token.type}", None)
            place = (reader(token, place) if reader else None) or place + 1
        return tuple(self.blocks), self.front

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.stack if title)

    def _add(self, kind: Kind, token: Token, inline: _Inline, **more: Any) -> None:
        first, last = token.map or (0, 1)
        block = Block(
            kind,
            (first + 1, max(first + 1, last)),
            self.path,
            inline.text,
            tuple(inline.strong),
            tuple(inline.marked),
            tuple(inline.links),
            inline.struck,
            quoted=self.quotes > 0,
            **more,
        )
        self.blocks.append(block)

    def _on_front_matter(self, token: Token, place: int) -> None:
        self.front = token.content

    def _on_heading_open(self, token: Token, place: int) -> int:
        self._open_heading(token, read_inline(self.tokens[place + 1].children or []), int(token.tag[1]))
        return place + 3

    def _on_paragraph_open(self, token: Token, place: int) -> int:
        inline = read_inline(self.tokens[place + 1].children or [])
        if self.lists and self.fresh_item:
            self.fresh_item = False
            around = self.lists[-1]
            self._add("item", token, inline, level=len(self.lists), list_id=around.number, ordered=around.ordered)
        elif inline.text:
            self._add("paragraph", token, inline, level=len(self.lists))
            self._bold_heading(inline, token)
        return place + 3

    def _bold_heading(self, inline: _Inline, token: Token) -> None:
        """A paragraph that is one bold phrase opens a section of its own, below every real heading."""
        text = inline.text.rstrip("：:")
        if self.lists or self.quotes or len(inline.strong) != 1 or inline.strong[0].rstrip("：:") != text or len(text) > 60:
            return
        while self.stack and self.stack[-1][0] >= 7:
            self.stack.pop()
        self.stack.append((7, strip_number(text.replace("`", ""))))

    def _on_bullet_list_open(self, token: Token, place: int) -> None:
        self.count += 1
        self.lists.append(_List(self.count, token.type == "ordered_list_open"))

    _on_ordered_list_open = _on_bullet_list_open

    def _on_bullet_list_close(self, token: Token, place: int) -> None:
        self.lists.pop()

    _on_ordered_list_close = _on_bullet_list_close

    def _on_list_item_open(self, token: Token, place: int) -> None:
        self.fresh_item = True

    def _on_list_item_close(self, token: Token, place: int) -> None:
        self.fresh_item = False

    def _on_blockquote_open(self, token: Token, place: int) -> None:
        self.quotes += 1

    def _on_blockquote_close(self, token: Token, place: int) -> None:
        self.quotes -= 1

    def _on_fence(self, token: Token, place: int) -> None:
        info = (token.info.strip().split() or [""])[0].strip("{}.").lower()
        self._add("fence", token, _Inline(token.content), info=info, level=len(self.lists))

    def _on_code_block(self, token: Token, place: int) -> None:
        self._add("fence", token, _Inline(token.content), info="indented", level=len(self.lists))

    def _on_html_block(self, token: Token, place: int) -> None:
        if "<table" in token.content.lower():
            self._html_table(token)
            return
        inline = read_html(token.content)
        title = _HTML_HEADING.search(token.content)
        heading = read_html(title.group(2)) if title else _Inline()
        if title and heading.text and heading.text == inline.text.split("\n")[0]:
            self._open_heading(token, heading, int(title.group(1)))
            inline.text = inline.text[len(heading.text) :].strip()
        if inline.text:
            self._add("paragraph", token, inline)

    def _open_heading(self, token: Token, inline: _Inline, level: int) -> None:
        inline.text = strip_number(inline.text.replace("\n", " "))
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, inline.text.replace("`", "")))
        self._add("heading", token, inline, level=level)

    def _html_table(self, token: Token) -> None:
        rows, covered = [], dict[int, tuple[int, str]]()
        for row in re.findall(r"<tr\b[^<>]*>(.*?)(?=<tr\b|</table|\Z)", token.content, re.S | re.I)[:400]:
            cells = re.findall(r"<t[hd]\b([^<>]*)>(.*?)(?=<t[hd]\b|</tr|\Z)", row, re.S | re.I)
            rows.append(_uncovered([(around, read_html(cell).text.replace("\n", " ")) for around, cell in cells], covered))
        first = (token.map or (0, 1))[0] + 1
        if len(rows) > 1 and "colspan" not in token.content:
            self._add("table", token, _Inline(), rows=tuple(rows), row_lines=(first,) * len(rows))

    def _on_table_open(self, token: Token, place: int) -> int:
        rows: list[tuple[str, ...]] = []
        lines: list[int] = []
        cells: list[str] = []
        while self.tokens[place].type != "table_close":
            current = self.tokens[place]
            if current.type == "tr_open":
                cells, first = [], current.map or token.map or (0, 1)
                lines.append(first[0] + 1)
            elif current.type == "inline":
                cells.append(read_inline(current.children or []).text)
            elif current.type == "tr_close":
                rows.append(tuple(cells))
            place += 1
        self._add("table", token, _Inline(), rows=tuple(rows), row_lines=tuple(lines))
        return place + 1


def _uncovered(cells: list[tuple[str, str]], covered: dict[int, tuple[int, str]]) -> tuple[str, ...]:
    """Lay out a row of an HTML table: cells that reach down from above take their places. Those of the first column are
    empty, as in a Markdown table; the others say the same again.
    """
    row: list[str] = []
    waiting = list(cells)
    while waiting or len(row) in covered:
        place = len(row)
        if place in covered:
            left, text = covered.pop(place)
            if left > 1:
                covered[place] = (left - 1, text)
            row.append(text if place else "")
            continue
        around, text = waiting.pop(0)
        down = re.search(r"rowspan\s*=\s*[\"']?(\d{1,3})", around, re.I)
        if down and int(down.group(1)) > 1:
            covered[place] = (int(down.group(1)) - 1, text)
        row.append(text)
    return tuple(row)


def read_html(source: str) -> _Inline:
    """Read a piece of raw HTML as text: tags go, breaks stay, coloured and underlined text is marked."""
    source = _COMMENT.sub("", source)
    source = _SCRIPT.sub("", source)
    marked = _set_off(source, _MARK, _MARK_END)
    strong = _set_off(source, _STRONG, _STRONG_END)
    text = tidy(unescape(_ANY_TAG.sub("", _BREAK_TAG.sub("\n", source))))
    return _Inline(text, [text for text in strong if text], [text for text in marked if text])


def _set_off(source: str, marked: re.Pattern[str], end: re.Pattern[str]) -> list[str]:
    """The texts between opening and closing tags. Behind the last closing tag nothing can match, so that thousands of
    tags that are never closed are not each searched for an end."""
    last = max((found.end() for found in end.finditer(source)), default=0)
    return [tidy(_ANY_TAG.sub("", text)) for text in marked.findall(source[:last])]


def read_inline(children: list[Token]) -> _Inline:
    """Read inline tokens as text with code spans between backticks."""
    found = _Inline()
    parts: list[str] = []
    opened: dict[str, list[int]] = {"strong": [], "marked": [], "link": []}
    hidden = 0
    for piece, event in _pieces(children):
        if event == "struck":
            hidden += 1
            found.struck = True
        elif event == "/struck":
            hidden -= 1
        elif event.startswith("/"):
            starts = opened[event[1:]]
            if starts:
                text = tidy("".join(parts[starts.pop() :]))
                target = {"strong": found.strong, "marked": found.marked, "link": found.links}[event[1:]]
                if text:
                    target.append(text)
        elif event:
            opened[event].append(len(parts))
        elif not hidden:
            parts.append(piece)
    found.text = _highlights(tidy("".join(parts)), found)
    return found


def _highlights(text: str, found: _Inline) -> str:
    if "==" not in text or "`" in text:
        return text
    found.marked.extend(re.findall(r"==([^=\n]{2,80})==", text))
    return re.sub(r"==([^=\n]{2,80})==", r"\1", text)


def _pieces(children: list[Token]) -> Iterator[tuple[str, str]]:
    """Turn inline tokens into (text, "") and ("", event): strong, /strong, marked, link, struck …"""
    events = {
        "strong_open": "strong",
        "strong_close": "/strong",
        "link_open": "link",
        "link_close": "/link",
        "s_open": "struck",
        "s_close": "/struck",
    }
    for token in children:
        if token.type == "text":
            yield token.content, ""
        elif token.type == "code_inline":
            yield _code_span(token.content), ""
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n", ""
        elif token.type in events:
            yield "", events[token.type]
        elif token.type == "html_inline":
            yield from _html_piece(token.content)


def _code_span(content: str) -> str:
    content = content.strip()
    return f"`{content}`" if content and "`" not in content else content


def _html_piece(content: str) -> Iterator[tuple[str, str]]:
    if _BREAK_TAG.fullmatch(content):
        yield "\n", ""
        return
    tag = _STYLE_TAG.fullmatch(content)
    if tag:
        name = tag.group(2).lower()
        kind = "strong" if name in ("b", "strong") else "marked" if name in ("font", "u", "mark") else ""
        if kind:
            yield "", ("/" if tag.group(1) else "") + kind
    elif not _COMMENT.fullmatch(content) and not _ANY_TAG.fullmatch(content):
        yield content, ""
    elif re.fullmatch(r"<[a-z]+(?:[-_ ][a-z]+)*>", content) and content[1:-1] not in _HTML_NAMES:
        yield content, ""  # `docker run <image>` written without a code span


_HTML_NAMES = frozenset(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "audio",
        "b",
        "big",
        "br",
        "button",
        "canvas",
        "center",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "figure",
        "font",
        "footer",
        "form",
        "h",
        "h1",
        "header",
        "hr",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "li",
        "link",
        "main",
        "mark",
        "nav",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "script",
        "section",
        "select",
        "small",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "video",
    ]
)
