"""What a learner wants in a deck: which questions, which kinds, only what is new to them, with their own schedule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import request, session

from exports import Progress
from exports import Review as ExportedReview
from models.answers import mistakes_of
from models.bank import BankQuestion, askable_questions, retired_questions
from models.base import clock
from models.courses import Course
from models.people import Person
from models.quizzes import quiz_by_id
from models.reviews import Review, reviews_of
from quizzes.kinds import KINDS
from quizzes.schedule import is_due
from web.identity import learner
from web.reviews import memories_of

TAKEN = "decks"  # in the session: course -> when this browser last took a whole deck
COURSE, MISTAKES, DUE, QUIZ = "course", "mistakes", "due", "quiz-"
#: What a review was: before it the card was new or learnt, known, or learnt again.
_KINDS = {None: 0, "learning": 0, "review": 1, "relearning": 2}


@dataclass(frozen=True)
class Wish:
    """A deck as it was asked for."""

    scope: str = COURSE  # COURSE, MISTAKES, DUE, or QUIZ and its number
    topic: str = ""  # a heading; "" for all
    kinds: tuple[str, ...] = ()  # () for all
    only_changed: bool = False  # since this browser last took a whole deck
    progress: bool = False
    first: bool = False  # the learner has no earlier deck, so nothing is said of cards that are gone

    @property
    def whole(self) -> bool:
        """Whether it is the deck of the course, not a part."""
        return self.scope == COURSE and not self.topic and not self.kinds


@dataclass(frozen=True)
class Chosen:
    """What goes into a deck."""

    questions: tuple[BankQuestion, ...]
    vanished: tuple[BankQuestion, ...]
    progress: dict[str, Progress]


def wish_now() -> Wish:
    """Read the wish from the request's address."""
    asked = request.args
    return Wish(
        asked.get("scope") or COURSE, asked.get("topic", ""), tuple(kind for kind in KINDS if kind in asked.getlist("kind")),
        bool(asked.get("changed")), bool(asked.get("progress")), bool(asked.get("first")),
    )


def choose(course: Course, wish: Wish) -> Chosen:
    """Choose from the bank what a wish asks for."""
    person = learner(course)
    since = last_taken(course) if wish.only_changed else 0
    rows = [row for row in askable_questions(course.id) if _fits(row, wish, since)]
    wanted = _scope(course, person, wish)
    gone = [] if wish.first or wanted is not None else [
        row for row in retired_questions(course.id) if _fits(row, wish, since)]
    kept = tuple(row for row in rows if wanted is None or row.question_id in wanted)
    return Chosen(kept, tuple(gone), progress_of(person) if wish.progress and person else {})


def _fits(row: BankQuestion, wish: Wish, since: int) -> bool:
    return ((not wish.kinds or row.kind in wish.kinds) and (not wish.topic or wish.topic in row.content["topics"])
            and row.content_changed_at >= since)


def _scope(course: Course, person: Person | None, wish: Wish) -> Collection[str] | None:
    """Give the ids that a scope holds, None for everything. What cannot be known of a stranger is empty."""
    if wish.scope.startswith(QUIZ):
        number = wish.scope.removeprefix(QUIZ)
        quiz = quiz_by_id(int(number)) if number.isdecimal() and len(number) < 10 else None
        return quiz.question_ids if quiz and quiz.course_id == course.id and quiz.published_at else ()
    if wish.scope == MISTAKES:
        return mistakes_of(person.id) if person else ()
    if wish.scope == DUE:
        now = clock()
        return [card for card, memory in memories_of(person).items() if is_due(memory, now)] if person else ()
    return None


def topics_of(rows: Sequence[BankQuestion]) -> list[str]:
    """Give the headings a learner can choose from, in the order of the notes; titles of whole notes are left out."""
    deep = [row.content["topics"] for row in rows if len(row.content["topics"]) > 1]
    return list(dict.fromkeys(topics[1] for topics in deep))


def last_taken(course: Course) -> int:
    """Say when this browser last took the deck of a course, in seconds since 1970; 0 for never."""
    return int(session.get(TAKEN, {}).get(str(course.id), 0))


def remember_taken(course: Course) -> None:
    """Remember that this browser took the deck now."""
    session[TAKEN] = {**session.get(TAKEN, {}), str(course.id): int(clock().timestamp())}


def progress_of(person: Person) -> dict[str, Progress]:
    """Give a learner's schedule and history as decks carry it."""
    by_card: dict[str, list[ExportedReview]] = defaultdict(list)
    last: dict[str, Review] = {}
    at = 0
    for row in reviews_of(person.id):
        # Anki names a review by its millisecond: two of one millisecond would be one.
        at = max(at + 1, int(row.reviewed_at.timestamp() * 1000))
        before = last.get(row.question_id)
        by_card[row.question_id].append(ExportedReview(
            at, row.rating, _interval(row), _interval(before) if before else 0, row.took_ms, _KINDS[row.state_before]))
        last[row.question_id] = row
    return {
        card: Progress(int(row.due_at.timestamp()), max(1, round(row.interval_seconds / 86_400)), row.stability, row.difficulty,
                       tuple(by_card[card]))
        for card, row in last.items()
    }


def _interval(row: Review) -> int:
    return max(1, round(row.interval_seconds / 86_400)) if row.state == "review" else -row.interval_seconds
