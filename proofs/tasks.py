"""Tasks and answers from a file of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quizzes.effects import WORDS

from .checks import Task
from .language import guess_language

_REQUIRED = ("id", "setup", "reference", "answer")


class TaskError(Exception):
    """A file of tasks cannot be read; names the file and the line and says what to do."""


def read_tasks(path: Path) -> list[Task]:
    """Read rows `{id, task?, setup, reference, answer, language?, compare?}`; other keys are left alone.

    :raise TaskError: the file is missing or not text, or a row is not as it should be
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # not splitlines: a JSON text may hold U+2028 as it is
    except OSError as error:
        raise TaskError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[:error.start].count(b"\n") + 1
        raise TaskError(f"{path}, line {line}: this is not UTF-8 text; save the file as UTF-8") from error
    tasks = list(_tasks(path, lines))
    if not tasks:
        raise TaskError(f"{path}: holds no task; each line is one JSON object with {', '.join(_REQUIRED)}")
    return tasks


def _tasks(path: Path, lines: list[str]) -> Iterator[Task]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _task(json.loads(line))
            except json.JSONDecodeError as error:
                raise TaskError(f"{path}, line {number}, column {error.colno}: this is not JSON ({error.msg}); "
                                "each line is one JSON object") from error
            except (ValueError, RecursionError) as error:
                raise TaskError(f"{path}, line {number}: {error}") from error


def _task(row: Any) -> Task:
    if not isinstance(row, dict):
        raise ValueError('a JSON object was expected, like {"id": …, "setup": …}')
    missing = [key for key in _REQUIRED if key not in row]
    if missing:
        raise ValueError(f"{', '.join(missing)} is missing; each row has {', '.join(_REQUIRED)}")
    texts = {key: row.get(key, "") for key in (*_REQUIRED, "task", "language")}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise ValueError(f"{key} must be a string, not {type(value).__name__}")
    texts = {key: value.replace("\r\n", "\n") for key, value in texts.items()}
    language = texts["language"] or guess_language(texts["task"])
    if language not in ("zh", "en"):
        raise ValueError(f"language must be zh or en, not {language}")
    return Task(
        texts["id"],
        texts["setup"],
        texts["reference"],
        texts["answer"],
        texts["task"],
        language,
        _words(row.get("compare", [])),
    )


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ValueError("compare must be a list of words")
    unknown = sorted(word for word in value if word.lstrip("+-") not in WORDS)
    if unknown:
        raise ValueError(f"compare: unknown {', '.join(unknown)}; known are {', '.join(sorted(WORDS))}")
    return tuple(value)
