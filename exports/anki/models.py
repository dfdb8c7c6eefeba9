"""The four note types. Frozen: identity, fields and number of templates may never change again.

Anki refuses to update the notes of a type whose fields or templates differ from those it has, so a change
here would cut every deck ever exported off from its updates. The spare fields are there to be used instead.
The text of the templates and the CSS may change: raise MODELS_CHANGED then, and RENDERED in notes.py when
the content of the fields changes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import genanki

#: When a template's text or the CSS last changed: seconds since 1970.
MODELS_CHANGED = 1_767_225_600

NoteType: TypeAlias = Literal["basic", "typed", "cloze", "choice"]

FIELDS = (
    "Front", "Answer", "Back", "Source", "Evidence", "Link", "Lang",
    "Reverse", "Extra1", "Extra2", "Extra3", "Uid",
)
CLOZE_FIELDS = ("Text", *FIELDS[1:])
CHOICE_FIELDS = ("Front", "Choices", *FIELDS[1:])


class FrozenModel(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A note type that carries its own date of change, not the date of the export."""

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        row: dict[str, Any] = super().to_json(MODELS_CHANGED, deck_id)
        return row


_FOOT = (
    '{{#Back}}<div class="why">{{Back}}</div>{{/Back}}'
    '{{#Evidence}}<div class="proof">{{Evidence}}</div>{{/Evidence}}'
    '{{#Source}}<div class="from">{{Source}}{{#Link}} · {{Link}}{{/Link}}</div>{{/Source}}'
)


def _sheet(inner: str) -> str:
    return f'<div class="np" lang="{{{{Lang}}}}">{inner}</div>'


# The reverse card exists only where the field Reverse is filled. It is there from the first release because a
# template can never be added later.
_REVERSE = (
    "Reverse",
    "{{#Reverse}}" + _sheet('<div class="ask">{{Reverse}}</div>') + "{{/Reverse}}",
    _sheet('<div class="ask">{{Reverse}}</div><hr id="answer"><div class="key">{{Front}}</div>' + _FOOT),
)
_ASK, _CHOICES = '<div class="ask">{{Front}}</div>', '<div class="choices">{{Choices}}</div>'
_RULE, _KEY, _TYPE = '<hr id="answer">', '<div class="key">{{Answer}}</div>', "{{type:Answer}}"
_HIDDEN = '<div class="ask">{{cloze:Text}}</div>'

_BASIC = ("Question", _sheet(_ASK), _sheet(_ASK + _RULE + _KEY + _FOOT))
_TYPED = ("Question", _sheet(_ASK + _TYPE), _sheet(_ASK + _RULE + _TYPE + _FOOT))
_CLOZE = ("Cloze", _sheet(_HIDDEN), _sheet(_HIDDEN + _FOOT))
_CHOICE = ("Question", _sheet(_ASK + _CHOICES), _sheet(_ASK + _RULE + _KEY + _FOOT))


def models() -> dict[NoteType, FrozenModel]:
    """Give fresh note types: genanki writes into the ones it is given."""
    return {
        "basic": _model(1_790_412_501, "Basic", FIELDS, _BASIC, _REVERSE),
        "typed": _model(1_790_412_502, "Typed", FIELDS, _TYPED, _REVERSE),
        "cloze": _model(1_790_412_503, "Cloze", CLOZE_FIELDS, _CLOZE),
        "choice": _model(1_790_412_504, "Choice", CHOICE_FIELDS, _CHOICE),
    }


def _model(number: int, name: str, fields: tuple[str, ...], *templates: tuple[str, str, str]) -> FrozenModel:
    return FrozenModel(
        number,
        f"Noteproof {name}",
        [{"name": field} for field in fields],
        [{"name": template, "qfmt": front, "afmt": back} for template, front, back in templates],
        css=css(),
        model_type=genanki.Model.CLOZE if name == "Cloze" else genanki.Model.FRONT_BACK,
    )


@cache
def css() -> str:
    """Give the style sheet of the cards, for the package and for a preview of them."""
    return Path(__file__).with_name("card.css").read_text(encoding="utf-8")
