"""The tasks made of our samples are sound: on a real engine the reference is right, doing nothing is wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notes import read_note
from proofs.checks import Checker, Task
from quizzes.generate import generate
from quizzes.questions import Question
from sandboxes.base import Sandboxes

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def practicals(name: str) -> list[Question]:
    bank = generate([read_note(name, (SAMPLES / name).read_bytes())])
    return [question for question in bank.questions if question.kind == "practical"]


@pytest.mark.engine
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("name", "least"), [("linux-files.en.md", 20), ("git-basics.zh.md", 6)])
def test_every_task_of_a_sample_can_be_done_and_is_not_done_before(
    sandboxes: Sandboxes, name: str, least: int
) -> None:
    checker, questions = Checker(sandboxes), practicals(name)
    assert len(questions) >= least

    def judged(question: Question) -> list[str]:
        start, key, text = str(question.setup), str(question.reference), question.prompt
        checks = [checker.insist(Task(question.id, start, key, answer, text)) for answer in (key, "true")]
        return [check.reason or check.verdict.outcome for check in checks]

    with ThreadPoolExecutor(2) as pool:
        outcomes = dict(zip([question.prompt for question in questions], pool.map(judged, questions), strict=True))
    assert {prompt: found for prompt, found in outcomes.items() if found != ["right", "wrong"]} == {}
