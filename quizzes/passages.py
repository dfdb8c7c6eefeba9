"""Passages: what several facts were read from in the same words, so that one sentence is not asked again and again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from notes.facts import CautionFact, ContrastFact, Fact, PropertyFact, QuantityFact, SequenceFact

NEAR = 3  # lines a fact may span to belong to a sentence on one of them
SAYS_SOMETHING = 4  # letters of a part from which it is looked for in a sentence
_BARE = re.compile(r"[\W_]+")


def passages(facts: Iterable[Fact]) -> Mapping[str, Sequence[str]]:
    """Give for each fact of prose the passages it stands in, each named by the first fact read from it; other facts,
    and those that share their words with no other, have none.
    """
    facts, found = list(facts), dict[str, Sequence[str]]()
    by_line: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for one in facts:
        if isinstance(one, PropertyFact | CautionFact | QuantityFact):
            text, place = _BARE.sub("", one.sentence).casefold(), (one.source.file, one.source.lines[0])
            known = by_line.setdefault(place, [])
            name = next((name for said, name in known if text in said or said in text), one.id)
            known.append((text, name))
            found[one.id] = (name,)
    for other in facts:
        if isinstance(other, ContrastFact | SequenceFact) and other.source.lines[1] - other.source.lines[0] < NEAR:
            lines = range(other.source.lines[0], other.source.lines[1] + 1)
            near = [said for line in lines for said in by_line.get((other.source.file, line), ())]
            found[other.id] = tuple(dict.fromkeys(name for text, name in near if any(part in text for part in _parts(other))))
    return found


def _parts(fact: ContrastFact | SequenceFact) -> list[str]:
    texts = fact.steps if isinstance(fact, SequenceFact) else (fact.first_value, fact.second_value)
    bare = (_BARE.sub("", text).casefold() for text in texts)
    return [text for text in bare if len(text) >= SAYS_SOMETHING]
