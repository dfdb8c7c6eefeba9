"""Terms and definitions that could be meant."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from notes.facts import DefinitionFact
from quizzes.context import Context, same_section
from quizzes.distractors.texts import (
    FEW,
    WANTED,
    alike,
    core,
    pick_texts,
    usable,
)
from quizzes.twins import family, signs_like
from quizzes.typed import normal
from quizzes.wording.tidy import has_han, looks_like_code

SHORT = 2  # characters of a sign
DOUBLE = 62  # rapidfuzz ratio from which one description may be taken for another


def other_terms(fact: DefinitionFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give terms of other definitions: of the family, of the section, of the note."""
    wording = context.wording(fact)
    named = [other for other in context.siblings(fact, context.definitions) if not _names_one(other, fact)]
    siblings = of_one_sort(fact, named)
    beside = [other.term for other in siblings if other.source.heading == fact.source.heading]
    one_section = [other.term for other in siblings if same_section(fact, other)]
    kin = family(fact.term)
    related = kin if set(kin) & {other.term for other in siblings} else []
    shown = context.earlier.shown(seed)
    found = pick_texts(fact.term, [beside, related], wording, seed, most, shown)
    if len(found) >= FEW:
        return found
    shape = shape_of_term(fact.term)
    far = [term for term in (*one_section, *(other.term for other in siblings)) if shape_of_term(term) == shape]
    return pick_texts(fact.term, [found, far], wording, seed, most, shown)


def shape_of_term(term: str) -> str:
    """What a term looks like: among signs, short forms, numbers or words a thing of another sort stands out."""
    if has_han(term):
        return "han"
    if term[:1].isdigit():
        return "number"
    if looks_like_code(term):
        return "text" if term[:1] in "'\"" else "call" if term.endswith(")") else "code"
    return "short form" if term.isupper() and " " not in term else "words"


def _names_one(other: DefinitionFact, fact: DefinitionFact) -> bool:
    return bool(_names(other) & _names(fact)) or alike(other.definition, fact.definition)


def _names(fact: DefinitionFact) -> frozenset[str]:
    return frozenset(normal(name) for name in (fact.term, fact.alias) if name)


def has_double(fact: DefinitionFact, context: Context) -> bool:
    """Tell whether a term near by is described nearly alike, so that it could be typed as well: ADD and COPY."""
    near = context.siblings(fact, context.definitions)
    return any(fuzz.ratio(core(other.definition), core(fact.definition)) >= DOUBLE for other in near)


def other_definitions(fact: DefinitionFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give definitions of other terms: of the same section and shape first."""
    wording = context.wording(fact)
    siblings = _defined_beside(fact, context)
    beside = [other for other in siblings if other.source.heading == fact.source.heading]
    one_section = [other for other in siblings if same_section(fact, other)]
    key, shown = wording.choice(fact.definition), context.earlier.shown(seed)
    found = pick_texts(key, [[wording.choice(other.definition) for other in beside]], wording, seed, most, shown)
    if len(found) >= FEW:
        return found
    shape = shape_of_term(fact.term)
    like = [[other for other in group if shape_of_term(other.term) == shape] for group in (one_section, siblings)]
    texts = [[wording.choice(other.definition) for other in _of_one_shape_first(fact, group)[0]] for group in like]
    return pick_texts(key, [found, *texts], wording, seed, most, shown)


def near_definitions(fact: DefinitionFact, context: Context, seed: str, most: int) -> list[str]:
    """Give definitions of terms of the same section: what could be said of the fact's term with a straight face."""
    wording = context.wording(fact)
    shape = shape_of_term(fact.term)
    beside = (other for other in _defined_beside(fact, context) if other.source.heading == fact.source.heading)
    near = [other for other in beside if shape_of_term(other.term) == shape]
    texts = [[wording.choice(other.definition) for other in tier] for tier in _of_one_shape_first(fact, near)]
    return pick_texts(wording.choice(fact.definition), texts, wording, seed, most, context.earlier.shown(seed))


def of_one_sort(fact: DefinitionFact, others: Sequence[DefinitionFact]) -> list[DefinitionFact]:
    """Keep the signs of one kind with a sign, classes of users apart from permissions: those of another kind fall out by
    themselves. Signs nobody listed are of one kind when their descriptions end alike.
    """
    if len(fact.term.strip("`")) > SHORT:
        return list(others)
    if like := signs_like(fact.term.strip("`")):
        return [other for other in others if other.term.strip("`") in like]
    ending = [other for other in others if _ending(other.definition) == _ending(fact.definition)]
    return ending if len(ending) >= FEW else list(others)


def _ending(text: str) -> str:
    return core(text)[-2:] if has_han(text) else text.rsplit(" ", 1)[-1]


def _defined_beside(fact: DefinitionFact, context: Context) -> list[DefinitionFact]:
    wording = context.wording(fact)
    return [
        other
        for other in of_one_sort(fact, context.siblings(fact, context.definitions))
        if usable(other.definition, wording)
        and not _names_one(other, fact)
        and other.term not in fact.definition
        and fact.term not in other.definition
    ]


def _of_one_shape_first(
    fact: DefinitionFact, others: Sequence[DefinitionFact]
) -> tuple[list[DefinitionFact], Sequence[DefinitionFact]]:
    """Put definitions that begin like the fact's in front: "a tool that …" beside "an agent that …"."""
    shape = _shape_of(fact.definition)
    return [other for other in others if _shape_of(other.definition) == shape], others


def _shape_of(text: str) -> str:
    first = text.split(" ", 1)[0].casefold()
    if first in ("a", "an", "the"):
        return "noun"
    return "verb" if first.isascii() and first.endswith("s") and len(first) > 3 else "other"
