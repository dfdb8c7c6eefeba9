"""What the client's own help says of commands and options that a note uses and does not explain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notes.extract.captions import captioned
from notes.extract.finding import Finding
from notes.facts import CommandFact, Fact, FlagFact, Source
from notes.grammar import ParsedCommand, canonical, commands, find_option, parse_command, parse_commands
from notes.meanings import meaning_of, purpose_of
from notes.note import Note

#: A list item that names a command and says nothing of it.
_BARE = re.compile(r"`(docker [^`\n]{2,60})`")
#: Options everybody knows, and those whose meaning needs more than a phrase.
_NOT_ASKED = frozenset({"--help", "--format", "--filter"})


def extract(note: Note, earlier: Sequence[Fact]) -> Iterator[Finding]:
    options, names = _explained(earlier)
    for shown in captioned(note):
        if shown.line.commented:
            continue
        source = note.source(shown.block, shown.line.lines)
        for part in parse_commands(shown.line.text):
            if part.name in commands():
                yield from _options(note, source, part, options)
                yield from _command(note, source, part, names)
    for block in note.blocks:
        span = _BARE.fullmatch(block.text) if block.kind == "item" and not block.struck else None
        named = parse_command(span.group(1)) if span else None
        if named and named.name in commands() and all(given.known for given in named.options):
            yield from _command(note, note.source(block), named, names)


def _explained(earlier: Sequence[Fact]) -> tuple[set[tuple[str, str]], set[str]]:
    """The options and the commands the note itself explains; a meaning stands for its option's old spellings."""
    flags = [fact for fact in earlier if isinstance(fact, FlagFact)]
    options = {
        (canonical(fact.command), flag)
        for fact in flags
        for flag in (fact.flag, *fact.aliases, fact.meaning)
        if fact.trust == "safe"
    }
    return options, {
        fact.name for fact in earlier if isinstance(fact, CommandFact) and fact.trust == "safe"
    }


def _options(
    note: Note, source: Source, part: ParsedCommand, options: set[tuple[str, str]]
) -> Iterator[Finding]:
    for given in part.options:
        option = find_option(part.name, given.flag)
        meaning = meaning_of(part.name, given.flag, note.language)
        if option is None or not meaning or _NOT_ASKED & {*option.flags}:
            continue
        if {(part.name, given.flag), (part.name, meaning)} & options:
            continue
        options |= {(part.name, word) for word in (*option.flags, meaning)}
        others = tuple(flag for flag in option.flags if flag != given.flag)
        yield FlagFact(
            source, note.language, "", "safe", part.name, given.flag, others, option.argument, meaning, ""
        )


def _command(note: Note, source: Source, part: ParsedCommand, names: set[str]) -> Iterator[Finding]:
    purpose = purpose_of(part.name, note.language)
    if purpose and part.name not in names:
        names.add(part.name)
        required = commands()[part.name].required
        plain = all(word.isalpha() and word.isupper() for word in required)
        line = " ".join([part.name, *required]) if plain else part.name
        yield CommandFact(source, note.language, "", "safe", line, part.name, purpose)
