"""English names in brackets behind the terms of one section: "镜像(Image)", "容器(Container)", asked together or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.extract.finding import Finding
from notes.extract.glosses import glosses, is_vocabulary
from notes.facts import PairsFact, Source
from notes.note import Note

LEAST, MOST = 3, 5  # names of one section that are worth a question, and what one question holds
_LATIN = re.compile(r"[a-z]{2,}")

Gloss = tuple[str, str, tuple[int, int]]  # term, its English name, and the lines where it stands


def extract(note: Note) -> Iterator[Finding]:
    known: set[str] = set()
    for path, found in _sections(note).items():
        fresh = [gloss for gloss in found if not known & {gloss[0], gloss[1].casefold()}][:MOST]
        if len(fresh) >= LEAST:
            known.update(name for term, other, _ in fresh for name in (term, other.casefold()))
            lines = fresh[0][2][0], fresh[-1][2][1]
            pairs = tuple((term, other) for term, other, _ in fresh)
            text = "；".join(f"{term}（{other}）" for term, other in pairs)
            yield PairsFact(Source(note.file, path, lines), "zh", text, "safe", "glosses", "", "", pairs)


def _sections(note: Note) -> dict[tuple[str, ...], list[Gloss]]:
    """Give the glosses section by section, no term and no name of a section twice."""
    sections: dict[tuple[str, ...], list[Gloss]] = {}
    for block in note.blocks:
        if block.struck or block.kind not in ("paragraph", "item") or is_vocabulary(note, block):
            continue
        for found in glosses(block):
            term, other = note.corrected(found.group(1).strip()), found.group(2).strip()
            names = sections.setdefault(block.path, [])
            if _is_a_name(term, other) and not any(term == one or other == two for one, two, _ in names):
                names.append((term, other, block.lines))
    return sections


def _is_a_name(term: str, other: str) -> bool:
    """Tell whether the words in brackets are a name that the term does not tell: no bare abbreviation, no word of both."""
    words = set(_LATIN.findall(other.casefold()))
    return bool(_LATIN.search(other)) and words.isdisjoint(_LATIN.findall(term.casefold()))
