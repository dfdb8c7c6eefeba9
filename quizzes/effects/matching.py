"""Which object of the answer's run stands for which object of the reference's run."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandboxes.effects import Run

from . import names
from .containers import Facts, container_facts
from .labels import Catalogue, Labels, container_name, image_labels, network_labels, volume_labels
from .reading import table, text

Row = dict[str, Any]
#: Up to this many new containers every pairing is tried; more are paired greedily.
_TRY_ALL = 6


@dataclass(frozen=True)
class Aligned:
    """Both runs' labels, equal where the objects stand for each other."""

    reference: Labels
    answer: Labels
    generated: frozenset[str]  # labels of reference containers whose name the engine invented


def align(reference: Run, answer: Run, reference_script: str = "", text: str = "") -> Aligned:
    """Give the objects of both runs common names.

    A name that the reference gives a container counts only where the task's text, if there is one, says it: nobody can
    guess another.

    Containers that were there before are paired by name, then in order; new ones by name, else by likeness.
    """
    first, second = _start(reference), _start(answer)
    taken = _Names(reference_script, text, itself=reference is answer)
    for one, other in _pair_old(reference.before.containers, answer.before.containers):
        _label(first, second, one, other, taken.give(one, other))
    for one, other in _pair_new(_new(reference), _new(answer), reference, answer, first, second):
        _label(first, second, one, other, taken.give(one, other))
    for run, labels in ((reference, first), (answer, second)):
        labels.volumes = volume_labels(run, labels.containers)
    return Aligned(first, second, frozenset(taken.invented))


def _start(run: Run) -> Labels:
    labels = Labels(images=image_labels(run), networks=network_labels(run))
    labels.volumes = volume_labels(run, {})
    return labels


def _label(first: Labels, second: Labels, one: Row | None, other: Row | None, label: str) -> None:
    if one is not None:
        first.containers[text(one, "Id")] = label
    if other is not None:
        second.containers[text(other, "Id")] = label


def _new(run: Run) -> list[Row]:
    old = {text(row, "Id") for row in run.before.containers}
    return [row for row in run.after.containers if text(row, "Id") not in old]


class _Names:
    """Hands out labels: an explicit name as it is, an invented one as `*image#n`."""

    def __init__(self, script: str, text: str, *, itself: bool) -> None:
        self._script, self._text, self._itself = script, text, itself
        self._count: dict[str, int] = {}
        self.invented: set[str] = set()

    def give(self, one: Row | None, other: Row | None) -> str:
        row = one if one is not None else other
        name = container_name(row or {})
        if one is not None and other is not None and name == container_name(other) and not self._itself:
            return name  # two engines do not invent the same name
        asked = not self._text.strip() or name in self._text
        if one is not None and name and asked and not names.is_generated(name, self._script):
            return name
        if one is None:
            return f"+{name}"
        image = names.image_name(text(row, "Config", "Image")) or "container"
        self._count[image] = self._count.get(image, 0) + 1
        label = f"*{image}#{self._count[image]}"
        self.invented.add(label)
        return label


Paired = list[tuple[Row | None, Row | None]]


def _pair_old(one: Sequence[Row], other: Sequence[Row]) -> Paired:
    by_name = {container_name(row): row for row in other}
    pairs: Paired = [(row, by_name.pop(container_name(row))) for row in one if container_name(row) in by_name]
    paired = {id(row) for row, _ in pairs}
    rest = [row for row in one if id(row) not in paired]
    return pairs + list(itertools.zip_longest(rest, by_name.values()))


def _pair_new(
    one: list[Row], other: list[Row], reference: Run, answer: Run, first: Labels, second: Labels
) -> Paired:
    by_name = {container_name(row): row for row in other}
    pairs: Paired = [(row, by_name.pop(container_name(row))) for row in one if container_name(row) in by_name]
    paired = {id(row) for row, _ in pairs}
    rest, left = [row for row in one if id(row) not in paired], list(by_name.values())
    likeness = _likeness(_facts(rest, reference, first), _facts(left, answer, second))
    chosen = _assign(likeness, len(rest), len(left))
    pairs += [(rest[i], left[j]) for i, j in chosen]
    pairs += [(row, None) for i, row in enumerate(rest) if i not in {i for i, _ in chosen}]
    pairs += [(None, row) for j, row in enumerate(left) if j not in {j for _, j in chosen}]
    return sorted(pairs, key=lambda pair: one.index(pair[0]) if pair[0] is not None else len(one))


def _facts(rows: list[Row], run: Run, labels: Labels) -> list[Facts]:
    images = Catalogue.of(run).images
    return [container_facts(row, table(dict(images), text(row, "Image")), labels) for row in rows]


def _likeness(one: list[Facts], other: list[Facts]) -> list[list[int]]:
    return [[_alike(facts, others) for others in other] for facts in one]


def _alike(one: Facts, other: Facts) -> int:
    heavy = {"image": 6, "command": 4, "state": 2}
    same = sum(heavy.get(key[0], 2) for key in one if other.get(key) == one[key])
    return same * 100 - len(set(other) - set(one))


def _assign(likeness: list[list[int]], rows: int, columns: int) -> list[tuple[int, int]]:
    if not rows or not columns:
        return []
    if max(rows, columns) > _TRY_ALL:
        return _assign_greedily(likeness, rows, columns)
    if rows <= columns:
        tries = (list(enumerate(chosen)) for chosen in itertools.permutations(range(columns), rows))
    else:
        tries = (
            [(i, j) for j, i in enumerate(chosen)] for chosen in itertools.permutations(range(rows), columns)
        )
    return max(tries, key=lambda pairs: sum(likeness[i][j] for i, j in pairs))


def _assign_greedily(likeness: list[list[int]], rows: int, columns: int) -> list[tuple[int, int]]:
    best = sorted(
        itertools.product(range(rows), range(columns)), key=lambda pair: -likeness[pair[0]][pair[1]]
    )
    chosen: list[tuple[int, int]] = []
    for i, j in best:
        if all(i != row and j != column for row, column in chosen):
            chosen.append((i, j))
    return sorted(chosen)
