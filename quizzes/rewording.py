"""What became of a text when an author went over its line: more words, other words, a slip mended, a remark added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

REWORDED = 70  # rapidfuzz ratio from which a text is taken for what became of an older one
SLIP = 2  # so many words, or Han characters, exchanged are a slip that was mended
_WORD = re.compile(r"[A-Za-z0-9_.-]+|[^\s`]")
_OPENS, _CLOSES = "（([【", "）)]】"
_APART = "，,；;、。—–"
_ENDS = f"{_APART}{_CLOSES}.”\"':："
#: A remark that may take back what stands before it.
_TAKES_BACK = re.compile(
    r"[不没未非勿无误错仅只曾旧]|废弃|过时|以前|除|\b(?:no|not|never|nor|only|except|unless|without|wrong|false|deprecated|"
    r"obsolete|removed|formerly|previously|until|before)\b|n't\b|n’t\b",
    re.I,
)


def grown(old: str, new: str) -> bool:
    """Tell whether a text holds all words of an older one in their order, and others."""
    if len(new) <= len(old):
        return False
    words = iter(_WORD.findall(new))
    return all(word in words for word in _WORD.findall(old))


def reworded(old: str, new: str) -> bool:
    """Tell whether a text may be what became of an older one."""
    return grown(old, new) or fuzz.ratio(old, new, score_cutoff=REWORDED) >= REWORDED


def became(old: Iterable[str], new: Sequence[str]) -> dict[str, str]:
    """Give each text that may be what became of an older one, with that older one; of several the likeliest."""
    found: dict[str, str] = {}
    for before in old:
        likely = [text for text in new if text not in found and reworded(before, text)]
        if likely:
            found[max(likely, key=lambda text: (grown(before, text), fuzz.ratio(before, text)))] = before
    return found


def mended(old: str, new: str) -> bool:
    """Tell whether hardly more than a slip was put right: the old words are not to be shown any longer."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    return len(before) == len(after) and sum(one != other for one, other in zip(before, after, strict=True)) <= SLIP


def remark(old: str, new: str) -> str:
    """Give the remark that was added to an older text, in brackets or as a clause of its own; "" where anything else
    differs, or where the remark may take back what the text said.

    `删除镜像` became `删除镜像（常用）` or `删除镜像，请牢记`; `强制删除镜像` is another deed.
    """
    return next((added for added, after in _insertions(old, new) if _is_remark(added, after)), "")


def _insertions(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Give each way to see a text as an older one with something put in: what it is, and what stands after it.

    In `a，b，c` beside `a，c` either `，b` or `b，` was put in.
    """
    length = len(new) - len(old)
    for start in range(len(old) + 1) if length > 0 else ():
        if old[start:] == new[start + length :]:
            yield new[start : start + length], old[start:]
        if old[start : start + 1] != new[start : start + 1]:
            return


def _is_remark(added: str, after: str) -> bool:
    text = added.strip(" ：:")
    if len(text) < 2 or _TAKES_BACK.search(text):
        return False
    if text[0] in _OPENS:
        return text[-1] in _CLOSES
    return text[0] in _APART and (not after.strip() or after.strip()[0] in _ENDS)
