
"""The bank, and what is done with it: order, balance, coverage, regeneration, selection, cards."""

from __future__ import annotations

import dataclasses
import json
import random

import pytest

from quizzes.coverage import coverage
from quizzes.flashcards import card_of
from quizzes.generate import MOST_PER_FACT, generate
from quizzes.questions import Question
from quizzes.regeneration import merge
from quizzes.selection import fits, pick
from tests.quizzes.facts import CAST, option, reading


@pytest.fixture(scope="module")
def bank():
    return generate([reading()])


def as_bytes(bank):
    return json.dumps([question.to_dict() for question in bank.questions], ensure_ascii=False).encode()


def test_the_same_notes_give_the_same_bytes():
    assert as_bytes(generate([reading()])) == as_bytes(generate([reading()]))


def test_questions_stand_in_the_order_of_the_note(bank):
    lines = [question.source.lines[0] for question in bank.questions]
    assert lines == sorted(lines)


def test_no_fact_is_asked_more_than_three_times(bank):
    for fact in CAST:
        assert sum(fact.id in question.facts for question in bank.questions) <= MOST_PER_FACT


def test_one_fact_kind_and_direction_is_one_question(bank):
    ways = [(question.facts, question.kind, question.direction) for question in bank.questions]
    assert len(ways) == len(set(ways))


def test_every_kind_is_in_the_bank_of_the_small_cast(bank):
    assert {question.kind for question in bank.questions} >= {
        "single_choice", "true_false", "cloze", "command", "ordering", "practical", "matching", "output_reading",
    }  # fmt: skip


def test_a_reworded_note_keeps_the_ids():
    moved = [dataclasses.replace(fact, text=fact.text + "!", source=dataclasses.replace(fact.source, lines=(900, 900)))
             for fact in CAST]  # fmt: skip
    before = {question.id for question in generate([reading()]).questions}
    assert {question.id for question in generate([reading(moved)]).questions} == before


def test_an_option_is_told_from_its_twin(bank):
    contrast = next(
        question
        for question in bank.questions
        if question.direction == "contrast" and "-P" in question.prompt
    )
    assert contrast.prompt == "`docker run` 的 `-P` 与 `-p` 有什么区别？"
    assert contrast.answer == "`-P`：随机映射所有公开的端口；`-p`：把主机端口映射到容器端口"


def test_the_port_mapping_is_read_from_the_output(bank):
    asked = next(question for question in bank.questions if question.direction == "random port")
    assert asked.answer == "`quiet_fox`，因为 32768 是 Docker 随机分配的主机端口"


def test_lines_that_nothing_asks_are_named(bank):
    text = "\n".join(f"line {number}" for number in range(1, 81))
    note = reading(text=text)
    covered = coverage(note, bank.questions)
    assert 1 in covered.asked
    assert 80 in covered.silent
    assert set(covered.asked).isdisjoint(covered.never_asked)
    assert json.loads(json.dumps(covered.to_dict()))["file"] == "note.md"


def test_regeneration_marks_new_changed_and_vanished():
    old = generate([reading(CAST[:5])]).questions
    reworded = [
        dataclasses.replace(CAST[3], meaning="给容器设置环境变量"),
        *CAST[:3],
        option(6, "-w", "--workdir", "设置工作目录"),
    ]
    rows = merge(old, generate([reading(reworded)]).questions)
    assert any("-w" in question.prompt for question in rows.of("new"))
    assert any("环境变量" in str(question.to_dict()) for question in rows.of("changed"))
    assert any(CAST[4].id in question.facts for question in rows.of("vanished"))
    assert merge(old, old).of("unchanged") == tuple(old)


def test_an_edited_question_keeps_its_wording(bank):
    mine = dataclasses.replace(bank.questions[0], prompt="改过的题目？")
    row = merge([mine], [bank.questions[0]], edited=[mine.id]).rows[0]
    assert row.question.prompt == "改过的题目？"


def test_a_quiz_mixes_kinds_and_asks_no_fact_twice(bank):
    quiz = pick(bank.questions, 8, random.Random(7))
    assert len(quiz) == 8
    assert len({question.kind for question in quiz}) >= 5
    facts = [fact for question in quiz for fact in question.facts]
    assert len(facts) == len(set(facts))
    assert all(fits(question, [other for other in quiz if other is not question]) for question in quiz)


def test_a_quiz_of_one_kind(bank):
    assert {question.kind for question in pick(bank.questions, 3, random.Random(1), kinds={"cloze"})} == {
        "cloze"
    }


def test_the_same_dice_give_the_same_quiz(bank):
    assert pick(bank.questions, 6, random.Random(3)) == pick(bank.questions, 6, random.Random(3))


def test_every_question_has_a_card(bank):
    for question in bank.questions:
        card = card_of(question)
        assert card.front.startswith(question.prompt)
        assert card.answer
        assert (card.kind == "cloze") == bool(card.gaps)


def test_questions_survive_json(bank):
    for question in bank.questions:
        assert Question.from_dict(json.loads(json.dumps(question.to_dict()))) == question
