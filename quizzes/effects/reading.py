"""Reading an engine's JSON without trusting it: a part that is missing or of another type reads as empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def table(value: Any, *path: str) -> dict[str, Any]:
    """Follow `path` and give the object there, or an empty one."""
    found = dig(value, *path)
    return found if isinstance(found, dict) else {}


def items(value: Any, *path: str) -> list[Any]:
    """Follow `path` and give the list there, or an empty one."""
    found = dig(value, *path)
    return found if isinstance(found, list) else []


def texts(value: Any, *path: str) -> list[str]:
    """Follow `path` and give the strings of the list there; a single string counts as a list of one."""
    found = dig(value, *path)
    if isinstance(found, str):
        return [found]
    return [entry for entry in found if isinstance(entry, str)] if isinstance(found, list) else []


def text(value: Any, *path: str) -> str:
    """Follow `path` and give the string there; a number is written out, everything else is empty."""
    found = dig(value, *path)
    if isinstance(found, str):
        return found
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else ""


def number(value: Any, *path: str) -> int:
    """Follow `path` and give the whole number there, or 0."""
    found = dig(value, *path)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def truth(value: Any, *path: str) -> bool:
    """Follow `path` and tell whether true stands there."""
    return dig(value, *path) is True


def pairs(value: Any, *path: str) -> Iterator[tuple[str, str]]:
    """Follow `path` and give the object's entries as strings, sorted."""
    for key, entry in sorted(table(value, *path).items()):
        yield str(key), entry if isinstance(entry, str) else ""


def dig(value: Any, *path: str) -> Any:
    """Follow `path` through nested objects; None where it ends early."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
