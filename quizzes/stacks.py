"""Stacks that notes set side by side: the layers of one thing, and the layers of what is compared with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from notes.facts import Fact, SequenceFact

SHARED = 3  # layers that two stacks have in common, so that they are stacks of one sort


def side_by_side(facts: Sequence[Fact]) -> Iterator[tuple[SequenceFact, SequenceFact]]:
    """Give each two stacks of sibling sections of which one has a single layer where the other has others; that one first."""
    sections: dict[tuple[str, ...], list[SequenceFact]] = {}
    for fact in facts:
        if isinstance(fact, SequenceFact) and len(fact.source.heading) > 1:
            sections.setdefault((fact.source.file, *fact.source.heading[:-1]), []).append(fact)
    for beside in sections.values():
        for one, other in combinations(beside, 2):
            if one.source.heading != other.source.heading:
                yield from [pair for pair in ((other, one), (one, other)) if exchanged(*pair)][:1]


def exchanged(fact: SequenceFact, other: SequenceFact) -> tuple[str, tuple[str, ...]] | None:
    """Give the one layer of a stack in which it differs from another, and the layers that stand there in the other."""
    spans = SequenceMatcher(None, fact.steps, other.steps, autojunk=False).get_opcodes()
    differ = [span for span in spans if span[0] != "equal"]
    same = sum(span[2] - span[1] for span in spans if span[0] == "equal")
    if len(differ) != 1 or differ[0][0] != "replace" or same < SHARED:
        return None
    _, start, end, first, last = differ[0]
    return (fact.steps[start], other.steps[first:last]) if end - start == 1 else None


def runs(stack: SequenceFact, layers: Sequence[str]) -> list[tuple[str, ...]]:
    """Give some layers of a stack that lie upon one another, and then all others of as many."""
    count = len(layers)
    every = [stack.steps[start : start + count] for start in range(len(stack.steps) - count + 1)]
    return [tuple(layers), *(run for run in every if run != tuple(layers))]
