"""One right choice of four (or of three where the notes know no more)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import ClassVar

from notes import grammar
from notes.facts import (
    ColumnFact,
    CommandFact,
    ConsequenceFact,
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
from notes.meanings import purpose_of
from notes.wording import starts_with_action
from quizzes import beside, distractors, stacks
from quizzes.commands import same_command
from quizzes.consequences import cases, proofs
from quizzes.context import Context
from quizzes.draws import question_id, shuffled
from quizzes.goals import Goal, known_goal
from quizzes.keywords import is_generic, keywords_of
from quizzes.kinds.base import Candidate, Drop, QuestionKind, candidate, judged, text_of
from quizzes.kinds.build import Makers, choice_question, comparable, named, usable, usable_in_stem
from quizzes.leaks import leaks, one_tells_other
from quizzes.questions import Question, Response, Verdict
from quizzes.sentences import ended, gapped, replaced
from quizzes.telling import plain, rivals, tells_meaning, tells_name
from quizzes.twins import confused_commands, family_words, opposed_flag, swaps
from quizzes.wording.tidy import code

KIND = "single_choice"
_SPAN = re.compile(r"`([^`]+)`")


class SingleChoice(QuestionKind):
    """The learner picks the one right text."""

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "单选题", "en": "Single choice"}
    widget = "radio"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        for one in facts:
            if isinstance(one, FlagFact) and (other := _contrasted(one, context)):
                yield candidate(KIND, "contrast", (one, other), partial(flag_contrast, one, other, context))
        for stack, beside_it in stacks.side_by_side(facts):
            yield candidate(KIND, "in place of", (stack, beside_it), partial(in_place_of, stack, beside_it, context))
        yield from named(KIND, _MAKERS, facts, context)

    def check(self, question: Question, response: Response) -> Verdict:
        return judged(question, float(text_of(question, response) == question.answer))


def flag_meaning(fact: FlagFact, context: Context) -> Iterator[Question | None]:
    """What does the option do?"""
    wording = context.wording(fact)
    key, flag = wording.choice(fact.meaning), distractors.spelling(fact)
    if not usable(fact.meaning, fact, context) or leaks(key, flag):
        return
    others = distractors.other_meanings(fact, context, question_id(KIND, "meaning", (fact.id,)))
    if not tells_meaning(flag, key, others):
        yield choice_question(
            KIND,
            fact,
            "meaning",
            wording.option_meaning(fact.command, flag),
            key,
            others,
            _said(fact, context) + beside.meanings(fact, others, context),
            least=distractors.FEW,
        )


def flag_of_meaning(fact: FlagFact, context: Context) -> Iterator[Question | None]:
    """Which option does it?"""
    wording = context.wording(fact)
    if not usable_in_stem(fact.meaning, fact, context):
        return
    flag = distractors.spelling(fact)
    others = distractors.other_flags(fact, context, question_id(KIND, "flag", (fact.id,)))
    if not tells_name(fact.meaning, flag, others):
        yield choice_question(
            KIND,
            fact,
            "flag",
            wording.meaning_option(fact.command, fact.meaning),
            code(flag),
            [code(other) for other in others],
            _said(fact, context) + beside.flags(fact, others, context),
        )


def _contrasted(fact: FlagFact, context: Context) -> FlagFact | None:
    """Give the option a fact's option is taken for, at the first of the two."""
    opposed = opposed_flag(fact.command, fact.flag)
    siblings = context.flags.get(grammar.canonical(fact.command), []) if opposed else []
    first = next((other for other in siblings if other is fact or other.flag == opposed), None)
    return next((other for other in siblings if other.flag == opposed), None) if first is fact else None


