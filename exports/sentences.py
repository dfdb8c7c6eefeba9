"""Sentences for the user that a page can say in another language."""

from __future__ import annotations

from typing import Self


class Sentence(str):
    """An English sentence that remembers the pattern it was made of, which is what a catalogue translates."""

    pattern: str
    values: dict[str, object]

    def __new__(cls, pattern: str, /, **values: object) -> Self:
        made = super().__new__(cls, pattern.format(**values) if values else pattern)
        made.pattern, made.values = pattern, values
        return made


class SentenceError(ValueError):
    """Something wrong that is told in a sentence."""

    def __init__(self, pattern: str, /, **values: object) -> None:
        self.sentence = Sentence(pattern, **values)
        super().__init__(self.sentence)
