"""What several pages show of a course: its size, its passages, the words for outcomes and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from models.bank import BankQuestion
from models.base import clock, db
from models.courses import Course
from models.notes import Note, note_versions, notes_of
from models.workers import EngineState, engine_state
from notes.facts import Source
from web.rendering import Line, passage

MINUTES_A_QUESTION, MINUTES_A_TASK = 0.6, 3.0  # a guess that is said as "about"


@dataclass(frozen=True)
class CourseCard:
    """A course in five numbers."""

    course: Course
    notes: int
    kinds: dict[str, int] = field(default_factory=dict)  # kind of question -> how many may be asked

    @property
    def questions(self) -> int:
        """How many questions may be asked, tasks included."""
        return sum(self.kinds.values())

    @property
    def practicals(self) -> int:
        """How many of them are tasks."""
        return self.kinds.get("practical", 0)


def course_card(course: Course) -> CourseCard:
    """Count what a course has to offer."""
    counted = db.session.execute(
        select(BankQuestion.kind, func.count()).group_by(BankQuestion.kind).where(
            BankQuestion.course_id == course.id, BankQuestion.status != "rejected", BankQuestion.change != "vanished",
            BankQuestion.doubt == "")
    )
    return CourseCard(course, len(notes_of(course.id)), {row[0]: row[1] for row in counted})


def engine_now() -> EngineState:
    """Say whether practical answers can be judged now."""
    return engine_state(now=clock())


def engine_words() -> str:
    """Say the same for the footer."""
    state = engine_now()
    return _("Engine: %(engine)s, ready", engine=state.engine) if state.ready else _("No engine: tasks wait")


def source_of(question: dict[str, Any]) -> Source:
    """Read where a question comes from."""
    source = question["source"]
    return Source(source["file"], tuple(source["heading"]), (source["lines"][0], source["lines"][1]))


def quoted(course_id: int, question: dict[str, Any], around: int = 2) -> list[Line]:
    """Quote the passage a question comes from; [] when the note is not stored any more."""
    source = source_of(question)
    note = _version_asked(note_versions(course_id, source.file))
    return passage(note.text, source.lines, around) if note else []


def _version_asked(versions: Sequence[Note]) -> Note | None:
    done = [note for note in versions if note.state == "done"]
    return next(iter(done or versions), None)


def outcome_words(outcome: str | None) -> str:
    """Name an outcome; None is a question without an answer."""
    words = {"right": _("Right"), "wrong": _("Wrong"), "partly right": _("Partly right"), "not judged": _("Not judged")}
    return words.get(outcome or "", _("Not answered"))


def line_words(lines: Sequence[int]) -> str:
    """Say which lines: "line 7", "lines 7–9"."""
    first, last = lines[0], lines[1]
    return _("line %(line)s", line=first) if first == last else _("lines %(first)s–%(last)s", first=first, last=last)


def minutes(questions: int, practicals: int) -> int:
    """Guess how long a round takes, in minutes."""
    return max(1, round((questions - practicals) * MINUTES_A_QUESTION + practicals * MINUTES_A_TASK))


def about(seconds: float | None) -> str:
    """Say a time that was estimated: "about 12 s"; "" when nothing is known."""
    if seconds is None:
        return ""
    if seconds < 90:
        return _("about %(seconds)s s", seconds=max(1, round(seconds)))
    return ngettext("about %(num)s minute", "about %(num)s minutes", round(seconds / 60))


def letter(number: int) -> str:
    """Give A for 0, B for 1."""
    return chr(ord("A") + number) if number < 26 else str(number + 1)


def points(score: float) -> str:
    """Write a score without needless digits: 6, 6.5, 6.33."""
    return f"{score:.2f}".rstrip("0").rstrip(".")


def clock_words(seconds: float) -> str:
    """Write a duration as on a stop watch: 1:05, 12:40, 1:02:03."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
