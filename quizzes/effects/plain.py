"""Texts of a run read as they stand: only what differs from run to run gets a common name.

Used where a task has no engine: a file must hold what the reference's holds, to the letter, but the hash of a
new commit, the number of a process and the time of day are nobody's goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandboxes.effects import Run

_WORK = re.compile(r"(?<![\w.~/-])(?:/home/lab/work/|\./)(?=[\w.])|(?<=[\w.-])/(?=\s|$)")
_HEX = re.compile(r"(?<![\w-])[0-9a-f]{7,40}(?![\w-])")
_SHORTEST = 7  # digits of a hash that git prints
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"(?<![\d:])(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?: ?[+-]\d\d:?\d\d)?(?![\d:])")
_EPOCH = re.compile(r"(?<!\d)\d{10}(?!\d)")
_AGE = re.compile(r"\b\d+ seconds? ago\b|\b\d+ minutes? ago\b")
_PID = re.compile(r"(?<![\w.:/-])\d{2,7}(?![\w./-]|:\d)")
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
#: Minutes around a run within which a time of day is taken for the time of that run.
_NEAR = 15
_DAY = 24 * 60


@dataclass(frozen=True)
class PlainText:
    """One text in terms that both runs share."""

    lines: tuple[str, ...]  # without empty ones at its end

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for line in self.lines for word in re.split(r"[\s:]+", line) if word)


class PlainReader:
    """Reads texts of one run."""

    def __init__(self, run: Run, commits: dict[str, str], processes: dict[str, str]) -> None:
        """`commits` maps hashes to what they are by content, `processes` numbers to commands."""
        self._began, self._processes = run.began, processes
        self._commits: dict[str, list[tuple[str, str]]] = {}
        for full, name in commits.items():
            self._commits.setdefault(full[:_SHORTEST], []).append((full, name))

    def canonical(self, text: str) -> str:
        """Give a text with what differs from run to run named alike; line ends at its end do not count."""
        text = _ESCAPE.sub("", text).replace("\r\n", "\n").rstrip("\n")
        if self._began:
            text = _CLOCK.sub(self._time, text)
            text = _AGE.sub("<ago>", _EPOCH.sub(self._epoch, text))
        if self._commits:
            text = _HEX.sub(self._commit, text)
        return _PID.sub(self._process, text) if self._processes else text

    def told(self, output: str, *, later: bool = False) -> PlainText:
        """Read an output: blanks at the ends of lines and `./` before a path do not count.

        :param later: it was printed after commits were made that no survey knows: a hash says only that
        """
        text = self.canonical(output)
        if later and self._commits:
            text = _HEX.sub(lambda match: "<hash>" if _DIGIT.search(match.group()) else match.group(), text)
        lines = [_WORK.sub("", line).strip() for line in text.split("\n")]
        return PlainText(tuple(line for line in lines if line))

    def _time(self, match: re.Match[str]) -> str:
        minute = int(match.group(1)) * 60 + int(match.group(2))
        away = abs(minute - int(self._began // 60) % _DAY)
        return "<time>" if min(away, _DAY - away) <= _NEAR else match.group()

    def _epoch(self, match: re.Match[str]) -> str:
        return "<time>" if abs(int(match.group()) - self._began) <= _NEAR * 60 else match.group()

    def _commit(self, match: re.Match[str]) -> str:
        word = match.group()
        alike = self._commits.get(word[:_SHORTEST], ())
        return next((f"<{name}>" for full, name in alike if full.startswith(word)), word)

    def _process(self, match: re.Match[str]) -> str:
        command = self._processes.get(match.group())
        return f"<process {command}>" if command else match.group()


def commit_names(*surveys: Any) -> dict[str, str]:
    """Read from the surveys of git which hash is which commit."""
    return dict(pair for survey in surveys for pair in _commits(survey))


def _commits(survey: Any) -> Iterator[tuple[str, str]]:
    repositories = survey.get("repositories") if isinstance(survey, dict) else None
    for repository in repositories.values() if isinstance(repositories, dict) else ():
        rows = repository.get("commits") if isinstance(repository, dict) else None
        for name, commit in rows.items() if isinstance(rows, dict) else ():
            if isinstance(commit, dict) and isinstance(commit.get("hash"), str):
                yield commit["hash"], str(name)


def process_names(*surveys: Any) -> dict[str, str]:
    """Read from the surveys of processes which number is which command."""
    rows = [row for survey in surveys if isinstance(survey, list) for row in survey]
    return {str(row[0]): str(row[3]) for row in rows if isinstance(row, list) and len(row) == 4}
