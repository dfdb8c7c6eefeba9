"""Sentences with gaps and full stops."""

from __future__ import annotations

import re
from functools import lru_cache

from quizzes.wording.base import Wording

_CODED_GAP = re.compile(r"`\s*____\s*`")


def gapped(sentence: str, word: str, gap: str) -> str:
    """Put a gap in place of a word that stands exactly once, and as a word; "" when it does not."""
    places = list(_pattern(word).finditer(sentence))
    if len(places) != 1 or sentence.casefold().count(word.casefold()) != 1:
        return ""
    return _CODED_GAP.sub(gap, f"{sentence[: places[0].start()]} {gap} {sentence[places[0].end() :]}")


def replaced(sentence: str, word: str, other: str) -> str:
    """Put another word in place of one that stands exactly once; "" when it does not."""
    places = list(_pattern(word).finditer(sentence))
    if len(places) != 1 or sentence.casefold().count(word.casefold()) != 1:
        return ""
    return sentence[: places[0].start()] + other + sentence[places[0].end() :]


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    left = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", word) else ""
    right = (
        r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", word) and not word[-1].isdigit() else r"(?![0-9])"
    )
    return re.compile(left + re.escape(word) + (right if re.search(r"[A-Za-z0-9]$", word) else ""))


def ended(sentence: str, wording: Wording) -> str:
    """Tidy a sentence and close it with its full stop."""
    text = wording.prose(sentence).rstrip(" ，,;；：:")
    return (
        text
        if text.endswith(("。", "！", ".", "!", "”", "？", "?"))
        else text + ("。" if wording.language == "zh" else ".")
    )
