"""Long sentences cut into clauses that each say one thing of one subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from notes.extract.statements import Statement
from notes.note import Note
from notes.text import han_count, scene

LONG = 20  # Han characters from which a sentence is worth cutting
LEAST = 5  # Han characters a clause needs to say something
_IT = re.compile(r"^(?:并且?|同时|而且)?(?:它们?|其)(?:还|也)?(?=是|会|可以|将|能|不|负责|需要|支持|提供)")
_SHARED = re.compile(r"^(?:并且?|同时|而且)?(?=(?:负责|不会|不能|不需要|无需)[^。]{3,})")
_OF_ALL = re.compile(r"^(?:所有|每一?个|各个|不同的)")
#: What makes the clauses of a sentence lean on each other.
_BOUND = re.compile(
    r"如果|若|因为|由于|虽然|尽管|只有|除非|一旦|否则|从而|这样|因此|所以|但|而|例如|比如|包括|即|首先|然后|先|再|[：:（(“”]"
)
_DOING = re.compile(r"^(?:使用|利用|通过|为了|当|在|将|把|用)|(?:时|时候|后)$")

_PART = re.compile(r"^的.{1,8}?(?=[与和都是会在将有])")  # "应用的源代码" speaks of a part of 应用


def clauses(note: Note, said: Statement) -> Iterator[Statement]:
    """Give the clauses of a Chinese sentence as statements of their own, where each of them names its subject
    or shares that of the first; else the sentence as it is.
    """
    parts = _parts(note, said) if han_count(said.sentence) >= LONG and not said.loose else []
    if len(parts) < 2:
        yield said
    for subject, text in parts if len(parts) > 1 else []:
        yield replace(said, subject=subject, sentence=f"{text}。", rest=_PART.sub("", text.partition(subject)[2]))


def _parts(note: Note, said: Statement) -> list[tuple[str, str]]:
    """Give (subject, clause), nothing when one of the clauses does not stand alone."""
    front = scene(said.sentence)
    body = said.sentence[len(front) :].rstrip("。；; ")
    first, *others = re.split("[，,]", body)
    if not others or _BOUND.search(body) or (front and not front.startswith("对于")) or _DOING.search(first):
        return []
    found = [(said.subject, front + first)]
    place = first.find(said.subject)
    opening = first[: place + len(said.subject)] if 0 <= place < LEAST else said.subject
    for clause in others:
        named = _named(note, said.subject, opening, clause)
        if not named or han_count(named[1]) < LEAST:
            return []
        found.append(named)
    return found if han_count(first) >= LEAST else []


def _named(note: Note, subject: str, opening: str, clause: str) -> tuple[str, str] | None:
    """Give a clause with the subject it is about, put in front as the first clause has it: "不同的应用"."""
    for pattern in (_IT, _SHARED):
        shared = pattern.match(clause)
        if shared:
            return subject, opening + clause[shared.end() :]
    bare = _OF_ALL.sub("", clause)
    term = note.opening_terms.opening(bare)
    own = term and not re.match(r"[的之、和与]|$", bare[term.end :])
    return (term.term, clause) if term and own else None
