"""Finding a note's terms at the start of a text.

A pattern of all of them would say the same, but there is a new one for every note, and compiling it costs more than all
the searches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_DETERMINER = re.compile(r"an? |the |each |every |all |每一?个|所有的?|各个", re.I)
_PLURAL = re.compile(r"(?:e?s)?(?![A-Za-z0-9_])", re.I)


@dataclass(frozen=True)
class Found:
    """A term as it stands in a text, and where what is said of it begins."""

    term: str  # with its plural
    whole: str  # with the word in front of it
    end: int


class Terms:
    """Terms, case folded, of a few letters at least."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(terms)
        self._lengths: dict[str, list[int]] = {}  # by the first letter, the longest first
        for term in sorted(self._terms, key=len, reverse=True):
            lengths = self._lengths.setdefault(term[:1], [])
            if len(term) not in lengths[-1:]:
                lengths.append(len(term))

    def opening(self, text: str) -> Found | None:
        """Find the longest term a text begins with, behind "the", "every", 所有的 or nothing."""
        for start in _starts(text):
            for length in self._lengths.get(text[start : start + 1].casefold(), ()):
                end = start + length
                if text[start:end].casefold() in self._terms and (behind := _end(text, end)) is not None:
                    return Found(text[start:behind], text[:behind], behind)
        return None


def _starts(text: str) -> Iterator[int]:
    determiner = _DETERMINER.match(text)
    if determiner:
        yield determiner.end()
        if determiner.group() == "所有的":
            yield determiner.end() - 1
    yield 0


def _end(text: str, end: int) -> int | None:
    """Give where a term ends with its plural; None where a Latin one goes on."""
    if not text[end - 1 : end].isascii():
        return end
    plural = _PLURAL.match(text, end)
    return plural.end() if plural else None
