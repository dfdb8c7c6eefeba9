"""The import table of docs/architecture.md: imports go one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: Room -> the rooms of ours that it may import.
MAY_IMPORT: dict[str, set[str]] = {
    "notes": set(),
    "quizzes": {"notes", "sandboxes.effects"},
    "sandboxes": set(),
    "proofs": {"notes", "quizzes", "sandboxes"},
    "models": set(),
    "jobs": {"app", "models", "notes", "quizzes", "sandboxes", "proofs"},
    "scoreboard": {"models"},
    "exports": {"notes", "quizzes"},
    "web": {"notes", "quizzes", "sandboxes", "proofs", "models", "jobs", "scoreboard", "exports"},
    "cli": {"app", "notes", "quizzes", "sandboxes", "proofs", "models", "jobs", "scoreboard", "exports", "web", "bench"},
    "bench": {"app", "cli", "notes", "quizzes", "sandboxes", "proofs", "models", "jobs", "scoreboard", "exports", "web"},
}
#: Library -> the only rooms that may import it.
ONLY_IN: dict[str, set[str]] = {
    "docker": {"sandboxes", "bench"},
    "genanki": {"exports", "bench"},
    "flask": {"app", "models", "jobs", "scoreboard", "web", "cli"},
    "sqlalchemy": {"app", "models", "jobs", "scoreboard", "web", "cli"},
    "anki": {"tests"},
}
#: The pure rooms read no clock, network, database or global random.
PURE = ("notes", "quizzes", "exports")
IMPURE = {"time", "random", "socket", "urllib.request", "requests", "subprocess", "sqlalchemy", "flask"}
#: Files of a pure room that may do one impure thing, with the reason.
ALLOWED = {
    ("notes/data/make_docker_grammar.py", "subprocess"): "a script run by hand: asks the real client for its --help",
}


def python_files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Give every module a file imports, wherever in the file; `from room import noun` counts as room.noun if that is a module."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {from_name(node.module, alias.name) for alias in node.names}
    return names


def from_name(module: str, name: str) -> str:
    if module == "random":  # Random is the type of an argument, the rest of the module is a hidden one
        return f"random.{name}"
    place = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if place.is_dir() or place.with_suffix(".py").exists() else module


def inside(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    files = python_files(room)
    assert files, f"the room {room} is empty"
    others = (set(MAY_IMPORT) | {"app"}) - {room}
    for path in files:
        for name in imports(path):
            ours = any(inside(name, other) for other in others)
            allowed = any(inside(name, door) for door in MAY_IMPORT[room])
            assert not ours or allowed, f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_only_in_its_rooms(library: str) -> None:
    for room in MAY_IMPORT:
        if room in ONLY_IN[library]:
            continue
        for path in python_files(room):
            assert not any(inside(name, library) for name in imports(path)), f"{path.relative_to(ROOT)} imports {library}"


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_does_nothing_but_compute(room: str) -> None:
    for path in python_files(room):
        for name in {name for name in imports(path) if name in IMPURE or inside(name, "random")} - {"random.Random"}:
            assert (str(path.relative_to(ROOT)), name) in ALLOWED, f"{path.relative_to(ROOT)} imports {name}"