def flag_contrast(fact: FlagFact, other: FlagFact, context: Context) -> Iterator[Question | None]:
    """How does the option differ from the one it is taken for? Asked once a pair."""
    wording = context.wording(fact)
    if distractors.alike(fact.meaning, other.meaning):
        return
    if not (usable(fact.meaning, fact, context) and usable(other.meaning, other, context)):
        return
    if not (rivals(fact.flag, fact.meaning, other.meaning) and rivals(other.flag, other.meaning, fact.meaning)):
        return
    seed = question_id(KIND, "contrast", (fact.id,))
    thirds = [
        text
        for text in distractors.other_meanings(fact, context, seed, most=distractors.WANTED + 1)
        if not distractors.alike(text, other.meaning)
    ]
    key, *wrong = [
        wording.option_pair(fact.flag, one, other.flag, two)
        for one, two in _told_apart(fact.meaning, other.meaning, thirds[:1], thirds[1:2])
    ]
    said = f"{_said(fact, context)}{wording.option_statement(other.command, other.flag, other.meaning)}"
    prompt = wording.option_contrast(fact.command, fact.flag, other.flag)
    yield choice_question(KIND, fact, "contrast", prompt, key, wrong, said, also=[other], difficulty="understanding", least=2)


def _told_apart(
    first: str, second: str, instead_of_first: Sequence[str], instead_of_second: Sequence[str]
) -> list[tuple[str, str]]:
    """The right pair, the two exchanged, and pairs of which one half is right. Two that are the same are no choice where
    the question says that they differ.
    """
    halves = [(one, second) for one in instead_of_first[:1]] + [(first, two) for two in instead_of_second[:1]]
    return [(first, second), (second, first), *halves]


def _said(fact: FlagFact, context: Context) -> str:
    return context.wording(fact).option_statement(fact.command, fact.flag, fact.meaning)


def command_of_purpose(fact: CommandFact, context: Context) -> Iterator[Question | None]:
    """Which command does it? By its whole goal where that is known and says no name that the key alone holds."""
    wording, key = context.wording(fact), distractors.completed(fact.command)
    others = distractors.other_commands(fact, context, question_id(KIND, "command", (fact.id,)))
    known = known_goal(fact)
    if known and _fair(known[1], others):
        told, prompt = known[1].text, wording.command_wanted(known[1].text)
    elif usable_in_stem(fact.purpose, fact, context) and not _named_in(fact.purpose, fact):
        told, prompt = fact.purpose, wording.purpose_command(fact.purpose)
    else:
        return
    if not tells_name(told, key, others):
        yield choice_question(
            KIND,
            fact,
            "command",
            prompt,
            code(key),
            [code(command) for command in others],
            wording.command_statement(fact.command, fact.purpose) + beside.commands(fact, others, context),
            least=distractors.FEW,
        )


def _fair(goal: Goal, others: Sequence[str]) -> bool:
    """Tell whether other lines miss a goal, and hold the names it says as well as the right one does."""
    names = [name for span in _SPAN.findall(goal.text) for name in span.split()]
    if any(sum(name in other for other in others) < distractors.FEW for name in names):
        return False
    return not any(same_command(other, line) for other in others for line in goal.lines)


def _named_in(text: str, fact: CommandFact) -> bool:
    """Tell whether a text names a command outright: 用 stash 保存."""
    return fact.name.split(" ")[-1] in re.findall(r"[a-z][\w-]+", text)


def purpose_of_command(fact: CommandFact, context: Context) -> Iterator[Question | None]:
    """What does the command do?"""
    wording = context.wording(fact)
    key = wording.choice(fact.purpose)
    if not usable(fact.purpose, fact, context) or _named_in(key, fact):
        return
    others = distractors.other_purposes(fact, context, question_id(KIND, "purpose", (fact.id,)))
    if not tells_meaning(fact.command, key, others):
        yield choice_question(
            KIND,
            fact,
            "purpose",
            wording.command_purpose(fact.command),
            key,
            others,
            wording.command_statement(fact.command, fact.purpose) + beside.purposes(fact, others, context),
        )


