"""Options and their meanings that a beginner takes for the key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz

from notes import grammar
from notes.facts import CommandFact, FlagFact
from notes.meanings import meaning_of
from quizzes.context import MAX_SIBLINGS, Context
from quizzes.distractors.texts import (
    ALIKE,
    WANTED,
    alike,
    pick_texts,
    twice,
    unique,
    usable,
)
from quizzes.telling import as_telling, as_told, said
from quizzes.twins import also_right, confused_flags


def spelling(fact: FlagFact) -> str:
    """Give the spelling to ask an option by: the note's first, or another of its own that does not tell the meaning."""
    written = re.findall(r"(?<![\w-])--?\w[\w-]*", fact.text)
    spelled = (flag for flag in (fact.flag, *fact.aliases) if flag == fact.flag or flag in written)
    return next((flag for flag in spelled if not said(flag, fact.meaning)), fact.flag)


def other_flags(fact: FlagFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give flags of the same command that do not mean what the fact's flag means: such as say as much of the meaning as
    the key first.
    """
    command, key = grammar.canonical(fact.command), spelling(fact)
    same = spellings(fact)
    siblings = [other for other in context.siblings(fact, context.flags.get(command, [])) if other.flag not in same]
    too = {flag for other in siblings if alike(other.meaning, fact.meaning) for flag in spellings(other)}
    explained = {flag for other in siblings for flag in spellings(other)}

    def exists(flag: str) -> bool:
        return flag in explained or grammar.find_option(command, flag) is not None

    tiers = (
        as_telling(key, fact.meaning, [other.flag for other in siblings]),
        filter(exists, confused_flags(command, key)),
        [other.flag for other in siblings],
        _grammar_flags(command, fact),
        filter(exists, (other.flag for other in _of_tool(fact, context))),
    )
    long = key.startswith("--")
    taken: list[str] = []
    for tier, only in twice(tiers, context.earlier.shown(seed)):
        for flag in sorted(unique(tier), key=lambda flag: flag.startswith("--") != long):
            if only and flag not in only:
                continue
            if flag in same or flag in too or any(also_right(f"{command} {own}", flag) for own in same):
                continue
            if len(taken) < most and not _one_option(command, flag, taken):
                taken.append(flag)
    return taken


def _of_tool(fact: FlagFact, context: Context) -> Iterator[FlagFact]:
    """Give the options of the whole tool that stand near the fact; looked for only when they are asked for."""
    yield from context.siblings(fact, context.tool_flags.get(fact.command.split(" ")[0], []))


def spellings(fact: FlagFact) -> frozenset[str]:
    """Every spelling of the fact's option."""
    return _spellings(fact.command, fact.flag, fact.aliases)


@lru_cache(maxsize=4096)
def _spellings(command: str, flag: str, aliases: tuple[str, ...]) -> frozenset[str]:
    option = grammar.find_option(command, flag)
    return frozenset((flag, *aliases, *(option.flags if option else ())))


def _one_option(command: str, flag: str, taken: Sequence[str]) -> bool:
    return flag in taken or any(grammar.same_option(flag, other, command) for other in taken)


@cache
def _plain_options(command: str) -> tuple[tuple[str, str, str], ...]:
    """Short spelling, long spelling and description of the options a client of today lists."""
    known = grammar.commands().get(command)
    if known is None:
        return ()
    listed = [option for option in known.options if not option.removed and not option.hidden and "--help" not in option.flags]
    return tuple((option.flags[0], option.flags[-1], option.description) for option in listed)


def _grammar_flags(command: str, fact: FlagFact) -> list[str]:
    """Flags from the tool's grammar, those that start like the key's first."""
    own = grammar.find_option(command, fact.flag)
    description = own.description if own else ""
    long = spelling(fact).startswith("--")
    flags = [
        longest if long else shortest
        for shortest, longest, said in _plain_options(command)
        if not description or fuzz.ratio(said, description) < ALIKE
    ]
    letter = fact.flag.lstrip("-")[:1].casefold()
    return sorted(flags, key=lambda flag: flag.lstrip("-")[:1].casefold() != letter)


def other_meanings(fact: FlagFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give meanings of other options of the command: of the confused ones, of those the notes explain, of the others."""
    command = grammar.canonical(fact.command)
    wording = context.wording(fact)
    siblings = [other for other in context.siblings(fact, context.flags.get(command, [])) if usable(other.meaning, wording)]
    close = set(confused_flags(command, fact.flag))
    first = [other for other in siblings if close & spellings(other)]
    near = [other for other in siblings if other not in first]
    lines = [other for other in context.tool_commands.get(command.split(" ")[0], []) if other.name == command]
    purposes = [
        other.purpose for other in lines[:MAX_SIBLINGS] if _another_option(other, fact) and usable(other.purpose, wording)
    ]
    key, name = wording.choice(fact.meaning), spelling(fact)
    near_by = [[wording.choice(other.meaning) for other in tier] for tier in (first, near)]
    tiers = [list(as_told(name, key, [*near_by[0], *near_by[1]])), *near_by]
    shown = context.earlier.shown(seed)
    found = pick_texts(key, [*tiers, map(wording.choice, purposes)], wording, seed, most, shown)
    if len(found) >= most or not found:
        return found
    return pick_texts(key, [found, map(wording.choice, _known_meanings(fact, context))], wording, seed, most, shown)


def _known_meanings(fact: FlagFact, context: Context) -> Iterator[str]:
    """Say what other options of the command do that the notes do not explain, confused ones first."""
    command, wording = grammar.canonical(fact.command), context.wording(fact)
    told = {flag for other in context.flags.get(command, [])[:MAX_SIBLINGS] for flag in spellings(other)} | spellings(fact)
    listed = (longest for _, longest, _ in _plain_options(command))
    for flag in (*confused_flags(command, fact.flag), *listed):
        meaning = meaning_of(command, flag, fact.language)
        if flag not in told and meaning and usable(meaning, wording):
            yield meaning


def _another_option(line: CommandFact, fact: FlagFact) -> bool:
    """Tell whether a line of the fact's command has options, and not the fact's."""
    parsed = grammar.parse_command(line.command)
    return parsed is not None and bool(parsed.options) and not {given.flag for given in parsed.options} & spellings(fact)
