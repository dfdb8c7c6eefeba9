"""Bytes to text, and the small repairs that keep every line where it was."""

from __future__ import annotations

import re

from notes.errors import NoteError

#: Larger notes are refused: a megabyte takes ten seconds and more.
MAX_NOTE_BYTES = 5_300_000

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
_GLUED_HEADING = re.compile(r"^(#{1,6}(?=[^\s#!/\d])|#{2,6}(?=\d))([^#]{1,80})$")
_MARKER = re.compile(r"^ {0,3}(?:[2-9]|1\d)[.)]\s+\S")
_CONTAINER = re.compile(r"^\s*(:{3,}|!{3})\s*\w*.*$")
_TEMPLATE = re.compile(r"\{%.*?%\}")
_TOC = re.compile(r"<!--\s*code_chunk_output\s*-->")
_TOC_END = re.compile(r"<!--\s*/code_chunk_output\s*-->")


def decode(file: str, data: bytes, most: int = MAX_NOTE_BYTES) -> str:
    """Decode a note of at most so many bytes and normalise its line ends.

    :raise NoteError: empty, too large, binary or not UTF-8
    """
    if len(data) > most:
        raise NoteError(
            file,
            "large",
            f"the note has {len(data) / 1e6:.1f} MB and the limit is {most / 1e6:.0f} "
            f"MB; split it into several notes",
        )
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        raise NoteError(file, "binary", "this is a binary file; hand in a Markdown text saved as UTF-8", line)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise NoteError(
            file, "encoding", "the text is not UTF-8; save the note as UTF-8 and hand it in again", line
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise NoteError(file, "empty", "the note is empty; write something into it and hand it in again")
    return re.sub("[\u2028\u2029\x0b\x0c\x1c-\x1e\x85]", " ", text)


def repair(text: str) -> str:
    """Mend what CommonMark would misread: `#Heading`, an open fence, contents. Lines stay."""
    rows = text.split("\n")
    fenced = _fenced(rows)
    mended = []
    skipping = False
    for number, row in enumerate(rows):
        if fenced[number]:
            mended.append(_close(rows, fenced, number) or row)
            continue
        skipping = bool(_TOC.search(row)) or (skipping and not _TOC_END.search(row))
        mended.append("" if skipping or _CONTAINER.match(row) else _mend(row))
    return "\n".join(mended)


def _mend(row: str) -> str:
    if row.startswith("#"):
        return _GLUED_HEADING.sub(r"\1 \2", row)
    if _MARKER.match(row):
        return re.sub(r"^( {0,3})(\d+)[.)]", r"\g<1>\2.", row)
    head, end, rest = row.rpartition("%}")
    return _TEMPLATE.sub("", head + end) + rest if "{%" in head else row


def _fenced(rows: list[str]) -> list[bool]:
    """Tell for each line whether it is inside a fence; an open one ends before the next heading."""
    inside: list[bool] = [False] * len(rows)
    opening: tuple[int, str] | None = None
    for number, row in enumerate(rows):
        if row.lstrip()[:3] not in ("```", "~~~"):
            continue
        mark = _FENCE.match(row) or (_FENCE.match(row.lstrip()) if row[:1] in " \t" else None)
        if opening is None:
            if mark and "`" not in mark.group(2):
                opening = (number, mark.group(1))
        elif (
            mark
            and mark.group(1)[0] == opening[1][0]
            and len(mark.group(1)) >= len(opening[1])
            and not mark.group(2).strip()
        ):
            inside[opening[0] : number + 1] = [True] * (number + 1 - opening[0])
            opening = None
    if opening is not None:
        end = _open_end(rows, opening[0])
        inside[opening[0] : end] = [True] * (end - opening[0])
    return inside


def _open_end(rows: list[str], start: int) -> int:
    for number in range(start + 2, len(rows)):
        if (
            re.match(r"#{1,6}\s\S", rows[number])
            and not rows[number - 1].strip()
            and not re.match(r"#\s", rows[number])
        ):
            return number
    return len(rows)


def _close(rows: list[str], fenced: list[bool], number: int) -> str:
    """The closing mark for the blank line in front of the heading that ends an open fence."""
    last = number + 1 < len(rows) and fenced[number] and not fenced[number + 1]
    if last and not rows[number].strip():
        for row in reversed(rows[:number]):
            mark = _FENCE.match(row)
            if mark:
                return mark.group(1)
    return ""
