
"""How tasks name what they work on, in their language."""

from __future__ import annotations

from collections.abc import Callable

from notes.facts import Language
from quizzes.practicals.lines import PlainLine
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import is_glob, path_of

Maker = Callable[[PlainLine, Language], Task]


def say(language: Language, zh: str, en: str) -> str:
    """Choose the sentence of a language."""
    return zh if language == "zh" else en


def listed(language: Language, paths: list[str]) -> str:
    """Name paths in a sentence."""
    marked = [f"`{path}`" for path in paths]
    if language == "zh":
        return "、".join(marked)
    return marked[0] if len(marked) == 1 else ", ".join(marked[:-1]) + " and " + marked[-1]


def whole(language: Language, paths: list[str]) -> str:
    """Name paths that may be patterns in a sentence."""
    names = listed(language, paths)
    if not any(is_glob(path) for path in paths):
        return f" {names} " if language == "zh" else names
    return say(language, f"名称符合 {names}", f"everything that matches {names}") + say(language, " 的文件", "")


def paths_of(line: PlainLine, instead: str, *, least: int = 1) -> list[str]:
    """Give the paths of a line's operands, each only once."""
    paths = [path_of(word, instead if place == 0 else f"{place + 1}-{instead}") for place, word in enumerate(line.operands)]
    if len(paths) < least:
        raise NotATaskError(f"{line.tool} stands without what it works on")
    if len(set(paths)) != len(paths) or len(paths) > 4:
        raise NotATaskError("the line names one thing twice, or too many")
    return paths
