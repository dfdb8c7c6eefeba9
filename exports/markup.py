"""The markup of a question as HTML that any program shows, and back."""

from __future__ import annotations

import html
from html.parser import HTMLParser

from exports import prose
from exports.keys import UnfitError
from exports.prose import Piece
from quizzes.questions import Picture

_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_PICTURES = frozenset({"img", "svg", "video", "audio", "object", "iframe", "embed", "canvas"})
_SILENT = frozenset({"script", "style", "head", "title", "template"})


def to_html(text: str) -> str:
    """Write a text as HTML without any class or style of ours."""
    return "".join(_html(piece) for piece in prose.pieces(text))


def _html(piece: Piece) -> str:
    escaped = html.escape(piece.text, quote=False)
    if piece.sort == "text":
        return escaped.replace("\n", "<br/>")
    if piece.sort == "code":
        return f"<code>{escaped}</code>"
    language = f' class="language-{html.escape(piece.language)}"' if piece.language else ""
    return f"<pre{language}>{escaped}</pre>"


def img(address: str, picture: Picture) -> str:
    """Write a picture of ours; its title keeps the name of its file for the way back."""
    alt, title = (html.escape(prose.clean(text)) for text in (picture.alt, picture.file))
    return f'<img src="{address}" alt="{alt}" title="{title}" class="noteproof"/>'


def pictures_in(markup: str, asked: bool) -> tuple[Picture, ...]:
    """Give the pictures of ours in HTML that `img` wrote."""
    reader = _Reader()
    reader.feed(markup)
    return tuple(Picture(file, alt, asked) for file, alt in reader.pictures)


def from_html(markup: str) -> str:
    """Read HTML back as a text with our markup; unknown tags are passed over, their text is kept.

    :raise UnfitError: it has a picture, without which the text may mean nothing
    """
    reader = _Reader()
    reader.feed(prose.clean(markup))
    reader.close()
    return prose.join(reader.finished())


class _Reader(HTMLParser):
    """Collects pieces; what is not code or a listing is text, with a line end for each break or block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.text = ""
        self.language = ""
        self.pictures: list[tuple[str, str]] = []
        self.depth = {"pre": 0, "code": 0, "silent": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        file = given.get("title") or given.get("label")  # Moodle's HTML keeps the one, QTI allows the other
        if tag == "img" and given.get("class") == "noteproof" and file:
            self.pictures.append((file, given.get("alt") or ""))
        elif tag in _PICTURES:
            raise UnfitError("It shows a picture or a film, which a question here cannot hold.")
        if tag in _SILENT:
            self.depth["silent"] += 1
        elif tag == "pre":
            self._push("text")
            self.depth["pre"] += 1
            self.language = _language(attrs)
        elif tag == "code" and self.depth["pre"]:
            self.language = self.language or _language(attrs)
        elif tag == "code":
            self._push("text")
            self.depth["code"] += 1
        elif tag == "br":
            self.text += "\n"
        elif tag == "li":
            self._line("- ")
        elif tag in _BLOCKS:
            self._line("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.depth["silent"] = max(0, self.depth["silent"] - 1)
        elif tag == "pre" and self.depth["pre"]:
            self._push("listing")
            self.depth["pre"] -= 1
        elif tag == "code" and self.depth["code"] and not self.depth["pre"]:
            self._push("code")
            self.depth["code"] -= 1
        elif tag in _BLOCKS:
            self._line("")

    def handle_data(self, data: str) -> None:
        if not self.depth["silent"]:
            self.text += data

    def finished(self) -> list[Piece]:
        self._push("text")
        return self.pieces

    def _line(self, start: str) -> None:
        if self.depth["pre"] or self.depth["code"]:
            return
        if self.text.strip() and not self.text.endswith("\n"):
            self.text += "\n"
        elif self.pieces and not self.text and self.pieces[-1].sort == "code":
            self.text = "\n"
        self.text += start

    def _push(self, sort: str) -> None:
        if self.text and sort == "text":
            self.pieces.append(Piece("text", self.text))
        elif sort == "code" and self.text:
            self.pieces.append(Piece("code", self.text))
        elif sort == "listing":
            self.pieces.append(Piece("listing", self.text, self.language))
        self.text = ""


def _language(attrs: list[tuple[str, str | None]]) -> str:
    classes = (dict(attrs).get("class") or "").split()
    return next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")
