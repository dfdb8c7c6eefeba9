"""From facts to a bank: candidates of every kind, the flaw gate, the choice of a few good ones a fact, and
balance.

The same readings give the same bank, byte for byte.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from notes.collector import uncollected
from notes.facts import ColumnFact, CommandFact, ContrastFact, Fact, FlagFact, Reading, RowFact
from quizzes import flaws
from quizzes.context import Context
from quizzes.draws import draw
from quizzes.earlier import Earlier
from quizzes.illustration import illustrated
from quizzes.kinds import KINDS
from quizzes.kinds.base import Candidate, Drop
from quizzes.passages import passages
from quizzes.questions import Question
from quizzes.scripts import in_traditional, is_traditional
from quizzes.typed import normal
from quizzes.wording import WORDINGS

__all__ = ["Bank", "Drop", "generate"]

MOST_PER_FACT = 3
#: As `Wording.length` counts, of a statement that can only be true: shorter ones state what everybody takes for granted.
LEAST_SAID = {"zh": 20, "en": 36}
_LIKENS = re.compile(r"取代|相当于|类似|好比|\b(?:replaces?|like|similar)\b")  # what is true of a picture of things only
MOST_PER_PASSAGE = 3  # of a sentence that several facts were read from
MOST_JUDGED_PER_PASSAGE = 1
MOST_IN_A_FRAME = 2  # of sentences of one shape, once among the others and once alone
MOST_BEFORE_JUDGING = 2  # a fact that is asked so often is not judged as well
MOST_OF_A_TASK = 4  # tasks of one note that differ in their names alone
_NAMES = re.compile(r"`[^`]+`")
#: Facts that say little are asked less.
FEWER: dict[type[Fact], int] = {ColumnFact: 2, ContrastFact: 2, CommandFact: 2, RowFact: 2}
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
    ("single_choice", "next"): 60,
    ("single_choice", "in place of"): 40,  # behind the question on what comes next, which is of the same kind
    ("single_choice", "column"): 62,
    ("single_choice", "row value"): 74,
    ("single_choice", "row name"): 72,
    ("multiple_answers", "statements"): 90,
    ("multiple_answers", "sentences"): 90,
    ("matching", "pairs"): 90,
}
JUDGED = "true_false"
#: Kinds that show whole sentences of the notes.
_OF_SENTENCES = frozenset({JUDGED, "cloze"})
SPREAD = 16  # how far a draw from the id may move a question, so that neighbours are not all asked the same way


@dataclass(frozen=True)
class Bank:
    """All questions of one or several notes, in the order of the notes."""

    questions: tuple[Question, ...]
    dropped: tuple[Drop, ...]  # what was wanted and could not be asked; candidates nobody wanted are not tried


@uncollected()
def generate(readings: Sequence[Reading], before: Iterable[Question] = ()) -> Bank:
    """Make the bank of one note or of several together.

    :param before: the bank of the notes as they were: what it asked and showed is preferred to what would do as well
    """
    earlier = Earlier(before)
    context = Context(readings, earlier)
    gate = _Gate(context)
    choice = _Choice(context)
    candidates = _by_id(_candidates(context), gate.dropped)
    for variants in _dearest_first(candidates.values(), earlier, choice.passages):
        if choice.wants(variants[0]) and (question := next(gate.passed(variants), None)):
            choice.take(question)
    choice.taken.sort(key=partial(_rank, earlier))
    statements = _statements(candidates.values(), choice, gate)
    for question, *more in sorted(statements.values(), key=partial(_false_ones_first, earlier)):
        needed = not _only_true((question, *more)) or choice.lacks(question) or earlier.version((question, *more)) is not None
        if choice.wants(question) and needed:
            choice.take(question)
    versions = _truths(_without_twins(choice.taken), statements, earlier)
    settled = _positions([_as_before(question, context) for question in versions], earlier)
    return Bank(tuple(illustrated(one, context) for one in _in_note_order(settled, context)), tuple(gate.dropped))


def _candidates(context: Context) -> Iterable[Candidate | Drop]:
    for kind in KINDS.values():
        yield from kind.candidates(context.facts, context)


def _by_id(candidates: Iterable[Candidate | Drop], dropped: list[Drop]) -> dict[str, list[Candidate]]:
    """Sort the candidates by id; what cannot be asked joins the dropped."""
    sorted_: dict[str, list[Candidate]] = {}
    for one in candidates:
        if isinstance(one, Drop):
            dropped.append(one)
        else:
            sorted_.setdefault(one.id, []).append(one)
    return sorted_


def _dearest_first(
    candidates: Iterable[Sequence[Candidate]], earlier: Earlier, told: Mapping[str, Sequence[str]]
) -> list[Sequence[Candidate]]:
    """Sort what is no statement to judge by its rank, neighbourhood by neighbourhood."""
    place = _neighbourhoods(candidates, told)
    return sorted(filter(_tells_most, candidates), key=lambda variants: (place(variants[0]), *_rank(earlier, variants[0])))


def _neighbourhoods(
    candidates: Iterable[Sequence[Candidate]], told: Mapping[str, Sequence[str]]
) -> Callable[[Candidate], int]:
    """Give each candidate the number of its neighbourhood: facts that are asked together or stand in one passage,
    directly or through others.

    What is taken in one does not bear on what is taken in another. One after the other, in the order of the notes, they
    find what was made for the facts beside them still in the caches, however long the notes are.
    """
    heads: dict[str, str] = {}

    def head(fact: str) -> str:
        while heads[fact] != fact:
            heads[fact] = fact = heads[heads[fact]]
        return fact

    for one in (variants[0] for variants in candidates):
        beside = (passage for fact in one.facts for passage in told.get(fact, ()))
        first, *others = (head(heads.setdefault(fact, fact)) for fact in (*one.facts, *beside))
        heads.update(dict.fromkeys(others, first))
    numbers = {fact: number for number, fact in enumerate(heads)}
    return lambda one: numbers[head(one.facts[0])]


class _Gate:
    """Lets sound questions pass: flawed ones are repaired or dropped."""

    def __init__(self, context: Context) -> None:
        self.dropped: list[Drop] = []
        self._context = context

    def passed(self, candidates: Iterable[Candidate]) -> Iterator[Question]:
        """Make questions as long as they are asked for."""
        for made in (one for candidate in candidates for one in candidate.make() if one):
            if isinstance(made, Drop):
                self.dropped.append(made)
                continue
            question = self._in_script(flaws.repaired(made))
            flaw = self._flaw(question)
            if flaw:
                self.dropped.append(Drop(flaw, question.prompt, question.source))
            else:
                yield question

    def _in_script(self, question: Question) -> Question:
        traditional = question.language == "zh" and is_traditional(self._context.texts.get(question.source.file, ""))
        return in_traditional(question) if traditional else question

    def _flaw(self, question: Question) -> str:
        if question.kind in _OF_SENTENCES and self._context.about_example(question.prompt):
            return "the sentence tells of the notes' example only"
        found = flaws.check(question)
        return found[0].name if found else ""


class _Choice:
    """What has been taken into the bank so far: at most three questions a fact and a passage, and a kind once more for
    a fact only in another direction.
    """

    def __init__(self, context: Context) -> None:
        self.taken: list[Question] = []
        self._context = context
        self._asked: Counter[str] = Counter()
        self._ways: set[tuple[str, str]] = set()
        self.passages = passages(context.facts)
        self._told: Counter[str] = Counter()
        self._judged: Counter[str] = Counter()

    def wants(self, one: Candidate | Question) -> bool:
        if any(self._asked[fact] >= self._most(fact, one.kind == JUDGED) for fact in one.facts):
            return False
        most = MOST_JUDGED_PER_PASSAGE if one.kind == JUDGED else MOST_PER_PASSAGE
        told = self._judged if one.kind == JUDGED else self._told
        if any(told[passage] >= most or self._told[passage] >= MOST_PER_PASSAGE for passage in self._passages_of(one)):
            return False
        return len(one.facts) > 1 or self._ways.isdisjoint(_ways(one))

    def _most(self, fact: str, judged: bool) -> int:
        if judged and self._context.is_framed(self._context.by_id[fact]):
            return 1  # asked by its word: the same sentence with the word of another is too easily told
        return min(MOST_BEFORE_JUDGING if judged else MOST_PER_FACT, _most(fact, self._context))

    def _passages_of(self, one: Candidate | Question) -> set[str]:
        """The passages a question is about; one on several facts asks for none of them in particular."""
        if len(one.facts) > 1:
            return set()
        return {passage for fact in one.facts for passage in self.passages.get(fact, ())}

    def lacks(self, question: Question) -> bool:
        """Tell whether a statement without a false version is needed: nothing else asks its fact, and it says enough."""
        enough = LEAST_SAID[question.language] <= WORDINGS[question.language].length(question.prompt)
        return enough and not _LIKENS.search(question.prompt) and not any(self._asked[fact] for fact in question.facts)

    def take(self, question: Question) -> None:
        self.taken.append(question)
        self._asked.update(question.facts)
        self._told.update(self._passages_of(question))
        self._judged.update(self._passages_of(question) if question.kind == JUDGED else ())
        self._ways.update(_ways(question))


def _tells_most(variants: Sequence[Candidate]) -> bool:
    """Tell whether this is no statement to judge, which tells least of what a learner knows."""
    return variants[0].kind != JUDGED


def _rank(earlier: Earlier, one: Candidate | Question) -> tuple[int, str]:
    """Give what sorts the dearest first."""
    base = WORTH.get((one.kind, one.direction), WORTH.get((one.kind, ""), 50))
    return -base - draw(one.id + "worth", SPREAD) - earlier.worth(one.id), one.id


def _statements(
    candidates: Iterable[Sequence[Candidate]], choice: _Choice, gate: _Gate
) -> dict[str, list[Question]]:
    """Make the statements to judge on facts that are not asked enough, each true and, where that works, false."""
    wanted = (variants for variants in candidates if not _tells_most(variants) and choice.wants(variants[0]))
    made = {variants[0].id: list(gate.passed(variants)) for variants in wanted}
    return {identity: variants for identity, variants in made.items() if variants}


def _false_ones_first(earlier: Earlier, variants: Sequence[Question]) -> tuple[bool, int, str]:
    return _only_true(variants), *_rank(earlier, variants[0])


_IN_MANY_WAYS = ("error_diagnosis", "output_reading")
#: Directions that ask for the same thing, chosen or typed.
_ONE_WAY = {"typed": "command"}


def _ways(question: Candidate | Question) -> list[tuple[str, str]]:
    """The ways in which a question asks its facts, none of which comes twice for a fact: its kind, and for a
    question on one fact what it asks for, be it chosen or typed. An error or an output is asked in several ways by one kind.
    """
    direction = _ONE_WAY.get(question.direction, question.direction)
    kind = f"{question.kind} {direction}" if question.kind in _IN_MANY_WAYS else question.kind
    both = [kind, f"asks for {direction}"] if len(question.facts) == 1 else [kind]
    return [(fact, way) for fact in question.facts for way in both]


def _only_true(variants: Sequence[Question]) -> bool:
    """Tell whether a statement to judge has no false version: asked when nothing else is."""
    return all(variant.answer is True for variant in variants)


def _most(identity: str, context: Context) -> int:
    fact = context.by_id[identity]
    known_anywhere = isinstance(fact, FlagFact) and {fact.flag, *fact.aliases} & {"--help", "--version"}
    if known_anywhere:
        return 0
    if context.is_small_print(fact):
        return 1
    return MOST_IN_A_FRAME if context.is_framed(fact) else FEWER.get(type(fact), MOST_PER_FACT)


def _without_twins(questions: Sequence[Question]) -> list[Question]:
    """Leave out a question that another fact asks in the same words, and a task that differs from others in its names
    alone.
    """
    kept: dict[tuple[str, str], Question] = {}
    tasks: Counter[tuple[str, str]] = Counter()
    for question in questions:
        task = (question.source.file, _NAMES.sub("`", question.prompt))
        tasks[task] += question.kind == "practical"
        if question.kind == "practical" and tasks[task] > MOST_OF_A_TASK:
            continue
        told = str(question.answer) if len(question.facts) > 1 or question.kind == "matching" else ""
        kept.setdefault((question.kind, normal(question.prompt) + told), question)
    return list(kept.values())


def _truths(chosen: Sequence[Question], statements: dict[str, list[Question]], earlier: Earlier) -> list[Question]:
    """Choose the true or the false version of each statement by its id, unless one was asked before, then turn as few
    of the others as needed for a balance.
    """
    picked = [_drawn(statements[question.id], earlier) if question.kind == JUDGED else question for question in chosen]
    judged = [question for question in picked if question.kind == JUDGED]
    true = sum(question.answer is True for question in judged)
    low, high = TRUE_AT_LEAST * len(judged), TRUE_AT_MOST * len(judged)
    turned: dict[str, Question] = {}
    for question in sorted(judged, key=lambda question: question.id):
        wanted = True if true < low else False if true > high else None
        other = next((variant for variant in statements[question.id] if variant.answer is wanted), None)
        fresh = earlier.version(statements[question.id]) is None
        if wanted is not None and question.answer is not wanted and other is not None and fresh:
            turned[question.id] = other
            true += 1 if wanted else -1
    return _balanced([turned.get(question.id, question) for question in picked], earlier)


def _drawn(variants: Sequence[Question], earlier: Earlier) -> Question:
    if asked := earlier.version(variants):
        return asked
    wanted = bool(draw(variants[0].id + "truth", 2))
    return next((variant for variant in variants if variant.answer is wanted), variants[0])


def _balanced(questions: Sequence[Question], earlier: Earlier) -> list[Question]:
    """Drop statements of the sort that outweighs, true ones without a false version or the other way round, where
    something else asks their facts, unless they were asked before.
    """
    judged = sorted((question for question in questions if question.kind == JUDGED), key=lambda question: question.id)
    asked = Counter(fact for question in questions for fact in question.facts)
    left_out = set[str]()
    for answer in (True, False):
        spare = [question for question in judged if question.answer is answer]
        others = len(judged) - len(left_out) - len(spare)
        most, count = max(int(others * TRUE_AT_MOST / (1 - TRUE_AT_MOST)), 1), len(spare)
        for question in spare:
            if count > most and not earlier.worth(question.id) and all(asked[fact] > 1 for fact in question.facts):
                left_out.add(question.id)
                asked.subtract(question.facts)
                count -= 1
    return [question for question in questions if question.id not in left_out]


def _positions(questions: Sequence[Question], earlier: Earlier) -> list[Question]:
    """Move keys of one-of-four questions, as few as needed, until every place holds its share. What was shown before
    stays as it stood.
    """
    four = sorted(
        (question for question in questions if isinstance(question.answer, str) and len(question.choices) == 4),
        key=lambda question: question.id,
    )
    places = Counter(question.choices.index(str(question.answer)) for question in four)
    moved: dict[str, Question] = {}
    for question in four:
        if earlier.shown(question.id):
            continue
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


def _as_before(question: Question, context: Context) -> Question:
    """Leave a question as it was asked as far as that is still right."""
    arranged = context.earlier.arranged(question)
    kept = context.earlier.kept(arranged, (repr(context.by_id[fact]) for fact in question.facts))
    return arranged if kept is not arranged and flaws.check(kept) else kept


def _in_note_order(questions: Iterable[Question], context: Context) -> list[Question]:
    files = {file: place for place, file in enumerate(context.texts)}
    return sorted(
        questions,
        key=lambda question: (files.get(question.source.file, 0), question.source.lines[0], question.id),
    )
