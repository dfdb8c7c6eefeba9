"""Complete command lines that could be run: the stuff of practical tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from notes.extract.captions import captioned
from notes.extract.commands import mended
from notes.extract.finding import Finding
from notes.extract.slips import misspelt_image, wrong
from notes.facts import ExampleFact
from notes.note import Note
from notes.text import clean_meaning, han_count, language_of, leans
from notes.tools import RUNNABLE
from notes.wording import contradicts, is_label

_SLOT = re.compile(
    r"<[^<>\s][^<>]*>|\[[A-Z]|\.\.\.|\bxxx|\bXXX|(?<![\w/$.{-])(?:ID|"
    r"IMAGE|CONTAINER|NAME|REPOSITORY|TAG|VOLUME|NETWORK)\b|[一-鿿]{2,}(?:名|"
    r"名称|id|ID)\b|…"
)


def extract(note: Note) -> Iterator[Finding]:
    for shown in captioned(note):
        line = mended(note, shown.line.text)
        if (
            shown.command.tool not in RUNNABLE
            or shown.line.kind == "usage"
            or shown.line.commented
            or (shown.command.tool == "docker" and _SLOT.search(line))  # other tools' tasks fill a slot
        ):
            continue
        if (
            wrong(line)
            or misspelt_image(shown.command, Counter())[0]
            or contradicts(shown.caption, shown.command)
        ):
            continue
        purpose = clean_meaning(shown.caption)[0] if shown.caption and not leans(shown.caption) else ""
        purpose = (
            "" if is_label(purpose) or re.search(r"如下|命令|区别|below|following", purpose) else purpose
        )
        yield ExampleFact(
            note.source(shown.block, shown.lines),
            language_of(purpose) if len(purpose.split()) > 3 or han_count(purpose) else note.language,
            line,
            "safe",
            re.sub(r"^sudo\s+", "", line),
            note.corrected(purpose),
        )