def term_of_definition(fact: DefinitionFact, context: Context) -> Iterator[Question | None]:
    """Which term is described?"""
    wording = context.wording(fact)
    told = leaks(fact.definition, fact.term, fact.alias) or context.is_titled(fact)
    if usable_in_stem(fact.definition, fact, context) and not told:
        others = distractors.other_terms(fact, context, question_id(KIND, "term", (fact.id,)))
        yield choice_question(
            KIND,
            fact,
            "term",
            wording.within(context.topic(fact), wording.definition_term(fact.definition)),
            wording.term(fact.term),
            [wording.term(term) for term in others],
            wording.term_statement(fact.term, fact.definition) + beside.terms(fact, others, context),
            least=distractors.FEW,
        )


def masked_definition(fact: DefinitionFact, context: Context) -> Iterator[Question | None]:
    """Which term fits all gaps of a description that uses the term itself?"""
    wording = context.wording(fact)
    gap = f" {wording.gap} " if wording.language == "zh" else wording.gap
    masked = fact.definition.replace(fact.term, gap)
    if len(fact.term) < 2 or masked == fact.definition or leaks(masked, fact.term, fact.alias):
        return  # a single letter stands in many words
    if not usable_in_stem(masked, fact, context):
        return
    if wording.length(masked.replace(wording.gap, "")) < 24 or masked.startswith(gap) or fact.definition.count(fact.term) < 2:
        return
    others = distractors.other_terms(fact, context, question_id(KIND, "term", (fact.id,)))
    others = [other for other in others if fact.term not in other]
    yield choice_question(
        KIND, fact, "term", wording.term_in_gaps(masked), wording.term(fact.term),
        [wording.term(term) for term in others], wording.term_statement(fact.term, fact.definition), least=2,
    )  # fmt: skip


def definition_of_term(fact: DefinitionFact, context: Context) -> Iterator[Question | None]:
    """Which text describes the term?"""
    wording = context.wording(fact)
    if usable(fact.definition, fact, context) and not leaks(fact.definition, fact.term, fact.alias):
        others = distractors.other_definitions(fact, context, question_id(KIND, "definition", (fact.id,)))
        yield choice_question(
            KIND,
            fact,
            "definition",
            wording.within(context.topic(fact), wording.term_definition(fact.term)),
            wording.choice(fact.definition),
            others,
            wording.term_statement(fact.term, fact.definition),
            least=distractors.FEW,
        )


def contrast(fact: ContrastFact, context: Context) -> Iterator[Question | None]:
    """How do the two differ? Wrong: the values exchanged, or one of them replaced by what is said of a
    third.
    """
    if not fact.dimension and _tells_apart(fact, context):
        yield _differ(fact, context)


def _tells_apart(fact: ContrastFact, context: Context) -> bool:
    first, second = fact.first_value, fact.second_value
    if not (comparable(first, fact, context) and comparable(second, fact, context)):
        return False
    names = [name.split(" ")[-1] for name in (fact.first, fact.second)]
    if distractors.alike(first, second) or leaks(first, *names) or leaks(second, *names):
        return False  # a value that names one of the two tells which of them it is said of
    if not all(
        rivals(name, own, other) for name, own, other in ((fact.first, first, second), (fact.second, second, first))
    ):
        return False
    return not _options_of_one(fact, context)  # those are asked of the options themselves


def contrast_value(fact: ContrastFact, context: Context) -> Iterator[Question | None]:
    """What holds of the first of the two in the dimension they are compared in?"""
    if not fact.dimension or not _tells_apart(fact, context):
        return
    wording = context.wording(fact)
    first, second = fact.first_value, fact.second_value
    thirds = [
        text for text in _thirds(fact, context) if not distractors.alike(text, first) and not distractors.alike(text, second)
    ]
    shown = _shown("value", fact, context)
    others = distractors.pick_texts(first, [[second], thirds], wording, fact.id, shown=shown)
    yield choice_question(
        KIND,
        fact,
        "value",
        wording.contrast_value(fact.first, fact.second, fact.dimension),
        wording.choice(first),
        [wording.choice(text) for text in others],
        wording.contrast_statement(fact.first, fact.dimension, first),
        difficulty="understanding",
        least=2,
    )


