"""Whether a text gives an answer away."""

from __future__ import annotations

import re

_LATIN = re.compile(r"[a-z]{4,}")
_TOO_COMMON = frozenset(
    [
        "with",
        "from",
        "this",
        "that",
        "file",
        "files",
        "name",
        "names",
        "option",
        "value",
        "command",
        "list",
        "docker",
        "container",
        "image",
    ]
)


def leaks(text: str, *answers: str) -> bool:
    """Tell whether the text holds an answer, or a Latin word of four letters of it (`--quiet` in "quiet
    mode").
    """
    low = text.casefold()
    return any(_holds(low, answer.casefold().strip("`")) for answer in answers if answer)


def _holds(text: str, answer: str) -> bool:
    if re.fullmatch(r"-\w", answer):
        return re.search(rf"(?<![\w-]){re.escape(answer)}(?!\w)", text) is not None
    inside = len(answer) > 1 and answer in text
    if inside and (re.match(r"\w", answer) is None or not answer.isascii() or _as_word(answer, text)):
        return True
    words = [word for word in _LATIN.findall(answer) if word not in _TOO_COMMON]
    return any(re.search(rf"(?<![a-z]){word[: max(4, len(word) - 2)]}", text) for word in words)


def _as_word(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
