"""Practical tasks from the runnable examples of the notes: Docker, git, and commands on files, texts and processes.

A task tells its whole goal in words, starts from a setup that leaves it undone, and carries the example,
made concrete, as the reference. Placeholders get plain names, registry prefixes go, what would wait for a
terminal runs in the background.
"""

from __future__ import annotations

from collections.abc import Sequence

from notes import grammar
from notes.facts import Language
from quizzes.practicals.operating import OPERATIONS, Line
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.phrases import PHRASES
from quizzes.practicals.running import run_task
from quizzes.practicals.shell import shell_task

__all__ = ["NotATaskError", "Task", "runs_of", "task_of"]
_RUNS = ("docker run", "docker create")


def task_of(command: str, language: Language, runs: Sequence[grammar.ParsedCommand] = ()) -> Task:
    """Make a task of an example line.

    :param runs: the note's other run lines (`runs_of`), to set up containers the line refers to
    :raise NotATaskError: it cannot become one; the message says why
    """
    parsed = [found for found in grammar.parse_commands(command) if found.tool == "docker"]
    outer = [found for found in parsed if found.name not in ("docker ps", "docker images")] or parsed
    if not parsed:
        return shell_task(command, language)
    if len(outer) != 1:
        raise NotATaskError("a task is made of exactly one Docker command")
    found = outer[0]
    if found.name in _RUNS:
        return run_task(found, PHRASES[language], runs)
    make = OPERATIONS.get(found.name)
    if make is None:
        raise NotATaskError(f"{found.name} leaves nothing to compare")
    return make(Line(found), PHRASES[language])


def runs_of(commands: Sequence[str]) -> list[grammar.ParsedCommand]:
    """Give the run and create lines among commands."""
    return [found for command in commands for found in grammar.parse_commands(command) if found.name in _RUNS]
