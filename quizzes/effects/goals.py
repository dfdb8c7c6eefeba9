"""What the reference wants: the goals derived from what it changed, and what an answer must leave alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .aspects import ASPECTS, WORDS, Aspect, Spot
from .gathering import Changes
from .providers import PROVIDERS
from .request import excludes, minds_volumes
from .signals import waits_default
from .strays import is_stray

_BUILD = re.compile(r"\bdocker\s+(buildx\s+|image\s+|builder\s+)?build\b")
#: Folders where programs leave files that nobody asks for.
_PASSING = ("/tmp/", "/root/", "/run/", "/var/", "/proc/", "/dev/")
#: Traces that are goals only where nothing else was changed: reading, and containers that came and went.
TRACES = frozenset({"container.passed", "container.ran", "container.looked", "image.pulled"})


@dataclass(frozen=True)
class Goal:
    """One thing the reference changed."""

    spot: Spot
    expected: str

    @property
    def aspect(self) -> Aspect:
        return ASPECTS[self.spot.aspect]


@dataclass(frozen=True)
class Declared:
    """An author's words on what to compare: `ports` only that, `+tty` that too, `-exit` all but that."""

    only: frozenset[str]
    more: frozenset[str]
    less: frozenset[str]

    @classmethod
    def read(cls, words: Iterable[str]) -> Declared:
        """Read the words.

        :raise ValueError: a word is not known; says which ones are
        """
        words = tuple(words)
        unknown = sorted(word for word in words if word.lstrip("+-") not in WORDS)
        if unknown:
            raise ValueError(f"compare: unknown {', '.join(unknown)}; known are {', '.join(sorted(WORDS))}")
        return cls(
            frozenset(word for word in words if word[0] not in "+-"),
            frozenset(word[1:] for word in words if word[0] == "+"),
            frozenset(word[1:] for word in words if word[0] == "-"),
        )

    def allows(self, aspect: str) -> bool:
        """Whether an aspect is compared at all."""
        word = ASPECTS[aspect].word
        if word in self.less:
            return False
        return not self.only or word in self.only or word in self.more or aspect in ("container.exists", "output.told")


def goals_of(changes: Changes, invented: Collection[str], script: str, declared: Declared) -> list[Goal]:
    """Derive the goals from what the reference changed, most important first."""
    kept = [
        Goal(spot, value)
        for spot, value in changes.values.items()
        if declared.allows(spot.aspect)
        and (ASPECTS[spot.aspect].word in declared.more or not _cosmetic(spot, value, changes, invented, script))
    ]
    solid = [goal for goal in kept if goal.spot.aspect not in TRACES]
    return sorted(solid or kept, key=lambda goal: (goal.aspect.rank, -goal.aspect.weight, goal.spot))


def _cosmetic(spot: Spot, value: str, changes: Changes, invented: Collection[str], script: str) -> bool:
    values, label = changes.values, spot.label
    if any(provider.cosmetic(spot, value, values, script) for provider in PROVIDERS):
        return True
    match spot.aspect:
        case "container.name":
            return label in invented
        case "container.tty":  # where the container still runs, it does so with or without one
            return values.get(Spot("container.state", label)) not in ("created", "exited")
        case "container.signals":
            stays_up = Spot("container.restarted", label) in values
            return not value or (stays_up and waits_default(value))
        case "container.exit":
            return bool(values.get(Spot("container.signals", label)))  # follows from how it was stopped
        case "container.command" | "container.entrypoint":
            return ended_by_itself(label, changes) and leaves_traces(label, changes)
        case "container.logs":
            return has_side_effects(changes)
        case "container.file" | "container.rights":
            return not (_handled(label, changes) or ended_by_itself(label, changes))
        case "image.source":
            return any(other.aspect == "image.file" and other.label == label for other in values)
        case "file.content" | "file.changed" | "file.removed" | "file.mode":
            return builds(script)
    return False


def builds(script: str) -> bool:
    """Tell whether a script builds an image, so that the files it writes are means, not goals."""
    return bool(_BUILD.search(script))


