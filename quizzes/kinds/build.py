"""Putting a question together: the parts that are the same for every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from notes.facts import (
    CautionFact,
    ContrastFact,
    DefinitionFact,
    Fact,
    PropertyFact,
    QuantityFact,
)
from quizzes.context import Context
from quizzes.draws import mixed, question_id, shuffled
from quizzes.kinds.base import Candidate, Drop, candidate
from quizzes.questions import Difficulty, Question, Response
from quizzes.wording import WORDINGS

#: Facts whose passage says more than the question: sentences of prose. A command with its caption says no more,
#: and may hold a slip that the question has put right; what follows from a command is not in the passage at all.
_QUOTED = (CautionFact, ContrastFact, DefinitionFact, PropertyFact, QuantityFact)

#: What makes the question of one direction of a fact: its variants, or nothing.
Maker = Callable[[Any, Context], Iterable[Question | Drop | None]]
Makers = Mapping[type[Fact], Sequence[tuple[str, Maker]]]


def named(kind: str, makers: Makers, facts: Iterable[Fact], context: Context) -> Iterator[Candidate]:
    """Name a candidate for each fact and each direction in which facts of its type are asked."""
    for fact in facts:
        for direction, make in makers.get(type(fact), ()):
            yield candidate(kind, direction, (fact,), partial(make, fact, context))


def build(
    kind: str,
    fact: Fact,
    direction: str,
    prompt: str,
    answer: Response | list[list[str]],
    said: str,
    *,
    also: Sequence[Fact] = (),
    choices: Sequence[str] = (),
    difficulty: Difficulty = "recall",
    answers: tuple[tuple[str, ...], ...] = (),
    **more: Any,
) -> Question:
    """Make a question on a fact (and others).

    :param said: the explanation in a teacher's words; the passage of the note is added
    """
    facts = (fact.id, *(other.id for other in also))
    return Question(
        id=question_id(kind, direction, facts),
        kind=kind,
        language=fact.language,
        prompt=prompt,
        answer=answer,
        explanation=WORDINGS[fact.language].explanation(
            said, fact.text if isinstance(fact, _QUOTED) and (not also or kind == "cloze") else ""
        ),
        source=fact.source,
        facts=facts,
        direction=direction,
        difficulty=difficulty,
        topics=fact.source.heading,
        choices=tuple(choices),
        answers=answers,
        **more,
    )


def choice_question(
    kind: str,
    fact: Fact,
    direction: str,
    prompt: str,
    key: str,
    others: Sequence[str],
    said: str,
    *,
    also: Sequence[Fact] = (),
    difficulty: Difficulty = "recall",
    least: int = 3,
) -> Question | None:
    """Make a question with one right choice; None when fewer wrong ones than `least` exist."""
    if len(others) < least:
        return None
    seed = question_id(kind, direction, (fact.id, *(other.id for other in also)))
    choices = shuffled(seed, [key, *others])
    return build(kind, fact, direction, prompt, key, said, also=also, choices=choices, difficulty=difficulty)


def jumbled(
    kind: str, fact: Fact, direction: str, items: Sequence[str], also: Sequence[Fact] = ()
) -> list[str]:
    """Give the items in an order that is not theirs, drawn from the question's id."""
    return mixed(question_id(kind, direction, (fact.id, *(other.id for other in also))), items)


def usable(text: str, fact: Fact, context: Context) -> bool:
    """Tell whether a meaning or definition may be a choice."""
    return context.wording(fact).usable(text, 40 if fact.language == "zh" else 16)


def comparable(value: str, fact: ContrastFact, context: Context) -> bool:
    """Tell whether a value of a comparison can be asked: a cell under a named dimension may be a single word."""
    wording = context.wording(fact)
    cell = bool(fact.dimension) and len(value) > 1 and wording.length(value) <= 24 and value.strip("-—/. ") != ""
    return cell or usable_in_stem(value, fact, context)


def usable_in_stem(text: str, fact: Fact, context: Context) -> bool:
    """Tell whether a meaning or definition may be part of a prompt."""
    return context.wording(fact).usable(text)
