"""The registry of extractors: one module per idea, each turning a note into facts and suspicions."""

from __future__ import annotations

from notes.extract import commands, definitions, examples, flags
from notes.extract.finding import Extractor

#: Name and function, in the order in which facts of one line are listed.
EXTRACTORS: dict[str, Extractor] = {
    "flags": flags.extract,
    "commands": commands.extract,
    "definitions": definitions.extract,
    "examples": examples.extract,
}
