"""What a pass over the labelled answers found is kept, and holds only for what it was found of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from proofs.checks import Task
from tests.proofs.answers import Answer
from tests.proofs.results import Results

ANSWER = Answer(Task("tag/right/1", "", "git tag a", "git tag -f a"), "right", "", "git rev-parse a")


def test_a_later_pass_finds_what_an_earlier_one_kept(tmp_path: Path) -> None:
    file, code = tmp_path / "results.jsonl", tmp_path / "code.py"
    code.write_text("x = 1")
    Results(file, [str(code)]).keep(ANSWER, {"outcome": "right"})
    later = Results(file, [str(code)]).get(ANSWER)
    assert later is not None
    assert later["outcome"] == "right"


def test_another_answer_test_or_code_has_no_result(tmp_path: Path) -> None:
    file, code = tmp_path / "results.jsonl", tmp_path / "code.py"
    code.write_text("x = 1")
    kept = Results(file, [str(code)])
    kept.keep(ANSWER, {"outcome": "right"})
    assert kept.get(replace(ANSWER, test="true")) is None
    assert kept.get(replace(ANSWER, task=replace(ANSWER.task, answer="git tag b"))) is None
    code.write_text("x = 2")
    assert Results(file, [str(code)]).get(ANSWER) is None
