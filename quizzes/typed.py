"""Typed words: which spellings count as the same answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

_HAN_OR_SPACE_BESIDE_HAN = re.compile(r"(?<=[一-鿿]) (?=\S)|(?<=\S) (?=[一-鿿])")
_LATIN_WORD = re.compile(r"[a-z]+(?:[ '][a-z]+)*")
_TRAILING_MARKS = "。．.,，;；、!！"
MIN_LETTERS_FOR_A_SLIP = 5


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """Give the form in which typed answers are compared: NFKC, case folded, spaces collapsed, none beside
    Han.
    """
    if text.isascii():
        return _spaced(text)
    return _HAN_OR_SPACE_BESIDE_HAN.sub("", _spaced(unicodedata.normalize("NFKC", text)))


def _spaced(text: str) -> str:
    return " ".join(text.casefold().strip().strip("`").split())


def same_answer(typed: str, forms: Iterable[str], other_terms: Iterable[str] = ()) -> bool:
    """Tell whether the typed text is one of the accepted forms.

    One slip (a letter wrong, missing, doubled or two swapped) is forgiven in Latin words of at least five
    letters, unless what was typed is another known term. Numbers, ports, flags, paths and Chinese must be
    exact.
    """
    given = normal(typed)
    wanted = [normal(form) for form in forms]
    if given in wanted or given.rstrip(_TRAILING_MARKS) in wanted:
        return bool(given)
    if any(given == normal(term) for term in other_terms):
        return False
    return any(_slip_of(given, form) for form in wanted)


def _slip_of(given: str, form: str) -> bool:
    forgiving = _LATIN_WORD.fullmatch(form) and len(form) >= MIN_LETTERS_FOR_A_SLIP
    return bool(forgiving and _LATIN_WORD.fullmatch(given) and OSA.distance(given, form, score_cutoff=1) <= 1)
