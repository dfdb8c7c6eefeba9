"""Every kind keeps the contract of `quizzes.kinds.base`."""

from __future__ import annotations

import pytest

from quizzes.context import Context
from quizzes.generate import generate
from quizzes.grading import ResponseError, grade
from quizzes.kinds import KINDS
from quizzes.kinds.base import Drop
from quizzes.questions import Question
from tests.quizzes.facts import CAST, reading

GRADED = [name for name in KINDS if name != "practical"]


def questions_of(kind: str) -> list[Question]:
    context = Context([reading()])
    return [made for made in KINDS[kind].questions(context.facts, context) if not isinstance(made, Drop)]


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_makes_questions_from_the_small_cast(name):
    made = questions_of(name)
    assert made
    for question in made:
        assert question.kind == name
        assert question.prompt
        assert question.explanation
        assert question.facts
        assert Question.from_dict(question.to_dict()) == question


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_makes_the_same_questions_twice(name):
    assert questions_of(name) == questions_of(name)


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_labels_in_both_languages(name):
    assert KINDS[name].name == name
    assert set(KINDS[name].label) == {"zh", "en"}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_survives_no_facts(name):
    empty = Context([reading(())])
    assert list(KINDS[name].questions((), empty)) == []


@pytest.mark.parametrize("name", GRADED)
def test_the_key_is_right(name):
    for question in questions_of(name):
        verdict = grade(question, question.answer)
        assert verdict.outcome == "right", question.prompt
        assert verdict.score == 1.0


@pytest.mark.parametrize("name", GRADED)
def test_a_wrong_response_is_wrong_and_told_the_key(name):
    for question in questions_of(name):
        verdict = grade(question, _wrong(question))
        assert verdict.outcome != "right"
        assert verdict.score < 1
        assert len(verdict.feedback) > 5


@pytest.mark.parametrize("name", GRADED)
def test_a_response_of_the_wrong_shape_is_refused(name):
    question = questions_of(name)[0]
    with pytest.raises(ResponseError):
        grade(question, 7)


def test_a_practical_is_not_judged_by_grading():
    practical = next(question for question in generate([reading()]).questions if question.kind == "practical")
    with pytest.raises(ResponseError):
        grade(practical, "docker ps")


def _wrong(question: Question):
    match KINDS[question.kind].widget:
        case "judge":
            return not question.answer
        case "gaps":
            return ["", *["zzz"] * (len(question.answers) - 1)]
        case "command":
            return "ls"
        case "order":
            return list(reversed(question.answer))
        case "pairs":
            lefts, rights = list(question.answer), list(question.answer.values())
            return dict(zip(lefts, rights[1:] + rights[:1], strict=True))
        case "checkboxes":
            return [choice for choice in question.choices if choice not in question.answer]
    return next(choice for choice in question.choices if choice != question.answer)


def test_every_fact_of_the_cast_is_asked():
    asked = {fact for question in generate([reading()]).questions for fact in question.facts}
    assert {fact.id for fact in CAST} <= asked
