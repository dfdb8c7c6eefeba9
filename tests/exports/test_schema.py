"""The published schema of questions against the questions themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest
from hypothesis import given, settings

from exports.json_bank import VERSION, bank_of
from exports.tables import answer_lines
from notes.facts import Language
from quizzes.questions import Difficulty, Question
from tests.exports.banks import NOTES, bank
from tests.exports.cast import CAST, deck
from tests.exports.strategies import questions

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "question.schema.json").read_text(encoding="utf-8"))
ROWS: dict[str, Any] = SCHEMA["$defs"]["question"]
VALID = jsonschema_rs.validator_for(SCHEMA)
QUESTION = jsonschema_rs.validator_for({**SCHEMA, "anyOf": [{"$ref": "#/$defs/question"}]})


def test_the_schema_itself_is_valid_and_carries_the_version() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    assert SCHEMA["$id"].endswith(f":{VERSION}")
    assert SCHEMA["$defs"]["bank"]["properties"]["version"]["const"] == VERSION


def test_the_schema_knows_every_kind_language_and_level() -> None:
    assert set(ROWS["properties"]["kind"]["enum"]) == {question.kind for question in CAST}
    assert set(SCHEMA["$defs"]["language"]["enum"]) == set(get_args(Language))
    assert set(ROWS["properties"]["difficulty"]["enum"]) == set(get_args(Difficulty))


@pytest.mark.parametrize("question", CAST, ids=lambda question: question.kind)
def test_the_schema_names_every_key_that_a_question_has(question: Question) -> None:
    assert set(question.to_dict()) <= set(ROWS["properties"])
    QUESTION.validate(question.to_dict())


@given(question=questions())
@settings(max_examples=50, deadline=None)
def test_a_valid_question_fits_the_schema(question: Question) -> None:
    answer_lines(question)
    QUESTION.validate(json.loads(json.dumps(question.to_dict())))


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_every_generated_question_fits_the_schema(path: Path) -> None:
    for question in bank(path):
        QUESTION.validate(question.to_dict())


def test_banks_and_lists_fit_too() -> None:
    VALID.validate(bank_of(deck()))
    VALID.validate([question.to_dict() for question in CAST])


@pytest.mark.parametrize(("kind", "change"), [
    ("single_choice", {"answer": ["a list"]}),
    ("single_choice", {"choices": ["one"]}),
    ("true_false", {"answer": "true"}),
    ("cloze", {"prompt": "no gap"}),
    ("cloze", {"answer": "not a list"}),
    ("ordering", {"answer": ["one"]}),
    ("matching", {"answer": []}),
    ("practical", {"reference": ""}),
    ("command", {"id": "short"}),
    ("command", {"difficulty": "hard"}),
    ("command", {"source": {"file": "x", "heading": [], "lines": [0, 1]}}),
])
def test_a_wrong_question_does_not_fit(kind: str, change: dict[str, object]) -> None:
    row = next(question for question in CAST if question.kind == kind).to_dict()
    assert not QUESTION.is_valid({**row, **change})
