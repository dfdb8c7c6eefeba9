"""What a long pass over our labelled answers has found so far, kept in a file so that it can be done in parts.

A result counts for the very task, answer and test it was found for and for the code that found it; when any of them
changes it is found anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Any

from tests.proofs.answers import Answer

_ROOT = Path(__file__).resolve().parent.parent.parent
#: What decides how an answer is run and judged.
JUDGES = ("sandboxes", "proofs", "quizzes/effects", "quizzes/questions.py", "notes/grammar.py", "notes/data")
#: What decides what an answer does to an engine.
RUNNERS = ("sandboxes", "tests/proofs/answers.py")


class Results:
    """Results by answer, each a JSON object. Safe to use from several threads at once."""

    def __init__(self, path: Path | None, parts: Iterable[str]) -> None:
        """Read those in the file at `path`, which may not be there yet; without a path nothing is kept.

        `parts` are the files and folders of the project that a result depends on.
        """
        self._path, self._code, self._lock = path, _digest_of_files(parts), Lock()
        lines = path.read_text("utf-8").splitlines() if path and path.exists() else []
        self._found: dict[str, dict[str, Any]] = {row["key"]: row for row in map(json.loads, lines)}

    def get(self, answer: Answer) -> dict[str, Any] | None:
        """Give what was found of this answer by this code, if it was."""
        return self._found.get(self._key(answer))

    def keep(self, answer: Answer, result: dict[str, Any]) -> None:
        """Write down at once what was found of an answer."""
        row = {**result, "id": answer.task.id, "key": self._key(answer)}
        with self._lock:
            self._found[row["key"]] = row
            if self._path:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def _key(self, answer: Answer) -> str:
        task = answer.task
        return _digest(
            self._code, task.id, task.setup, task.reference, task.answer, task.text, *task.compare, answer.before, answer.test
        )


def _digest_of_files(parts: Iterable[str]) -> str:
    places = [_ROOT / part for part in parts]
    files = sorted(file for place in places for file in (place.rglob("*") if place.is_dir() else (place,)))
    told = [file for file in files if file.is_file() and "__pycache__" not in file.parts]
    return _digest(*(f"{os.path.relpath(file, _ROOT)} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in told))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
