"""Texts as the HTML of a field."""

from __future__ import annotations

from collections.abc import Iterable

from exports import prose
from exports.anki import escape
from exports.highlight import highlight
from exports.pictures import Media
from exports.words import where, word
from quizzes.questions import Evidence, Picture, Question

#: Evidence is there to be believed, not to be read through on a phone.
MAX_OUTPUT = 1_500


def rich(text: str) -> str:
    """Write a prompt, choice or explanation."""
    return "".join(_piece(piece) for piece in prose.pieces(text))


def _piece(piece: prose.Piece) -> str:
    if piece.sort == "listing":
        return listing(piece.text, piece.language)
    if piece.sort == "code":
        return f"<code>{highlight(piece.text, _inline_language(piece.text), escape.code)}</code>"
    return escape.text(piece.text)


def _inline_language(code: str) -> str:
    # A word alone has nothing to colour; a line with an argument is most likely a command.
    return "bash" if " " in code.strip() and "\n" not in code else ""


def listing(code: str, language: str = "") -> str:
    """Write a listing of its own."""
    return f"<pre><code>{highlight(prose.clean(code), language, escape.code)}</code></pre>"


def items(texts: Iterable[str], tag: str = "ol") -> str:
    """Write a list."""
    return f"<{tag}>" + "".join(f"<li>{rich(text)}</li>" for text in texts) + f"</{tag}>"


def pairs(rows: Iterable[tuple[str, str]]) -> str:
    """Write what belongs together, side by side."""
    cells = "".join(f"<tr><td>{rich(left)}</td><td>→</td><td>{rich(right)}</td></tr>" for left, right in rows)
    return f'<table class="pairs">{cells}</table>'


def pictures(shown: Iterable[tuple[Picture, Media]]) -> str:
    """Write pictures, each by the name of its file in the package."""
    return "".join(f'<div class="picture"><img src="{media.name}" alt="{_alt(one.alt)}"></div>' for one, media in shown)


def _alt(text: str) -> str:
    return escape.outside_gap(escape.code(prose.clean(text))).replace('"', "&quot;")


def source(question: Question) -> str:
    """Say where the question comes from."""
    at = question.source
    return escape.text(prose.clean(where(at.file, at.heading, at.lines, question.language)))


def evidence(question: Question) -> str:
    """Write the run that proves the key, folded."""
    proof = question.evidence
    if proof is None:
        return ""
    head = escape.text(f"{word('proof', question.language)}: {proof.engine}, {proof.recorded}")
    return f"<details><summary>{head}</summary>{listing(transcript(proof), 'console')}</details>"


def transcript(proof: Evidence) -> str:
    """Give commands and output as a terminal shows them, cut to a card's size."""
    output = proof.output if len(proof.output) <= MAX_OUTPUT else proof.output[:MAX_OUTPUT].rstrip() + "\n…"
    return "\n".join([*(f"$ {command}" for command in proof.commands), output.rstrip()]).rstrip()
