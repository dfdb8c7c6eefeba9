"""Lists and tables of dated events: what happened first?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.facts import SequenceFact, Source
from notes.note import Note
from notes.text import balanced, han_count, language_of, leans, length, one_line, starts_badly, without_end
from notes.wording import is_label

LEAST, MOST = 3, 6  # events to put in order
LONGEST = 26  # as `length` counts
_DATED = re.compile(
    r"^(?:\*\*)?(?:In |公元)?(?P<before>公元前|前)?\s?(?P<year>\d{3,4})\s?(?:年|AD)?"
    r"(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?日)?(?:\*\*)?\s*(?:[：:，,–—-]|\s-\s)\s*(?:\*\*)?\s*(?P<event>[^\s\d].{3,})$"
)
_WHEN = re.compile(r"时间|年份|年代|日期|year|date|when", re.I)
_WHAT = re.compile(r"(?:历史)?事件|大事|events?|what happened", re.I)
_BARE = re.compile(r"时间[线轴表]|大?事?年表|大事记|timeline|chronology|key (?:dates|events)|important dates|dates", re.I)

Entry = tuple[int, str, int, int]  # year, event, first and last line


def extract(note: Note) -> Iterator[Finding]:
    lists: dict[int, list[Block]] = {}
    for block in note.blocks:
        if block.kind == "item" and not block.struck:
            lists.setdefault(block.list_id, []).append(block)
        elif block.kind == "table":
            yield from _ordered(note, block, list(_of_rows(note, block)), len(block.rows) - 1)
    for items in lists.values():
        entries = [entry for item in items if (entry := _entry(note, one_line(item.text), item.lines))]
        yield from _ordered(note, items[0], entries, len(items))


def _entry(note: Note, text: str, lines: tuple[int, int]) -> Entry | None:
    found = _DATED.match(text)
    if not found or not 1 <= int(found["year"]) <= 2100:
        return None
    if int(found["year"]) < 1000 and not (found["before"] or re.match(r"(?:\*\*)?(?:In |公元)|.{0,8}?(?:年|AD)", text)):
        return None  # a code: "404: not found"
    event = without_end(re.split(r"[，。；;]|, |\. ", note.corrected(found["event"]), maxsplit=1)[0])
    return (int(found["year"]) * (-1 if found["before"] else 1), event.strip("*` "), *lines)


def _of_rows(note: Note, block: Block) -> Iterator[Entry]:
    head = block.rows[0] if block.rows else ()
    when = next((place for place, title in enumerate(head) if _WHEN.fullmatch(title.strip("* "))), -1)
    what = next((place for place, title in enumerate(head) if _WHAT.fullmatch(title.strip("* "))), -1)
    for row, line in zip(block.rows[1:], block.row_lines[1:], strict=False) if min(when, what) >= 0 else ():
        entry = _entry(note, f"{row[when].strip()}：{row[what].strip()}", (line, line)) if len(row) == len(head) else None
        if entry:
            yield entry


def _ordered(note: Note, block: Block, entries: Sequence[Entry], of: int) -> Iterator[Finding]:
    """Take a list whose entries are all dated, one after the other in time, and whose events can stand alone."""
    years = [entry[0] for entry in entries]
    events = [entry[1] for entry in entries]
    if len(entries) < LEAST or len(entries) < of or years != sorted(set(years)) or len(set(events)) < len(events):
        return
    topics = (title for title in reversed(block.path) if not is_label(title) and not _BARE.fullmatch(title))
    topic = note.corrected(next(topics, note.title))
    if not all(_stands_alone(event) for event in events) or leans(topic):
        return
    spread = [entries[place * (len(entries) - 1) // (min(len(entries), MOST) - 1)] for place in range(min(len(entries), MOST))]
    language = language_of(" ".join(events))
    name = f"{topic}：按时间先后的事件" if language == "zh" else f"{topic}: events in order of time"
    source = Source(note.file, block.path, (entries[0][2], entries[-1][3]))
    text = "\n".join(f"{year} {event}" for year, event, *_ in spread)
    yield SequenceFact(source, language, text, "safe", name, tuple(entry[1] for entry in spread))


def _stands_alone(event: str) -> bool:
    told = (han_count(event) >= 4 or len(event.split()) >= 2) and length(event) <= LONGEST
    return told and balanced(event) and not re.search(r"\d{3,}", event) and not starts_badly(event) and not leans(event)
