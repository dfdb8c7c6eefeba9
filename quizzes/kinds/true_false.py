"""A statement to judge. True as the notes say it, or false by one meaningful swap.

Both versions carry one id: the bank takes one of them and keeps true and false in balance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from notes import grammar
from notes.facts import (
    CautionFact,
    ColumnFact,
    CommandFact,
    ContrastFact,
    DefinitionFact,
    Fact,
    FlagFact,
    Language,
    PropertyFact,
    QuantityFact,
    RowFact,
    SequenceFact,
)
from quizzes import distractors
from quizzes.context import Context
from quizzes.draws import question_id
from quizzes.earlier import said_again
from quizzes.falsehoods import falsehoods
from quizzes.kinds.base import Candidate, Drop, QuestionKind, ResponseError, judged
from quizzes.kinds.build import build, comparable, named, usable
from quizzes.leaks import leaks, one_tells_other
from quizzes.questions import Question, Response, Verdict
from quizzes.sentences import ended, replaced
from quizzes.steps import tells_its_order
from quizzes.telling import plain, rivals
from quizzes.twins import also_right, confused_commands, confused_flags
from quizzes.wording.tidy import code

KIND = "true_false"
_ALL = re.compile(r"所有|全部|\ball\b", re.I)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_HOST = re.compile(r"\w://|\w\.\w+:\d+/")  # the address of a machine


@dataclass(frozen=True)
class Statement:
    """A sentence and what the explanation says about it."""

    text: str
    true: bool
    said: str


class TrueFalse(QuestionKind):
    """The learner says whether a statement is right."""

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "判断题", "en": "True or false"}
    widget = "judge"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        return named(KIND, dict.fromkeys(_MAKERS, (("truth", _variants),)), facts, context)

    def check(self, question: Question, response: Response) -> Verdict:
        if not isinstance(response, bool):
            raise ResponseError("true_false: the response must be true or false")
        return judged(question, float(response == question.answer))


def _variants(fact: Fact, context: Context) -> Iterator[Question]:
    """Make the true statement, and the false one that was asked before or else the first."""
    for statement in _chosen(fact, context):
        yield build(
            KIND,
            fact,
            "truth",
            context.wording(fact).judge(statement.text),
            statement.true,
            statement.said,
            difficulty="recall" if statement.true else "understanding",
        )


def _chosen(fact: Fact, context: Context) -> Iterator[Statement]:
    judge, asked = context.wording(fact).judge, context.earlier.prompt(question_id(KIND, "truth", (fact.id,)))
    false: list[Statement] = []
    for statement in _MAKERS[type(fact)](fact, context):
        if statement.true:
            yield statement
            continue
        if asked and said_again(asked, judge(statement.text)):
            yield statement
            return
        false.append(statement)
        if not asked:
            break
    yield from false[:1]


def _flag(fact: FlagFact, context: Context) -> Iterator[Statement]:
    if not usable(fact.meaning, fact, context):
        return
    wording, flag = context.wording(fact), distractors.spelling(fact)
    true = wording.option_statement(fact.command, flag, fact.meaning)
    if not plain(flag, fact.meaning):
        yield Statement(true, True, true)
    siblings = context.siblings(fact, context.flags.get(grammar.canonical(fact.command), []))
    close = set(confused_flags(fact.command, fact.flag))
    for other in sorted(siblings, key=lambda other: not close & distractors.spellings(other)):
        if not rivals(flag, fact.meaning, other.meaning):
            continue
        if usable(other.meaning, other, context) and not distractors.alike(other.meaning, fact.meaning):
            false = wording.option_statement(fact.command, flag, other.meaning)
            yield Statement(false, False, true + wording.choice_means(code(other.flag), other.meaning))


def _command(fact: CommandFact, context: Context) -> Iterator[Statement]:
    if not usable(fact.purpose, fact, context):
        return
    wording = context.wording(fact)
    true = wording.command_statement(fact.command, fact.purpose)
    if not plain(fact.command, fact.purpose) and not _HOST.search(fact.command):
        yield Statement(true, True, true)
    siblings = context.siblings(fact, context.fellow_commands(fact))
    close = confused_commands(fact.name)
    tempting = [other for other in siblings if other.name in (*close, fact.name) or distractors.is_kin(other, fact)]
    if _HOST.search(fact.command):
        return  # what is at an address says nothing of the command
    for other in sorted(tempting, key=lambda other: (other.name not in close, other.name != fact.name)):
        if also_right(other.name, fact.name) or also_right(fact.name, other.name):
            continue
        if other.name == fact.name and not distractors.set_apart(other, fact, context):
            continue
        if not rivals(fact.command, fact.purpose, other.purpose) or _is_of_another(fact, other.purpose):
            continue
        if usable(other.purpose, other, context) and not distractors.alike(other.purpose, fact.purpose):
            false = wording.command_statement(fact.command, other.purpose)
            yield Statement(false, False, true + wording.choice_means(code(other.command), other.purpose))


def _is_of_another(fact: CommandFact, purpose: str) -> bool:
    """Tell whether nobody believes a purpose of a line: it is about all things of a kind, and the line names one, or it
    has a number (a version, a port) that the line does not have.
    """
    names_one = "$(" not in fact.command and re.search(r"\s(?!-)[\w./:-]+$", fact.command.removeprefix(fact.name))
    says_all = names_one and _ALL.search(purpose) and not _ALL.search(fact.purpose)
    return bool(says_all) or any(number not in fact.command for number in _NUMBER.findall(purpose))


def _definition(fact: DefinitionFact, context: Context) -> Iterator[Statement]:
    if not usable(fact.definition, fact, context) or leaks(fact.definition, fact.term):
        return
    wording = context.wording(fact)
    true = wording.term_statement(fact.term, fact.definition)
    topic = context.topic(fact)
    yield Statement(wording.within(topic, true), True, true)
    seed = question_id(KIND, "truth", (fact.id,))
    for other in distractors.near_definitions(fact, context, seed, 1):
        yield Statement(wording.within(topic, wording.term_statement(fact.term, other)), False, true)


def _contrast(fact: ContrastFact, context: Context) -> Iterator[Statement]:
    if fact.first.rpartition(" ")[2].startswith("-"):
        return  # judged of the options themselves
    wording = context.wording(fact)
    if not all(comparable(value, fact, context) for value in (fact.first_value, fact.second_value)):
        return
    true = wording.contrast_statement(fact.first, fact.dimension, fact.first_value)
    if not plain(fact.first, fact.first_value):
        yield Statement(true, True, true)
    told = leaks(fact.second_value, fact.first.split(" ")[-1]) or not rivals(fact.first, fact.first_value, fact.second_value)
    if not told and not distractors.alike(fact.first_value, fact.second_value):
        yield Statement(wording.contrast_statement(fact.first, fact.dimension, fact.second_value), False, true)


def _quantity(fact: QuantityFact, context: Context) -> Iterator[Statement]:
    wording = context.wording(fact)
    if not wording.usable(fact.sentence):
        return
    true = ended(fact.sentence, wording)
    topic = context.topic(fact)
    yield Statement(wording.within(topic, true), True, true)
    seed = question_id(KIND, "truth", (fact.id,))
    others = (
        distractors.other_years(fact, context, seed, 1)
        if fact.quantity == "year"
        else distractors.other_values(fact.value, fact.sentence, wording, seed, 1)
    )
    for other in others:
        false = replaced(fact.sentence, fact.value, other)
        if false:
            told = wording.instead(other, fact.value)
            yield Statement(wording.within(topic, ended(false, wording)), False, told)


def _sentence(fact: PropertyFact | CautionFact, context: Context) -> Iterator[Statement]:
    wording = context.wording(fact)
    if not wording.usable(fact.sentence):
        return
    topic, true = context.topic(fact), ended(fact.sentence, wording)
    yield Statement(wording.within(topic, true), True, true)
    for swap in falsehoods(fact, context):
        yield Statement(wording.within(topic, ended(swap.sentence, wording)), False, wording.instead(swap.wrong, swap.right))


def _sequence(fact: SequenceFact, context: Context) -> Iterator[Statement]:
    wording = context.wording(fact)
    steps = [wording.choice(step) for step in fact.steps]
    if len(set(steps)) < 3 or tells_its_order(fact) or not wording.usable(fact.name):
        return
    said = wording.key_is(" → ".join(steps))
    middle = len(steps) // 2
    yield Statement(wording.comes_before(fact.name, steps[middle - 1], steps[middle]), True, said)
    yield Statement(wording.comes_before(fact.name, steps[middle], steps[middle - 1]), False, said)


def _row(fact: RowFact, context: Context) -> Iterator[Statement]:
    wording = context.wording(fact)
    if one_tells_other(fact.name, fact.value):
        return
    topic = context.topic(fact)
    true = wording.row_statement(fact.sort, fact.name, fact.attribute, fact.value)
    if not plain(fact.name, fact.value):
        yield Statement(wording.within(topic, true), True, true)
    cells = distractors.other_cells(fact, context)
    for other in [other for other in cells if _may_be(fact, other)]:
        false = wording.row_statement(fact.sort, fact.name, fact.attribute, other.value)
        yield Statement(wording.within(topic, false), False, true)


def _may_be(fact: RowFact, other: RowFact) -> bool:
    """Tell whether the value of another row can be taken for a row's own, whichever of its sides is in English."""
    return rivals(fact.name, fact.value, other.value) and rivals(fact.value, fact.name, other.name)


def _column(fact: ColumnFact, context: Context) -> Iterator[Statement]:
    if not usable(fact.meaning, fact, context):
        return
    wording = context.wording(fact)
    true = wording.column_statement(fact.command, fact.column, fact.meaning)
    if not plain(fact.column, fact.meaning):
        yield Statement(true, True, true)
    others = distractors.other_columns(fact, context)
    for other in [other for other in others if rivals(fact.column, fact.meaning, other.meaning)]:
        yield Statement(wording.column_statement(fact.command, fact.column, other.meaning), False, true)


_MAKERS: dict[type[Fact], Callable[[Any, Context], Iterator[Statement]]] = {
    FlagFact: _flag,
    CommandFact: _command,
    DefinitionFact: _definition,
    ContrastFact: _contrast,
    QuantityFact: _quantity,
    PropertyFact: _sentence,
    CautionFact: _sentence,
    SequenceFact: _sequence,
    ColumnFact: _column,
    RowFact: _row,
}
