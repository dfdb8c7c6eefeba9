"""Sentences with gaps and full stops."""

from __future__ import annotations

import re

from quizzes.wording.base import Wording

_CODED_GAP = re.compile(r"`\s*____\s*`")


def gapped(sentence: str, word: str, gap: str) -> str:
    """Put a gap in place of a word that stands exactly once, and as a word; "" when it does not."""
    place = _place(sentence, word)
    return "" if place is None else _CODED_GAP.sub(gap, f"{sentence[:place]} {gap} {sentence[place + len(word) :]}")


def replaced(sentence: str, word: str, other: str) -> str:
    """Put another word in place of one that stands exactly once; "" when it does not."""
    place = _place(sentence, word)
    return "" if place is None else sentence[:place] + other + sentence[place + len(word) :]


def _place(sentence: str, word: str) -> int | None:
    """Find a word that stands once in a sentence, in whatever case; None where a longer word goes on around it."""
    if not word or sentence.casefold().count(word.casefold()) != 1:
        return None
    place = sentence.find(word)
    before, behind = sentence[place - 1 : place] if place else "", sentence[place + len(word) :][:1]
    grown = _alphanumeric(word[0]) and _alphanumeric(before)
    goes_on = _alphanumeric(word[-1]) and _alphanumeric(behind) and not (word[-1].isdigit() and behind.isalpha())
    return None if place < 0 or grown or goes_on else place


def _alphanumeric(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def ended(sentence: str, wording: Wording) -> str:
    """Tidy a sentence and close it with its full stop."""
    text = wording.prose(sentence).rstrip(" ，,;；：:")
    return (
        text
        if text.endswith(("。", "！", ".", "!", "”", "？", "?"))
        else text + ("。" if wording.language == "zh" else ".")
    )
