"""A package is installed only where somebody agreed, or where nobody can be asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "from cli.engine import agreed; print(agreed({needed}))"


def asked(needed: bool, stdin: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", QUESTION.format(needed=needed)], cwd=ROOT, stdin=stdin, capture_output=True,
                          text=True, timeout=60)


@pytest.mark.parametrize(("typed", "agreed"), [("n", "False"), ("y", "True"), ("", "True")])
def test_on_a_terminal_it_is_asked(typed: str, agreed: str) -> None:
    keyboard, terminal = os.openpty()
    try:
        os.write(keyboard, f"{typed}\n".encode())
        done = asked(True, terminal)
    finally:
        os.close(keyboard)
        os.close(terminal)
    assert "docker.io" in done.stderr
    assert done.stdout.split()[-1] == agreed


def test_nobody_is_asked_where_nothing_is_installed_or_no_terminal_is() -> None:
    keyboard, terminal = os.openpty()
    try:
        known = asked(False, terminal)
    finally:
        os.close(keyboard)
        os.close(terminal)
    piped = asked(True, subprocess.DEVNULL)
    assert [(each.stdout.strip(), each.stderr) for each in (known, piped)] == [("True", "")] * 2
