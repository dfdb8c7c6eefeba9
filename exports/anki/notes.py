"""A question as an Anki note: note type, fields, tags and cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from exports import keys, prose
from exports.anki import escape, fields
from exports.anki.ids import note_guid
from exports.anki.models import FIELDS, NoteType
from exports.base import NEVER_CHANGED, Deck, OldCard
from exports.keys import UnfitError
from exports.words import Word, says_several, word
from notes.facts import Language
from quizzes.questions import Question

#: When the content of the fields was last written another way: no note counts as older than that.
RENDERED = NEVER_CHANGED
#: A longer answer is turned over instead of typed: nobody types it, and Anki takes a second to compare it.
MAX_TYPED = 300

#: Letters that an explanation may have besides the parts of the answer and still only repeat it: “The answer is …”.
REPEATED = 16
#: Other forms of an answer that are this short together stand on one line.
ONE_LINE = 40

#: Tag of a card whose question is gone: nothing in a package can delete, so its owner searches for it.
STALE = "noteproof::stale"

_TAG = re.compile(r"<[^>]*>|&nbsp;|\s")
_HIDDEN = re.compile(r"\{\{c(\d+)::(.*?)\}\}", re.DOTALL)
_QUOTED = re.compile(r"""('[^']*'|"[^"]*")""")
_UNTAGGABLE = re.compile(r'[\s"\u3000]+')


@dataclass(slots=True)
class CardNote:
    """A note, light enough for a hundred thousand of them."""

    note_type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    guid: str
    changed: int  # seconds since 1970
    due: int  # place among the new cards
    cards: tuple[int, ...]  # numbers of the templates, or of the clozes from 0
    question_id: str


@dataclass(frozen=True)
class _Sides:
    note_type: NoteType
    front: str
    answer: str
    extra: str = ""  # goes before the explanation
    choices: str = ""


def note_of(question: Question, deck: Deck, due: int, stale: bool = False) -> CardNote:
    """Write one question.

    :raise UnfitError: it has no text to show on a card
    """
    if question.kind not in SIDES:
        raise UnfitError("There is no card for {kind}.", kind=question.kind)
    keys.asked(question)
    sides = SIDES[question.kind](question)
    front = sides.front + fields.pictures(deck.pictures(question, asked=True))
    back = sides.extra + _explained(question) + fields.pictures(deck.pictures(question, asked=False))
    if stale:
        back = _epitaph(question.language) + back
    choices = (sides.choices,) if sides.note_type == "choice" else ()
    row = (front, *choices, sides.answer, back, fields.source(question), fields.evidence(question),
           _link(question, deck), question.language, "", "", "", "", question.id)
    return CardNote(
        sides.note_type, row, tags_of(question, stale), note_guid(deck.uid, question.id, sides.note_type),
        max(deck.changed.get(question.id, NEVER_CHANGED), RENDERED), due, _cards(sides), question.id,
    )


def _explained(question: Question) -> str:
    # The answer of a matching or ordering says by itself what an explanation that only repeats it says.
    parts = [text for pair in keys.pairs(question) for text in pair] if question.kind == "matching" else (
        keys.order(question) if question.kind == "ordering" else [])
    rest = prose.as_plain(question.explanation)
    for part in sorted(map(prose.as_plain, parts), key=len, reverse=True):
        rest = rest.replace(part, "")
    return fields.rich(question.explanation) if len(re.sub(r"[\W_]", "", rest)) > REPEATED or not parts else ""


def stale_note(card: OldCard, due: int) -> CardNote:
    """Write a card again whose question is gone, from what an earlier deck held of it."""
    back = FIELDS.index("Back") + (card.note_type == "choice")
    mark = _epitaph("zh" if "noteproof::zh" in card.tags else "en")
    told = card.fields[back] if card.fields[back].startswith(mark) else mark + card.fields[back]
    row = (*card.fields[:back], told, *card.fields[back + 1 :])
    cards = _gaps(row[0]) if card.note_type == "cloze" else (0,)
    return CardNote(card.note_type, row, card.tags, card.guid, card.changed, due, cards, row[-1])


