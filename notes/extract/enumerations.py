"""Sentences that name the members of a whole: "X包括A、B和C", "X can be A, B or C"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.extract.finding import Finding
from notes.extract.labels import labelled
from notes.extract.standing import anchored, stands
from notes.extract.statements import sayings
from notes.facts import MembersFact
from notes.note import Note
from notes.text import fit_sentence, han_count, language_of, leans, length, sentences, starts_badly
from notes.wording import is_label, starts_with_action

LEAST, MOST = 3, 6  # members of an enumeration worth asking for
_NAMES_ZH = re.compile(
    r"^(?:(?:可以|可能)是|(?:主要|通常|一般)?(?:包括|包含|分为|可分为|有|由))\s*(?:以下)?(?:[两三四五六\d]\s?[个种类部]分?[，：:]?)?(?P<list>.+?)"
    r"(?:[三四五六\d]\s?(?:个|种|类|部)分?)?(?P<made>组成|构成)?[。；;]?$"
)
_NAMES_EN = re.compile(
    r"^ ?(?:includes?|consists? of|comprises?|can be|may be)(?: either)? (?P<list>[^:;]+?)\.?$", re.I
)
_MAY_BE = re.compile(r"(?:可以|可能|也许)是(?P<list>[^。；：]+)[。；]?$")
_SPLIT_ZH = re.compile(r"[、，,](?:以及|或者是?|或是?|和|及|与)?|(?:以及|或者是?)")
_SPLIT_LAST = re.compile(r"(?<=.{2})(?:和|或|与|及)(?=.{2})")
_SPLIT_EN = re.compile(r",\s*(?:and|or)?\s*|\s+(?:and|or)\s+")
_OPEN = re.compile(r"等等?(?:$|[^待级于价候])|\betc\b|\band (?:so on|more|others)\b|…|例如|比如|such as")
_CLAUSE = re.compile(
    r"^(?:是|有(?![机丝氧效性色限序])|会(?![计议话])|能(?![量源力级])|可以|将|把|被|让|使(?!用者))|不[会能是可]|的$|时$|后$|`.*`.*`|"
    r"\b(?:is|are|was|can|will|that|which|to|if|when|you|it|not)\b"
)


def extract(note: Note) -> Iterator[Finding]:
    yield from _of_statements(note)
    yield from _of_labels(note)


def _of_labels(note: Note) -> Iterator[Finding]:
    """ "- 土壤(Soil)。…，常见的可能是沙土、壤土或者黏土。": the label is the whole."""
    for found in labelled(note):
        if not found.alias or found.block.kind != "item":
            continue
        for sentence in sentences(found.body):
            names = _MAY_BE.search(sentence)
            members = _members(names["list"], True) if names else ()
            if names and _fit(found.term, members) and not leans(names["list"]) and anchored(note, found.term):
                opening, source = f"{found.term}可能是", note.source(found.block, found.lines)
                text = f"{opening}{'、'.join(members)}。"
                yield MembersFact(source, "zh", text, "safe", found.term, opening, members)


def _of_statements(note: Note) -> Iterator[Finding]:
    for said in sayings(note):
        names = (_NAMES_ZH if han_count(said.sentence) else _NAMES_EN).match(said.rest.strip())
        if said.loose or said.is_command or names is None:
            continue
        members = _members(names["list"], bool(han_count(said.sentence)))
        good = _fit(said.subject, members) and fit_sentence(said.sentence) and not leans(said.sentence) and stands(note, said)
        if good:
            yield MembersFact(
                note.source(said.block, said.lines),
                language_of(said.sentence),
                said.sentence,
                "safe",
                said.subject,
                said.sentence[: said.sentence.index(names["list"])],
                members,
            )


def _members(text: str, chinese: bool) -> tuple[str, ...]:
    parts = _SPLIT_ZH.split(text) if chinese else _SPLIT_EN.split(text)
    if chinese and parts:
        parts = [*parts[:-1], *_SPLIT_LAST.split(parts[-1])]
    return tuple(re.sub(r"^(?:你的|某个|an? |the )", "", part.strip(" `*“”")) for part in parts if part.strip())


def _fit(whole: str, members: tuple[str, ...]) -> bool:
    short = all(len(member) > 1 and length(member) <= 12 and not _CLAUSE.search(member) for member in members)
    plain = not any(starts_badly(member) or _OPEN.search(member) or is_label(member) for member in members)
    deeds = sum(starts_with_action(member) for member in members)
    apart = len(set(members)) == len(members) and not any(member in whole for member in members)
    return LEAST <= len(members) <= MOST and short and plain and apart and not deeds and not is_label(whole)
