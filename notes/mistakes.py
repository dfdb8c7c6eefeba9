"""What notes often get wrong of commands, options and signs: held against a list, reported and never asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notes.facts import (
    CautionFact,
    CommandFact,
    DefinitionFact,
    Fact,
    FlagFact,
    PropertyFact,
    RowFact,
    Suspicion,
)
from notes.grammar import canonical, find_option, knows

_DATA = Path(__file__).parent / "data" / "mistakes.txt"
_CLAUSES = re.compile(r"[，。；！？]|[,;.!?](?=\s)")
#: What turns a clause into its opposite: "never publishes the port" is right where "publishes the port" is not.
_DENIED = re.compile(r"[不没未非无勿]|(?<!\w)(?:not|never|no|without|cannot|instead of|rather than)(?!\w)|n['’]t(?!\w)", re.I)
_COMMAND = re.compile(r"(?<![\w-])[a-z]+ [a-z]+(?![\w-])", re.ASCII)
_CHAINED = re.compile(r"[|;&]|\$\(|`")


@dataclass(frozen=True)
class Mistake:
    """Something said of a subject that is not so."""

    subject: str  # "git reset --soft", or "chmod *" for all that is said of chmod
    pattern: re.Pattern[str]
    right: str


def mistaken(fact: Fact, title: str) -> Iterator[Suspicion]:
    """Report a fact that says what is known to be wrong."""
    subjects, text = _said(fact)
    for mistake in _of(subjects, " ".join((title, *fact.source.heading))) if subjects else ():
        if any(_asserted(found, subjects) for found in mistake.pattern.finditer(text)):
            yield Suspicion(fact.source, "contradicts the tool", text, mistake.right)


def _asserted(found: re.Match[str], subjects: tuple[str, ...]) -> bool:
    """Tell whether the words found are said of the subject: neither denied in their clause nor said of another subject,
    as in "RUN runs at build time, and CMD when the container starts".
    """
    clause = _CLAUSES.split(found.string[: found.start(found.lastindex or 0)])[-1]
    listed = any(_names(clause, other) for other in _list() if other not in subjects)
    return not (_DENIED.search(clause) or listed or any(not _own(command, subjects) for command in _commands(clause)))


def _own(command: str, subjects: tuple[str, ...]) -> bool:
    return any(subject.startswith(command) for subject in subjects)


def _names(clause: str, subject: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(subject)}(?![\w-]| -)", clause, re.ASCII) is not None


def _commands(clause: str) -> Iterator[str]:
    """Give the commands that a clause names: "docker rm" in "再用 `docker rm` 删除容器"."""
    return (found.group() for found in _COMMAND.finditer(clause) if knows(found.group()))


def _said(fact: Fact) -> tuple[tuple[str, ...], str]:
    """What a fact speaks of, in the spellings it may have, and what it says of that."""
    if isinstance(fact, FlagFact):
        known = find_option(fact.command, fact.flag)
        spelled = dict.fromkeys((fact.flag, *fact.aliases, *(known.flags if known else ())))
        return tuple(f"{canonical(fact.command)} {flag}" for flag in spelled), fact.meaning
    if isinstance(fact, CommandFact):
        alone = () if _CHAINED.search(fact.command) else (f"{fact.name} {_only_option(fact)}".strip(),)
        return (fact.command, *alone), fact.purpose
    if isinstance(fact, DefinitionFact):
        return (fact.term,), fact.definition
    if isinstance(fact, RowFact):
        return (fact.name,), fact.value
    if isinstance(fact, PropertyFact | CautionFact):
        return (fact.subject.strip("`"),), fact.sentence
    return (), ""


def _only_option(fact: CommandFact) -> str:
    """The one option of a line; two do more than either does alone, and none leaves the command's own name."""
    options = re.findall(r"(?<=\s)--?[A-Za-z0-9][\w-]*", fact.command)
    return options[0] if len(options) == 1 else " ".join(("-", *options)) if options else ""


def _of(subjects: tuple[str, ...], about: str) -> Iterator[Mistake]:
    for subject in subjects:
        yield from _list().get(subject, ())
    words = set(re.findall(r"[a-z][\w-]+", f"{about} {' '.join(subjects)}".casefold()))
    for tool, mistakes in _of_tools().items():
        if tool in words:
            yield from mistakes


@cache
def _list() -> dict[str, list[Mistake]]:
    found: dict[str, list[Mistake]] = {}
    for row in _DATA.read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            subject, pattern, right = row.split(" | ")
            found.setdefault(subject, []).append(Mistake(subject, re.compile(pattern, re.I), right))
    return found


@cache
def _of_tools() -> dict[str, list[Mistake]]:
    return {subject.removesuffix(" *"): found for subject, found in _list().items() if subject.endswith(" *")}