def _epitaph(language: Language) -> str:
    return f'<p class="tag">{escape.text(word("vanished", language))}</p>'


def _cards(sides: _Sides) -> tuple[int, ...]:
    if not _TAG.sub("", sides.front):
        raise UnfitError("It has no text to ask.")
    if sides.note_type != "cloze":
        if not _TAG.sub("", sides.answer):
            raise UnfitError("It has no answer to show.")
        return (0,)
    return _gaps(sides.front)


def _gaps(front: str) -> tuple[int, ...]:
    hidden = {int(number): text for number, text in _HIDDEN.findall(front)}
    if not hidden or not all(_TAG.sub("", text) for text in hidden.values()):
        raise UnfitError("It has a gap with nothing to fill in.")
    return tuple(number - 1 for number in sorted(hidden))


def _link(question: Question, deck: Deck) -> str:
    if not deck.link:
        return ""
    address = escape.code(deck.link.replace("{id}", question.id)).replace('"', "%22")
    return f'<a href="{address}">{word("open", question.language)}</a>'


# --- One function a kind. ---


def _choice(question: Question) -> _Sides:
    rights = keys.right_choices(question)
    marked = _marked(zip(map(fields.rich, question.choices), rights, strict=True))
    return _Sides("choice", fields.rich(question.prompt), marked, choices=fields.items(question.choices))


def _marked(choices: Iterable[tuple[str, bool]]) -> str:
    rows = "".join(f'<li class="{"right" if right else "other"}">{html}</li>' for html, right in choices)
    return f'<ol class="choices">{rows}</ol>'


def _multiple(question: Question) -> _Sides:
    sides = _choice(question)
    return sides if says_several(question.prompt) else replace(sides, front=sides.front + _label("choose", question))


def _true_false(question: Question) -> _Sides:
    truth = keys.truth(question)
    words = (word("true", question.language), word("false", question.language))
    marked = _marked(zip(words, (truth, not truth), strict=True))
    return _Sides("choice", fields.rich(question.prompt), marked, choices=fields.items(words))


def _cloze(question: Question) -> _Sides:
    forms = keys.gaps(question)
    asked = escape.outside_gap(fields.rich(question.prompt))
    hidden = prose.fill(asked, lambda gap: _hidden(gap + 1, forms[gap][0]))
    return _Sides("cloze", hidden, "", extra=escape.outside_gap(_gap_variants(question, forms)))


def _gap_variants(question: Question, forms: list[list[str]]) -> str:
    if len(forms) == 1:
        return _variants(question, forms[0][1:])
    # With several gaps each says whose variants they are.
    told = [" = ".join(map(prose.ticked, accepted[:4])) for accepted in forms if len(accepted) > 1]
    return _label("also", question) + fields.items(told, "ul") if told else ""


def _hidden(number: int, key: str) -> str:
    return f"{{{{c{number}::{escape.inside_gap(prose.clean(key))}}}}}"


def _command(question: Question) -> _Sides:
    key, *others = keys.commands(question)
    answer, variants = prose.clean(key).strip(), _variants(question, others)
    if "\n" in answer or len(answer) > MAX_TYPED:
        return _Sides("basic", fields.rich(question.prompt), fields.listing(answer, "bash"), extra=variants)
    return _Sides("typed", fields.rich(question.prompt), escape.code(typed_form(answer)), extra=variants)


def typed_form(command: str) -> str:
    """Give the one spelling to be typed: single blanks, as Anki counts each further blank as a mistake.

    Blanks in quotes belong to the command and stay.
    """
    parts = _QUOTED.split(command)  # bare, quoted, bare, ...
    return "".join(part if index % 2 else re.sub(r"\s+", " ", part) for index, part in enumerate(parts))


