"""The cast and the questions that the tests of stored things share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import models
from models import Attempt, Course, Person, Quiz

NOON = datetime(2025, 11, 24, 12, 0, tzinfo=UTC)  # long ago: for a worker process everything of it is due


def after(seconds: float) -> datetime:
    """Give a moment after noon."""
    return NOON + timedelta(seconds=seconds)


def choice(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Give a single choice question in its JSON form."""
    return {
        "id": f"{number:016x}", "kind": "single_choice", "language": "en", "prompt": f"What is {number}?",
        "choices": ["this", "that"], "answer": "this", "explanation": "So says the note.",
        "source": {"file": "ports.md", "heading": ["Ports"], "lines": [3, 4]}, "evidence": None,
        "facts": ["f"], "direction": "meaning", "difficulty": "recall", "topics": ["Ports"], **changes,
    }


def practical(number: int = 9, **changes: Any) -> dict[str, Any]:
    """Give a practical question in its JSON form."""
    question = choice(
        number, kind="practical", prompt="Start a container named web.", answer="docker run web",
        setup="true", reference="docker run -d --name web nginx",
    )
    del question["choices"]
    return {**question, **changes}


def docker_course() -> Course:
    """Make the course that the tests play in."""
    return models.create_course("Docker", "en", now=NOON)


def learner(course: Course, name: str = "Ada") -> Person:
    """Let a learner join."""
    return models.join_course(course.id, name, now=NOON).person


def published_quiz(course: Course, *questions: dict[str, Any]) -> Quiz:
    """Store these questions as the course's bank and publish a quiz of them."""
    asked = questions or (choice(1), choice(2), practical())
    models.store_bank(course.id, asked, now=NOON)
    return models.create_quiz(course.id, "Monday", [one["id"] for one in asked], publish=True, now=NOON)


def begun(*questions: dict[str, Any], name: str = "Ada") -> Attempt:
    """Let a learner begin a quiz of these questions in a course of its own."""
    course = docker_course()
    quiz = published_quiz(course, *questions)
    return models.start_attempt(quiz.id, learner(course, name).id, now=NOON)


RIGHT: dict[str, Any] = {"outcome": "right", "score": 1.0, "feedback": "Yes.", "differences": []}
WRONG: dict[str, Any] = {"outcome": "wrong", "score": 0.0, "feedback": "It is this.", "differences": []}
