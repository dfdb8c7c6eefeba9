"""What follows from the commands and ideas a note shows: named cases, each called for by commands or words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notes.extract.captions import captioned
from notes.extract.finding import Finding
from notes.facts import CommandFact, ConsequenceFact, Fact, FlagFact, Source
from notes.grammar import canonical, find_option, parse_command, parse_commands
from notes.note import Note

_DATA = Path(__file__).parents[1] / "data" / "consequences.txt"
#: Words of a call that stand for a kind of value: what the value of the option, or an operand, looks like.
_KINDS = {
    "HOST": re.compile(r"[$/~.`][^:]*:|^\$\(.*\):"),
    "PATH": re.compile(r"^/[^:]*$"),
    "RO": re.compile(r":ro$"),
    "HOST/": re.compile(r"^[\w-]+(?:\.[\w-]+)+(?::\d+)?/"),
}


@dataclass(frozen=True)
class _Call:
    """What calls for a case: words of the note, or a command with options and perhaps a kind of value."""

    words: str = ""
    command: str = ""
    flags: frozenset[str] = frozenset()
    kind: str = ""


@dataclass(frozen=True)
class _Shown:
    """A command, or one option of it, where the note shows it."""

    flags: frozenset[str]
    values: tuple[str, ...]
    source: Source
    text: str  # of an explained option: what the note says; "" for a line, which says nothing by itself


def extract(note: Note, earlier: Sequence[Fact]) -> Iterator[Finding]:
    shown, told = _shown(note, earlier), _told(note)
    for name, ways in cases().items():
        for calls in ways:
            places = [_place(call, shown, told) for call in calls]
            found = [place for place in places if place]
            if len(found) == len(places):
                source, text = found[0]
                yield ConsequenceFact(source, note.language, text, "safe", name)
                break


@cache
def cases() -> Mapping[str, tuple[tuple[_Call, ...], ...]]:
    """Give the cases by name: other ways to call for one, each a row of calls that must all be met."""
    rows = [row for row in _DATA.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")]
    named = (row.split(" | ", 1) for row in rows)
    return {
        name: tuple(tuple(_call(part) for part in way.split(" & ")) for way in ways.split(" ; "))
        for name, ways in named
    }


def _call(part: str) -> _Call:
    if part.startswith('"'):
        return _Call(words=part.strip('"').casefold())
    words = part.split()
    kind = words.pop() if words[-1] in _KINDS else ""
    parsed = parse_command(" ".join(words))
    if parsed is None:
        raise ValueError(f"{_DATA.name}: no command in {part!r}")
    return _Call("", parsed.name, frozenset(_first(parsed.name, given.flag) for given in parsed.options), kind)


def _first(command: str, flag: str) -> str:
    """Give the first spelling of an option, so that `-P` and `--publish-all` are one."""
    option = find_option(command, flag)
    return option.flags[0] if option else flag


def _shown(note: Note, earlier: Sequence[Fact]) -> Mapping[str, Sequence[_Shown]]:
    """The commands the note explains or shows, by name: explained options first, then lines with a caption."""
    found: dict[str, list[_Shown]] = defaultdict(list)
    for fact in earlier:
        if isinstance(fact, FlagFact):
            flags = frozenset({_first(fact.command, fact.flag)})
            found[canonical(fact.command)].append(_Shown(flags, (), fact.source, fact.text))
    lines = sorted(captioned(note), key=lambda line: not line.caption)
    for line in lines:
        if not line.line.commented:
            source = note.source(line.block, line.line.lines)
            _add(found, line.line.text, source)
    for fact in earlier:
        if isinstance(fact, CommandFact):
            _add(found, fact.command, fact.source)
    return found


def _add(found: dict[str, list[_Shown]], line: str, source: Source) -> None:
    for part in parse_commands(line):
        flags = frozenset(_first(part.name, given.flag) for given in part.options)
        values = (*(given.value for given in part.options if given.value), *part.arguments)
        found[part.name].append(_Shown(flags, values, source, ""))


@cache
def _words() -> tuple[str, ...]:
    """The words that call for cases, folded."""
    return tuple(sorted({call.words for ways in cases().values() for calls in ways for call in calls if call.words}))


def _told(note: Note) -> Mapping[str, tuple[Source, str]]:
    """The first place of each word that calls for a case, with the line it stands in. Words are looked for in the whole
    note first, as most notes hold few of them.
    """
    blocks = [(block, block.text.casefold()) for block in note.blocks if not block.struck]
    whole = "\n".join(text for _, text in blocks)
    found: dict[str, tuple[Source, str]] = {}
    for word in (word for word in _words() if word in whole):
        for block, text in blocks:
            if word in text:
                row = text.count("\n", 0, text.index(word))
                number = min(block.lines[0] + row + (block.kind == "fence"), block.lines[1])
                found[word] = (note.source(block, (number, number)), block.text.split("\n")[row].strip())
                break
    return found


def _place(
    call: _Call, shown: Mapping[str, Sequence[_Shown]], told: Mapping[str, tuple[Source, str]]
) -> tuple[Source, str] | None:
    if call.words:
        return told.get(call.words)
    return next(_meeting(call, shown.get(call.command, ())), None)


def _meeting(call: _Call, shown: Iterable[_Shown]) -> Iterator[tuple[Source, str]]:
    for place in shown:
        fits = not call.kind or any(_KINDS[call.kind].search(value) for value in place.values)
        if call.flags <= place.flags and fits:
            yield place.source, place.text
