"""Lines of other words that do what a line does: `git restore FILE` for `git checkout -- FILE`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from quizzes.wording.base import data_rows

_SLOTS = {"{}": r"(?P<rest>[^\s-]\S*(?: [^\s-]\S*)*)", "<>": r"(?P<rest>(?!HEAD\b)[^\s.-][^\s.]*)"}


def same_lines(line: str) -> list[str]:
    """Give the other lines that are right where this one is; [] when none is known."""
    bare = " ".join(line.split())
    found: list[str] = []
    for forms, more in _rows():
        rest = next((match.groupdict().get("rest") or "" for form in forms if (match := _pattern(form).fullmatch(bare))), None)
        if rest is not None:
            found += [form.replace("{}", rest).replace("<>", rest) for form in (*forms, *more)]
    return [other for other in dict.fromkeys(found) if other != bare]


@cache
def _rows() -> tuple[tuple[Sequence[str], Sequence[str]], ...]:
    """Read for each row the forms that do the same, and those that are only right answers for them."""
    rows = (row.partition(" => ") for row in data_rows("same-commands.txt"))
    return tuple((forms.split(" = "), more.split(" = ") if more else ()) for forms, _, more in rows)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    inner = re.escape(form)
    for slot, pattern in _SLOTS.items():
        inner = inner.replace(re.escape(slot), pattern)
    return re.compile(inner)
