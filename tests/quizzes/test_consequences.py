"""The questions on what follows: whole, in every language, and without a flaw the gate sees."""

from __future__ import annotations

import pytest

from notes.extract.consequences import cases as called
from notes.facts import ConsequenceFact, Reading, Source
from quizzes import flaws
from quizzes.consequences import cases, proofs
from quizzes.context import Context
from quizzes.kinds import KINDS
from quizzes.wording import WORDINGS

LANGUAGES = ["zh", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_is_asked_in_every_language(language):
    assert list(cases(language)) == list(called())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", called())
def test_a_case_passes_the_gate(name, language):
    fact = ConsequenceFact(Source("n.md", ("Docker",), (1, 1)), language, "", "safe", name)
    context = Context([Reading("n.md", language, "", "", (fact,), ())])
    [question] = KINDS["single_choice"].questions(context.facts, context)
    assert len(set(question.choices)) == 4
    assert question.answer == cases(language)[name].key
    assert flaws.check(flaws.repaired(question)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_stands_out_by_its_length(language):
    length = WORDINGS[language].length
    stand_out = [name for name, case in cases(language).items() if length(case.key) > max(map(length, case.others))]
    assert stand_out == []


def test_every_proof_is_of_a_case_and_most_cases_have_one():
    assert set(proofs()) < set(called())
    assert all(proofs().values())
    assert len(proofs()) > 0.8 * len(called())
