"""Whether a text gives an answer away."""

from __future__ import annotations

import re
from collections.abc import Callable

_LATIN = re.compile(r"[a-z]{4,}")
_SEAM = re.compile(r"[a-z][A-Z]")
_WORDS_OF_CODE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_INSIDE_NAME = re.compile(r"[A-Za-z][a-z]{5,}")
_HAN_ONLY = re.compile("[一-鿿]+")
_HAN = re.compile("[一-鿿]")
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
    return any(_holds(low, answer.casefold().strip("`")) or _told_by_name(low, answer) for answer in answers if answer)


def one_tells_other(name: str, value: str) -> bool:
    """Tell whether a row's name and a cell of it give each other away."""
    return leaks(value, name) or leaks(name, value) or _spelled_in(value, name)


def _spelled_in(text: str, name: str) -> bool:
    """Tell whether a name is one of the words that code is made of: MX in `resolveMx()`."""
    bare = re.sub(r"[^A-Za-z]", "", name).casefold()
    words = (word.casefold() for word in _WORDS_OF_CODE.findall(text))
    return len(bare) > 1 and bare in words


def _told_by_name(text: str, answer: str) -> bool:
    """Tell whether a text holds a long word of a name written without spaces: "deprecated" for DeprecationWarning."""
    parts = _INSIDE_NAME.findall(answer) if _SEAM.search(answer) else []
    return any(_stands(part.casefold()[: max(6, len(part) - 4)], text, before=_is_letter, behind=_nothing) for part in parts)


def _holds(text: str, answer: str) -> bool:
    if len(answer) == 2 and answer[0] == "-" and _is_word(answer[1]):
        return _stands(answer, text, before=lambda letter: letter == "-" or _is_word(letter), behind=_is_word)
    if len(answer) == 1 and _is_letter(answer) and _HAN.search(text):
        return _as_word(answer, text)
    inside = len(answer) > 1 and answer in text
    if not inside and _told_in_pairs(answer, text):
        return True
    if inside and (not _is_word(answer[0]) or not answer.isascii() or _as_word(answer, text)):
        return True
    words = [word for word in _LATIN.findall(answer) if word not in _TOO_COMMON]
    stems = [word[: max(4, len(word) - 2)] for word in words] + [f"{word[:-1]}ie" for word in words if word.endswith("y")]
    return any(_stands(stem, text, before=_is_letter, behind=_nothing) for stem in stems)


def _told_in_pairs(answer: str, text: str) -> bool:
    """Tell whether a text holds both words of a Han compound: 位置参数 in "按位置传递的参数"."""
    if len(answer) not in (4, 5) or not _HAN_ONLY.fullmatch(answer):
        return False
    return any(answer[:seam] in text and answer[seam:] in text for seam in {2, len(answer) - 2})


def _as_word(word: str, text: str) -> bool:
    return _stands(word, text, before=_is_letter_or_digit, behind=_is_letter_or_digit)


def _stands(part: str, text: str, before: Callable[[str], bool], behind: Callable[[str], bool]) -> bool:
    """Tell whether a part stands somewhere in a text with no letter of some kind right before and behind it.

    A pattern would say the same, but there is a new one for every answer, and compiling it costs more than the search.
    """
    start = text.find(part)
    while start >= 0:
        end = start + len(part)
        if not (start and before(text[start - 1])) and not (end < len(text) and behind(text[end])):
            return True
        start = text.find(part, start + 1)
    return False


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _is_letter(letter: str) -> bool:
    return "a" <= letter <= "z"


def _is_letter_or_digit(letter: str) -> bool:
    return "a" <= letter <= "z" or "0" <= letter <= "9"


def _nothing(letter: str) -> bool:
    return False
