"""Which words of a name stand in a text too: `--tail` says as much as "only the last lines", in either language.

A choice between names, or between meanings of a name, is no question when the key alone repeats a word of the other
side: whoever reads English finds it. Among wrong choices that repeat the word as well it is one, and typing the name
from memory always is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from quizzes.wording.base import data_rows

#: So many wrong choices have to say as much as the key, lest it stands out.
ENOUGH = 2
_WORD = re.compile(r"[a-z]{2,}|\d+")
_SLOT = re.compile(r"(?<![\w-])[A-Z][A-Z_]+(?![\w-])|<[^<>]*>|\[[^\[\]]*\]")
_CUT = re.compile(r"(?<![\w-])-[A-Za-z0-9]+(?![\w-])|(?<![a-z])[Ss][Ii][Gg](?=[A-Za-z]{3,})|[\"'].*?[\"']")
_ENDING = re.compile(r"(?:ing|ed|es|e|s)$")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")
_LINE = re.compile(r"^\s*[a-z][\w.-]* ")
_SIDES = re.compile(" ([=:]) ")
#: Words of sentences, tools and slots that tell nothing.
_PLAIN = frozenset(
    """a an and are as at be by can command docker for from git has if in into is it its kubectl more of on one option
    or so than that the their them this to up use value what which will with you your""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class _Row:
    """A row of the list: words that say the same, and whether they name a thing."""

    names: frozenset[str]  # stems
    chinese: tuple[str, ...]
    thing: bool


# What is said twice


@lru_cache(maxsize=16384)
def said(name: str, text: str) -> frozenset[str]:
    """Give the words of a name, without their endings, that a text says as well, as they are or in Chinese."""
    return frozenset(word for word in _words_of(name) if _found(word, text))


@lru_cache(maxsize=16384)
def heard(name: str, text: str) -> frozenset[str]:
    """Give the words of a text that a name says as well: those of the other side."""
    found = {hit for word in _words_of(name) for hit in _found(word, text)}
    return frozenset(hit for hit in found if not any(hit != other and hit in other for other in found))


def deeds(name: str, text: str) -> frozenset[str]:
    """Give the deeds and qualities that a name and a text both say."""
    return said(name, text) - _things()


def things(name: str, text: str | None = None) -> frozenset[str]:
    """Give the things that a name speaks of: all of them, or those that a text speaks of as well."""
    return (_words_of(name) if text is None else said(name, text)) & _things()


def of_a_thing(text: str) -> bool:
    """Tell whether a text speaks of a thing that commands are named after."""
    return any(word in text.casefold() if not word.isascii() else word in _stems(text) for word in _things())


# Whether it gives the answer away


def as_telling(name: str, meaning: str, others: Iterable[str]) -> Iterator[str]:
    """Give those of other names that say as much of a meaning as its own, and the same deed; none where it says none."""
    key = heard(name, meaning)
    return (other for other in others if deeds(name, meaning) and _competes(heard(other, meaning), key))


def as_told(name: str, meaning: str, others: Iterable[str]) -> Iterator[str]:
    """Give those of other meanings that a name says as much of as of its own, and the same deed."""
    key = said(name, meaning)
    return (other for other in others if key - _things() and _competes(said(name, other), key))


def plain(name: str, meaning: str) -> bool:
    """Tell whether a name says something of its meaning, so that nobody has to know it to believe it."""
    return bool(said(name, meaning) or said(meaning, name))


def rivals(name: str, meaning: str, other: str) -> bool:
    """Tell whether another meaning can be taken for a name's own: the name says as much of it, or nothing of its own."""
    key = said(name, meaning)
    return not key or _competes(said(name, other), key)


def lonely(name: str, meaning: str, others: Iterable[str]) -> bool:
    """Tell whether a name tells its own meaning and none of other meanings."""
    return not any(rivals(name, meaning, other) for other in others) and bool(said(name, meaning))


def tells_meaning(name: str, key: str, others: Iterable[str]) -> bool:
    """Tell whether a name gives away which of several meanings is its own."""
    return _stands_out(said(name, key), [said(name, other) for other in others])


def tells_name(meaning: str, key: str, others: Iterable[str]) -> bool:
    """Tell whether a meaning gives away which of several names has it."""
    return _stands_out(heard(key, meaning), [heard(other, meaning) for other in others])


def _stands_out(key: Set[str], others: Sequence[Set[str]]) -> bool:
    return bool(key) and sum(_competes(other, key) for other in others) < ENOUGH


def _competes(other: Set[str], key: Set[str]) -> bool:
    """Tell whether a wrong choice repeats as many words as the key, and each deed among them."""
    return len(other) >= len(key) and key - _things() <= other and not other.isdisjoint(key)


# Words


@lru_cache(maxsize=4096)
def _words_of(name: str) -> frozenset[str]:
    """What a name says: no short options, no quoted values and, of a line, no placeholders."""
    return _stems(_CUT.sub(" ", _SLOT.sub(_unless_meant, name) if _LINE.match(name) else name))


def _unless_meant(slot: re.Match[str]) -> str:
    """Leave out a placeholder, which only says what may stand in its place; STOP in `kill -s STOP` is said itself."""
    word = slot.group().casefold()
    return " " if not word[0].isalpha() or {_stem(part) for part in word.split("_")} & _things() else slot.group()


@lru_cache(maxsize=16384)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(text.casefold()) if word not in _PLAIN)


def _stem(word: str) -> str:
    """A word without its ending, so that `create`, "creates" and "created" are one."""
    return _DOUBLED.sub(r"\1", _ENDING.sub("", word)) if len(word) > 3 else word


@lru_cache(maxsize=16384)
def _found(word: str, text: str) -> frozenset[str]:
    """Give the words of a text that say what a word of a name says."""
    spoken = _stems(text)
    hits = {word} if word in spoken else set[str]()
    for row in _rows().get(word, ()):
        hits |= row.names & spoken
        hits.update([chinese for chinese in row.chinese if chinese in text])
    return frozenset(hits)


@cache
def _things() -> frozenset[str]:
    """The words that only name a thing."""
    rows = {row for found in _rows().values() for row in found if row.thing}
    return frozenset(word for row in rows for word in (*row.names, *row.chinese))


@cache
def _rows() -> Mapping[str, tuple[_Row, ...]]:
    """The rows of the list that a word stands in."""
    rows: dict[str, tuple[_Row, ...]] = {}
    for names, mark, others in (_SIDES.split(row) for row in data_rows("telling.txt")):
        chinese = tuple(word for word in others.split() if not word.isascii())
        latin = [word.casefold() for word in others.split() if word.isascii()]
        row = _Row(frozenset(map(_stem, (*names.split(), *latin))), chinese, mark == ":")
        for word in row.names:
            rows[word] = (*rows.get(word, ()), row)
    return rows
