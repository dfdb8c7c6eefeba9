"""Command lines and purposes that a beginner takes for the key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import chain

from rapidfuzz import fuzz

from notes import grammar
from notes.facts import CommandFact
from notes.meanings import purpose_of
from quizzes.commands import canonical_line, same_command
from quizzes.context import Context, same_section
from quizzes.distractors.exchanges import exchanged
from quizzes.distractors.lines import completed, one_command, set_apart
from quizzes.distractors.texts import (
    ALIKE,
    TEMPTING,
    WANTED,
    alike,
    drawn,
    misfit,
    one_deed,
    pick_texts,
    shares_words,
    twice,
    unique,
    usable,
)
from quizzes.earlier import bare
from quizzes.soundness import command_is_sound, needed_operands
from quizzes.telling import as_telling, as_told, of_a_thing, things
from quizzes.twins import also_right, confused_commands

NEAREST = 5  # candidates that count as equally near
CONFUSED = 5  # groups of lines that beginners confuse with the key; those behind are only near


def other_commands(fact: CommandFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give command lines with other purposes: the fact's own with one thing exchanged, lines that say as much of the
    purpose, lines of the same command, confused ones, siblings, then the tool's grammar.
    """
    same_form = list(exchanged(fact, context))
    groups = [same_form] if len(same_form) >= TEMPTING else chain([same_form], _tempting(fact, context))
    tiers = [list(_usable_lines(group, fact, seed)) for group in groups]
    ordered = [*_parallel_first(tiers[:CONFUSED], fact), *_parallel_first(tiers[CONFUSED:], fact)]
    taken: list[str] = []
    for tier, shown in twice(ordered, context.earlier.shown(seed)):
        for line in tier if len(taken) < most else ():
            fresh = not any(one_command(line, other) for other in (fact.command, *taken))
            if len(taken) < most and fresh and (not shown or line in shown):
                taken.append(line)
    fitting = [line for line in taken if misfit(len(line), len(fact.command)) < 2]
    return taken if len(fitting) >= TEMPTING else []


def _parallel_first(tiers: Sequence[Sequence[str]], fact: CommandFact) -> list[list[str]]:
    """Give the lines of tiers that work on something as the fact's does, or on nothing as it does, then the rest."""
    own = _works_on_something(fact.command)
    rest = [[line for line in tier if _works_on_something(line) != own] for tier in tiers]
    return [[line for line in tier if line not in other] for tier, other in zip(tiers, rest, strict=True)] + rest


def _works_on_something(line: str) -> bool:
    read = canonical_line(line)
    return read is not None and any(command.operands or command.redirects for command in read.commands[:1])


def _tempting(fact: CommandFact, context: Context) -> Iterator[Iterable[str]]:
    """Give groups of lines, the most tempting first; a group is made when it is asked for."""
    siblings = _of_other_purpose(fact, context)
    close = [name for name in confused_commands(fact.name) if not also_right(fact.name, name)]
    others = [other for other in siblings if other.name != fact.name]
    same_name = [
        other.command
        for other in siblings
        if other.name == fact.name and set_apart(fact, other, context) and not _adds_to(other, fact)
    ]
    kin = [other for other in others if shares_words(other.purpose, fact.purpose) and one_deed(other.purpose, fact.purpose)]
    akin = [other.command for other in kin if not _of_another_thing(other.name, fact)]
    yield as_telling(fact.command, fact.purpose, [*same_name, *akin, *_known_lines(fact)])
    yield same_name
    yield (_renamed(fact, name) for name in close)
    yield (other.command for other in others if other.name in close)
    yield (other.command for other in kin if other.source.heading == fact.source.heading)
    yield (other.command for other in kin)
    yield _sibling_subcommands(fact)


def _adds_to(other: CommandFact, fact: CommandFact) -> bool:
    """Tell whether a line does the fact's deed to the same things with an option more: `git tag -a v1` makes a tag too."""
    own, others = grammar.parse_command(fact.command), grammar.parse_command(other.command)
    if own is None or others is None or not own.arguments or not one_deed(other.purpose, fact.purpose):
        return False
    return {given.flag for given in own.options} < {given.flag for given in others.options} and set(own.arguments) <= set(
        others.arguments
    )


def _of_another_thing(name: str, fact: CommandFact) -> bool:
    """Tell whether a command is named after another thing than the purpose speaks of: `docker network rm` for images."""
    return of_a_thing(fact.purpose) and not things(name) <= things(name, fact.purpose)


def _of_other_purpose(fact: CommandFact, context: Context) -> list[CommandFact]:
    """Give the commands beside a fact that do not do what it does, neither in this line nor in another."""
    return [
        other
        for other in context.siblings(fact, context.fellow_commands(fact))
        if not alike(other.purpose, fact.purpose)
        and not also_right(fact.name, other.name)
        and (other.name == fact.name or not any(alike(line.purpose, fact.purpose) for line in context.commands_of(other.name)))
    ]


def _known_lines(fact: CommandFact) -> Iterator[str]:
    """Give the bare lines of Docker's other commands that are given the same things."""
    for name in _fellow_subcommands(fact.name):
        if not (alike(purpose_of(name, fact.language), fact.purpose) or also_right(fact.name, name)):
            yield name


