"""Our files read by parsers that others wrote."""

from __future__ import annotations

import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from exports import EXPORTERS, Deck, prose
from exports.keys import CHOSEN
from exports.markup import from_html
from quizzes.questions import Question
from tests.exports.cast import CAST, NASTY, deck, nasty_questions

HERE = Path(__file__).parent
EVERYTHING = deck(*CAST, *(question for text in NASTY for question in nasty_questions(text)))


def export(name: str, what: Deck) -> tuple[bytes, list[Question]]:
    """Write a deck; give the file and the questions that are in it."""
    file = BytesIO()
    report = EXPORTERS[name].write(what, file)
    lost = {entry.question_id for entry in report.left_out}
    return file.getvalue(), [question for question in what.questions if question.id not in lost]


def gift_pegjs(data: bytes) -> list[dict[str, Any]]:
    """Read GIFT with gift-pegjs."""
    if not shutil.which("node") or not (HERE / "node_modules" / "gift-pegjs").is_dir():
        pytest.skip("needs Node.js and its parser: ./run test installs both where it can")
    read = subprocess.run(["node", "gift_reader.cjs"], cwd=HERE, input=data, capture_output=True, check=True)
    return [row for row in json.loads(read.stdout) if row["type"] != "Category"]


def test_gift_pegjs_reads_every_question_with_its_key() -> None:
    data, written = export("gift", EVERYTHING)
    rows = gift_pegjs(data)
    assert [row["id"] for row in rows] == [question.id for question in written]
    for question, row in zip(written, rows, strict=True):
        assert _seen(row["stem"]["text"]) == prose.as_plain(question.prompt)
        assert _gift_key(question, row) == _expected(question)


def _seen(markup: str) -> str:
    return prose.as_plain(from_html(markup))


def _gift_key(question: Question, row: dict[str, Any]) -> object:
    if question.kind in CHOSEN or question.kind == "multiple_answers":
        return row["type"], [(_seen(choice["text"]["text"]), _is_right(choice)) for choice in row["choices"]]
    if question.kind == "true_false":
        return row["type"], row["isTrue"]
    if question.kind == "matching":
        # This parser leaves escapes on the right of a pair as the placeholders it works with.
        return row["type"], [_seen(pair["subquestion"]["text"]) for pair in row["matchPairs"]
                             if pair["subquestion"]["text"]]
    if question.kind in {"command", "cloze"}:
        first = row["choices"][0]["text"]["text"].removeprefix("[plain]").replace(r"\*", "*")
        return row["type"], first
    return row["type"], None


def _is_right(choice: dict[str, Any]) -> bool:
    return bool(choice["isCorrect"]) or (choice["weight"] or 0) > 0


def _expected(question: Question) -> object:
    if question.kind in CHOSEN:
        return "MC", [(prose.as_plain(choice), choice == question.answer) for choice in question.choices]
    if question.kind == "multiple_answers":
        assert isinstance(question.answer, list)
        return "MC", [(prose.as_plain(choice), choice in question.answer) for choice in question.choices]
    if question.kind == "true_false":
        return "TF", question.answer
    if question.kind == "matching":
        assert isinstance(question.answer, dict)
        return "Matching", [prose.as_plain(left) for left in question.answer]
    if question.kind in {"command", "cloze"}:
        key = question.answer if isinstance(question.answer, str) else question.answer[0]  # type: ignore[index]
        return "Short", key
    return "Essay", None
