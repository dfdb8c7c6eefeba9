"""Prompts and explanations in the note's language. A language is one file and one line here."""

from __future__ import annotations

from notes.facts import Language
from quizzes.wording.base import Wording
from quizzes.wording.en import English
from quizzes.wording.zh import Chinese

WORDINGS: dict[Language, Wording] = {wording.language: wording for wording in (Chinese(), English())}
