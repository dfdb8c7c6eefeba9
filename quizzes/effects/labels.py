"""The names under which the objects of two runs are compared: what the engine invented gets an ordinal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandboxes.effects import Run, Snapshot

from . import names
from .reading import items, text, texts

#: Networks every engine has.
BUILT_IN_NETWORKS = frozenset({"bridge", "host", "none"})


@dataclass
class Labels:
    """What one run's ids are called. Two runs' labels are equal where their objects stand for each other."""

    containers: dict[str, str] = field(default_factory=dict)  # id -> "web", "*tomcat#1"
    images: dict[str, str] = field(default_factory=dict)  # id -> "tomcat:latest", "untagged 1"
    volumes: dict[str, str] = field(default_factory=dict)  # name -> "data", "*web:/data"
    networks: dict[str, str] = field(default_factory=dict)  # id -> name

    @property
    def names(self) -> frozenset[str]:
        """All names of containers, images, volumes and networks."""
        return frozenset(name for part in (self.containers, self.images, self.volumes, self.networks) for name in part.values())

    def container(self, reference: str) -> str:
        """Give the label of a container named by its id, the start of it, or its label."""
        for identity, label in self.containers.items():
            if reference and (
                (identity.startswith(reference) and len(reference) >= 12) or reference == label
            ):
                return label
        return reference


@dataclass(frozen=True)
class Catalogue:
    """Everything a run's two snapshots know of, by id; the later snapshot wins."""

    containers: Mapping[str, dict[str, Any]]
    images: Mapping[str, dict[str, Any]]

    @classmethod
    def of(cls, run: Run) -> Catalogue:
        return cls(
            {text(row, "Id"): row for row in (*run.before.containers, *run.after.containers)},
            {text(row, "Id"): row for row in (*run.before.images, *run.after.images)},
        )


def container_name(row: Mapping[str, Any]) -> str:
    """Give a container's name without the engine's slash."""
    return text(dict(row), "Name").removeprefix("/")


def tags(row: Mapping[str, Any]) -> list[str]:
    """Give an image's tags in full, sorted."""
    return sorted(
        names.image_name(tag) for tag in texts(dict(row), "RepoTags") if not tag.startswith("<none>")
    )


def image_labels(run: Run) -> dict[str, str]:
    """Label images by their first tag, before the run where they had one then; untagged ones are counted."""
    labels: dict[str, str] = {}
    untagged = 0
    for row in (*run.before.images, *run.after.images):
        identity = text(row, "Id")
        if identity in labels and not labels[identity].startswith("untagged"):
            continue
        own = tags(row)
        if own:
            labels[identity] = own[0]
        elif identity not in labels:
            untagged += 1
            labels[identity] = f"untagged {untagged}"
    return labels


def network_labels(run: Run) -> dict[str, str]:
    """Label networks by their name."""
    return {text(row, "Id"): text(row, "Name") for row in (*run.before.networks, *run.after.networks)}


def volume_labels(run: Run, containers: Mapping[str, str]) -> dict[str, str]:
    """Label volumes by their name, or by the first container that mounts them and where."""
    labels: dict[str, str] = {}
    for snapshot in (run.before, run.after):
        for row in snapshot.containers:
            owner = containers.get(text(row, "Id"), "?")
            for mount in items(row, "Mounts"):
                name = text(mount, "Name")
                if name and is_anonymous(name):
                    labels.setdefault(name, f"*{owner}:{text(mount, 'Destination')}")
    loose = 0
    for name in _volume_names(run.before, run.after):
        if not is_anonymous(name):
            labels[name] = name
        elif name not in labels:
            loose += 1
            labels[name] = f"*:{loose}"
    return labels


def _volume_names(*snapshots: Snapshot) -> Iterable[str]:
    return dict.fromkeys(text(row, "Name") for snapshot in snapshots for row in snapshot.volumes)


def is_anonymous(volume: str) -> bool:
    """Tell whether the engine invented a volume's name: 64 hex digits."""
    return len(volume) == 64 and all(char in "0123456789abcdef" for char in volume)
