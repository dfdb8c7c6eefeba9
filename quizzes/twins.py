"""Pairs and families of words that are taken for one another: the stuff of false statements and tempting
choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notes.facts import Language

_DATA = Path(__file__).parent / "data"
_NEGATED: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"不|没有|无法|并非|非|未|从不|禁止|除"),
    "en": re.compile(r"\b(?:not|no|never|cannot|without|neither|nor|unless|except)\b|n't\b", re.I),
}
_BLOCKED: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"不同|区别|相反|都(?!是只)|或者?|以及|之一|类似|例如|可能|也许|通常|一般|往往"),
    "en": re.compile(
        r"\b(?:differ|difference|vs|both|either|or|opposite|usually|often|may|might|sometimes|similar)\b",
        re.I,
    ),
}


_LATIN_END = re.compile(r"[A-Za-z] ?$")
_BEHIND_IS = re.compile(r"\b(?:is|are|be|was|were|as|being)\s+$", re.I)


#: Words that make one phrase with what follows: "named after", "as opposed to".
_FIXED = re.compile(r"\b(?:named|look(?:s|ed)?|tak(?:es?|en)|run|shortly|year|day|one|right|soon|ever|at|well|as) $", re.I)


@dataclass(frozen=True)
class Twin:
    """A pair of words."""

    first: str
    second: str
    risky: bool  # the swap may stay true
    local: bool  # only in a note that speaks of both
    predicate: bool  # only behind is, are, be


@dataclass(frozen=True)
class Swap:
    """A statement made false by putting one word in place of another."""

    sentence: str
    right: str
    wrong: str


@cache
def twins(language: Language) -> tuple[Twin, ...]:
    """Give the pairs of a language, longest first."""
    pairs = []
    for row in (_DATA / f"twins.{language}.txt").read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            first, second = (word.strip() for word in row.lstrip("*@~").split(" = "))
            marks = row[:3]
            pairs.append(Twin(first, second, "*" in marks, "@" in marks, "~" in marks))
    return tuple(sorted(pairs, key=lambda pair: -max(len(pair.first), len(pair.second))))


@cache
def _partners(language: Language) -> dict[str, tuple[tuple[str, Twin], ...]]:
    partners: dict[str, tuple[tuple[str, Twin], ...]] = {}
    for twin in twins(language):
        for word, other in ((twin.first, twin.second), (twin.second, twin.first)):
            partners[word] = (*partners.get(word, ()), (other, twin))
    return partners


@cache
def _words(language: Language) -> re.Pattern[str]:
    words = sorted((word for word in _partners(language) if len(word) > 1), key=len, reverse=True)
    inner = "|".join(map(re.escape, words))
    return re.compile(inner if language == "zh" else rf"(?<![\w-])(?:{inner})(?![\w-])")


def partner(word: str, language: Language, sentence: str = "") -> str:
    """Give the twin of a word, "" when it has none or none that fits where the word stands in the sentence."""
    before = sentence.partition(word)[0] if sentence else ""
    for other, twin in _partners(language).get(word, ()):
        fits = not sentence or not (twin.risky or _FIXED.search(before) or (twin.predicate and not _BEHIND_IS.search(before)))
        if fits:
            return other
    return ""


def swaps(sentence: str, language: Language, note: str, keywords: Sequence[str] = ()) -> Iterator[Swap]:
    """Give false statements made from a true sentence by swapping exactly one member of a pair.

    Only swaps that are safe: the word stands once and as a word, its twin is not in the sentence, nothing
    else negates or joins, and the note does not state the result. Swaps inside a keyword come first;
    outside of keywords only the second half of the sentence, which says something of the subject, is
    touched.
    """
    if _BLOCKED[language].search(sentence):
        return
    found = [swap for swap in _swaps(sentence, language, note) if swap.sentence not in note]
    told = [swap for swap in found if any(swap.right in keyword for keyword in keywords)]
    rest = [swap for swap in found if swap not in told and sentence.index(swap.right) * 2 >= len(sentence)]
    yield from told
    yield from sorted(rest, key=lambda swap: swap.wrong not in note)


def _swaps(sentence: str, language: Language, note: str) -> Iterator[Swap]:
    for found in _words(language).finditer(sentence):
        word = found.group()
        for other, twin in _partners(language)[word]:
            rest = sentence[: found.start()] + sentence[found.end() :]
            if twin.risky or word in rest or other in rest or (twin.local and other not in note):
                continue
            if language == "zh" and other[-2:] in rest:
                continue  # "运行中和正在运行的" says one thing twice
            if language == "zh" and word >= "一" and _LATIN_END.search(sentence[: found.start()]):
                continue  # part of a name: Docker容器
            if language == "en" and _FIXED.search(sentence[: found.start()]):
                continue
            if twin.predicate and not _BEHIND_IS.search(sentence[: found.start()]):
                continue
            if sentence[: found.start()].count("`") % 2 and other not in note:
                continue  # inside a code span another word is no code that exists
            if _NEGATED[language].search(rest) or not _whole(sentence, found.start(), word, language):
                continue
            yield Swap(sentence[: found.start()] + other + sentence[found.end() :], word, other)


def _whole(sentence: str, start: int, word: str, language: Language) -> bool:
    """Tell whether the word is cut out of the sentence along the seams between words."""
    if language != "zh":
        return True
    import rjieba  # here, because loading its dictionary takes longer than reading a note, and few notes need it

    seams, end = {0}, 0
    for part in rjieba.cut(sentence):
        end += len(part)
        seams.add(end)
    return start in seams and start + len(word) in seams


@dataclass(frozen=True)
class Confused:
    """The table of confusions."""

    options: dict[str, tuple[tuple[str, ...], ...]]  # command: groups of flags
    commands: tuple[tuple[str, ...], ...]
    families: tuple[tuple[str, ...], ...]
    also: dict[str, tuple[str, ...]]  # command: others that are never wrong choices for it
    modes: dict[str, tuple[tuple[str, ...], ...]]  # command: groups of flags, each of which makes it another deed
    signs: tuple[tuple[str, ...], ...]


@cache
def confused() -> Confused:
    """Read the table of confusions."""
    options: dict[str, tuple[tuple[str, ...], ...]] = {}
    also: dict[str, tuple[str, ...]] = {}
    modes: dict[str, tuple[tuple[str, ...], ...]] = {}
    groups: dict[str, list[tuple[str, ...]]] = {"command": [], "family": [], "sign": []}
    for row in (_DATA / "confused.txt").read_text(encoding="utf-8").splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        head, _, rest = row.partition(": ")
        words = tuple(part.strip() for part in (rest.split(", ") if ", " in rest else rest.split()))
        if head.startswith("also "):
            also[head.removeprefix("also ")] = words if ", " in rest or rest.startswith("-") else (rest.strip(),)
        elif head.startswith(("option ", "mode ")):
            sort, _, named = head.partition(" ")
            for command in named.split(","):
                for table in (options, modes) if sort == "mode" else (options,):
                    table[command] = (*table.get(command, ()), words)
        else:
            groups[head].append(words)
    return Confused(options, tuple(groups["command"]), tuple(groups["family"]), also, modes, tuple(groups["sign"]))


def confused_flags(command: str, flag: str) -> list[str]:
    """Give the flags of a command that beginners take for this one, closest first."""
    groups = [group for group in confused().options.get(command, ()) if flag in group]
    found = [other for group in groups for other in group if other != flag]
    return sorted(found, key=lambda other: other.casefold() != flag.casefold())


def other_modes(command: str, flag: str) -> list[str]:
    """Give the flags that make a command another deed than this one, whatever it is given: extract beside create."""
    return [other for group in confused().modes.get(command, ()) if flag in group for other in group if other != flag]


def confused_commands(name: str) -> list[str]:
    """Give the commands that beginners take for this one."""
    return [other for group in confused().commands if name in group for other in group if other != name]


def family(word: str) -> list[str]:
    """Give values of the same kind as a word, the word left out: SIGTERM gives SIGKILL, SIGINT, …"""
    return [other for group in confused().families if word in group for other in group if other != word]


def signs_like(sign: str) -> tuple[str, ...]:
    """Give the signs of one kind with a sign, itself included; none where it is no known sign."""
    return next((group for group in confused().signs if sign in group), ())


def also_right(name: str, other: str) -> bool:
    """Tell whether another command does what a command does, so that it is no wrong choice."""
    return other in confused().also.get(name, ())


def opposed_flag(command: str, flag: str) -> str:
    """Give the one flag a flag is taken for, "" when it has no single opposite: `-p` for `-P`."""
    pairs = [group for group in confused().options.get(command, ()) if flag in group and len(group) == 2]
    return next((other for group in pairs for other in group if other != flag), "")


@cache
def _family_words() -> re.Pattern[str]:
    words = sorted(
        {
            word
            for group in confused().families
            for word in group
            if len(word) > 1 and word.isascii() and not word.islower() and not word.isdigit()
        },
        key=len,
    )
    inner = "|".join(re.escape(word) for word in reversed(words))
    return re.compile(rf"(?<![A-Za-z0-9_-])(?:{inner})(?![A-Za-z0-9_-])")


def family_words(sentence: str) -> list[str]:
    """Give the words of a sentence that belong to a family of like things, in the order they stand:
    signals, states, drivers.
    """
    return list(dict.fromkeys(_family_words().findall(sentence)))
