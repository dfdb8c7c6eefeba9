"""What is asked of consequences: for each name of `ConsequenceFact` one question in every language, and its proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from notes.facts import Language
from quizzes.wording.base import data_rows


@dataclass(frozen=True)
class Case:
    """A question on what follows from a command or an idea."""

    prompt: str
    key: str
    others: tuple[str, ...]
    why: str


@cache
def proofs() -> Mapping[str, str]:
    """Read the commands that show a case to be true, by name; a case of advice has none."""
    found: dict[str, list[str]] = {}
    for row in data_rows("consequences.proofs.txt"):
        if row.startswith("["):
            commands = found[row.strip("[]")] = []
        else:
            commands.append(row)
    return {name: "\n".join(commands) for name, commands in found.items()}


@cache
def cases(language: Language) -> Mapping[str, Case]:
    """Read the cases of a language, by name.

    :raise ValueError: a case lacks a part
    """
    return dict(_cases(f"consequences.{language}.txt"))


def _cases(file: str) -> Iterator[tuple[str, Case]]:
    name, parts = "", dict[str, list[str]]()
    for row in [*data_rows(file), "[]"]:
        if row.startswith("["):
            if name:
                yield name, _case(file, name, parts)
            name, parts = row.strip("[]"), {}
        else:
            mark, _, text = row.partition(" ")
            parts.setdefault(mark, []).append(text)


def _case(file: str, name: str, parts: Mapping[str, list[str]]) -> Case:
    counts = [len(parts.get(mark, ())) for mark in "?+-="]
    if counts != [1, 1, 3, 1] or len(parts) != 4:
        raise ValueError(f"{file}: [{name}] needs one ?, one +, three - and one =")
    return Case(parts["?"][0], parts["+"][0], tuple(parts["-"]), parts["="][0])
