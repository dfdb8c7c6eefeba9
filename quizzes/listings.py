"""Tables that commands print: header, rows and cells, found by the columns' places."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"\S+(?: \S+)*")
MAX_ROWS = 6


@dataclass(frozen=True)
class Table:
    """A printed table; every row holds a cell for each heading, "" where it is empty."""

    headings: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    text: str  # header and rows as printed, without trailing spaces


def read_table(output: str) -> Table | None:
    """Read a table with upper-case headings; None when the text is none or its rows do not fit the header."""
    lines = [line.rstrip() for line in output.splitlines() if line.strip()]
    if len(lines) < 2 or len(lines) > MAX_ROWS + 1:
        return None
    found = list(_HEADING.finditer(lines[0]))
    headings = tuple(part.group() for part in found)
    if len(headings) < 3 or not all(re.fullmatch(r"[A-Z][A-Z ]*", heading) for heading in headings):
        return None
    starts = [part.start() for part in found]
    rows = [_row(line, headings, starts) for line in lines[1:]]
    complete = [row for row in rows if row is not None]
    return Table(headings, tuple(complete), "\n".join(lines)) if len(complete) == len(rows) else None


def _row(line: str, headings: tuple[str, ...], starts: list[int]) -> dict[str, str] | None:
    """Cut a row at the headings' places, or at wide gaps when the places do not fit and the number of cells
    does.
    """
    ends = [*starts[1:], len(line)]
    fits = all(start == 0 or start >= len(line) or line[start - 1] == " " for start in starts)
    if fits:
        return dict(
            zip(
                headings,
                (line[start:end].strip() for start, end in zip(starts, ends, strict=True)),
                strict=True,
            )
        )
    cells = re.split(r"\s{2,}", line.strip())
    return dict(zip(headings, cells, strict=True)) if len(cells) == len(headings) else None


def shortened(table: Table, keep: tuple[str, ...]) -> str:
    """Print the table again with fewer columns, so that it fits a page."""
    kept = [heading for heading in table.headings if heading in keep]
    widths = {heading: max(len(heading), *(len(row[heading]) for row in table.rows)) for heading in kept}
    lines = [kept and {heading: heading for heading in kept}, *table.rows]
    return "\n".join(
        "   ".join(line[heading].ljust(widths[heading]) for heading in kept).rstrip()
        for line in lines
        if line
    )
