"""What every language must be able to say. One subclass a language, in a file of its own; see
`quizzes.wording`.

Prompts read as a teacher's. Where a phrase cannot be bent into a sentence with certainty, it is quoted: the
quotation is always grammatical. Every method gives text that is ready to show; commands and options come in
as they are typed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from notes.facts import Language

_DATA = Path(__file__).parents[1] / "data"


def data_rows(name: str) -> list[str]:
    """Read the rows of a data file, without its comments."""
    rows = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row.strip() and not row.startswith("#")]


def word_list(name: str) -> tuple[str, ...]:
    """Read the words of a data file."""
    return tuple(word for row in data_rows(name) for word in row.split())


class Wording(ABC):
    """The sentences of one language."""

    language: ClassVar[Language]
    gap: ClassVar[str] = "____"

    @abstractmethod
    def prose(self, text: str) -> str:
        """Tidy a sentence or a phrase of a note for showing: marks, spacing, leftovers of Markup."""

    @abstractmethod
    def choice(self, text: str) -> str:
        """Tidy a meaning, purpose or definition for standing alone as a choice."""

    @abstractmethod
    def length(self, text: str) -> float:
        """How long a reader finds the text, so that choices can be compared: Han characters count two."""

    @abstractmethod
    def usable(self, text: str, most: int | None = None) -> bool:
        """Tell whether a meaning or definition can stand alone (no pronoun, no reference, not a fragment,
        not too long).
        """

    @abstractmethod
    def within(self, topic: str, prompt: str) -> str:
        """Put the topic in front of a prompt; "" leaves it as it is."""

    @abstractmethod
    def term(self, term: str) -> str:
        """Give a term as a choice: typed ones as code."""

    # Options
    @abstractmethod
    def option_meaning(self, command: str, option: str) -> str: ...
    @abstractmethod
    def meaning_option(self, command: str, meaning: str, typed: bool = False) -> str: ...
    @abstractmethod
    def option_statement(self, command: str, option: str, meaning: str) -> str: ...
    @abstractmethod
    def option_contrast(self, command: str, first: str, second: str) -> str: ...
    @abstractmethod
    def option_pair(self, first: str, first_meaning: str, second: str, second_meaning: str) -> str: ...
    @abstractmethod
    def option_default(self, command: str, option: str) -> str: ...
    @abstractmethod
    def options_right(self, command: str) -> str: ...
    @abstractmethod
    def options_match(self, command: str) -> str: ...

    # Commands
    @abstractmethod
    def purpose_command(self, purpose: str) -> str: ...
    @abstractmethod
    def command_wanted(self, goal: str) -> str:
        """Ask which command reaches a goal."""

    @abstractmethod
    def command_purpose(self, command: str) -> str: ...
    @abstractmethod
    def command_statement(self, command: str, purpose: str) -> str: ...
    @abstractmethod
    def command_for(self, tool: str, goal: str) -> str:
        """Ask for a command of a tool, or of any where the tool is ""."""

    @abstractmethod
    def command_typed(self, tool: str, purpose: str, given: Sequence[tuple[str, str]], bare: bool = False) -> str:
        """Ask for a command; `given` are the names it uses, each with what it is the name of or ""."""

    @abstractmethod
    def commands_match(self, about: str) -> str: ...
    @abstractmethod
    def commands_right(self, about: str) -> str: ...

    @abstractmethod
    def sentences_match(self, frame: str) -> str:
        """Ask for pairs that make a sentence with two gaps true."""

    @abstractmethod
    def statements_right(self, about: str) -> str:
        """Ask which of several statements are right; `about` is a heading or ""."""

    @abstractmethod
    def members_right(self, opening: str) -> str:
        """Ask which of several things complete the opening of a sentence: "The kit includes …"."""

    # Terms
    @abstractmethod
    def definition_term(self, definition: str) -> str: ...
    @abstractmethod
    def term_definition(self, term: str) -> str: ...
    @abstractmethod
    def term_statement(self, term: str, definition: str) -> str: ...
    @abstractmethod
    def term_gap(self, definition: str) -> str: ...
    @abstractmethod
    def term_in_gaps(self, masked: str) -> str:
        """Ask for the one term left out of a description of it, wherever it stood."""

    @abstractmethod
    def terms_match(self) -> str: ...
    @abstractmethod
    def names_match(self) -> str:
        """Ask for pairs of terms and their names in the other language."""

    @abstractmethod
    def served_match(self, whole: str, verb: str, served: Sequence[str]) -> str:
        """Ask for pairs of things and what each of them serves; `whole` is what the things are or ""."""

    # Tables
    @abstractmethod
    def row_value(self, sort: str, name: str, attribute: str) -> str:
        """Ask what a table says of a thing; `sort` is what the things are, `attribute` the column."""

    @abstractmethod
    def row_name(self, sort: str, attribute: str, value: str) -> str: ...
    @abstractmethod
    def row_statement(self, sort: str, name: str, attribute: str, value: str) -> str: ...
    @abstractmethod
    def rows_match(self, sort: str, attribute: str) -> str: ...

    # Contrasts, properties, quantities
    @abstractmethod
    def contrast_value(self, subject: str, other: str, dimension: str) -> str: ...
    @abstractmethod
    def contrast(self, first: str, second: str) -> str: ...
    @abstractmethod
    def contrast_pair(self, first: str, first_value: str, second: str, second_value: str) -> str: ...
    @abstractmethod
    def contrast_statement(self, subject: str, dimension: str, value: str) -> str: ...
    @abstractmethod
    def contrast_match(self, dimension: str) -> str: ...
    @abstractmethod
    def fill(self, sentence: str) -> str:
        """Ask for what belongs into the gap of a sentence."""

    @abstractmethod
    def fill_either(self, sentence: str, one: str, other: str) -> str:
        """Ask which of two words belongs into the gap of a sentence."""

    @abstractmethod
    def fill_choice(self, sentence: str) -> str: ...
    @abstractmethod
    def judge(self, sentence: str) -> str:
        """Ask whether a statement is right."""

    # Sequences, outputs, errors
    @abstractmethod
    def order(self, name: str) -> str: ...
    @abstractmethod
    def next_step(self, name: str, step: str) -> str: ...
    @abstractmethod
    def in_place_of(self, name: str, other: str, layer: str, count: int) -> str:
        """Ask which layers, so many, of another stack a layer of a stack takes the place of."""

    @abstractmethod
    def joined(self, parts: Sequence[str]) -> str:
        """Name several things in one choice."""

    @abstractmethod
    def comes_before(self, name: str, first: str, second: str) -> str: ...
    @abstractmethod
    def column_statement(self, command: str, column: str, meaning: str) -> str: ...
    @abstractmethod
    def labelled(self, label: str, text: str) -> str:
        """Set a label, a colon and a text."""

    @abstractmethod
    def reading(self, command: str, output: str, ask: str) -> str:
        """Show an output and ask something of it."""

    @abstractmethod
    def column_meaning(self, command: str, column: str) -> str: ...
    @abstractmethod
    def meaning_column(self, command: str, meaning: str) -> str: ...
    @abstractmethod
    def columns_match(self, command: str) -> str: ...
    @abstractmethod
    def columns_right(self, command: str) -> str: ...
    @abstractmethod
    def error_cause(self, message: str) -> str: ...
    @abstractmethod
    def error_fix(self, message: str) -> str: ...
    @abstractmethod
    def error_command(self, message: str) -> str: ...

    @abstractmethod
    def error_told(self, cause: str, fix: str, command: str) -> str:
        """Say what an error comes from and what helps; parts may be ""."""

    # Explanations
    @abstractmethod
    def explanation(self, said: str, passage: str) -> str:
        """Join a teacher's sentence and the passage of the note."""

    @abstractmethod
    def instead(self, wrong: str, right: str) -> str:
        """Say what the false part of a statement should have been."""

    @abstractmethod
    def key_is(self, key: str) -> str: ...
    @abstractmethod
    def order_is(self, steps: Sequence[str]) -> str: ...
    @abstractmethod
    def choice_means(self, choice: str, meaning: str) -> str:
        """Say what a tempting wrong choice stands for."""

    @abstractmethod
    def choices_mean(self, pairs: Sequence[tuple[str, str]]) -> str:
        """Say what some wrong choices stand for."""