def _options_of_one(fact: ContrastFact, context: Context) -> bool:
    """Tell whether the two are options of one command that the notes explain and that are taken for one another."""
    one, other = fact.first.rpartition(" "), fact.second.rpartition(" ")
    return one[0] == other[0] and opposed_flag(one[0], one[2]) == other[2]


FAIR = 1.2  # how much longer than the next choice a key may be
LONG = 90  # two values together, from where one of them is shown at a time


def _differ(fact: ContrastFact, context: Context) -> Question | None:
    wording, first, second = context.wording(fact), fact.first_value, fact.second_value
    one, two = _instead(fact, first, context), _instead(fact, second, context)
    said = "".join(wording.contrast_statement(*half) for half in ((fact.first, "", first), (fact.second, "", second)))
    singly = [wording.choice(text) for text in (first, second, *one[:1], *two[:1])]
    # A value that outgrows all the others gives itself away: then the two stand side by side however long they are.
    fair = wording.length(singly[0]) <= FAIR * max(map(wording.length, singly[1:]))
    if wording.length(first) + wording.length(second) > LONG and len(singly) == 4 and fair:
        prompt, texts = wording.contrast_value(fact.first, fact.second, ""), singly
    else:
        prompt = wording.contrast(fact.first, fact.second)
        two = [text for text in two if text not in one[:1]]
        texts = [
            wording.contrast_pair(fact.first, left, fact.second, right) for left, right in _told_apart(first, second, one, two)
        ]
    key, *wrong = texts
    return choice_question(KIND, fact, "contrast", prompt, key, wrong, said, difficulty="understanding", least=2)


def _instead(fact: ContrastFact, value: str, context: Context) -> list[str]:
    """Say of a thing what does not hold of it: its value with one word exchanged, else what is said of its like."""
    wording = context.wording(fact)
    seed = question_id(KIND, "contrast", (fact.id, value))
    changed = [
        false
        for word in reversed(family_words(value))
        for other in distractors.other_values(word, value, wording, seed, 1)
        if (false := replaced(value, word, other))
    ]
    changed += [swap.sentence for swap in swaps(value, fact.language, "") if not starts_with_action(swap.right)]
    near = [text for text in _said_of_its_like(fact, context) if usable(text, fact, context)]
    own = (fact.first_value, fact.second_value)
    return [*changed, *(text for text in near if not any(distractors.alike(text, one) for one in own))]


def _said_of_its_like(fact: ContrastFact, context: Context) -> list[str]:
    """What other lines of a command do, where the two are lines of one; what commands taken for the two do; what terms
    near them mean.
    """
    names = " ".join(fact.first.split(" ")[:2]), " ".join(fact.second.split(" ")[:2])
    lines = context.commands_of(names[0]) if names[0] == names[1] else []
    near = [line.purpose for line in lines if line.command not in (fact.first, fact.second)]
    others = [other for name in names for other in confused_commands(name) if other not in names]
    near += [purpose_of(other, fact.language) for other in others]
    terms = [one for one in context.definitions if one.term in (fact.first, fact.second)]
    beside = [one.definition for term in terms[:1] for one in context.siblings(term, context.definitions) if one not in terms]
    return [text for text in (*near, *beside) if text]


def _thirds(fact: ContrastFact, context: Context) -> list[str]:
    """What is said of others in the same dimension."""
    near = [other for other in context.siblings(fact, context.contrasts) if other.dimension == fact.dimension]
    texts = dict.fromkeys(value for other in near for value in (other.first_value, other.second_value))
    return [text for text in texts if context.wording(fact).usable(text, 40)]


