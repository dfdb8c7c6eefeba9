"""A place that cannot be written is said before the work, not after it."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli.check import check
from cli.export import export
from cli.prove import prove
from cli.questions import questions

#: command, its option for the place
WRITERS = ((questions, "--json"), (questions, "--coverage"), (prove, "--json"), (check, "--json"), (export, "-o"))


@pytest.mark.parametrize(("command", "option"), WRITERS)
def test_a_place_that_cannot_be_written_is_refused_first(command: click.Command, option: str, tmp_path: Path) -> None:
    # The input is missing too: whoever reads it first would complain of that.
    for place, said in ((tmp_path, "is a folder"), (tmp_path / "none" / "f.json", "there is no folder")):
        result = CliRunner().invoke(command, [str(tmp_path / "missing.md"), option, str(place)])
        assert result.exit_code == 2
        assert said in result.output


@pytest.mark.parametrize(("command", "option"), WRITERS)
def test_what_is_handed_in_is_never_written_over(command: click.Command, option: str, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Ports\n\n- image: a read-only template\n")
    (tmp_path / "other.md").symlink_to(note)
    for place in (note, tmp_path / "other.md", tmp_path / "." / "note.md"):
        result = CliRunner().invoke(command, [str(note), option, str(place)])
        assert result.exit_code == 2
        assert "would be lost" in result.output
    assert note.read_text() == "# Ports\n\n- image: a read-only template\n"
