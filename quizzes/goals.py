"""What a typed command is asked for, wholly: what it works on by name, and what sets it apart from its like.

A caption of a note says as much as its reader needs beside the line: "end the container". Who has only the caption may
answer with `docker kill` as well as with `docker stop`. So well-known lines have a goal of their own that leaves one
answer, together with the other lines that reach it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from notes.facts import CommandFact, Language
from quizzes.commands import Simple, canonical_line
from quizzes.distractors.lines import is_name_only, whole
from quizzes.names import Name, names_in
from quizzes.wording.base import data_rows
from quizzes.wording.tidy import code

_WORD = re.compile(r"[A-Z]{2,}!?")
_GIVEN = re.compile(r"\{(/?)([A-Z]+)((?:\.\w+)?)\}")
_MAYBE = re.compile(r"\[([^\[\]]+)\] ")
#: What a word of a line may be; any other is a word without a dash in front.
_SHAPES = {
    "FILE": r"[^-\s%]\S*\.\S+",
    "OTHER": r"[^-\s%]\S*\.\S+",
    "BRANCH": r"(?!HEAD\b|ORIG_HEAD\b)[^-.\s:~^/][^.\s:~^]*",
    "COMMIT": r"[0-9a-f]{6,40}|HEAD[~^]\d*|(?!HEAD\b)[a-z][\w-]*",
    "UPSTREAM": r"[\w-]+/[\w./-]+",
    "REMOTE": r"[A-Za-z][\w-]*",
    "MESSAGE": r"[^-].*",
    "NAME": r"[^-].*",
    "PID": r"\d+",
    "JOB": r"\d+",
    "NUMBER": r"\d+",
    "SECONDS": r"\d+",
    "HOSTPORT": r"\d+",
    "PORT": r"\d+",
    "POLICY": r"[a-z][a-z-]+(?::\d+)?",
    "VOLUME": r"[A-Za-z0-9][\w.-]*",
    "DIR": r"[\w./-]+",
    "PATTERN": r"[^-\s^$*.\[\]|\\]+",
    "USER": r"[a-z][\w-]*",
    "GROUP": r"[a-z][\w-]*",
    "COPY": r"\.?/?[\w-][\w./-]*",
    "MODE": r"[0-7]{3,4}",
    "CONTAINER": r"[A-Za-z0-9][\w-]*",
    "UNIT": r"[a-z][\w-]*",
    "POD": r"[a-z][\w-]*",
    "ARCHIVE": r"[^-\s]\S*",
    "PATH": r"/?[^-\s:/]\S*",
    "HOSTPATH": r"\.{0,2}/?[^-\s:/.][^\s:]*",
    "FOLDER": r"\.?/?[\w-][\w/-]*",
}
_ANY = r"[^-\s]\S*"
#: Kinds of names that a word stands for; a name of another kind does not fit it.
_KINDS = {
    "CONTAINER": ("container",),
    "IMAGE": ("image", "own image", "new image"),
    "NETWORK": ("network",),
    "VOLUME": ("volume",),
}


@dataclass(frozen=True)
class Goal:
    """What is asked, and the lines that are right answers."""

    text: str  # a wish in the language of the question, names as code
    lines: tuple[str, ...]  # the first is the one the row begins with


@dataclass(frozen=True)
class _Row:
    lines: tuple[str, ...]  # each with and without the options that may be there or not
    line: Simple  # the one of them that a note's line is held against
    strict: frozenset[str]  # words that need a name of their kind
    texts: Mapping[Language, str]


def known_goal(fact: CommandFact) -> tuple[str, Goal] | None:
    """Give the line of a fact, completed where it is a bare name, and its goal; None where none is known."""
    if is_name_only(fact):
        found = whole(fact.command, fact.purpose)
        line, names = found.line, found.names
    else:
        line, names = fact.command, names_in(fact)
    goal = goal_of(line, names, fact.language)
    return (line, goal) if goal else None


@lru_cache(maxsize=1024)
def goal_of(line: str, names: tuple[Name, ...], language: Language) -> Goal | None:
    """Give the goal of a line; None for lines that are not well known.

    :param names: the names in the line whose kind is known
    """
    read = canonical_line(line)
    if read is None or len(read.commands) != 1:
        return None
    command = read.commands[0]
    kinds = {name.text: name.kind for name in names}
    for row in _rows().get(command.name, ()):
        words = _words(row.line, command)
        if words is not None and _of_kind(row, words, kinds):
            return Goal(_told(row.texts[language], words), tuple(_filled(form, words) for form in row.lines))
    return None


def _of_kind(row: _Row, words: Mapping[str, str], kinds: Mapping[str, str]) -> bool:
    for word, value in words.items():
        kind = kinds.get(value, "")
        if kind not in _KINDS.get(word, (kind,)) and (kind or word in row.strict):
            return False
    return True


def _told(text: str, words: Mapping[str, str]) -> str:
    return _GIVEN.sub(lambda found: code(found[1] + words[found[2]] + found[3]), text)


def _filled(line: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: _quoted(words.get(found.group().rstrip("!"), found.group())), line)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


def _words(row: Simple, command: Simple) -> dict[str, str] | None:
    """Match a row's command with a line's: the words, or None where they are different commands."""
    if (len(row.options), len(row.operands)) != (len(command.options), len(command.operands)):
        return None
    if row.redirects != command.redirects or command.variables:
        return None
    options = list(zip(row.options, command.options, strict=True))  # both are sorted
    if any(asked != given for (asked, _), (given, _) in options):
        return None
    told: dict[str, str] = {}
    values = [(asked, given) for (_, asked), (_, given) in options]
    for pattern, text in [*values, *zip(row.operands, command.operands, strict=True)]:
        if pattern == text and not _WORD.search(pattern):
            continue
        found = _pattern(pattern).fullmatch(text) if _WORD.search(pattern) else None
        if found is None or any(told.setdefault(word, value) != value for word, value in found.groupdict().items()):
            return None
    return told


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def group(found: re.Match[str]) -> str:
        word = found.group().rstrip("!")
        if word in _LITERAL or word in seen:
            return word
        seen.add(word)
        return f"(?P<{word}>{_SHAPES.get(word, _ANY)})"

    return re.compile(_WORD.sub(group, re.escape(text).replace(r"\!", "!")))


#: Words in capitals that stand for themselves.
_LITERAL = frozenset(["HEAD", "KILL", "SIGKILL", "TERM", "SIGTERM", "STOP", "SIGSTOP", "CONT", "SIGCONT"])


@cache
def _rows() -> Mapping[str, Sequence[_Row]]:
    """The rows by command: what a row begins with comes before what is only another answer of a row."""
    rows: dict[str, list[_Row]] = defaultdict(list)
    for _, row in sorted(_read(), key=lambda found: found[0]):
        rows[row.line.name].append(row)
    return rows


def _read() -> Iterator[tuple[bool, _Row]]:
    """Read each row once for each of its lines, with whether it is another answer only."""
    for row in data_rows("goals.txt"):
        told, zh, en = (part.strip() for part in row.split(" | "))
        forms = [(bool(place), form) for place, line in enumerate(told.split(" = ")) for form in _with_and_without(line)]
        lines = tuple(dict.fromkeys(form for _, form in forms))
        for other, form in forms:
            read = canonical_line(form)
            if read is None:
                raise ValueError(f"goals.txt: no command in {form!r}")
            strict = frozenset(word.rstrip("!") for word in _WORD.findall(form) if word.endswith("!"))
            yield other, _Row(lines, read.commands[0], strict, {"zh": zh, "en": en})


def _with_and_without(line: str) -> list[str]:
    """Give the lines that a line with options in brackets stands for, the one without any first."""
    parts: Iterable[str] = _MAYBE.split(line)
    choices = [(part,) if place % 2 == 0 else ("", f"{part} ") for place, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]
