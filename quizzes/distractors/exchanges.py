"""The key's own line with one thing of it exchanged: another mode of `tar`, another class of users of `chmod`.

Such a line has the key's form to the letter, its file names and its slots, so that nothing but knowledge tells it apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from notes import grammar
from notes.facts import CommandFact
from quizzes.commands import option_of
from quizzes.context import Context
from quizzes.distractors.lines import plainer
from quizzes.soundness import command_is_sound
from quizzes.telling import deeds
from quizzes.twins import also_right, confused_flags, other_modes

_CLAUSE = re.compile(r"([ugoa]*)([-+=])([rwxst]*)")
_OCTAL = re.compile(r"[0-7]{3}")
_WITHOUT_DASH = ("tar",)  # their first word may be options without a dash


def exchanged(fact: CommandFact, context: Context) -> Iterator[str]:
    """Give the lines that differ from the fact's in one option or one mode, and do something else by it."""
    words, name = fact.command.split(" "), fact.name
    for place, word in enumerate(words[1:], 1):
        if word.startswith("$("):
            name = _inner_name(" ".join(words[place:])) or name
        core = word.rstrip(")")
        given = _Given(name, core, place == 1 and fact.name in _WITHOUT_DASH, fact, context)
        for other in (*_other_modes(words[0], core), *_other_options(given), *_without(given)):
            line = " ".join(filter(None, (*words[:place], other + word[len(core) :], *words[place + 1 :])))
            if command_is_sound(line):
                yield line


@dataclass(frozen=True)
class _Given:
    """One word of a line, with the command it belongs to."""

    command: str
    word: str
    bare: bool  # it may be options without a dash
    fact: CommandFact
    context: Context


def _inner_name(line: str) -> str:
    parsed = grammar.parse_command(line.removeprefix("$("))
    return parsed.name if parsed else ""


def _other_options(given: _Given) -> Iterator[str]:
    """Put one option of a word in place of another: the long one, or one of several letters."""
    if given.word.startswith("--"):
        flag, equals, value = given.word.partition("=")
        yield from (other + equals + value for other in _instead(flag, given) if other.startswith("--"))
        return
    dash, letters = _letters(given)
    for at, letter in enumerate(letters):
        for other in _instead(f"-{letter}", given):
            if len(other) == 2 and other[1] not in letters:
                yield dash + letters[:at] + other[1] + letters[at + 1 :]


def _without(given: _Given) -> Iterator[str]:
    """Leave out an option that the purpose asks for by its name: what is left does less."""
    dash, letters = _letters(given)
    if not dash:
        return
    for letter in letters:
        own = option_of(given.command, f"-{letter}")
        plain = other_modes(given.command, f"-{letter}") or also_right(f"{given.command} -{letter}", "nothing")
        if own and not own[1] and not plain and deeds(own[0], given.fact.purpose):
            rest = letters.replace(letter, "")
            yield dash + rest if rest else ""


def _letters(given: _Given) -> tuple[str, str]:
    """The dash and the letters of a word that joins short options."""
    dash = "-" if given.word.startswith("-") else ""
    letters = given.word.removeprefix("-")
    fits = letters.isalpha() and letters.isascii() and (dash or given.bare)
    return (dash, letters) if fits else ("", "")


def _instead(flag: str, given: _Given) -> Iterator[str]:
    """Give the options that do another thing than a flag, where the purpose asks for what the flag does."""
    name, purpose = given.command, given.fact.purpose
    own, modes = option_of(name, flag), other_modes(name, flag)
    for other in dict.fromkeys((*modes, *confused_flags(name, flag))):
        known = option_of(name, other)
        if own is None or known is None or own == known or bool(own[1]) != bool(known[1]) or f" {other}" in given.fact.command:
            continue
        asked, others = len(deeds(own[0], purpose)), len(deeds(known[0], purpose))
        asked_for = other in modes or asked > others or (not others and _sets_apart(given))
        if asked_for and not also_right(f"{name} {flag}", other):
            yield other


def _sets_apart(given: _Given) -> bool:
    """Tell whether a line's only option is what it has before a plainer line that the notes explain."""
    lines = given.context.tool_commands.get(given.command.split(" ")[0], [])
    alone = given.command == given.fact.name and given.fact.command.count(" -") == 1 and len(given.word) == 2
    return alone and plainer(given.fact, lines)


def _other_modes(tool: str, word: str) -> Iterator[str]:
    """Give other permissions of the form of one: `u-w` and `g+w` beside `g-w`, 467 beside 764."""
    if tool != "chmod":
        return
    clauses = word.split(",")
    if _OCTAL.fullmatch(word):
        yield from (_swapped(word, *pair) for pair in combinations(range(3), 2) if word[pair[0]] != word[pair[1]])
    elif len(clauses) > 1:
        yield from _whose(clauses)
    elif found := _CLAUSE.fullmatch(word):
        yield from _other_clauses(*found.groups())


def _swapped(word: str, first: int, second: int) -> str:
    letters = list(word)
    letters[first], letters[second] = letters[second], letters[first]
    return "".join(letters)


def _whose(clauses: list[str]) -> Iterator[str]:
    """Give two classes of users one another's permissions."""
    parts = [_CLAUSE.fullmatch(clause) for clause in clauses]
    split = [found.groups() for found in parts if found]
    for first, second in combinations(range(len(split)), 2):
        if len(split) == len(clauses) and split[first][1:] != split[second][1:]:
            rights = [mode[1] + mode[2] for mode in split]
            rights[first], rights[second] = rights[second], rights[first]
            yield ",".join(mode[0] + right for mode, right in zip(split, rights, strict=True))


def _other_clauses(who: str, sign: str, rights: str) -> Iterator[str]:
    yield from (other + sign + rights for other in "ugo" if len(who) == 1 and other != who)
    yield from (who + other + rights for other in {"+": "-", "-": "+", "=": "+-"}[sign] if rights)
    yield from (who + sign + other for other in "rwx" if len(rights) == 1 and rights in "rwx" and other != rights)
