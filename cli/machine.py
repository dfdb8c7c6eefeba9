"""What the tests need of the machine beyond Python: programs of Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: Program that must be there -> Debian's package that brings it. A glob, where the folder holds the version.
PROGRAMS = {
    "chromium": "chromium",
    "dockerd": "docker.io",
    "npm": "npm",
    "redis-server": "redis-server",
    "/usr/lib/postgresql/*/bin/initdb": "postgresql",
}
ROOT = Path(__file__).resolve().parent.parent
POLICY = Path("/usr/sbin/policy-rc.d")


def missing_packages() -> list[str]:
    """Name the packages whose programs are not on this machine."""
    return [package for program, package in PROGRAMS.items() if not _is_there(program)]


def _is_there(program: str) -> bool:
    if program.startswith("/"):
        return any(Path("/").glob(program[1:]))
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") is not None


def install_missing(say: Callable[[str], None]) -> None:
    """Install what is missing where that is possible: as root on Debian or Ubuntu. Elsewhere tests skip with a reason."""
    packages = missing_packages()
    if not packages:
        return
    names = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"Not on this machine: {names}. The tests that need them are skipped.")
        return
    say(f"Installing {names} for the tests: about two minutes.")
    with services_kept_down():
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
            done = subprocess.run(["apt-get", *command], env=environment, capture_output=True, text=True)
            if done.returncode:
                say(f"apt-get {command[0]} failed: {(done.stderr.strip() or done.stdout.strip()).splitlines()[-1]}")
                return


def install_foreign_parsers(say: Callable[[str], None]) -> None:
    """Install the readers of our exports that others wrote in JavaScript, locked in tests/exports."""
    folder = ROOT / "tests" / "exports"
    if (folder / "node_modules").is_dir() or not shutil.which("npm"):
        return
    done = subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        say("The parser for GIFT could not be installed, so its test is skipped: " + done.stderr.strip()[-200:])


@contextmanager
def services_kept_down() -> Iterator[None]:
    """Keep packages from starting their services: the tests start their own and stop them again."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)
