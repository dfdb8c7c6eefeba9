"""Banks of real notes keep the rules: our samples always, the shared notes where they are present."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from notes import read_note
from quizzes import flaws
from quizzes.generate import MOST_PER_FACT, generate
from quizzes.typed import normal

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "notes"
NOTES = sorted(
    [*(ROOT / "samples").glob("*.md"), *(path for path in SHARED.glob("*.md") if path.name != "SOURCES.md")]
)
MAIN = SHARED / "docker-basics.zh.md"


def bank_of(path):
    return generate([read_note(path.name, path.read_bytes())])


@pytest.fixture(scope="module", params=NOTES, ids=lambda path: path.name)
def bank(request):
    return bank_of(request.param)


def test_no_question_has_a_flaw(bank):
    for question in bank.questions:
        assert flaws.check(question) == [], question.prompt


def test_nothing_is_asked_twice(bank):
    asked = Counter(
        (question.kind, normal(question.prompt), str(question.answer)) for question in bank.questions
    )
    assert max(asked.values(), default=1) == 1
    assert len({question.id for question in bank.questions}) == len(bank.questions)


def test_no_fact_is_asked_too_often(bank):
    asked = Counter(fact for question in bank.questions for fact in question.facts)
    assert max(asked.values(), default=0) <= MOST_PER_FACT


def test_true_and_false_are_in_balance(bank):
    judged = [question.answer for question in bank.questions if question.kind == "true_false"]
    if len(judged) >= 12:
        assert 0.4 <= sum(judged) / len(judged) <= 0.6


def test_keys_stand_in_every_place(bank):
    four = [
        question
        for question in bank.questions
        if isinstance(question.answer, str) and len(question.choices) == 4
    ]
    if len(four) >= 12:
        places = Counter(question.choices.index(question.answer) for question in four)
        assert all(0.15 <= places[place] / len(four) <= 0.35 for place in range(4)), places


def test_the_key_is_seldom_the_longest(bank):
    asked = [question for question in bank.questions if isinstance(question.answer, str) and question.choices]
    longest = sum(
        all(
            len(question.answer) > 1.2 * len(choice)
            for choice in question.choices
            if choice != question.answer
        )
        for question in asked
    )
    assert longest <= 0.3 * max(len(asked), 1)


def test_a_bank_is_the_same_twice():
    if NOTES:
        first, second = (
            json.dumps([question.to_dict() for question in bank_of(NOTES[0]).questions], ensure_ascii=False)
            for _ in range(2)
        )
        assert first == second


if MAIN.exists():  # a checkout alone is complete: our own samples are held to the same rules above

    def test_the_main_note_gives_what_an_exam_needs():
        bank = bank_of(MAIN)
        assert len(bank.questions) >= 100
        shown = "\n".join(f"{question.prompt} {question.answer}" for question in bank.questions)
        assert "`docker run` 的 `-P` 与 `-p` 有什么区别？" in shown
        assert "`docker stop` 与 `docker kill` 有什么区别？" in shown
        assert "请从下到上排列虚拟机的各层。" in shown
        assert "镜像自身是" in shown
        tasks = [question.reference for question in bank.questions if question.kind == "practical"]
        assert len(tasks) >= 12
        assert "docker run -d -p 8080:8080 --name web tomcat" in tasks
        assert "docker run -d -P --name web tomcat" in tasks
        for taught in ("dokcer", "imspect", "comcat", "docker logs -f -t --tail IMAGE"):
            assert taught not in shown


def test_a_note_without_facts_gives_an_empty_bank():
    assert generate([read_note("empty.md", b"# Title\n\nhello\n")]).questions == ()
