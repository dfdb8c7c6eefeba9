"""What a run changed, as a flat table of spots and values: the one form in which two runs are compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from .changes import files_of
from .containers import image_by_id, whole_command
from .provider import View
from .providers import PROVIDERS
from .reading import text
from .spots import Spot


@dataclass
class Changes:
    """Everything a run changed beyond its setup's state and the defaults."""

    values: dict[Spot, str] = field(default_factory=dict)
    also: dict[Spot, str] = field(default_factory=dict)  # another form that means the same
    commands: dict[str, str] = field(default_factory=dict)  # container label -> what it ran, for sentences
    old: frozenset[str] = frozenset()  # labels of the containers that were there before


def changes_of(view: View) -> Changes:
    """List what a run changed, provider by provider."""
    containers = view.labels.containers
    found = Changes(old=frozenset(containers.get(text(row, "Id"), "") for row in view.run.before.containers))
    for provider in PROVIDERS:
        found.values.update((spot, value) for spot, value in provider.changes(view) if value)
    for row in view.run.after.containers:
        label = containers.get(text(row, "Id"), "")
        found.also[Spot("container.image", label)] = image_by_id(row, view.labels)
        found.commands[label] = whole_command(row)
        found.also.update(files_of(view, text(row, "Id"), label))
    return found
