"""A learner's own progress: what was answered, and which passages need another look."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from models.answers import Answer
from models.attempts import AttemptView, attempt_views
from models.people import Person
from web.rounds import best

RECENT = 50  # rounds looked at; a learner with more sees the last ones


@dataclass(frozen=True)
class Topic:
    """A section of a note and how its questions went."""

    heading: str
    right: int
    judged: int


@dataclass(frozen=True)
class Progress:
    """What a learner has done in a course."""

    rounds: tuple[AttemptView, ...]  # the newest first
    outcomes: dict[str, int]  # outcome -> number of questions, by the answer that counts
    mistakes: tuple[Answer, ...]  # the latest answers that were not wholly right, the newest first
    topics: tuple[Topic, ...]  # the weakest first

    @property
    def answered(self) -> int:
        """Questions with an answer."""
        return sum(self.outcomes.values())


def progress_of(person: Person) -> Progress:
    """Sum a learner's rounds up."""
    views = tuple(attempt_views(person.id, RECENT))
    counted = [answer for view in views for item in view.items if (answer := best(item))]
    outcomes = Counter(answer.outcome or "not judged" if answer.state == "judged" else "not judged" for answer in counted)
    missed = sorted((answer for answer in counted if answer.outcome in ("wrong", "partly right")),
                    key=lambda answer: answer.received_at, reverse=True)
    return Progress(views, dict(outcomes), tuple(missed[:8]), _topics(counted))


def _topics(answers: list[Answer]) -> tuple[Topic, ...]:
    right, judged = Counter[str](), Counter[str]()
    for answer in answers:
        if answer.state == "judged":
            heading = (answer.question.get("topics") or ["–"])[-1]
            judged[heading] += 1
            right[heading] += answer.outcome == "right"
    topics = [Topic(heading, right[heading], number) for heading, number in judged.items()]
    return tuple(sorted(topics, key=lambda topic: (topic.right / topic.judged, topic.heading)))
