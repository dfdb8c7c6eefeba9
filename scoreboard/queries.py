"""What the scoreboard asks of the database: a query or two each, then the pure arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from models.answers import Answer
from models.attempts import Attempt
from models.base import db
from models.people import Person
from models.quizzes import Quiz
from scoreboard.items import Item, Reply, analyse
from scoreboard.standings import Result, Standing, rank

#: Best first: what a learner's cell shows when several tries were made.
OUTCOMES = ("right", "partly right", "wrong", "not judged")


@dataclass(frozen=True)
class Row:
    """One learner on the board."""

    standing: Standing
    outcomes: tuple[str | None, ...]  # by question of the quiz, of the best try; None: not answered
    finished: bool  # ended an attempt, or answered every question


@dataclass(frozen=True)
class Board:
    """A quiz's scoreboard at one moment. Equal boards need no new page."""

    quiz_id: int
    title: str
    questions: tuple[str, ...]  # stable ids in order
    rows: tuple[Row, ...]  # best first; whoever began is listed, those without an answer last

    @property
    def finished(self) -> int:
        """How many learners are through."""
        return sum(row.finished for row in self.rows)

    @property
    def unjudged(self) -> int:
        """How many tries wait for a verdict."""
        return sum(row.standing.unjudged for row in self.rows)


@dataclass(frozen=True)
class _Try:
    person: int
    name: str
    question: str
    score: float | None
    outcome: str  # "not judged" while it waits


def board_of(quiz_id: int) -> Board | None:
    """Give a quiz's board; None when there is no such quiz. An instructor's tries are not on it."""
    quiz = db.session.get(Quiz, quiz_id)
    if quiz is None:
        return None
    tries, begun = _tries(Quiz.id == quiz_id), _begun(quiz_id)
    standings = _standings(tries, begun)
    outcomes = _outcomes(tries)
    rows = (_row(one, quiz.question_ids, outcomes[one.person], begun[one.person][1]) for one in standings)
    return Board(quiz.id, quiz.title, tuple(quiz.question_ids), tuple(rows))


def standings_of_course(course_id: int) -> list[Standing]:
    """Rank a course's learners by all they answered, practice included: a question counts by its best try."""
    tries = _tries(Quiz.course_id == course_id)
    return rank(Result(one.person, one.name, one.question, one.score) for one in tries)


def items_of(quiz_id: int) -> list[Item]:
    """Analyse a quiz's questions from each learner's first tries, in the quiz's order."""
    quiz = db.session.get(Quiz, quiz_id)
    place = {key: number for number, key in enumerate(quiz.question_ids if quiz else ())}
    return sorted(_items(Quiz.id == quiz_id), key=lambda item: place.get(item.question, len(place)))


def items_of_course(course_id: int) -> list[Item]:
    """Analyse a course's questions from each learner's first tries in any quiz or practice."""
    return _items(Quiz.course_id == course_id)


def _items(where: ColumnElement[bool]) -> list[Item]:
    columns = (Attempt.person_id, Answer.question_id, Answer.score, Answer.response)
    first: dict[tuple[int, str], Reply | None] = {}
    offered = _offered(where)
    for person, question, score, response in db.session.execute(_answers(where, *columns)):
        picked = response if isinstance(response, str) and response in offered[question] else None
        reply = None if score is None else Reply(person, question, score, picked)
        first.setdefault((person, question), reply)
    return analyse((reply for reply in first.values() if reply is not None), offered)


def _answers(where: ColumnElement[bool], *columns: Any) -> Select[Any]:
    return (
        select(*columns).join_from(Answer, Attempt, Attempt.id == Answer.attempt_id)
        .join(Quiz, Quiz.id == Attempt.quiz_id).join(Person, Person.id == Attempt.person_id)
        .where(where, Person.role == "learner").order_by(Answer.id)
    )


def _tries(where: ColumnElement[bool]) -> list[_Try]:
    columns = (Attempt.person_id, Person.shown, Answer.question_id, Answer.score, Answer.outcome)
    found = db.session.execute(_answers(where, *columns))
    return [
        _Try(person, name, question, score, outcome or "not judged")
        for person, name, question, score, outcome in found
    ]


def _begun(quiz_id: int) -> dict[int, tuple[str, bool]]:
    """Give name and "ended an attempt" of every learner who began."""
    query = (
        select(Person.id, Person.shown, func.count(Attempt.finished_at))
        .join(Attempt, Attempt.person_id == Person.id)
        .where(Attempt.quiz_id == quiz_id, Person.role == "learner").group_by(Person.id, Person.shown)
    )
    return {person: (name, ended > 0) for person, name, ended in db.session.execute(query)}


def _offered(where: ColumnElement[bool]) -> dict[str, Sequence[str]]:
    newest = _answers(where, func.max(Answer.id)).order_by(None).group_by(Answer.question_id)
    asked = select(Answer.question_id, Answer.question).where(Answer.id.in_(newest))
    return {key: tuple(question.get("choices", ())) for key, question in db.session.execute(asked)}


def _standings(tries: Iterable[_Try], begun: dict[int, tuple[str, bool]]) -> list[Standing]:
    ranked = rank(Result(one.person, one.name, one.question, one.score) for one in tries)
    listed = {standing.person for standing in ranked}
    silent = sorted((name, person) for person, (name, _) in begun.items() if person not in listed)
    return [*ranked, *(Standing(len(ranked) + 1, person, name, 0.0, 0, 0) for name, person in silent)]


def _outcomes(tries: Iterable[_Try]) -> dict[int, dict[str, str]]:
    best: dict[int, dict[str, str]] = defaultdict(dict)
    for one in tries:
        known = best[one.person].get(one.question, OUTCOMES[-1])
        best[one.person][one.question] = min(known, one.outcome, key=OUTCOMES.index)
    return best


def _row(standing: Standing, questions: Sequence[str], outcomes: dict[str, str], ended: bool) -> Row:
    shown = tuple(outcomes.get(question) for question in questions)
    return Row(standing, shown, ended or None not in shown)
