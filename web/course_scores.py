"""A course's scores over all its quizzes and practice: the rows for scoreboard's arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select

from models.answers import Answer
from models.attempts import Attempt
from models.base import db
from models.people import Person
from models.quizzes import Quiz
from scoreboard import Item, Reply, Result, Standing, analyse, rank


def standings_of(course_id: int) -> list[Standing]:
    """Rank a course's learners by all they answered: each question counts once, by its best try."""
    columns = (Person.id, Person.shown, Answer.question_id, Answer.score)
    rows = db.session.execute(_answers(course_id, *columns))
    return rank(Result(person, name, question, score) for person, name, question, score in rows)


def items_of(course_id: int) -> list[Item]:
    """Analyse a course's questions from each learner's first tries that were judged."""
    return analyse(_first_tries(course_id))


def _first_tries(course_id: int) -> Iterator[Reply]:
    seen: set[tuple[int, str]] = set()
    columns = (Person.id, Answer.question_id, Answer.score)
    for person, question, score in db.session.execute(_answers(course_id, *columns)):
        if (person, question) not in seen and score is not None:
            yield Reply(person, question, score)
        seen.add((person, question))


def _answers(course_id: int, *columns: Any) -> Select[Any]:
    return (
        select(*columns).join_from(Answer, Attempt, Attempt.id == Answer.attempt_id)
        .join(Person, Person.id == Attempt.person_id).join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Quiz.course_id == course_id, Person.role == "learner").order_by(Answer.id)
    )
