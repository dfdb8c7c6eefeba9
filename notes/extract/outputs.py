"""Sample outputs that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from notes.extract.finding import Finding
from notes.extract.tables import printed
from notes.facts import OutputFact
from notes.note import Note

#: Longer output is cut: nobody reads more in a question.
MAX_ROWS = 12


def extract(note: Note) -> Iterator[Finding]:
    for shown in printed(note):
        if shown.command.command is None:
            continue
        good = (
            bool(shown.columns)
            and 1 < len(shown.rows) <= MAX_ROWS
            and shown.command.command.tool in ("docker", "kubectl", "ps", "df", "free")
        )
        output = "\n".join(shown.rows[:MAX_ROWS])
        yield OutputFact(
            note.source(shown.block, shown.lines),
            note.language,
            output,
            "safe" if good else "unsure",
            shown.command.text.removeprefix("sudo "),
            output,
            shown.before,
        )
