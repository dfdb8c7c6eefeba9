"""What the places of a string mean: "第1位表示文件类型", "第2到4位代表所有者的权限", told one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.extract.finding import Finding
from notes.facts import RowFact
from notes.note import Note
from notes.text import balanced, clean_meaning, fit_meaning, without_end

LEAST = 3  # places that make a description
_PLACE = re.compile(
    r"^(?P<name>第\s?\d{1,2}(?:\s?(?:到|至|-|~|—)\s?(?:第\s?)?\d{1,2})?\s?(?P<unit>个字符|个字段|个字母|位|列|字段|段))"
    r"\s*(?:[：:]|代表的?是?|表示的?是?|是指?|为)\s*(?P<text>[^，。].{1,40})$"
)

Told = tuple[int, str, str, str]  # line, name, unit, meaning


def extract(note: Note) -> Iterator[Finding]:
    for index, block in enumerate(note.blocks):
        if block.kind in ("paragraph", "fence", "item") and "第" in block.text:
            first = block.lines[0] + (block.kind == "fence")
            rows = [_told(first + place, row) for place, row in enumerate(block.text.split("\n"))]
            told = [row for row in rows if row]
            apart = len({name for _, name, _, _ in told}) == len({text for *_, text in told}) == len(told)
            if len(told) >= LEAST and apart and len({unit for _, _, unit, _ in told}) == 1:
                printed = _printed_by(note, index, told[0][0])
                sort = f"{printed} 输出中的位置" if printed else "位置"
                for line, name, _, text in told:
                    at = note.source(block, (min(line, block.lines[1]),) * 2)
                    yield RowFact(at, "zh", f"{name}：{text}", "safe", sort, name, "含义", text)


def _printed_by(note: Note, index: int, line: int) -> str:
    """The command whose output a listing explains: the last one in front of the explanation."""
    before = [shown for shown in note.listings.get(index, ()) if shown.kind == "command" and shown.lines[0] < line]
    return before[-1].text if before and len(before[-1].text) < 30 else ""


def _told(line: int, row: str) -> Told | None:
    found = _PLACE.match(without_end(row.strip().lstrip("#*/- ")))
    text = clean_meaning(found["text"])[0] if found else ""
    good = found and fit_meaning(text) and balanced(text)
    return (line, re.sub(r"\s+", " ", found["name"]), found["unit"], text) if found and good else None