def _variants(question: Question, forms: list[str]) -> str:
    distinct = list(dict.fromkeys(form for form in forms if form.strip()))[:6]
    if not distinct:
        return ""
    if sum(map(len, distinct)) <= ONE_LINE:
        forms_shown = ", ".join(fields.rich(prose.ticked(form)) for form in distinct)
        return f'<div class="tag">{escape.text(word("also", question.language))}: {forms_shown}</div>'
    return _label("also", question) + fields.items(map(prose.ticked, distinct), "ul")


def _label(key: Word, question: Question) -> str:
    return f'<div class="tag">{escape.text(word(key, question.language))}</div>'


def _ordering(question: Question) -> _Sides:
    asked = fields.rich(question.prompt) + fields.items(question.choices, "ul")
    return _Sides("basic", asked, fields.items(keys.order(question)))


def _matching(question: Question) -> _Sides:
    pairs = keys.pairs(question)
    rights = question.choices or sorted(right for _, right in pairs)
    lists = f'{fields.items(left for left, _ in pairs)}<div class="choices">{fields.items(rights)}</div>'
    return _Sides("basic", fields.rich(question.prompt) + lists, fields.pairs(pairs))


def _practical(question: Question) -> _Sides:
    asked = fields.rich(question.prompt)
    if question.setup:
        asked += _label("setup", question) + fields.listing(question.setup, "bash")
    return _Sides("basic", asked, fields.listing(keys.reference(question), "bash"))


SIDES: dict[str, Callable[[Question], _Sides]] = {
    "single_choice": _choice,
    "true_false": _true_false,
    "cloze": _cloze,
    "command": _command,
    "ordering": _ordering,
    "practical": _practical,
    "multiple_answers": _multiple,
    "matching": _matching,
    "output_reading": _choice,
    "error_diagnosis": _choice,
}


# --- Tags and decks. ---


def tags_of(question: Question, stale: bool = False) -> tuple[str, ...]:
    """Give the tags: where the question comes from, what it is about, how it asks."""
    topic = "::".join(_tag(heading) for heading in question.topics[:3] if _tag(heading))
    tags = [f"noteproof::{question.language}", f"src::{_tag(question.source.file)}", f"kind::{question.kind}",
            f"level::{question.difficulty}"]
    if topic:
        tags.append(f"topic::{topic}")
    return (*tags, STALE) if stale else tuple(tags)


def _tag(text: str) -> str:
    # Blanks end a tag and :: starts a deeper one.
    return _UNTAGGABLE.sub("-", re.sub(":{2,}", ":", prose.clean(text)).strip(" :"))[:80]


def deck_path(question: Question, deck: Deck, titled: frozenset[str]) -> tuple[str, ...]:
    """Name the deck: title, note, section; tags carry what lies deeper.

    `titled` are the notes that open with a heading of their own name, which would only be repeated.
    """
    file = question.source.file
    note = _deck_name(file.rsplit("/", 1)[-1].removesuffix(".md"))
    heading = question.topics[1:] if file in titled else question.topics
    section = _deck_name(heading[0]) if heading else ""
    (root,) = root_path(deck)
    return tuple(name for name in (root, note if note != root else "", section) if name)


def root_path(deck: Deck) -> tuple[str]:
    """Name the deck that all others lie in."""
    return (_deck_name(deck.title) or "Noteproof",)


def _deck_name(text: str) -> str:
    return re.sub(r'[\s"]+', " ", re.sub(":{2,}", ":", prose.clean(text))).strip(" :")[:80]


def titled_notes(questions: tuple[Question, ...]) -> frozenset[str]:
    """Find the notes whose questions all stand under one top heading: that is a title, not a section."""
    tops: dict[str, set[str]] = {}
    deep: set[str] = set()
    for question in questions:
        tops.setdefault(question.source.file, set()).add(question.topics[0] if question.topics else "")
        if len(question.topics) > 1:
            deep.add(question.source.file)
    return frozenset(file for file, names in tops.items() if len(names) == 1 and file in deep)
