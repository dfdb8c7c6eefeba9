"""Sample outputs that can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from notes.extract.finding import Finding
from notes.extract.tables import Printed, printed
from notes.facts import OutputFact
from notes.note import Note

#: Longer output is cut: nobody reads more in a question.
MAX_ROWS = 12
_COUNTS = re.compile(r"\s*(?:Containers|Running|Paused|Stopped|Images): \d+")
_CHANGED = re.compile(r"[ MADRCU?!]{2} \S.*")
_LISTED = re.compile(r"\s*[-dl](?:[r-][w-][xsStT-]){3}[.+@]?\s+\d+\s+\S+.*\s\S+")


def extract(note: Note) -> Iterator[Finding]:
    for shown in printed(note):
        command = shown.command.command
        if command is None:
            continue
        rows = _SHAPES.get(command.name, _table)(shown)
        output = "\n".join(rows or shown.rows[:MAX_ROWS])
        yield OutputFact(
            note.source(shown.block, shown.lines),
            note.language,
            output,
            "safe" if rows else "unsure",
            shown.command.text.removeprefix("sudo "),
            output,
            shown.before,
        )


def _table(shown: Printed) -> Sequence[str]:
    """The rows of a table under heads in capitals; () when it is none, or of a tool that prints others."""
    known = shown.command.command is not None and shown.command.command.tool in ("docker", "kubectl", "ps", "free")
    return shown.rows if known and shown.columns and 1 < len(shown.rows) <= MAX_ROWS else ()


def _counts(shown: Printed) -> Sequence[str]:
    """The counts of containers and images among the many lines on an engine."""
    rows = [row for row in shown.rows if _COUNTS.fullmatch(row)]
    return rows if len(rows) == 5 else ()


def _changed(shown: Printed) -> Sequence[str]:
    """The short status of changed files, all of it."""
    return shown.rows if len(shown.rows) <= MAX_ROWS and all(map(_CHANGED.fullmatch, shown.rows)) else ()


def _listed(shown: Printed) -> Sequence[str]:
    """The entries of a long listing, without the sum above them."""
    rows = [row for row in shown.rows if _LISTED.fullmatch(row)]
    return rows if len(shown.rows) - len(rows) <= 1 and len(rows) <= MAX_ROWS else ()


def _disks(shown: Printed) -> Sequence[str]:
    return shown.rows if shown.rows[0].startswith("Filesystem") and 2 < len(shown.rows) <= MAX_ROWS else ()


#: What the rows of an output have to be like, by its command.
_SHAPES: dict[str, Callable[[Printed], Sequence[str]]] = {
    "docker info": _counts,
    "docker system info": _counts,
    "git status": _changed,
    "ls": _listed,
    "df": _disks,
}
