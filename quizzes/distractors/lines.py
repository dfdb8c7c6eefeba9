"""How one command line stands to another: whether it may do the same, and what rules it out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from notes import grammar
from notes.facts import CommandFact
from notes.meanings import meaning_of
from notes.wording import starts_with_action
from quizzes.commands import same_command
from quizzes.context import MAX_SIBLINGS, Context, same_section
from quizzes.distractors.texts import (
    shares_words,
    telling,
)
from quizzes.names import Named, named
from quizzes.soundness import needed_operands
from quizzes.twins import confused_flags

_NAMED = re.compile(r"[a-z0-9][a-z0-9_.-]+")
_FORMATS = re.compile(r"\{\{|--format\b|--filter\b|\bgrep\b")
_PLACEHOLDER = re.compile(r"<[^<>]+>|\[[^\[\]]+\]|\{[^{}]+\}|\b[A-Z][A-Z_]{1,}\b(?:\.\.\.)?|\.\.\.|[一-鿿]+")


def completed(line: str) -> str:
    """Give a line that is a Docker command's bare name with the operands it needs, as one types it: `docker attach
    web` beside `docker exec web sh`.
    """
    return whole(line).line


def whole(line: str, purpose: str = "") -> Named:
    """Complete a line and say which names it was given."""
    known = grammar.commands().get(line)
    needed = [re.split(r"[\[|]", word)[0].upper() for word in (known.required if known else ()) if word[0].isalpha()]
    needed = [word for word in needed if "]" not in word]
    if known and " | " in known.usage:
        needed = needed[:1]  # the others may stand in its place
    return named(" ".join([line, *needed]), purpose)


def one_command(first: str, second: str) -> bool:
    return _shape(first) == _shape(second) or same_command(first, second)


@lru_cache(maxsize=2048)
def _shape(command: str) -> str:
    """A command line without its placeholders: two lines of one shape are one command."""
    return " ".join(_PLACEHOLDER.sub("", command).split())


def set_apart(fact: CommandFact, other: CommandFact, context: Context) -> bool:
    """Tell whether the purpose of a line rules out another line of the same command: it asks for what its
    options or operands do, or the other has options it does not ask for.
    """
    own, others = grammar.parse_command(fact.command), grammar.parse_command(other.command)
    if own is None or others is None or is_name_only(fact) or does_too(other.command, fact.command):
        return False
    flags = {given.flag for given in own.options}
    if "$(" in other.command and "$(" not in fact.command and flags == {given.flag for given in others.options}:
        return False  # what works on all works on one
    if flags == {given.flag for given in others.options}:
        if own.arguments and others.arguments:
            return _told_by_operands(fact, other)
        if fact.name in (fact.command.strip(), other.command.strip()):
            return False  # the bare name stands for every line of it
    theirs = {given.flag for given in others.options}
    opposed = any(flag in theirs - flags for own_flag in flags - theirs for flag in confused_flags(own.name, own_flag))
    asked_for = any(shares_words(_meaning(own.name, flag, fact, context), fact.purpose) for flag in flags - theirs)
    if flags & theirs and not opposed and not asked_for:
        return False  # the option that both have may be all that is asked for
    if any(shares_words(_meaning(own.name, given.flag, fact, context), fact.purpose) for given in others.options
           if given.flag not in flags):  # fmt: skip
        return False  # an option of its own does what is asked for
    if same_section(fact, other):
        return True  # the note itself tells them apart, side by side
    if own.options:
        return options_follow(fact, context)
    named = any(len(word) > 2 and word.casefold() in fact.purpose.casefold() for word in own.arguments)
    return named or (not own.arguments and bool(others.options)) or (bool(others.options) and not others.arguments)


def _told_by_operands(fact: CommandFact, other: CommandFact) -> bool:
    """Tell whether a purpose names something that another line of the command does not: a tag, a name."""
    said = set(_NAMED.findall(fact.purpose.casefold()))
    return bool(said - _operand_words(other) - {word for word in said if word in fact.name})


def _operand_words(fact: CommandFact) -> set[str]:
    """The words of a line's operands; an image without a tag has the tag latest."""
    parsed = grammar.parse_command(fact.command)
    operands = parsed.arguments if parsed else ()
    words = {word for operand in operands for word in re.split(r"[:/@]", operand.casefold())}
    untagged = any(":" not in operand.rpartition("/")[2] for operand in operands)
    return words | {"latest"} if untagged else words


def _meaning(command: str, flag: str, fact: CommandFact, context: Context) -> str:
    """Say what an option does, by the notes or by the client's help; "" when nobody knows."""
    return _meanings(command, context).get(flag, "") or meaning_of(command, flag, fact.language)


def _meanings(command: str, context: Context) -> Mapping[str, str]:
    """What the notes say first of each option of a command, by all its spellings."""

    def gathered() -> dict[str, str]:
        said: dict[str, str] = {}
        for fact in context.flags.get(command, []):
            for flag in (fact.flag, *fact.aliases):
                said.setdefault(flag, fact.meaning)
        return said

    return context.once(("meanings", command), gathered)


def does_too(line: str, other: str) -> bool:
    """Tell whether a line may do all that another line of the same command does: it has every option of the
    other and more, or one of them only shapes or narrows what the command prints anyway.
    """
    mine, asked = _deed(line), _deed(other)
    if mine is None or asked is None or mine.name != asked.name:
        return False
    if mine.shaped or asked.shaped:
        return True
    return bool(asked.letters) and asked.letters <= mine.letters


@dataclass(frozen=True)
class _Deed:
    """What a line says of what it does."""

    name: str
    shaped: bool  # it shapes or narrows what the command prints
    letters: frozenset[str]  # its options, joined short ones apart: `-am` is `-a` and `-m`


@lru_cache(maxsize=2048)  # each line is held against many others
def _deed(line: str) -> _Deed | None:
    parsed = grammar.parse_command(line)
    if parsed is None:
        return None
    flags = [given.flag for given in parsed.options]
    long = [flag for flag in flags if flag.startswith("--")]
    short = [f"-{letter}" for flag in flags if not flag.startswith("--") for letter in flag[1:]]
    return _Deed(parsed.name, _FORMATS.search(line) is not None, frozenset((*long, *short)))


def is_name_only(fact: CommandFact) -> bool:
    """Tell whether a line is just a name that needs operands, a Docker command's or a tool's: it stands for
    every line of it.
    """
    known = grammar.commands().get(fact.name)
    if known is None:
        return fact.command.strip() == fact.name and " " not in fact.name
    return fact.command.strip() in (fact.name, *known.aliases) and bool(needed_operands(known))


def options_follow(fact: CommandFact, context: Context) -> bool:
    """Tell whether each option is asked for by the purpose: its meaning shares words with it, or it is what
    sets the line apart from a plainer line the notes explain too.
    """
    parsed = grammar.parse_command(fact.command)
    if parsed is None:
        return False
    if len(parsed.options) == 1 and plainer(fact, context.tool_commands.get(parsed.tool, [])):
        return True
    known = context.flags.get(parsed.name, [])
    meanings = context.once(
        ("last meanings", parsed.name), lambda: {flag: other.meaning for other in known for flag in (other.flag, *other.aliases)}
    )
    return all(shares_words(meanings.get(given.flag, ""), fact.purpose) or given.flag in fact.purpose for given in parsed.options)


def plainer(fact: CommandFact, siblings: Sequence[CommandFact]) -> bool:
    return any(other.name == fact.name and other is not fact and " -" not in other.command for other in siblings[:MAX_SIBLINGS])


def is_kin(other: CommandFact, fact: CommandFact) -> bool:
    """Tell whether another line stands in the fact's section and does something of the same sort."""
    if fact.language == "en":
        return False  # English commands are called by what they do, so that nobody believes another deed of them
    shared = telling(other.purpose) & telling(fact.purpose)
    return other.source.heading == fact.source.heading and any(not starts_with_action(word) for word in shared)
