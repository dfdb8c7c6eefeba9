"""Facts that belong together, in hands of four or five, for questions that ask about several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from notes.facts import CommandFact, Fact, RowFact
from quizzes.context import Context
from quizzes.distractors import alike
from quizzes.draws import draw
from quizzes.earlier import Earlier
from quizzes.kinds.build import usable
from quizzes.leaks import leaks, one_tells_other
from quizzes.telling import lonely
from quizzes.topics import subject_of
from quizzes.twins import signs_like
from quizzes.wording.tidy import code

F = TypeVar("F", bound=Fact)
HAND = 4
NEAR = 12  # members in front that a new one is held against
LARGEST = 5
NEIGHBOURS = 12  # so far from a fact others are looked at
MOST_TOLD = 1  # pairs of a hand that nothing but their names tell


@dataclass(frozen=True)
class Member:
    """One fact of a group: its left side (an option, a command, a term) and what is said of it."""

    fact: Fact
    left: str
    right: str


@dataclass(frozen=True)
class Group:
    """Facts of one kind about one thing."""

    kind: str  # "flags", "commands", "terms", "columns" or "sentences" of one shape
    about: str  # the command the options or columns belong to, the heading, or ""
    members: tuple[Member, ...]


def groups(context: Context) -> tuple[Group, ...]:
    """Give all groups of the notes, in hands of at least HAND members, left and right sides all different."""
    return context.once(("groups",), lambda: tuple(_groups(context)))


def _groups(context: Context) -> Iterator[Group]:
    for command, flags in context.flags.items():
        yield from _hands(
            "flags",
            command,
            _untold(_members(flags, context, lambda fact: code(fact.flag), lambda fact: fact.meaning)),
            context.earlier,
        )
    for column_command, columns in context.columns.items():
        members = _members(columns, context, lambda fact: code(fact.column), lambda fact: fact.meaning)
        yield from _hands("columns", column_command, members, context.earlier)
    for commands in _of_one_tool(context):
        for heading, section in _sections(commands):
            members = _members(section, context, lambda fact: code(fact.command), lambda fact: fact.purpose)
            yield from _hands("commands", heading, _untold(members), context.earlier)
    for heading, terms in _sections(context.definitions, joined=False):
        members = _members(terms, context, lambda fact: context.wording(fact).term(fact.term), lambda fact: fact.definition)
        for sort in _sorts(_untold(members)):
            yield from _hands("terms", heading, sort, context.earlier)

    for column in _columns_of_rows(context):
        yield from _hands("rows", f"{column[0].sort}\n{column[0].attribute}", _untold(_pairs(column, context)), context.earlier)
    for frame, facts in context.framed_facts():
        wording = context.wording(facts[0])
        members = [Member(fact, wording.prose(fact.subject), wording.prose(fact.keywords[0])) for fact in facts]
        yield from _hands("sentences", wording.prose(frame), members, context.earlier)


def _columns_of_rows(context: Context) -> Iterator[list[RowFact]]:
    """Give the cells of each column of each table whose values tell its rows apart."""
    for cells in context.rows.values():
        columns: dict[tuple[str, str], list[RowFact]] = {}
        for cell in cells:
            columns.setdefault((cell.sort, cell.attribute), []).append(cell)
        yield from columns.values()


def _pairs(column: Sequence[RowFact], context: Context) -> list[Member]:
    members: list[Member] = []
    for fact in column:
        wording = context.wording(fact)
        member = Member(fact, wording.term(fact.name), wording.term(fact.value))
        near = members[-NEAR:]  # those of one hand stand side by side
        clash = any(alike(member.right, other.right) or fact.language != other.fact.language for other in near)
        if not clash and not one_tells_other(fact.name, fact.value):
            members.append(member)
    return members


def _of_one_tool(context: Context) -> Iterator[list[CommandFact]]:
    """Give the commands tool by tool, those of tools with few lines together."""
    small: list[CommandFact] = []
    for commands in context.tool_commands.values():
        if len(commands) >= HAND:
            yield commands
        else:
            small += commands
    yield small


def _members(facts: Sequence[F], context: Context, left: Callable[[F], str], right: Callable[[F], str]) -> list[Member]:
    members: list[Member] = []
    for fact in facts:
        name, meaning = left(fact), context.wording(fact).choice(right(fact))
        clash = any(
            name == other.left
            or alike(meaning, other.right)
            or fact.language != other.fact.language
            or fact.source.file != other.fact.source.file
            for other in members[-NEAR:]
        )
        if usable(right(fact), fact, context) and not clash and not leaks(meaning, name):
            members.append(Member(fact, name, meaning))
    return members


def _sorts(members: Sequence[Member]) -> Iterable[list[Member]]:
    """Part signs of one kind from those of others, which nobody would take for them."""
    sorts: dict[tuple[str, ...], list[Member]] = {}
    for member in members:
        sorts.setdefault(signs_like(member.left.strip("`")), []).append(member)
    return sorts.values()


def _untold(members: Sequence[Member]) -> list[Member]:
    """Leave out what anyone can pair who reads English: a left side that tells its right side, and no other near by."""
    return [
        member
        for place, member in enumerate(members)
        if not _told(member, members[max(0, place - NEIGHBOURS) : place + NEIGHBOURS])
    ]


def _told(member: Member, members: Sequence[Member]) -> bool:
    return lonely(member.left.strip("`"), member.right, [other.right for other in members if other is not member])


def _hands(kind: str, about: str, members: Sequence[Member], earlier: Earlier) -> Iterator[Group]:
    """Cut the members into hands; the last ones join the hand before unless they fill one. A hand that was dealt in an
    earlier bank is dealt again.
    """
    by_id = {member.fact.id: member for member in members}
    for hand in earlier.hands(by_id):
        if by_id.keys() >= set(hand):  # no other hand has dealt one of them
            yield Group(kind, about, tuple(by_id.pop(identity) for identity in hand))
    members = list(by_id.values())
    for start in range(0, len(members) - HAND + 1, HAND):
        left_over = len(members) - start - HAND
        end = start + HAND + (left_over if left_over <= LARGEST - HAND else 0)
        dealt = tuple(members[start:end])
        if kind == "columns" or sum(_told(member, dealt) for member in dealt) <= MOST_TOLD:
            yield Group(kind, about, dealt)


def _sections(facts: Sequence[F], joined: bool = True) -> Iterator[tuple[str, list[F]]]:
    """Give the facts section by section, and what small sections hold together: commands of one tool are of a sort,
    terms are not.
    """
    sections: dict[tuple[str, ...], list[F]] = {}
    for fact in facts:
        sections.setdefault((fact.source.file, *fact.source.heading), []).append(fact)
    small: list[F] = []
    for path, members in sections.items():
        if len(members) >= HAND:
            yield subject_of(path[-1]), members
        elif joined:
            small += members
    yield "", small


def is_judged(group: Group) -> bool:
    """Tell whether a group becomes statements to judge (multiple answers); else its parts are paired
    (matching).
    """
    return group.kind in ("flags", "commands", "terms") and draw("".join(member.fact.id for member in group.members), 2) == 0
