"""Text into Anki fields. A field is HTML, but Anki also reads its own marks in it; all are disarmed here."""

from __future__ import annotations

import html
import re

#: [sound:x] and [anki:tts] become players, [latex] and [$] pictures that are not there.
_BRACKET_MARK = re.compile(r"\[(?=/?(?:\$|latex\]|sound:|anki:))", re.IGNORECASE)
_MATHS = re.compile(r"\\(?=[(\[])")
_ENTITIES = str.maketrans({"{": "&#123;", "}": "&#125;", ":": "&#58;"})
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


def text(plain: str) -> str:
    """Escape running text; line breaks are kept."""
    # An entity would not keep a phone or browser from reading \( as mathematics: the marks are searched in
    # the text after decoding. A tag between the two characters does.
    escaped = _MATHS.sub(r"<span>&#92;</span>", _escaped(plain))
    return escaped.replace("\n", "<br>")


def code(plain: str) -> str:
    """Escape what stands in <code> or <pre>, where mathematics is not searched, or in a field to be typed."""
    return _MATHS.sub("&#92;", _escaped(plain))


def outside_gap(markup: str) -> str:
    """Disarm finished HTML for a field with clozes: only our own {{c1::...}} may be read as one."""
    return markup.translate(_BRACES)


def inside_gap(plain: str) -> str:
    """Escape the hidden part of a cloze, where }} would end it early and :: would cut off a hint."""
    # An entity holds neither brace nor colon, so this leaves the entities of code() whole.
    return code(plain).translate(_ENTITIES).replace("\n", "<br>")


def _escaped(plain: str) -> str:
    return _BRACKET_MARK.sub("&#91;", html.escape(plain, quote=False))

