"""Which lines of a note are asked, and which never are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from notes.facts import Reading
from quizzes.questions import Question


@dataclass(frozen=True)
class Coverage:
    """The map of one note. Lines count from 1; blank lines are in neither part."""

    file: str
    asked: dict[int, tuple[str, ...]]  # line -> ids of the questions that ask it, in the order of the bank
    read_only: tuple[int, ...]  # lines a fact was read from that no question asks
    silent: tuple[int, ...]  # lines nothing was read from
    sections: tuple[
        tuple[str, int], ...
    ]  # innermost headings in the order of the note and how many questions they have

    @property
    def never_asked(self) -> tuple[int, ...]:
        return tuple(sorted((*self.read_only, *self.silent)))

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "file": self.file,
            "asked": {str(line): list(ids) for line, ids in self.asked.items()},
            "read_only": list(self.read_only),
            "silent": list(self.silent),
            "sections": [{"heading": heading, "questions": count} for heading, count in self.sections],
        }


def coverage(reading: Reading, questions: Iterable[Question]) -> Coverage:
    """Map the questions of a bank onto the lines of one of its notes. Questions of other notes are passed
    over.
    """
    lines_of = {fact.id: fact.source.lines for fact in reading.facts}
    asked: dict[int, list[str]] = {}
    sections = {fact.source.heading[-1]: 0 for fact in reading.facts if fact.source.heading}
    for question in questions:
        if question.source.file != reading.file:
            continue
        spans = [question.source.lines, *(lines_of[fact] for fact in question.facts if fact in lines_of)]
        for line in sorted({line for first, last in spans for line in range(first, last + 1)}):
            asked.setdefault(line, []).append(question.id)
        if question.source.heading:
            sections[question.source.heading[-1]] = sections.get(question.source.heading[-1], 0) + 1
    written = {number for number, line in enumerate(reading.text.split("\n"), 1) if line.strip()}
    read = {line for first, last in lines_of.values() for line in range(first, last + 1)} & written
    return Coverage(
        reading.file,
        {line: tuple(asked[line]) for line in sorted(asked) if line in written},
        tuple(sorted(read - set(asked))),
        tuple(sorted(written - read - set(asked))),
        tuple(sections.items()),
    )