def quantity_value(fact: QuantityFact, context: Context) -> Iterator[Question | None]:
    """Which number belongs into the gap?"""
    wording = context.wording(fact)
    sentence = gapped(fact.sentence, fact.value, wording.gap)
    seed = question_id(KIND, "value", (fact.id,))
    if sentence and wording.usable(fact.sentence):
        others = (
            distractors.other_years(fact, context, seed)
            if fact.quantity == "year"
            else distractors.other_values(fact.value, fact.sentence, wording, seed)
        )
        yield choice_question(
            KIND,
            fact,
            "value",
            wording.within(context.topic(fact), wording.fill_choice(ended(sentence, wording))),
            fact.value,
            others,
            ended(fact.sentence, wording),
        )


def property_keyword(fact: PropertyFact, context: Context) -> Iterator[Question | None]:
    """Which word belongs into the gap? Only where the word has a family to choose from."""
    wording = context.wording(fact)
    seed = question_id(KIND, "keyword", (fact.id,))
    for keyword in keywords_of(fact):
        sentence = gapped(fact.sentence, keyword, wording.gap) if not is_generic(keyword) else ""
        values = distractors.other_values(keyword, fact.sentence, wording, seed)
        words = map(wording.prose, chain(context.framed(fact, keyword), values))
        others = list(islice(distractors.distinct(words), distractors.WANTED))
        if sentence and wording.usable(fact.sentence) and len(others) == distractors.WANTED:
            prompt = wording.within(context.topic(fact), wording.fill_choice(ended(sentence, wording)))
            key = wording.prose(keyword)
            yield choice_question(KIND, fact, "keyword", prompt, key, others, ended(fact.sentence, wording))
            return


def in_place_of(fact: SequenceFact, other: SequenceFact, context: Context) -> Iterator[Question | None]:
    """Which layers of a stack beside it does a layer take the place of? Wrong: neighbours among the others."""
    wording, (layer, instead_of) = context.wording(fact), stacks.exchanged(fact, other) or ("", ())
    key, *rest = [wording.joined([wording.choice(one) for one in layers]) for layers in stacks.runs(other, instead_of)]
    name, beside_it, shown = [wording.choice(text) for text in (fact.name, other.name, layer)]
    prompt, said = wording.in_place_of(name, beside_it, shown, len(instead_of)), wording.key_is(key)
    seed = question_id(KIND, "in place of", (fact.id, other.id))
    wrong = shuffled(seed, rest)[: distractors.WANTED]
    yield choice_question(KIND, fact, "in place of", prompt, key, wrong, said, also=[other], difficulty="understanding")


def sequence_next(fact: SequenceFact, context: Context) -> Iterator[Question | None]:
    """What comes right after a step?"""
    wording = context.wording(fact)
    steps = [wording.choice(step) for step in fact.steps]
    if len(set(steps)) < 5 or not wording.usable(fact.name):
        return
    place = len(steps) // 2
    others = [steps[place + 2], steps[place - 1], steps[0]] if place + 2 < len(steps) else list(steps[:place])[:3]
    if len(set(others)) == distractors.WANTED and not set(others) & {steps[place], steps[place + 1]}:
        yield choice_question(
            KIND,
            fact,
            "next",
            wording.next_step(fact.name, steps[place]),
            steps[place + 1],
            others,
            wording.order_is(steps),
            difficulty="understanding",
        )


def row_value(fact: RowFact, context: Context) -> Iterator[Question | None]:
    """What does the table say of the thing? Wrong: what it says of the others."""
    wording = context.wording(fact)
    cells = distractors.other_cells(fact, context)
    shown = _shown("row value", fact, context)
    others = distractors.pick_texts(fact.value, [[cell.value for cell in cells]], wording, fact.id, shown=shown)
    told = tells_meaning(fact.name, fact.value, others) or tells_name(fact.name, fact.value, others)
    if not told and not one_tells_other(fact.name, fact.value):
        yield choice_question(
            KIND,
            fact,
            "row value",
            wording.within(context.topic(fact), wording.row_value(fact.sort, fact.name, fact.attribute)),
            wording.term(fact.value),
            [wording.term(other) for other in others],
            wording.row_statement(fact.sort, fact.name, fact.attribute, fact.value),
            least=2,
        )


