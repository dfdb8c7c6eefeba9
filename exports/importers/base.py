"""What every importer shares."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import get_args

from exports.base import LeftOut
from exports.keys import UnfitError
from exports.sentences import SentenceError
from exports.tables import answer_lines
from notes.facts import Language, Source
from quizzes.questions import Difficulty, Picture, Question, Response

#: A bank of ten thousand questions has a tenth of it.
MAX_BYTES = 50_000_000

_ID = re.compile(r"[0-9a-f]{16}")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_TAG = re.compile(r"(kind|language|level|topic \d+): (.+)", re.DOTALL)
_PLACE = re.compile(r"(.+?)(?:, lines? |，第 )(\d+)(?:–(\d+))?(?: 行)?", re.DOTALL)


class ReadError(SentenceError):
    """A file that cannot be read; the message says which, why and what to do. Shown to the user as it is."""


@dataclass(frozen=True)
class Imported:
    """What was read from a file."""

    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...] = ()  # each with the place in the file instead of an id


@dataclass
class Draft:
    """A question being read; `finish` fills in what the file does not say."""

    file: str
    place: str  # for the report, "question 3"
    kind: str = ""
    prompt: str = ""
    answer: Response = ""
    explanation: str = ""
    choices: tuple[str, ...] = ()
    answers: tuple[tuple[str, ...], ...] = ()
    setup: str = ""
    reference: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()
    source: Source | None = None
    topics: tuple[str, ...] = field(default=())
    pictures: tuple[Picture, ...] = ()

    def finish(self) -> Question:
        """Make the question.

        :raise UnfitError: it has no prompt, or a key that does not fit its kind
        """
        said = {match[1]: match[2] for tag in self.tags if (match := _TAG.fullmatch(tag))}
        topics = tuple(text for name, text in said.items() if name.startswith("topic")) or self.topics
        kind = _told_kind(self.kind, said.get("kind", ""))
        level = said.get("level", "recall")
        question = Question(
            id=self.id if _ID.fullmatch(self.id) else _hashed(kind, self.prompt), kind=kind,
            language=_language(said.get("language", ""), self.prompt), prompt=self.prompt, answer=self.answer,
            explanation=self.explanation, source=self.source or Source(self.file, topics, (1, 1)), facts=(),
            direction="", difficulty=level if level in get_args(Difficulty) else "recall",  # type: ignore[arg-type]
            topics=topics, choices=self.choices, answers=self.answers, setup=self.setup,
            reference=self.reference, pictures=self.pictures,
        )
        if not self.prompt.strip():
            raise UnfitError("It has no text to ask.")
        answer_lines(question)
        return question


def _told_kind(read: str, told: str) -> str:
    # Formats know fewer kinds than we do: a tag of ours tells the ones apart that look alike.
    alike = ({"single_choice", "output_reading", "error_diagnosis"}, {"command", "cloze"})
    return told if any({read, told} <= group for group in alike) else read


def _language(told: str, prompt: str) -> Language:
    if told in get_args(Language):
        return told  # type: ignore[return-value]
    return "zh" if _CJK.search(prompt) else "en"


def _hashed(kind: str, prompt: str) -> str:
    return hashlib.sha256(f"{kind}\x1f{prompt}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def place_of(text: str) -> Source | None:
    """Read back where a fact stands, as `words.where` writes it; None when it is written another way."""
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    file, *heading = found[1].split(" › ")
    return Source(file, tuple(heading), (int(found[2]), int(found[3] or found[2])))


def mixed(texts: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Give texts in an order of no meaning, always the same and never the right one."""
    order = tuple(sorted(texts, key=lambda text: _hashed("", text)))
    return order[1:] + order[:1] if order == right else order


def check_size(data: bytes, file: str) -> None:
    """Refuse a file that is too large to be questions.

    :raise ReadError: it is
    """
    if len(data) > MAX_BYTES:
        raise ReadError("{file}: larger than {limit} MB. Split it into several files.", file=file, limit=MAX_BYTES // 1_000_000)
    if not data.strip():
        raise ReadError("{file}: the file is empty.", file=file)


def decode(data: bytes, file: str) -> str:
    """Read UTF-8, with or without its mark.

    :raise ReadError: it is not UTF-8, or too large, or empty
    """
    check_size(data, file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + 1
        raise ReadError("{file}: not UTF-8 (byte {place}). Save it as UTF-8 and try again.", file=file, place=at) from error
