"""A second look at facts before they are asked: what Docker's own grammar refuses is not taught."""

from __future__ import annotations

import re
from functools import lru_cache

from notes import grammar
from notes.facts import CommandFact, DefinitionFact, Fact, FlagFact

_SUBSTITUTION = re.compile(r"\$\(|`")
_SLOT = re.compile(
    r"^(?:[A-Z][A-Z_]{2,}|<.*>|〈.*〉)$"
)  # an operand that an option before it took for its value
_IS_A_LINE = re.compile(r"^[a-z][\w-]+ (?:`?-\S+ )*\S*(?:\[[^\]]*\]|<[^>]*>)")  # how a command is typed describes no term
_ALIAS = re.compile(r"\$\(\s*(?!pwd|whoami|date|uname|hostname|nproc)[a-z]\w*\s*\)")  # a command of somebody's own
_OF_ANOTHER = re.compile(r",? (?:while|whereas) `?\w+`? \w+s\b")  # the clause says something of another term
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_DOCKER_MISSPELT = re.compile(r"(?<![\w./-])(?!docker\b)d[ocker]{4,6}(?= )")


def sound(fact: Fact) -> bool:
    """Tell whether a fact may be taught: its commands and options exist and are given what they need."""
    if isinstance(fact, CommandFact):
        return command_is_sound(fact.command)
    if isinstance(fact, DefinitionFact):
        return not (_OF_ANOTHER.search(fact.definition) or _IS_A_LINE.search(fact.definition))
    if isinstance(fact, FlagFact) and grammar.canonical(fact.command) in grammar.commands():
        return grammar.find_option(fact.command, fact.flag) is not None
    return True


@lru_cache(maxsize=4096)
def command_is_sound(line: str) -> bool:
    """Tell whether every Docker command of a line exists, knows its options and has its operands."""
    if _DOCKER_MISSPELT.search(line) or "`" in line or _ALIAS.search(line):
        return False
    return all(_complete(found) for found in grammar.parse_commands(line) if found.tool == "docker")


def _complete(found: grammar.ParsedCommand) -> bool:
    known = grammar.commands().get(found.name)
    if known is None:
        return grammar.knows(found.name)
    if not all(given.known for given in found.options):
        return False
    if found.arguments or not found.options:
        named_only = not found.arguments
        return (
            named_only
            or len(found.arguments) >= needed_operands(known)
            or bool(_SUBSTITUTION.search(found.line))
        )
    swallowed = any(_SLOT.match(given.value) for given in found.options)
    return not (swallowed and needed_operands(known))


def needed_operands(command: grammar.Command) -> int:
    """How many operands a command cannot do without, by its usage line."""
    return _needed(command.usage.split("\n")[0].removeprefix(command.name).removeprefix("docker"))


@lru_cache(maxsize=1024)
def _needed(usage: str) -> int:
    while _BRACKETS.search(usage):
        usage = _BRACKETS.sub("", usage)
    return len(re.findall(r"(?<!\S)[A-Z]\S*", usage))