def ended_by_itself(label: str, changes: Changes) -> bool:
    """Tell whether a new container ran to its end without being stopped."""
    values = changes.values
    exited = values.get(Spot("container.state", label)) == "exited"
    return exited and label not in changes.old and not values.get(Spot("container.signals", label))


def leaves_traces(label: str, changes: Changes) -> bool:
    """Tell whether what a finished container did can be seen, so that its command need not be compared."""
    files = any(spot.aspect == "container.file" and spot.label == label for spot in changes.values)
    return files or Spot("container.logs", label) in changes.values or has_side_effects(changes)


def has_side_effects(changes: Changes) -> bool:
    """Tell whether files outside the containers were written."""
    return any(spot.aspect in ("volume.file", "file.content", "file.changed") for spot in changes.values)


def _handled(label: str, changes: Changes) -> bool:
    return Spot("container.looked", label) in changes.values


def forbidden(
    reference: Changes, answer: Changes, declared: Declared, scripts: tuple[str, str], text: str = ""
) -> list[tuple[Spot, str]]:
    """List what only the answer changed and should have left alone, most important first.

    `text` is the task's: where it says nothing of volumes, one without a name may go together with its container, and
    where it leaves something out, an image may hold no other files.
    """
    found = [
        (spot, value)
        for spot, value in answer.values.items()
        if (
            ASPECTS[spot.aspect].extra == "forbidden"
            or _litter(spot, reference)
            or is_stray(spot, reference.values, scripts[1], text)
            or (spot.aspect == "image.file" and _unwanted(spot) and excludes(text))
        )
        and declared.allows(spot.aspect)
        and spot not in reference.values
        and not _follows(spot, reference, answer, scripts)
        and not (_goes_along(spot, reference) and not minds_volumes(text))
    ]
    return sorted(found, key=lambda pair: (ASPECTS[pair[0].aspect].rank, pair[0]))


def _unwanted(spot: Spot) -> bool:
    return not spot.item.startswith(_PASSING)


def _goes_along(spot: Spot, reference: Changes) -> bool:
    """Whether a removed volume had no name and belonged to a container that the reference removes too."""
    owner = spot.label.removeprefix("*").partition(":")[0]
    anonymous = spot.aspect == "volume.removed" and spot.label.startswith("*")
    return anonymous and Spot("container.removed", owner) in reference.values


def _litter(spot: Spot, reference: Changes) -> bool:
    """Whether a file was left in a container that the reference worked in too, where it does not pass by itself."""
    worked = spot.label in reference.old and _handled(spot.label, reference)
    return spot.aspect == "container.file" and worked and not spot.item.startswith(_PASSING)


def _follows(spot: Spot, reference: Changes, answer: Changes, scripts: tuple[str, str]) -> bool:
    """Whether an extra change is only another side of a difference that is told anyway, or a means."""
    label = spot.label
    # A new Dockerfile is a means; one that was given is not to be touched.
    if spot.aspect.startswith("file.") and spot.aspect not in ("file.changed", "file.removed"):
        return any(builds(script) for script in scripts)
    if spot.aspect.startswith("container."):
        own = spot.aspect in ("container.exists", "container.removed")
        gone = Spot("container.removed", label) in reference.values and Spot("container.exists", label) not in reference.values
        if not own and (gone or (Spot("container.removed", label) in answer.values and label in answer.old)):
            return Spot("container.exists", label) not in answer.values or gone
        if spot.aspect in ("container.command", "container.entrypoint"):
            return ended_by_itself(label, reference) and leaves_traces(label, reference)
        if spot.aspect == "container.restarted":
            state = Spot("container.state", label)
            return state in reference.values and reference.values[state] != answer.values.get(state)
        if spot.aspect == "container.state":
            return Spot("container.state", label) in reference.values or Spot("container.restarted", label) in reference.values
        if spot.aspect == "container.deleted":
            return not _handled(label, answer)
    if spot.aspect.startswith("image.") and spot.aspect not in ("image.tag", "image.removed"):
        return Spot("image.tag", label) not in reference.values or Spot("image.base", label) not in reference.values
    return False
