"""What can be wrong with a note."""

from __future__ import annotations


class NoteError(ValueError):
    """A note that cannot be read; the message says which, where and what to do. Shown as it is."""

    def __init__(self, file: str, message: str, line: int | None = None) -> None:
        self.file, self.line, self.message = file, line, message
        super().__init__(f"{file}:{line}: {message}" if line else f"{file}: {message}")
