"""False versions of a true sentence: one meaningful thing exchanged, and nothing that may stay true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from notes.facts import CautionFact, PropertyFact
from notes.note import compared_terms
from notes.wording import starts_with_action
from quizzes import distractors
from quizzes.context import Context
from quizzes.draws import question_id
from quizzes.keywords import is_generic, keywords_of
from quizzes.sentences import replaced
from quizzes.twins import Swap, partner, swaps

#: Words that say more of one of two compared things than of the other, so that exchanging the two turns it round.
_MORE = re.compile(r"更(?!新|改|换|多的)|擅长|取代|\b(?:more|less|better|worse|faster|slower|smaller|larger|heavier)\b")

#: A longer time is also within the bounds: "it starts within hours" stays true of what starts within seconds.
_TIMES = re.compile(r"秒|分钟|小时|\b(?:seconds?|minutes?|hours?)\b")
_WITHIN = re.compile(r"\s?(?:之内|以内|内)")


def falsehoods(fact: PropertyFact | CautionFact, context: Context) -> Iterator[Swap]:
    """Give false versions of a sentence, the best first: a value of the same kind, the other of two compared
    things, the twin of a word.
    """
    yield from _turned(fact, context)
    seed, wording = question_id("true_false", "truth", (fact.id,)), context.wording(fact)
    text = context.text(fact)
    for keyword in (word for word in keywords_of(fact) if not is_generic(word)):
        values = distractors.other_values(keyword, fact.sentence, wording, seed, 1)
        twin = partner(keyword, fact.language)
        if twin and twin in fact.sentence:
            yield from _in_each_others_place(fact.sentence, keyword, twin)
            continue  # a third word would stand beside the twin and give itself away
        for other in islice(chain(context.framed(fact, keyword), values), 1):
            false = replaced(fact.sentence, keyword, other)
            if false and false not in text and _surely_false(keyword, fact.sentence):
                yield Swap(false, keyword, other)
    yield from _exchanged(fact, context)
    for swap in swaps(fact.sentence, fact.language, text, keywords_of(fact)):
        if _surely_false(swap.right, fact.sentence):
            yield swap


def _in_each_others_place(sentence: str, word: str, twin: str) -> Iterator[Swap]:
    """Exchange two words that each have a clause of their own: "A is kept by the client, B by the server"."""
    parts = re.split(f"({re.escape(word)}|{re.escape(twin)})", sentence)
    if word in twin or twin in word:
        return  # 需要 inside 不需要: the two clauses say different things
    if len(parts) == 5 and parts[1] != parts[3] and re.search("[，；,;]", parts[2]):
        turned = "".join([parts[0], parts[3], parts[2], parts[1], parts[4]])
        yield Swap(turned, sentence.rstrip("。."), turned.rstrip("。."))


def _surely_false(word: str, sentence: str) -> bool:
    """Tell whether a sentence is false without the word: not where another bound or another deed fits as well."""
    within = _WITHIN.match(sentence.partition(word)[2])
    return not within and not (starts_with_action(word) and _TIMES.search(sentence))


def _turned(fact: PropertyFact | CautionFact, context: Context) -> Iterator[Swap]:
    """Exchange the two things of a sentence that says how they differ."""
    told = context.contrast_of.get(fact.text) or context.contrast_of.get(fact.text.rstrip("。."))
    if told is None or told.dimension:
        return
    parts = re.split(f"({re.escape(told.first)}|{re.escape(told.second)})", fact.sentence)
    if parts[1::2] == [told.first, told.second]:
        turned = "".join([parts[0], told.second, parts[2], told.first, *parts[4:]])
        yield Swap(turned, fact.sentence.rstrip("。"), turned.rstrip("。"))


def _exchanged(fact: PropertyFact | CautionFact, context: Context) -> Iterator[Swap]:
    """Say of one thing what holds of the thing a heading compares it with."""
    if not _MORE.search(fact.sentence):
        return
    for title in fact.source.heading:
        for one, other in _both_ways(compared_terms(title)):
            opens = fact.subject.casefold() == one.casefold() and fact.sentence.casefold().startswith(one.casefold())
            if opens and other.casefold() not in fact.sentence.casefold():
                capital = other[:1].upper() + other[1:]
                named = capital if capital in context.text(fact) else other
                rest = fact.sentence[len(one) :]
                yield Swap(named + (rest.lstrip() if named[-1] >= "一" else rest), one, named)


def _both_ways(pair: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if len(pair) == 2:
        yield pair[0], pair[1]
        yield pair[1], pair[0]
