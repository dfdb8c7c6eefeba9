"""Sentences with gaps. The gap is a word that matters and can be known; at most two; the answer stands
nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from notes.facts import DefinitionFact, Fact, FlagFact, Language, PropertyFact, QuantityFact
from quizzes import distractors
from quizzes.context import Context
from quizzes.distractors import spellings
from quizzes.keywords import either_of, forms_of, is_generic, typed_keywords_of
from quizzes.kinds.base import Candidate, Drop, QuestionKind, judged, list_of
from quizzes.kinds.build import Makers, build, named, usable_in_stem
from quizzes.leaks import leaks
from quizzes.questions import Difference, Question, Response, Verdict
from quizzes.sentences import ended, gapped
from quizzes.topics import says_little
from quizzes.twins import family_words
from quizzes.typed import same_answer
from quizzes.wording.tidy import code, has_han, looks_like_code

KIND = "cloze"
MOST_WORDS = 2  # of an option that one types from memory
MAX_GAPS = 2
LEFT_FOR_NAMES, LEFT_FOR_WORDS = 12, 26  # how long the rest must be: a common word fits many short sentences
TYPED_LETTERS, TYPED_WORDS = 12, 6  # a description of fewer Han characters or words names no one term
MANY_NAMES = 4
_NAMES = re.compile(r"(?<![A-Za-z0-9_`-])[A-Z][A-Za-z0-9_-]+")
#: Gaps that stand side by side or may be filled in either order.
_JOINED = re.compile(
    r"____ ?['’]?s?[ ，,、]{0,2}(?:或者?|和|与|及|以及|or|and|and/or)?[ ，,、]{0,2}____|____ ?[\u4e00-\u9fff]{1,3} ?____"
)
#: One of several things that are listed: others belong to the list as well.
_LISTED = re.compile(
    r"____ ?(?:和|以及|及|、|and\b)(?! ?____)|(?<!____)(?<!____ )(?:以及|、|\band) ?____|(?<!____)(?<!____ )和 ?____ ?[。，]?$"
)
#: Terms nobody types exactly so: code spans, patterns, calls with their parameters.
_AMBIGUOUS = re.compile(r"`|\(\w+[,)]|^[^\w\s]{2,}|\[\w+\]|'")


class Cloze(QuestionKind):
    """The learner types what belongs into each gap."""

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "填空题", "en": "Fill the gaps"}
    widget = "gaps"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        return named(KIND, _MAKERS, facts, context)

    def check(self, question: Question, response: Response) -> Verdict:
        typed = list_of(question, response, len(question.answers))
        differences = [_difference(question, place, text) for place, text in enumerate(typed)]
        return judged(question, sum(difference.met for difference in differences) / len(typed), differences)


def _difference(question: Question, place: int, typed: str) -> Difference:
    forms = question.answers[place]
    others = [form for at, row in enumerate(question.answers) if at != place for form in row]
    met = same_answer(typed, forms, [*_known(question), *others])
    what = f"第 {place + 1} 空" if question.language == "zh" else f"gap {place + 1}"
    return Difference(what, forms[0], typed.strip(), _sentence(question, what, forms[0], typed.strip(), met), met)


def _sentence(question: Question, what: str, expected: str, found: str, met: bool) -> str:
    if question.language == "zh":
        return (
            f"{what}填写正确。"
            if met
            else f"{what}应为 {code(expected)}，" + (f"你填的是 {code(found)}。" if found else "你没有填写。")
        )
    if met:
        return f"{what[0].upper()}{what[1:]} is right."
    return f"{what[0].upper()}{what[1:]} should be {code(expected)}, " + (
        f"you wrote {code(found)}." if found else "you left it empty."
    )


def _known(question: Question) -> frozenset[str]:
    return Context(()).known_terms(question.language)


def _remembered(fact: FlagFact, context: Context) -> bool:
    """Tell whether an option can be expected to be typed from memory: one of two words at most, and no small print."""
    shortest = min(spellings(fact), key=len)
    words = len(shortest.strip("-").split("-"))
    return words == 1 or (words == MOST_WORDS and not context.is_small_print(fact))


def _flag(fact: FlagFact, context: Context) -> Iterator[Question]:
    wording = context.wording(fact)
    if not _remembered(fact, context):
        return
    if usable_in_stem(fact.meaning, fact, context) and not leaks(fact.meaning, *spellings(fact)):
        forms = (fact.flag, *sorted(spellings(fact) - {fact.flag}))
        yield build(
            KIND,
            fact,
            "flag",
            wording.meaning_option(fact.command, fact.meaning, typed=True),
            [fact.flag],
            wording.option_statement(fact.command, fact.flag, fact.meaning),
            answers=(forms,),
        )


def _term(fact: DefinitionFact, context: Context) -> Iterator[Question]:
    wording = context.wording(fact)
    forms = tuple(filter(None, (fact.term, fact.alias, *_parts_of_code(fact.term))))
    if (
        usable_in_stem(fact.definition, fact, context)
        and not leaks(fact.definition, *forms)
        and not context.is_titled(fact)
        and len(fact.term) <= 24
        and not _AMBIGUOUS.search(fact.term)
        and not looks_like_code(fact.term)
        and not is_generic(fact.term)
        and not says_little(fact, TYPED_LETTERS, TYPED_WORDS)  # of so little that is said, other words fit as well
        and not distractors.has_double(fact, context)
    ):
        yield build(
            KIND,
            fact,
            "term",
            wording.within(context.topic(fact), wording.term_gap(fact.definition)),
            [fact.term],
            wording.term_statement(fact.term, fact.definition),
            answers=(forms,),
        )


def _parts_of_code(term: str) -> tuple[str, ...]:
    """The number and the name of a status code, each of which names it: `404 Not Found`."""
    found = re.fullmatch(r"(\d{3}) ([A-Z][A-Za-z -]+)", term)
    return (found.group(1), found.group(2)) if found else ()


def _quantity(fact: QuantityFact, context: Context) -> Iterator[Question]:
    wording = context.wording(fact)
    sentence = gapped(fact.sentence, fact.value, wording.gap)
    if sentence and wording.usable(fact.sentence):
        measured = fact.unit and fact.quantity != "year"
        forms = (fact.value, fact.value + fact.unit, f"{fact.value} {fact.unit}") if measured else (fact.value,)
        yield build(
            KIND,
            fact,
            "value",
            wording.within(context.topic(fact), wording.fill(ended(sentence, wording))),
            [fact.value],
            ended(fact.sentence, wording),
            answers=(forms,),
        )


def _property(fact: PropertyFact, context: Context) -> Iterator[Question]:
    """Leave out the best keywords, up to two, while enough of the sentence stays to answer from."""
    wording = context.wording(fact)
    if not wording.usable(fact.sentence):
        return
    sentence, taken = fact.sentence, list[str]()
    words, most = typed_keywords_of(fact), MAX_GAPS
    values = set(family_words(fact.sentence))
    if len(_NAMES.findall(fact.sentence)) > MANY_NAMES:
        words, most = words[::-1], 1  # a list of names: the rest of it tells what kind of name is wanted
    for keyword in words:
        shorter = gapped(sentence, keyword, wording.gap)
        if (
            shorter
            and len(taken) < most
            and (not taken or {keyword, *taken} <= values)  # two words of prose leave too little to tell them from
            and not _JOINED.search(shorter)
            and not _LISTED.search(shorter)
            and _enough_left(shorter, fact, (*taken, keyword), context)
        ):
            sentence, taken = shorter, [*taken, keyword]
    if not taken:
        yield from _either(fact, context)
    else:
        taken.sort(key=fact.sentence.index)
        yield build(
            KIND,
            fact,
            "keyword",
            wording.fill(ended(sentence, wording)),
            [wording.prose(word) for word in taken],
            ended(fact.sentence, wording),
            answers=tuple(forms_of(wording.prose(word)) for word in taken),
        )


def _either(fact: PropertyFact, context: Context) -> Iterator[Question]:
    """Ask which of a word and its twin belongs into the gap; both are named, in an order that tells nothing."""
    word, other = either_of(fact)
    wording = context.wording(fact)
    sentence = gapped(fact.sentence, word, wording.gap) if word else ""
    if sentence and _enough_left(sentence, fact, (word,), context):
        yield build(
            KIND,
            fact,
            "keyword",
            wording.fill_either(ended(sentence, wording), *sorted((word, other))),
            [wording.prose(word)],
            ended(fact.sentence, wording),
            answers=((wording.prose(word),),),
        )


def _enough_left(sentence: str, fact: PropertyFact, taken: Sequence[str], context: Context) -> bool:
    wording = context.wording(fact)
    left = wording.length(sentence.replace(wording.gap, ""))
    least = LEFT_FOR_WORDS if any(has_han(word) for word in taken) else LEFT_FOR_NAMES
    return left >= least and left >= 2 * sum(wording.length(word) for word in taken)


_MAKERS: Makers = {
    FlagFact: (("flag", _flag),),
    DefinitionFact: (("term", _term),),
    QuantityFact: (("value", _quantity),),
    PropertyFact: (("keyword", _property),),
}
