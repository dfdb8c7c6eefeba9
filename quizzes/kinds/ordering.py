"""Steps or layers to put in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import ClassVar

from notes.facts import Fact, Language, SequenceFact
from quizzes.context import Context
from quizzes.kinds.base import Candidate, Drop, QuestionKind, ResponseError, judged, list_of
from quizzes.kinds.build import build, jumbled, named
from quizzes.questions import Question, Response, Verdict
from quizzes.steps import tells_its_order

KIND = "ordering"
FEWEST, MOST = 3, 7
LONGEST = 60  # in the wording's length: 30 Han characters


class Ordering(QuestionKind):
    """The learner moves the parts into their order; the score is the share of neighbours that are right."""

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "排序题", "en": "Put in order"}
    widget = "order"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        return named(KIND, {SequenceFact: (("order", _order),)}, facts, context)

    def check(self, question: Question, response: Response) -> Verdict:
        key = (
            list(question.choices)
            if not isinstance(question.answer, list)
            else [str(part) for part in question.answer]
        )
        given = list_of(question, response)
        if not given:
            return judged(question, 0.0)
        if sorted(given) != sorted(key):
            raise ResponseError("ordering: the response must hold every choice once")
        neighbours = set(pairwise(key))
        return judged(
            question,
            sum(pair in neighbours for pair in pairwise(given)) / len(neighbours),
        )


def _order(fact: SequenceFact, context: Context) -> Iterable[Question | Drop]:
    wording = context.wording(fact)
    steps = [wording.choice(step) for step in fact.steps]
    prompt = wording.order(wording.choice(fact.name))
    if len(set(steps)) != len(steps) or not FEWEST <= len(steps) <= MOST:
        yield Drop("a sequence to order needs three to seven different steps", prompt, fact.source)
    elif tells_its_order(fact):
        yield Drop("the steps tell their order without knowledge", prompt, fact.source)
    elif any(wording.length(step) > LONGEST for step in steps):
        yield Drop("a step is too long to be moved about", prompt, fact.source)
    else:
        yield build(
            KIND,
            fact,
            "order",
            prompt,
            steps,
            wording.order_is(steps),
            choices=jumbled(KIND, fact, "order", steps),
            difficulty="understanding",
        )