def _known_purposes(fact: CommandFact, told: Set[str]) -> Iterator[str]:
    """Say what those of the commands do that the notes do not tell of."""
    for name in _fellow_subcommands(fact.name):
        if name not in told and not (also_right(fact.name, name) or also_right(name, fact.name)):
            yield purpose_of(name, fact.language)


def _usable_lines(tier: Iterable[str], fact: CommandFact, seed: str) -> Iterator[str]:
    """Give the lines of a tier, the nearest in form first."""
    alone = "|" not in fact.command
    lines = unique(completed(text) for text in tier if text and not (alone and "|" in text))
    return drawn(lines, seed, _by_length_and_place(lines, len(fact.command)))


def _by_length_and_place(texts: Sequence[str], aim: int) -> Callable[[str], tuple[bool, int]]:
    """Rank texts: what is far too long or short last, then a few neighbours at a time."""
    place = {text: index // NEAREST for index, text in enumerate(texts)}
    return lambda text: (misfit(len(text), aim) > 1, place[text])


def _renamed(fact: CommandFact, name: str) -> str:
    """The fact's line under another command's name; "" where that command would not take its options and
    operands.
    """
    line = fact.command.replace(fact.name, name, 1) if fact.command.startswith(fact.name) else ""
    own, other = grammar.commands().get(fact.name), grammar.commands().get(name)
    if (own is None or other is None) and " -" in fact.command:
        return ""  # nobody knows whether the other command has the option
    fits = own is None or other is None or needed_operands(own) == needed_operands(other) or _takes(other, line)
    idle = other is not None and own is not None and own.required and not other.required
    return line if line and fits and not idle and command_is_sound(line) else ""


def _takes(command: grammar.Command, line: str) -> bool:
    """Tell whether a command takes as many operands as a line gives it."""
    parsed = grammar.parse_command(line)
    given = len(parsed.arguments) if parsed else 0
    endless = any("..." in operand for operand in command.operands)
    return needed_operands(command) <= given and (endless or given <= len(command.operands))


def _sibling_subcommands(fact: CommandFact) -> Iterator[str]:
    """Lines with another subcommand of Docker in place of the key's, where it takes the same operands."""
    if fact.command.startswith(fact.name) and not re.search(r" -|[<>|]", fact.command):
        for name in _fellow_subcommands(fact.name):
            yield fact.command.replace(fact.name, name, 1)


@cache
def _fellow_subcommands(name: str) -> tuple[str, ...]:
    """The subcommands of Docker that take the same operands as one and are described otherwise."""
    known = grammar.commands().get(name)
    if known is None:
        return ()
    group = name.rsplit(" ", 1)[0]
    return tuple(
        other.name
        for other in grammar.commands().values()
        if other.name.rsplit(" ", 1)[0] == group
        and other.operands == known.operands
        and other.name != name
        and not also_right(name, other.name)
        and fuzz.ratio(other.description, known.description) < ALIKE
    )


def other_purposes(fact: CommandFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give purposes of other commands."""
    wording = context.wording(fact)
    siblings = [
        other
        for other in context.siblings(fact, context.fellow_commands(fact))
        if usable(other.purpose, wording)
        and not (also_right(other.name, fact.name) or also_right(fact.name, other.name))
        and not same_command(other.command, fact.command)
        and (other.name != fact.name or (set_apart(fact, other, context) and set_apart(other, fact, context)))
    ]
    own = [other.purpose for other in context.commands_of(fact.name) if other is not fact]
    siblings = [
        other for other in siblings if other.name == fact.name or not any(alike(other.purpose, purpose) for purpose in own)
    ]
    close = confused_commands(fact.name)
    near = [other for other in siblings if other.name in close or other.name == fact.name]
    kin = [other for other in siblings if same_section(fact, other) and shares_words(other.purpose, fact.purpose)]
    section = [other for other in siblings if other.source.heading == fact.source.heading]
    kin.sort(key=lambda other: other.source.heading != fact.source.heading)
    texts = [[wording.choice(other.purpose) for other in tier] for tier in (near, kin, section, siblings)]
    known = {other.name for other in siblings} | {fact.name}
    shown = context.earlier.shown(seed)

    def is_kept(name: str) -> bool:
        """Tell whether a card showed what the list says of a command, before the note said it in its own words."""
        return bool(shown) and bare(wording.choice(purpose_of(name, fact.language))) in shown

    unsaid = [
        purpose_of(name, fact.language)
        for name in close
        if (name not in known or is_kept(name)) and not also_right(fact.name, name) and not also_right(name, fact.name)
    ]
    key = wording.choice(fact.purpose)
    own_tool = [other.purpose for other in siblings if other.name.split(" ")[0] == fact.name.split(" ")[0]]
    told = {other.name for other in siblings}
    telling = list(as_told(fact.command, key, [*map(wording.choice, own_tool), *_known_purposes(fact, told)]))
    tiers = [telling, texts[0], texts[1], [wording.choice(text) for text in unsaid if text], *texts[2:]]
    found = pick_texts(key, tiers, wording, seed, most, shown)
    close_by = {text for tier in tiers[:5] for text in tier}
    return found if len(close_by & set(found)) >= TEMPTING else []
