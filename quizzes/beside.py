"""What the wrong choices beside a key stand for, so that an explanation can tell them apart from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from notes import grammar
from notes.facts import CommandFact, DefinitionFact, Fact, FlagFact
from notes.meanings import meaning_of, purpose_of
from quizzes.context import Context
from quizzes.distractors import spellings
from quizzes.wording.tidy import code

#: So many of the wrong choices are explained, the most tempting first.
MOST = 2


def flags(fact: FlagFact, others: Sequence[str], context: Context) -> str:
    """Say what other options of the command do."""
    command = grammar.canonical(fact.command)
    told = context.once(
        ("meanings of flags", command),
        lambda: {spelled: other.meaning for other in context.flags.get(command, []) for spelled in spellings(other)},
    )
    pairs = ((code(flag), told.get(flag) or meaning_of(fact.command, flag, fact.language)) for flag in others)
    return _told(fact, pairs, context)


def meanings(fact: FlagFact, others: Sequence[str], context: Context) -> str:
    """Say which options of the command have the meanings."""
    wording, command = context.wording(fact), grammar.canonical(fact.command)
    told = context.once(
        ("flags of meanings", command, fact.language),
        lambda: {wording.choice(other.meaning): code(other.flag) for other in context.flags.get(command, [])},
    )
    return _told(fact, ((told.get(text, ""), text) for text in others), context)


def commands(fact: CommandFact, others: Sequence[str], context: Context) -> str:
    """Say what other command lines do."""
    told = context.once(("purposes",), lambda: {other.command: other.purpose for other in context.commands})
    pairs = ((code(line), told.get(line) or _purpose(line, fact)) for line in others)
    return _told(fact, pairs, context)


def purposes(fact: CommandFact, others: Sequence[str], context: Context) -> str:
    """Say which command lines do it."""
    wording = context.wording(fact)
    near = context.siblings(fact, context.fellow_commands(fact))
    told = {wording.choice(other.purpose): code(other.command) for other in reversed(near)}
    return _told(fact, ((told.get(text, ""), text) for text in others), context)


def terms(fact: DefinitionFact, others: Sequence[str], context: Context) -> str:
    """Say what other terms mean."""
    wording = context.wording(fact)
    near = {other.term: other.definition for other in context.siblings(fact, context.definitions)}
    texts = [wording.term_statement(term, near[term]) for term in others if near.get(term)]
    between = "" if fact.language == "zh" else " "
    return "".join(between + text for text in texts[:1])


def _purpose(line: str, fact: Fact) -> str:
    """Say what the command of a line does, where the line is that command and nothing else."""
    parsed = grammar.parse_command(line)
    return purpose_of(parsed.name, fact.language) if parsed and not parsed.options else ""


def _told(fact: Fact, pairs: Iterable[tuple[str, str]], context: Context) -> str:
    known = list(islice(((choice, meaning) for choice, meaning in pairs if choice and meaning), MOST))
    return context.wording(fact).choices_mean(known) if known else ""
