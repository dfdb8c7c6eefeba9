"""What every export format shares: the deck handed in, the report handed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, Protocol

from exports.pictures import Media
from exports.sentences import Sentence
from notes.facts import Language
from quizzes.questions import Picture, Question

#: The second a question counts as changed when the caller does not say: 2026-01-01 00:00:00 UTC.
NEVER_CHANGED = 1_767_225_600


class ExportError(ValueError):
    """A deck that cannot be written at all; the message is a sentence for the user and says what to do."""


@dataclass(frozen=True)
class Review:
    """One answer to one card, as a scheduler keeps it."""

    at: int  # milliseconds since 1970, UTC; unique within a deck
    rating: int  # 1 again, 2 hard, 3 good, 4 easy
    interval: int  # what it led to: days when positive, seconds when negative
    interval_before: int  # the same, before it
    took: int  # milliseconds spent on the card
    kind: int  # 0 learning, 1 review, 2 relearning


@dataclass(frozen=True)
class Progress:
    """What a learner's memory of one question looks like (FSRS), for formats that can carry a schedule."""

    due: int  # seconds since 1970, UTC
    interval: int  # days between the last review and the next
    stability: float  # days
    difficulty: float  # 1 to 10
    reviews: tuple[Review, ...]  # oldest first, at least one


@dataclass(frozen=True)
class OldCard:
    """A card as an earlier Anki deck held it."""

    guid: str
    note_type: Literal["basic", "typed", "cloze", "choice"]
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    changed: int  # seconds since 1970, UTC


@dataclass(frozen=True)
class Deck:
    """A set of questions to be written for another program.

    `uid` names the library the questions belong to and never changes: other programs recognise a card they
    already have by it and the question's id. `changed` says for each question id when its content last
    changed; a program takes over new text only when this has risen, so it must rise by at least a second
    with every change and with nothing else. A question missing there counts as never changed.
    """

    title: str
    language: Language
    questions: tuple[Question, ...]
    uid: str
    changed: Mapping[str, int] = field(default_factory=dict)  # question id -> seconds since 1970, UTC
    vanished: tuple[Question, ...] = ()  # as last written; marked stale where nothing can delete them
    stale: tuple[OldCard, ...] = ()  # the same, where only the card is left and not its question; Anki alone
    link: str = ""  # address of a question in the app with {id} for its id; "" when there is none
    progress: Mapping[str, Progress] = field(default_factory=dict)  # question id -> schedule; {}: none
    media: Mapping[tuple[str, str], Media] = field(default_factory=dict)  # note file and picture file -> the picture

    def pictures(self, question: Question, asked: bool) -> list[tuple[Picture, Media]]:
        """Give the pictures there are for the prompt of a question (`asked`), or else for its explanation."""
        shown = ((one, self.media.get((question.source.file, one.file))) for one in question.pictures if one.asked == asked)
        return [(one, media) for one, media in shown if media]


@dataclass(frozen=True)
class LeftOut:
    """A question, or a part of it, that a format could not hold."""

    question_id: str
    reason: Sentence


@dataclass(frozen=True)
class Report:
    """What an export wrote."""

    written: int  # questions in the file, those included whose question is gone
    left_out: tuple[LeftOut, ...] = ()  # questions that are not in the file
    remarks: tuple[LeftOut, ...] = ()  # questions that are, but in another form or without a part


class Exporter(Protocol):
    """One file format."""

    @property
    def name(self) -> str:
        """The word on the command line, "moodle-xml"."""

    @property
    def label(self) -> str:
        """The words on a page, "Moodle XML"."""

    @property
    def suffix(self) -> str:
        """The end of the file's name, with its dot."""

    @property
    def media_type(self) -> str:
        """For the Content-Type header."""

    def write(self, deck: Deck, file: BinaryIO) -> Report:
        """Write the deck. The same deck gives the same bytes.

        :raise ExportError: nothing could be written; `file` is untouched
        """


def picture_remarks(deck: Deck, left_out: Sequence[LeftOut], why: Sentence | None = None) -> tuple[LeftOut, ...]:
    """Say which pictures are missing, or all of them where the format holds none.

    :param why: why it holds none; None where it holds pictures
    """
    lost = {entry.question_id for entry in left_out}
    return tuple(
        LeftOut(question.id, why or Sentence("The picture {file} is missing or cannot be shown.", file=one.file))
        for question in deck.questions if question.id not in lost
        for one in question.pictures if why or (question.source.file, one.file) not in deck.media
    )


def require_questions(deck: Deck, questions: Sequence[object], left_out: Sequence[LeftOut]) -> None:
    """Refuse to write an empty file, which every program would import as a success.

    :raise ExportError: no question is left to write
    """
    if questions:
        return
    if not left_out:
        raise ExportError(f"“{deck.title}” has no questions to export. Add notes or choose more kinds.")
    count, first = len(left_out), left_out[0].reason
    raise ExportError(f"None of the {count} questions of “{deck.title}” fits this format. {first}")
