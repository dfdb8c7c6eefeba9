"""What Docker's commands and options mean, in the words of the client's help and of a Chinese list made after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from notes.facts import Fact, FlagFact, Language
from notes.grammar import canonical, commands, find_option
from notes.wording import starts_with_action

_DATA = Path(__file__).parent / "data" / "docker-meanings.zh.txt"
#: What a teacher would not leave in: words of another language, an aside, a deed without its thing.
_ROUGH = re.compile(r"[a-z]{3,}|[（(]|^(?:显示|输出|列出|打印)\s?[A-Z]{2,}$")
_CODE = re.compile(r"`[^`]*`")
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|[.;:].*)\s*$")


def meaning_of(command: str, flag: str, language: Language) -> str:
    """Say what an option does; "" when the client has no such option or nothing is known in that language."""
    name = canonical(command)
    option = find_option(name, flag)
    if option is None or option.removed:
        return ""
    if language == "en":
        return _plain(option.description)
    return next((_chinese()[row] for spelled in option.flags if (row := f"{name} {spelled}") in _chinese()), "")


def in_known_words(fact: Fact) -> Fact:
    """Say what a known option does in the words of the list, where a note's are too rough for a question.

    The note's own explanation comes first: only words of another language, asides in brackets and a bare "显示 ID" go,
    and what is the half of it.
    """
    if not isinstance(fact, FlagFact) or fact.language != "zh":
        return fact
    known = meaning_of(fact.command, fact.flag, "zh")
    worse = _ROUGH.search(_CODE.sub("", fact.meaning)) or fact.meaning in known
    return replace(fact, meaning=known) if known and worse else fact


def purpose_of(command: str, language: Language) -> str:
    """Say what a command does; "" when nothing is known in that language."""
    name = canonical(command)
    if name not in commands():
        return ""
    return _plain(commands()[name].description) if language == "en" else _chinese().get(name, "")


@cache
def _chinese() -> Mapping[str, str]:
    rows = _DATA.read_text(encoding="utf-8").splitlines()
    return dict(row.split(" = ", 1) for row in rows if row and not row.startswith("#"))


def _plain(text: str) -> str:
    """Cut a line of help to what is done: without its asides, its first letter small; "" when it is no deed."""
    text = _ASIDE.sub("", text).strip()
    if '"' in text or not starts_with_action(text):
        return ""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
