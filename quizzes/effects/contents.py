"""What is inside files that a snapshot only names: read from the answer to a question asked after the run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sandboxes.effects import FileEntry, Run

from .reading import table

#: The name under which `Run.probes` holds the answer.
PROBE = "contents"
_KINDS = frozenset({"file", "folder", "link", "other"})

Entries = Mapping[str, tuple[FileEntry, ...]]


@dataclass(frozen=True)
class Contents:
    """The contents of a run's changed files, archives and new images."""

    changes: Entries = field(default_factory=dict)  # by container id
    archives: Entries = field(default_factory=dict)  # by path in the working directory
    images: Entries = field(default_factory=dict)  # by image id; only what its new layers add


def contents_of(run: Run) -> Contents:
    """Read what was asked after a run; empty where nothing was asked, or the sandbox answered nonsense."""
    status, _, answer = run.probes.get(PROBE, "").partition("\n")
    try:
        said = json.loads(answer) if status == "0" else {}
    except (ValueError, RecursionError):
        said = {}
    return Contents(*(_entries(table(said, part)) for part in ("changes", "archives", "images")))


def _entries(said: dict[str, Any]) -> Entries:
    return {
        name: tuple(entry for entry in map(_entry, rows) if entry is not None)
        for name, rows in said.items()
        if isinstance(rows, list)
    }


def _entry(row: Any) -> FileEntry | None:
    match row:
        case [str(path), str(kind), int(mode), int(size), str(digest), str(text)] if kind in _KINDS:
            return FileEntry(path, cast(Any, kind), mode, size, digest, text)
    return None
