"""An error message: what is its cause, what helps?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar

from notes.facts import ErrorFact, Fact, Language
from quizzes import distractors
from quizzes.context import Context
from quizzes.draws import question_id
from quizzes.kinds.base import Candidate, Drop, QuestionKind, judged, text_of
from quizzes.kinds.build import Makers, choice_question, named, usable_in_stem
from quizzes.questions import Question, Response, Verdict
from quizzes.twins import also_right, confused_commands
from quizzes.wording.base import Wording
from quizzes.wording.tidy import code

KIND = "error_diagnosis"
_DATA = Path(__file__).parents[1] / "data"
_CONTAINERS = re.compile(r"容器|镜像|\b(?:container|image)", re.I)
_DOCKER = re.compile(r"(?<![\w./-])docker(?![\w./-])", re.I)  # the program, and no part of an address


class ErrorDiagnosis(QuestionKind):
    """The learner picks the cause of an error or what helps against it."""

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "排错题", "en": "Find the fault"}
    widget = "radio"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        return named(KIND, _MAKERS, facts, context)

    def check(self, question: Question, response: Response) -> Verdict:
        return judged(question, float(text_of(question, response) == question.answer))


def _cause(fact: ErrorFact, context: Context) -> Iterator[Question | None]:
    wording = context.wording(fact)
    if not fact.cause or not usable_in_stem(fact.cause, fact, context):
        return
    own = [
        [
            wording.choice(other.cause)
            for other in _others(fact, context)
            if usable_in_stem(other.cause, other, context)
        ]
    ]
    seed = question_id(KIND, "cause", (fact.id,))
    others = distractors.pick_texts(
        wording.choice(fact.cause), [*own, *_likely("cause", fact)], wording, seed, shown=context.earlier.shown(seed)
    )
    yield choice_question(
        KIND,
        fact,
        "cause",
        wording.error_cause(fact.shown),
        wording.choice(fact.cause),
        others,
        _said(fact, wording),
        difficulty="application",
    )


def _fix(fact: ErrorFact, context: Context) -> Iterator[Question | None]:
    wording = context.wording(fact)
    if not fact.fix or not usable_in_stem(fact.fix, fact, context):
        return
    own = [
        [
            wording.choice(other.fix)
            for other in _others(fact, context)
            if other.fix and usable_in_stem(other.fix, other, context)
        ]
    ]
    seed = question_id(KIND, "fix", (fact.id,))
    others = distractors.pick_texts(
        wording.choice(fact.fix), [*own, *_likely("fix", fact)], wording, seed, shown=context.earlier.shown(seed)
    )
    yield choice_question(
        KIND,
        fact,
        "fix",
        wording.error_fix(fact.shown),
        wording.choice(fact.fix),
        others,
        _said(fact, wording),
        difficulty="application",
    )


def _command(fact: ErrorFact, context: Context) -> Iterator[Question | None]:
    wording = context.wording(fact)
    if not fact.fix_command or "\n" in fact.fix_command:
        return
    words = fact.fix_command.removeprefix("sudo ").split()
    others = [
        other.fix_command
        for other in context.siblings(fact, context.of(ErrorFact))
        if other.fix_command and "\n" not in other.fix_command
    ]
    others += _variants(words)
    texts = list(dict.fromkeys(code(other) for other in others if other != fact.fix_command))[
        : distractors.WANTED
    ]
    yield choice_question(
        KIND,
        fact,
        "command",
        wording.error_command(fact.shown),
        code(fact.fix_command),
        texts,
        _said(fact, wording),
        difficulty="application",
    )


def _variants(words: Sequence[str]) -> list[str]:
    """Give the line with another subcommand in place of its own."""
    name = " ".join(words[:2])
    return [" ".join([other, *words[2:]]) for other in confused_commands(name) if not also_right(name, other)]


def _others(fact: ErrorFact, context: Context) -> list[ErrorFact]:
    """The note's other errors of the same program: what mends a container mends no package source."""
    return [other for other in context.siblings(fact, context.of(ErrorFact)) if _of_docker(other) == _of_docker(fact)]


def _of_docker(fact: ErrorFact) -> bool:
    return bool(_DOCKER.search(f"{fact.shown} {fact.fix_command}"))


def _said(fact: ErrorFact, wording: Wording) -> str:
    command = code(fact.fix_command) if fact.fix_command and "\n" not in fact.fix_command else ""
    return wording.error_told(wording.choice(fact.cause), wording.choice(fact.fix), command)


def _likely(what: str, fact: ErrorFact) -> list[list[str]]:
    """Give common causes or fixes in two tiers: those of Docker's errors, for an error of Docker, before the others."""
    if _of_docker(fact):
        return [common(f"docker {what}", fact), common(what, fact)]
    return [[text for text in common(what, fact) if not _CONTAINERS.search(text)]]


def common(what: str, fact: ErrorFact) -> list[str]:
    """Give common causes or fixes of other errors; those whose own words stand in the message or its cause
    are left out.
    """
    told = f"{fact.message} {fact.cause} {fact.fix} {fact.fix_command}".casefold()
    known = _common(fact.language)
    return [text for text, words in known.get(what, ()) if not any(word in told for word in words)]


@cache
def _common(language: Language) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    rows: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for row in (_DATA / f"faults.{language}.txt").read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            what, text, words = (part.strip() for part in row.split(" | "))
            rows[what] = (*rows.get(what, ()), (text, tuple(words.split(", "))))
    return rows


_MAKERS: Makers = {ErrorFact: (("cause", _cause), ("fix", _fix), ("command", _command))}
