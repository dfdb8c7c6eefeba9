"""A card as Anki shows it: its own template filled, for pages that show what is in a deck."""

from __future__ import annotations

import re
from typing import Literal

from exports.anki.models import css, models
from exports.anki.notes import CardNote

Side = Literal["front", "back"]

_SECTION = re.compile(r"\{\{#(\w+)\}\}(.*?)\{\{/\1\}\}", re.DOTALL)
_VALUE = re.compile(r"\{\{(?:(\w+):)?(\w+)\}\}")
_GAP = re.compile(r"\{\{c(\d+)::(.*?)\}\}", re.DOTALL)
_NIGHT = re.compile(r"\.card\.nightMode[^{]*\{([^}]*)\}")


def render(note: CardNote, side: Side, card: int = 0) -> str:
    """Give the HTML of one side, with [[type:Field]] where Anki puts its field to type in.

    :param card: which of the note's cards, counted from 0
    """
    model = models()[note.note_type]
    values = dict(zip((field["name"] for field in model.fields), note.fields, strict=True))
    gaps = note.note_type == "cloze"
    template = model.templates[0 if gaps else note.cards[card]]["qfmt" if side == "front" else "afmt"]

    def section(match: re.Match[str]) -> str:
        return _SECTION.sub(section, match[2]) if values[match[1]] else ""

    def value(match: re.Match[str]) -> str:
        if match[1] == "type":
            return f"[[type:{match[2]}]]"
        return _gap_text(values[match[2]], side, note.cards[card] + 1) if match[1] == "cloze" else values[match[2]]

    # The values come in last and at once: what looks like a mark inside of them is none.
    return _VALUE.sub(value, _SECTION.sub(section, template))


def _gap_text(text: str, side: Side, asked: int) -> str:
    def gap(match: re.Match[str]) -> str:
        number = int(match[1])
        if number != asked:
            return f'<span class="cloze-inactive" data-ordinal="{number}">{match[2]}</span>'
        shown = "[...]" if side == "front" else match[2]
        return f'<span class="cloze" data-ordinal="{number}">{shown}</span>'

    return _GAP.sub(gap, text)


def typed(html: str, note: CardNote, side: Side) -> str:
    """Fill the place to type in: empty in front, and behind it what should have been typed."""
    answer = dict(zip((field["name"] for field in models()[note.note_type].fields), note.fields, strict=True)).get("Answer", "")
    field = ('<input id="typeans" type="text" disabled>' if side == "front" else
             f'<code id="typeans"><span class="typeGood">{answer}</span></code>')
    return re.sub(r"\[\[type:\w+\]\]", lambda _: field, html)


def sheet() -> str:
    """Give the cards' style sheet for a browser: dark where the browser is, as Anki is where it is itself."""
    night = _NIGHT.search(css())
    assert night is not None, "card.css names its colours for the night"
    dark = f"@media (prefers-color-scheme: dark) {{ .card:not(.day) {{{night[1]}}} }}"
    return f"{css()}\n{dark}\n{_TURN}\n"


#: The link under a card, which Anki has outside of it.
_TURN = """.turn { max-width: 42rem; margin: 1.2em auto 0; text-align: center; font-size: .85em; }
.turn a { display: inline-block; padding: .4em 1.2em; border: 1px solid var(--rule); border-radius: 6px; color: var(--accent);
  text-decoration: none; }"""
