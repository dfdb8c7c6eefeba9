"""The registries of extractors: one module per idea, each turning a note into facts and suspicions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from notes.extract import (
    cautions,
    columns,
    commands,
    consequences,
    contrasts,
    definitions,
    english,
    enumerations,
    errors,
    examples,
    flags,
    glossaries,
    glosses,
    known,
    manuals,
    outputs,
    parallels,
    positions,
    properties,
    quantities,
    rows,
    sequences,
    slips,
    timelines,
    told_commands,
    underlined,
)
from notes.extract.finding import Extractor, Finding
from notes.facts import Fact
from notes.note import Note

#: Name and function, in the order in which facts of one line are found.
EXTRACTORS: dict[str, Extractor] = {
    "flags": flags.extract,
    "commands": commands.extract,
    "told commands": told_commands.extract,
    "definitions": definitions.extract,
    "english": english.extract,
    "glosses": glosses.extract,
    "glossaries": glossaries.extract,
    "columns": columns.extract,
    "rows": rows.extract,
    "manuals": manuals.extract,
    "positions": positions.extract,
    "quantities": quantities.extract,
    "sequences": sequences.extract,
    "timelines": timelines.extract,
    "errors": errors.extract,
    "cautions": cautions.extract,
    "properties": properties.extract,
    "underlined": underlined.extract,
    "enumerations": enumerations.extract,
    "parallels": parallels.extract,
    "outputs": outputs.extract,
    "examples": examples.extract,
    "slips": slips.extract,
}
#: The same for what is concluded from facts already found.
DERIVED: dict[str, Callable[[Note, Sequence[Fact]], Iterator[Finding]]] = {
    "known": known.extract,
    "contrasts": contrasts.extract,
    "consequences": consequences.extract,
}