def row_name(fact: RowFact, context: Context) -> Iterator[Question | None]:
    """Of which thing does the table say it? Asked where it says it of one only."""
    wording = context.wording(fact)
    column = context.column(fact)
    cells = distractors.other_cells(fact, context)
    if len(cells) < len(column) or one_tells_other(fact.name, fact.value):
        return
    shown = _shown("row name", fact, context)
    names = [cell.name for cell in cells if fact.value not in cell.value]
    others = distractors.pick_texts(fact.name, [names], wording, fact.id, shown=shown)
    if tells_name(fact.value, fact.name, others) or tells_meaning(fact.value, fact.name, others):
        return
    yield choice_question(
        KIND,
        fact,
        "row name",
        wording.within(context.topic(fact), wording.row_name(fact.sort, fact.attribute, fact.value)),
        wording.term(fact.name),
        [wording.term(other) for other in others],
        wording.row_statement(fact.sort, fact.name, fact.attribute, fact.value),
        least=2,
    )


def column_meaning(fact: ColumnFact, context: Context) -> Iterator[Question | None]:
    """What does the column show?"""
    wording = context.wording(fact)
    if usable(fact.meaning, fact, context) and not plain(fact.column, fact.meaning):
        seed = question_id(KIND, "meaning", (fact.id,))
        texts = [
            [
                wording.choice(other.meaning)
                for other in distractors.other_columns(fact, context)
                if usable(other.meaning, other, context)
            ]
        ]
        shown = context.earlier.shown(seed)
        others = distractors.pick_texts(wording.choice(fact.meaning), texts, wording, seed, shown=shown)
        yield choice_question(
            KIND,
            fact,
            "meaning",
            wording.column_meaning(fact.command, fact.column),
            wording.choice(fact.meaning),
            others,
            f"{code(fact.column)}：{wording.choice(fact.meaning)}。"
            if fact.language == "zh"
            else f"{code(fact.column)}: {wording.choice(fact.meaning)}.",
        )


def meaning_column(fact: ColumnFact, context: Context) -> Iterator[Question | None]:
    """Which column shows it?"""
    wording = context.wording(fact)
    others = [code(other.column) for other in distractors.other_columns(fact, context)][: distractors.WANTED]
    if usable_in_stem(fact.meaning, fact, context) and not plain(fact.column, fact.meaning):
        yield choice_question(
            KIND,
            fact,
            "column",
            wording.meaning_column(fact.command, fact.meaning),
            code(fact.column),
            others,
            wording.key_is(code(fact.column)),
        )


def _shown(direction: str, fact: Fact, context: Context) -> frozenset[str]:
    return context.earlier.shown(question_id(KIND, direction, (fact.id,)))


def consequence(fact: ConsequenceFact, context: Context) -> Iterator[Question | None]:
    """What follows?"""
    case = cases(fact.language)[fact.name]
    question = choice_question(
        KIND, fact, "consequence", case.prompt, case.key, case.others, case.why, difficulty="application"
    )
    yield question and replace(question, proof=proofs().get(fact.name, ""))


_MAKERS: Makers = {
    FlagFact: (("meaning", flag_meaning), ("flag", flag_of_meaning)),
    CommandFact: (("command", command_of_purpose), ("purpose", purpose_of_command)),
    DefinitionFact: (("term", term_of_definition), ("term", masked_definition), ("definition", definition_of_term)),
    ContrastFact: (("contrast", contrast), ("value", contrast_value)),
    QuantityFact: (("value", quantity_value),),
    PropertyFact: (("keyword", property_keyword),),
    SequenceFact: (("next", sequence_next),),
    ColumnFact: (("meaning", column_meaning), ("column", meaning_column)),
    RowFact: (("row value", row_value), ("row name", row_name)),
    ConsequenceFact: (("consequence", consequence),),
}
