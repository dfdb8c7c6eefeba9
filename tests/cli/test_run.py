"""./run as a newcomer meets it: help, and one clear sentence for everything that can be wrong with a machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.__main__ import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to make a small disk or a network of its own")


def run(
    *arguments: str, folder: Path = ROOT, before: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*before, str(folder / "run"), *arguments], capture_output=True, text=True, timeout=240,
                          env={**os.environ, **environment}, stdin=subprocess.DEVNULL)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A checkout without anything set up."""
    return copy_into(tmp_path)


def copy_into(folder: Path) -> Path:
    shutil.copy(ROOT / "run", folder)
    shutil.copytree(ROOT / "cli", folder / "cli", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A checkout on a disk of 32 MB."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", tmp_path], check=True)
    yield copy_into(tmp_path)
    subprocess.run(["umount", tmp_path], check=True)


def test_help_lists_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in set(COMMANDS) - {"serve"}:
        assert f"./run {command}" in done.stdout


def test_an_unknown_command_is_named_and_the_help_shown() -> None:
    done = run("quiz")
    assert done.returncode == 2
    assert "./run has no command 'quiz'." in done.stderr
    assert "./run questions NOTE" in done.stderr


def test_an_old_python_is_told_which_one_is_needed(clone: Path, tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    old.write_text("#!/bin/sh\n[ \"$1\" = --version ] && echo Python 3.9.2 && exit\n"
                   f"exec {sys.executable} -c 'raise SystemExit(1)'\n")
    old.chmod(0o755)
    done = run("questions", "a.md", folder=clone, NOTEPROOF_PYTHON=str(old))
    assert done.returncode == 2
    assert "needs Python 3.11, 3.12 or 3.13, and Python 3.9.2 is what was found" in done.stderr


@needs_root
def test_a_full_disk_is_said(small_disk: Path) -> None:
    done = run("questions", "a.md", folder=small_disk)
    assert done.returncode == 2
    assert "The disk is full:" in done.stderr
    assert not (small_disk / ".venv" / ".app").exists(), "a half-finished set-up must be done again"


@needs_root
def test_no_network_is_said(clone: Path) -> None:
    done = run("questions", "a.md", folder=clone, before=("unshare", "-n"), PIP_RETRIES="0", PIP_NO_CACHE_DIR="1",
               NOTEPROOF_PYTHON="python3")
    assert done.returncode == 2
    assert "The package index cannot be reached or lacks a package" in done.stderr


@needs_root
def test_a_half_finished_set_up_is_repaired(clone: Path) -> None:
    (clone / ".venv" / "bin").mkdir(parents=True)
    done = run("questions", "a.md", folder=clone, before=("unshare", "-n"), PIP_RETRIES="0", PIP_NO_CACHE_DIR="1",
               NOTEPROOF_PYTHON="python3")
    assert "Making the Python environment." in done.stderr
    assert (clone / ".venv" / "bin" / "python").exists()


def test_a_busy_port_is_said_and_another_proposed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = run("--port", str(port))
    assert done.returncode == 2
    assert f"Port {port} of 127.0.0.1 cannot be used" in done.stderr
    assert f"./run --port {port + 1}" in done.stderr


def test_every_command_explains_itself() -> None:
    for command in COMMANDS:
        if command != "test":  # its arguments are pytest's
            done = run(command, "--help")
            assert done.returncode == 0, done.stderr
            assert f"Usage: ./run {command}" in done.stdout
