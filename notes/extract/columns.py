"""What the columns of a command's output mean: comments, lists and lines below a sample of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from notes.extract.finding import Finding
from notes.extract.tables import Printed, printed
from notes.facts import ColumnFact, PropertyFact, Source, Suspicion
from notes.grammar import nearest
from notes.note import Note
from notes.text import HAN, clean_meaning, fit_meaning, han_count, language_of

#: What the client itself prints: notes often take "Up" for "in the background", which it does not say.
_STATES: Mapping[str, tuple[str, str]] = {
    "Up": ("正在运行", "the container is running"),
    "Exited": ("终止", "the container has ended"),
    "Created": ("已创建但没有启动", "the container was created and not started"),
    "Paused": ("已暂停", "the container is paused"),
}
_STATUS = {"zh": "容器的当前状态", "en": "the state of the container"}
_VALUE = re.compile(rf"([A-Za-z]{{2,12}})\s*(?:表示|代表|means)\s*([{HAN}]{{2,16}}|[a-z ]{{4,40}})")


def extract(note: Note) -> Iterator[Finding]:
    for shown in printed(note):
        if shown.columns:
            for line, text in _below(note, shown):
                yield from _explained(note, shown, line, text)


def _below(note: Note, shown: Printed) -> Iterator[tuple[int, str]]:
    """Comments of the same listing behind the output, then the lines of the next two blocks."""
    for line in note.listings[shown.index]:
        if line.lines[0] > shown.lines[1] and line.kind == "comment":
            yield line.lines[0], line.text
        if line.lines[0] > shown.lines[1] and line.kind in ("command", "usage"):
            break
    for block in note.blocks[shown.index + 1 : shown.index + 14]:
        if block.kind not in ("paragraph", "item") or block.path != shown.block.path:
            break
        for offset, row in enumerate(block.text.split("\n")):
            yield min(block.lines[0] + offset, block.lines[1]), row.replace("`", "")


def _explained(note: Note, shown: Printed, line: int, text: str) -> Iterator[Finding]:
    column, rest = _column(shown.columns, text)
    source = Source(note.file, shown.block.path, (line, line))
    command = shown.command.command.name if shown.command.command else ""
    if not column:
        first = re.match(r"[A-Z]{4,}(?: [A-Z]{2,})?", text)
        close = nearest(first.group(), list(shown.columns)) if first else ""
        if close and first:
            yield Suspicion(source, "unknown column", first.group(), close)
            column, rest = close, text[first.end() :]
        else:
            return
    meaning = re.sub(
        r"^\s*(?:[：:\-–]|列|字段|表示|代表|是|指|means|shows|the )?\s*(?:状态)?(?:表示|代表|是指|is )?\s*",
        "",
        rest,
    )
    first_part = re.split(r"[，,]\s*(?=[A-Za-z]{2,12}\s*(?:表示|代表))", meaning)[0]
    clean, _ = clean_meaning(first_part)
    if re.match(r"(?:的|与|和|and\b)", rest.strip()) or not clean:
        return
    language = language_of(text)
    clean = _STATUS[language] if (command, column) == ("docker ps", "STATUS") else note.corrected(clean)
    good = fit_meaning(clean) and (han_count(clean) >= 2 or len(clean.split()) >= 2)
    yield ColumnFact(source, language, text, "safe" if good else "unsure", command, column, clean)
    for value, sense in _VALUE.findall(rest):
        if value.casefold() != column.casefold():
            yield _value_fact(source, text, command, column, value.capitalize(), sense.strip())


def _column(columns: tuple[str, ...], text: str) -> tuple[str, str]:
    for column in sorted(columns, key=len, reverse=True):
        if text.casefold().startswith(column.casefold()) and not re.match(r"[A-Za-z]", text[len(column) :]):
            return column, text[len(column) :]
    return "", ""


def _value_fact(source: Source, text: str, command: str, column: str, value: str, sense: str) -> PropertyFact:
    if (command, column) == ("docker ps", "STATUS") and value in _STATES:
        sense = _STATES[value][0 if han_count(sense) else 1]
    if han_count(sense):
        sentence = f"在 `{command}` 的输出中，{column} 一列的 {value} 表示{sense}。"
        return PropertyFact(source, "zh", text, "safe", f"{command} {column}", sentence, (sense, value))
    return PropertyFact(
        source,
        "en",
        text,
        "safe",
        f"{command} {column}",
        f"In the {column} column of `{command}`, {value} means {sense}.",
        (value,),
    )
