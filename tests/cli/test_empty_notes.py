"""A note that states nothing: done, with a sentence that says so and what to write."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cli.questions import questions


@pytest.mark.parametrize("note", ["![one](1.png)\n![two](2.png)\n", "# todo\n\nbuy milk, eggs\n"])
def test_a_note_without_facts_says_so_and_ends_well(tmp_path, note):
    path, target = tmp_path / "n.md", tmp_path / "bank.json"
    path.write_text(note, encoding="utf-8")
    result = CliRunner().invoke(questions, [str(path), "--json", str(target)])
    assert result.exit_code == 0
    assert "n.md: no questions: the note states nothing that can be asked" in result.output
    assert json.loads(target.read_text(encoding="utf-8")) == []
