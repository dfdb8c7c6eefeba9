"""From facts to a bank: candidates of every kind, the flaw gate, the choice of a few good ones a fact, and
balance.

The same readings give the same bank, byte for byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from notes.facts import ColumnFact, CommandFact, ContrastFact, Fact, FlagFact, PropertyFact, Reading, RowFact
from quizzes import flaws
from quizzes.context import Context
from quizzes.draws import draw
from quizzes.kinds import KINDS
from quizzes.kinds.base import Drop
from quizzes.questions import Question
from quizzes.typed import normal

__all__ = ["Bank", "Drop", "generate"]

MOST_PER_FACT = 3
MOST_BEFORE_JUDGING = 2  # a fact that is asked so often is not judged as well
#: Facts that say little are asked less.
FEWER: dict[type[Fact], int] = {ColumnFact: 1, ContrastFact: 2, CommandFact: 2, RowFact: 2}
TRUE_AT_LEAST, TRUE_AT_MOST = 0.44, 0.56
POSITION_AT_LEAST, POSITION_AT_MOST = 0.18, 0.32

#: How much a question is worth learning from, by kind and direction; the dearest of a fact are taken first.
WORTH = {
    ("practical", "task"): 95,
    ("single_choice", "contrast"): 92,
    ("single_choice", "consequence"): 94,
    ("output_reading", ""): 90,
    ("error_diagnosis", ""): 88,
    ("ordering", "order"): 88,
    ("cloze", "value"): 80,
    ("single_choice", "value"): 74,
    ("cloze", "keyword"): 76,
    ("single_choice", "keyword"): 72,
    ("true_false", "truth"): 58,
    ("single_choice", "flag"): 72,
    ("single_choice", "meaning"): 72,
    ("single_choice", "command"): 66,
    ("single_choice", "purpose"): 64,
    ("command", "typed"): 66,
    ("cloze", "flag"): 60,
    ("single_choice", "term"): 70,
    ("single_choice", "definition"): 74,
    ("cloze", "term"): 66,
    ("cloze", "alias"): 50,
    ("single_choice", "next"): 60,
    ("single_choice", "column"): 62,
    ("single_choice", "row value"): 74,
    ("single_choice", "row name"): 72,
    ("multiple_answers", "statements"): 90,
    ("multiple_answers", "sentences"): 90,
    ("matching", "pairs"): 90,
}
#: Kinds that show whole sentences of the notes.
_OF_SENTENCES = frozenset({"true_false", "cloze"})
SPREAD = 16  # how far a draw from the id may move a question, so that neighbours are not all asked the same way


@dataclass(frozen=True)
class Bank:
    """All questions of one or several notes, in the order of the notes."""

    questions: tuple[Question, ...]
    dropped: tuple[Drop, ...]


def generate(readings: Sequence[Reading]) -> Bank:
    """Make the bank of one note or of several together."""
    context = Context(readings)
    candidates, dropped = _gated(_candidates(context), context)
    chosen = _without_twins(_chosen(candidates, context))
    settled = _positions(_truths(chosen, candidates))
    return Bank(tuple(_in_note_order(settled, context)), tuple(dropped))


def _candidates(context: Context) -> Iterable[Question | Drop]:
    for kind in KINDS.values():
        yield from kind.questions(context.facts, context)


def _gated(candidates: Iterable[Question | Drop], context: Context) -> tuple[dict[str, list[Question]], list[Drop]]:
    """Sort the candidates by id, flawed ones repaired or dropped."""
    passed: dict[str, list[Question]] = {}
    dropped: list[Drop] = []
    for candidate in candidates:
        if isinstance(candidate, Drop):
            dropped.append(candidate)
            continue
        question = flaws.repaired(candidate)
        found = flaws.check(question)
        if question.kind in _OF_SENTENCES and context.about_example(question.prompt):
            found = [flaws.Flaw("the sentence tells of the notes' example only")]
        if found:
            dropped.append(Drop(found[0].name, question.prompt, question.source))
        else:
            passed.setdefault(question.id, []).append(question)
    return passed, dropped


def _worth(question: Question) -> int:
    base = WORTH.get((question.kind, question.direction), WORTH.get((question.kind, ""), 50))
    return base + draw(question.id + "worth", SPREAD)


def _chosen(candidates: dict[str, list[Question]], context: Context) -> list[Question]:
    """Take the dearest first, at most three a fact; a kind comes once more for a fact only in another
    direction.
    """
    asked: Counter[str] = Counter()
    ways: set[tuple[str, str]] = set()
    sections: set[tuple[str, ...]] = set()
    taken: list[Question] = []
    ranked = sorted(
        candidates.values(),
        key=lambda variants: (_judges(variants), _only_true(variants), -_worth(variants[0]), variants[0].id),
    )
    for variants in ranked:
        question = variants[0]
        most = MOST_BEFORE_JUDGING if _judges(variants) else MOST_PER_FACT
        if any(asked[fact] >= min(most, _most(fact, context)) for fact in question.facts):
            continue
        section = (question.source.file, *question.source.heading)
        lonely = _only_true(variants) and isinstance(context.by_id[question.facts[0]], PropertyFact)
        if _only_true(variants) and any(asked[fact] for fact in question.facts):
            continue
        if lonely and section in sections:
            continue
        if len(question.facts) == 1 and ways & set(_ways(question)):
            continue
        taken.append(question)
        sections.add(section)
        asked.update(question.facts)
        ways.update(_ways(question))
    return taken


#: Directions that ask for the same thing, chosen or typed.
_ONE_WAY = {"typed": "command"}


def _ways(question: Question) -> list[tuple[str, str]]:
    """The ways in which a question asks its facts, none of which comes twice for a fact: its kind, and for a
    question on one fact what it asks for, be it chosen or typed. An error is asked in several ways by one kind.
    """
    direction = _ONE_WAY.get(question.direction, question.direction)
    kind = f"{question.kind} {direction}" if question.kind == "error_diagnosis" else question.kind
    both = [kind, f"asks for {direction}"] if len(question.facts) == 1 else [kind]
    return [(fact, way) for fact in question.facts for way in both]


def _judges(variants: Sequence[Question]) -> bool:
    """Tell whether these are versions of a statement to judge, which tells least of what a learner knows."""
    return variants[0].kind == "true_false"


def _only_true(variants: Sequence[Question]) -> bool:
    """Tell whether these are a statement to judge that has no false version: asked when nothing else is."""
    return variants[0].kind == "true_false" and all(variant.answer is True for variant in variants)


def _most(identity: str, context: Context) -> int:
    fact = context.by_id[identity]
    known_anywhere = isinstance(fact, FlagFact) and {fact.flag, *fact.aliases} & {"--help", "--version"}
    return 1 if known_anywhere or context.is_framed(fact) else FEWER.get(type(fact), MOST_PER_FACT)


def _without_twins(questions: Sequence[Question]) -> list[Question]:
    """Leave out a question that another fact asks in the same words."""
    kept: dict[tuple[str, str], Question] = {}
    for question in questions:
        kept.setdefault(
            (
                question.kind,
                normal(question.prompt) + (str(question.answer) if question.kind == "matching" else ""),
            ),
            question,
        )
    return list(kept.values())


def _truths(chosen: Sequence[Question], candidates: dict[str, list[Question]]) -> list[Question]:
    """Choose the true or the false version of each statement by its id, then turn as few as needed for a
    balance.
    """
    picked = [_drawn(candidates[question.id]) if question.kind == "true_false" else question for question in chosen]
    judged = [question for question in picked if question.kind == "true_false"]
    true = sum(question.answer is True for question in judged)
    low, high = TRUE_AT_LEAST * len(judged), TRUE_AT_MOST * len(judged)
    turned: dict[str, Question] = {}
    for question in sorted(judged, key=lambda question: question.id):
        wanted = True if true < low else False if true > high else None
        other = next((variant for variant in candidates[question.id] if variant.answer is wanted), None)
        if wanted is not None and question.answer is not wanted and other is not None:
            turned[question.id] = other
            true += 1 if wanted else -1
    return _balanced([turned.get(question.id, question) for question in picked])


def _drawn(variants: Sequence[Question]) -> Question:
    wanted = bool(draw(variants[0].id + "truth", 2))
    return next((variant for variant in variants if variant.answer is wanted), variants[0])


def _balanced(questions: Sequence[Question]) -> list[Question]:
    """Drop true statements that have no false version when they would outweigh."""
    judged = [question for question in questions if question.kind == "true_false"]
    false = sum(question.answer is False for question in judged)
    spare = [question for question in sorted(judged, key=lambda question: question.id) if question.answer is True]
    most = max(int(false * TRUE_AT_MOST / (1 - TRUE_AT_MOST)), 1)
    asked = Counter(fact for question in questions for fact in question.facts)
    true, left_out = len(spare), set[str]()
    for question in spare:
        if true > most and all(asked[fact] > 1 for fact in question.facts):
            left_out.add(question.id)
            asked.subtract(question.facts)
            true -= 1
    return [question for question in questions if question.id not in left_out]


def _positions(questions: Sequence[Question]) -> list[Question]:
    """Move keys of one-of-four questions, as few as needed, until every place holds its share."""
    four = sorted(
        (question for question in questions if isinstance(question.answer, str) and len(question.choices) == 4),
        key=lambda question: question.id,
    )
    places = Counter(question.choices.index(str(question.answer)) for question in four)
    moved: dict[str, Question] = {}
    for question in four:
        place = question.choices.index(str(question.answer))
        rarest = min(range(4), key=lambda other: (places[other], other))
        if places[place] > POSITION_AT_MOST * len(four) or (
            places[rarest] < POSITION_AT_LEAST * len(four) and places[place] > len(four) / 4
        ):
            choices = list(question.choices)
            choices[place], choices[rarest] = choices[rarest], choices[place]
            moved[question.id] = replace(question, choices=tuple(choices))
            places[place] -= 1
            places[rarest] += 1
    return [moved.get(question.id, question) for question in questions]


def _in_note_order(questions: Iterable[Question], context: Context) -> list[Question]:
    files = {file: place for place, file in enumerate(context.texts)}
    return sorted(
        questions,
        key=lambda question: (files.get(question.source.file, 0), question.source.lines[0], question.id),
    )
