"""What can be wrong with a note."""

from __future__ import annotations

from typing import Literal

#: Why a note cannot be read: too large, not text, not UTF-8, nothing in it.
Problem = Literal["large", "binary", "encoding", "empty"]


class NoteError(ValueError):
    """A note that cannot be read; the message says which, where and what to do. Shown as it is.

    `problem` lets a page say the same in another language.
    """

    def __init__(self, file: str, problem: Problem, message: str, line: int | None = None) -> None:
        self.file, self.problem, self.line, self.message = file, problem, line, message
        super().__init__(f"{file}:{line}: {message}" if line else f"{file}: {message}")
