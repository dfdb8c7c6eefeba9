"""What a provider of effects is. Read this to add one.

A provider is one file in `quizzes.effects.providers`, one line in its registry, and, where the snapshot of a
run does not tell enough, one program in `proofs/surveys/` that is asked before the script and after it. It
says what a run changed (`changes`), how much each of those matters (`aspects`), what is nobody's goal
(`cosmetic`), and how a difference is told in English and Chinese. A provider whose `changes` are empty takes
no part: which ones do follows from what the reference did.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandboxes.effects import Run

from .labels import Labels
from .output import Reader
from .plain import PlainReader
from .spots import Aspect, Spot

if TYPE_CHECKING:
    from .wording import Gap

Found = Iterator[tuple[Spot, str]]
Values = Mapping[Spot, str]


@dataclass(frozen=True)
class View:
    """One run as its providers look at it."""

    run: Run
    labels: Labels
    reader: Reader  # reads texts in the engine's terms
    plain: PlainReader  # reads texts as they stand
    scripts: tuple[str, ...]  # the reference's text and the answer's
    engine: bool  # the reference asks a Docker engine

    def survey(self, name: str, after: bool = True) -> Any:
        """Give what a survey said after the script, or before it; None where it said nothing sound."""
        return read_survey(self.run, name, after)


def read_survey(run: Run, name: str, after: bool = True) -> Any:
    """Give what a survey said after the script, or before it; None where it said nothing sound."""
    status, _, said = run.surveys.get(name, ("", ""))[1 if after else 0].partition("\n")
    try:
        return json.loads(said) if status == "0" else None
    except (ValueError, RecursionError):
        return None


def never_cosmetic(spot: Spot, value: str, values: Values, script: str) -> bool:
    """Say that everything a provider finds may be a goal."""
    return False


@dataclass(frozen=True)
class Words:
    """A provider's templates in one language, by the keys that `wording` looks for."""

    phrases: Mapping[str, str] = field(default_factory=dict)
    what: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Provider:
    """One kind of effect: of an engine, of files, of processes, of git."""

    name: str
    aspects: tuple[Aspect, ...]
    changes: Callable[[View], Iterable[tuple[Spot, str]]]
    words: Mapping[str, Words] = field(default_factory=dict)  # by language
    cosmetic: Callable[[Spot, str, Values, str], bool] = never_cosmetic
    #: templates that fit a gap better than the general ones, by aspect
    twins: Mapping[str, Callable[[Gap], list[str]]] = field(default_factory=dict)
    #: what a value looks like in a sentence, by aspect
    shown: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    survey: str = ""  # the program of proofs/surveys that is asked; "" for none
    #: whether scripts that call these programs can have such an effect, so that it is worth asking
    asked: Callable[[frozenset[str]], bool] = lambda programs: False
