"""Sentences of one section that are judged together: which of them are right?"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from notes.facts import CautionFact, PropertyFact
from notes.wording import is_label
from quizzes.context import Context
from quizzes.distractors import alike
from quizzes.falsehoods import falsehoods
from quizzes.keywords import typed_keywords_of
from quizzes.sentences import ended
from quizzes.topics import subject_of
from quizzes.twins import Swap

HAND = 4
FALSE = 2  # sentences of a hand that are shown in a false version
LONGEST = 90  # as `Wording.length` counts: more than four of those nobody reads with care
_BARE_TITLES = frozenset({"区别", "概念", "介绍", "简介", "基本概念", "说明", "differences", "concepts", "basics"})


@dataclass(frozen=True)
class Said:
    """A sentence of the notes with a false version; None where there is none."""

    fact: PropertyFact | CautionFact
    false: Swap | None


#: The path of the heading they stand under, and the sentences.
Hand = tuple[tuple[str, ...], list[Said]]


def hands(context: Context) -> Iterator[Hand]:
    """Give the sentences of each section in hands of four, each with two that can be made false at least, and
    the heading they stand under. What is left of small sections is joined under the heading above them.
    """
    sections: dict[tuple[str, ...], list[Said]] = {}
    for said in _pool(context):
        sections.setdefault((said.fact.source.file, *said.fact.source.heading), []).append(said)
    while sections:
        left: dict[tuple[str, ...], list[Said]] = {}
        for path, members in sections.items():
            again, members = _again(members, context)
            yield from ((path, hand) for hand in again)
            rest = yield from _dealt(path, members, context)
            if len(path) > 2 and rest:
                left.setdefault(path[:-1], []).extend(rest)
        sections = left


def _again(members: Sequence[Said], context: Context) -> tuple[list[list[Said]], list[Said]]:
    """Give the hands that were dealt in an earlier bank and still hold one that can be made false, and who is left."""
    by_id = {said.fact.id: said for said in members}
    dealt: list[list[Said]] = []
    for hand in context.earlier.hands(by_id):
        if by_id.keys() >= set(hand) and sum(by_id[identity].false is not None for identity in hand) >= FALSE:
            dealt.append([by_id.pop(identity) for identity in hand])
    return dealt, list(by_id.values())


def _dealt(path: tuple[str, ...], members: Sequence[Said], context: Context) -> Generator[Hand, None, list[Said]]:
    """Deal the sentences of a section so that each hand holds two that can be made false; give the rest back."""
    able = [said for said in members if said.false]
    plain = sorted((said for said in members if not said.false), key=_asked_elsewhere)
    while len(able) >= FALSE and len(able) + len(plain) >= HAND and about(path, context):
        hand, able = able[:FALSE], able[FALSE:]
        for pile in (plain, able):
            taken = _unlike(pile, hand)
            hand += taken
            for said in taken:
                pile.remove(said)
        if len(hand) < HAND:
            return [*hand, *able, *plain]
        yield path, hand
    return [*able, *plain]


def _unlike(pile: Sequence[Said], hand: Sequence[Said]) -> list[Said]:
    """Take sentences until the hand is full, none of which says what another one says."""
    taken: list[Said] = []
    for said in pile:
        beside = [*hand, *taken]
        if len(beside) < HAND and not any(alike(said.fact.sentence, other.fact.sentence) for other in beside):
            taken.append(said)
    return taken


def _asked_elsewhere(said: Said) -> bool:
    """Tell whether a word of the sentence can be asked for by itself; those without one come first here."""
    return isinstance(said.fact, PropertyFact) and bool(typed_keywords_of(said.fact))


def about(path: tuple[str, ...], context: Context) -> str:
    """Name what a section is about: its heading, or the one above where its own says little."""
    titles = [title for title in path[1:] if not is_label(title)]
    if len(path) < 3:
        return ""  # the title of the whole note says nothing
    while len(titles) > 1 and titles[-1].casefold() in _BARE_TITLES:
        titles.pop()
    return subject_of(context.corrected(titles[-1])) if titles else ""


def _pool(context: Context) -> Iterator[Said]:
    for fact in context.facts:
        if isinstance(fact, PropertyFact | CautionFact) and not context.is_framed(fact):
            wording = context.wording(fact)
            short = wording.length(fact.sentence) <= LONGEST
            if short and wording.usable(fact.sentence) and not context.about_example(fact.sentence):
                yield Said(fact, next(falsehoods(fact, context), None))


def true_text(said: Said, context: Context) -> str:
    return ended(said.fact.sentence, context.wording(said.fact))


def false_text(said: Said, context: Context) -> str:
    return ended(said.false.sentence, context.wording(said.fact)) if said.false else ""
