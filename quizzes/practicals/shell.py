"""Tasks from the notes' examples that need no engine: files, texts, processes, git."""

from __future__ import annotations

from notes.facts import Language
from quizzes.practicals.files import FILEWORK
from quizzes.practicals.git import git_task
from quizzes.practicals.lines import read_words, split_line
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.textwork import TEXTWORK

_WORK = {**FILEWORK, **TEXTWORK}


def shell_task(command: str, language: Language) -> Task:
    """Make a task of an example line.

    :raise NotATaskError: it cannot become one; the message says why
    """
    tool, *words = split_line(command)
    if tool == "git":
        return git_task(words, language)
    if tool not in _WORK:
        raise NotATaskError(f"no task is made of {tool}")
    rules, make = _WORK[tool]
    return make(read_words(tool, words, rules), language)
