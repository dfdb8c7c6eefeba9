"""./run lint: style and types, as they must be before a change lands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (("ruff", "check", "."), ("mypy", "."))


@click.command()
def lint() -> None:
    """Check style (ruff) and types (mypy)."""
    failed = [name for name, *arguments in CHECKS
              if subprocess.run([sys.executable, "-m", name, *arguments], cwd=ROOT).returncode]
    if failed:
        raise SystemExit(1)
