"""Whatever a note says: a bank without a crash, the same bytes in every process, and no word of a note that says
nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes import NoteError, read_note
from quizzes.flaws import check
from quizzes.generate import generate
from tests.notes.test_any_text import PIECES

ROOT = Path(__file__).resolve().parents[2]
PRINT = """
import json, sys
from pathlib import Path
from notes import read_note
from quizzes.generate import generate
for path in sys.argv[1:]:
    bank = generate([read_note("n.md", Path(path).read_bytes())])
    print(json.dumps([question.to_dict() for question in bank.questions], ensure_ascii=False))
"""


@given(st.lists(st.sampled_from(PIECES), max_size=24))
@settings(max_examples=60, deadline=None)
def test_any_note_gives_a_bank_without_flaws(pieces):
    try:
        bank = generate([read_note("n.md", "\n".join(pieces).encode())])
    except NoteError:
        return
    assert len({question.id for question in bank.questions}) == len(bank.questions)
    assert [flaw for question in bank.questions for flaw in check(question)] == []


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_behind_a_term_gives_a_bank(text):
    note = f"# 概念\n- **甲乙**：{text}\n- **丙丁**：一种东西\n| 名 | 值 |\n|---|---|\n| a | {text} |\n"
    try:
        bank = generate([read_note("n.md", note.encode("utf-8", "replace"))])
    except NoteError:
        return
    assert all(question.prompt for question in bank.questions)


def test_the_bank_is_the_same_in_processes_that_hash_differently():
    paths = sorted(str(path) for path in (ROOT / "samples").glob("*.md"))
    banks = {
        subprocess.run(
            [sys.executable, "-c", PRINT, *paths],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(banks) == 1
    assert len(banks.pop()) > 10_000


@pytest.mark.parametrize(
    "note",
    [
        "# Photos\r\n\r\n![one](1.png)\r\n![two](2.jpg)\r\n<img src='3.png' width='300'/>\r\n",
        "# todo\n\nbuy milk, eggs\n",
        "---\ntitle: Something\ntags: [a, b]\n---\n",
        "# 目录\n\n- [第一章 绪论](#a)\n  - [1.1 背景](#b)\n- [第二章 方法](#c)\n\n[TOC]\n",
        "```python\ndef f(n):\n    # base case\n    return 1 if n < 2 else n * f(n - 1)\n```\n",
        "- What is a cell?\n- Why is the sky blue?\n- TODO: write about stars\n",
    ],
)
def test_a_note_that_states_nothing_gives_no_question(note):
    assert generate([read_note("n.md", note.encode())]).questions == ()
