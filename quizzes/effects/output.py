"""What an output tells: its words with everything that differs from engine to engine given a common name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandboxes.effects import Run

from .labels import Labels, container_name
from .reading import items, number, table, text

_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][0-9A-B]|\r|(?:\^[@D])+")  # the last: an end of input that a terminal shows
_ABSOLUTE = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?Z| ?[+-]\d\d:?\d\d)?( [A-Z]{3,4})?"
    r"|(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +\w{3} +\d+ +\d\d:\d\d:\d\d( [A-Z]{3})? \d{4}"
)
_UNIT = r"(nanosecond|microsecond|millisecond|second|minute|hour|day|week|month|year)s?"
_RELATIVE = re.compile(rf"(Less than a second|(About )?(an?|(?<!\d)\d{{1,9}}) {_UNIT})( ago)?(?! \w+ago)")
_HEX = re.compile(r"\b(sha256:)?([0-9a-f]{12,64})\b")
_NUMBER = re.compile(r"\d+")
_PID = re.compile(r'(?<="Pid": )\d+')
_QUOTED = re.compile(r'"[^"]*"')
_SPLIT = re.compile(r"[\s,\[\]{}\"'();|]+")
_HEADER = frozenset(
    [
        "CONTAINER",
        "ID",
        "IMAGE",
        "COMMAND",
        "CREATED",
        "STATUS",
        "PORTS",
        "NAMES",
        "REPOSITORY",
        "TAG",
        "SIZE",
        "DRIVER",
        "VOLUME",
        "NAME",
        "NETWORK",
        "SCOPE",
        "UID",
        "PID",
        "PPID",
        "C",
        "STIME",
        "TTY",
        "TIME",
        "CMD",
        "USER",
        "DIGEST",
        "BY",
        "COMMENT",
        "TYPE",
        "TOTAL",
        "ACTIVE",
        "RECLAIMABLE",
        "CPU",
        "%",
        "MEM",
        "USAGE",
        "/",
        "LIMIT",
        "NET",
        "I/O",
        "BLOCK",
        "PIDS",
        "STARS",
        "OFFICIAL",
        "AUTOMATED",
        "DESCRIPTION",
        "SHARED",
        "UNIQUE",
        "LABELS",
        "MOUNTS",
        "LOCAL",
        "VOLUMES",
    ]
)
TIME = "<time>"
#: Characters of texts that are read closely: more is no answer to a task, and reading it takes minutes.
MOST_CANONICAL = 500_000


@dataclass(frozen=True)
class Told:
    """What one output tells."""

    lines: tuple[str, ...]  # canonical lines, headers and empty ones left out
    words: Counter[str]  # their words

    def without(self, names: frozenset[str]) -> Told:
        """Leave out the lines that only name an object, as commands do that say what they did."""
        return _told(line for line in self.lines if line not in names and not re.fullmatch(r"<[^<>]*>", line))

    def but(self, lines: frozenset[str]) -> Told:
        """Leave out these lines."""
        return _told(line for line in self.lines if line not in lines)

    def within(self, other: Told) -> Told:
        """Keep the lines that the other has too."""
        return _told(line for line in self.lines if line in other.lines)

    @property
    def objects(self) -> frozenset[str]:
        """The containers, images and so on that it names by what only this engine could know."""
        return frozenset(word for word in self.words if word.startswith("<") and word != TIME)


class Reader:
    """Reads outputs and texts of one run in terms both runs share."""

    def __init__(self, run: Run, labels: Labels) -> None:
        self._ids = _known_ids(labels)
        self._words = {word: name for word, name in _known_words(run, labels).items() if word}
        longest = sorted(self._words, key=len, reverse=True)
        joined = "|".join(re.escape(word) for word in longest)
        self._pattern = re.compile(rf"(?<![\w.:-])({joined})(?![\w-]|\.\d)") if joined else None
        self._pids = {str(number(row, "State", "Pid")) for row in run.after.containers} - {"0"}
        self._left = MOST_CANONICAL

    def canonical(self, output: str) -> str:
        """Give a text's lines in terms both runs share; beyond MOST_CANONICAL of all texts, as it is."""
        self._left -= len(output)
        if self._left < 0:
            return output
        return "\n".join(self.told(output).lines)

    def told(self, output: str) -> Told:
        """Read an output."""
        lines: list[str] = []
        processes = False
        for raw in _ESCAPE.sub("", output).split("\n"):
            if raw.startswith("WARNING: "):
                continue  # what the client says of its engine, asked or not
            if _is_header(raw):
                processes = "PID" in raw.split()
                continue
            line = self._line(raw, processes)
            if line:
                lines.append(line)
        return _told(lines)

    def _line(self, raw: str, processes: bool) -> str:
        if raw.strip() in self._pids:
            return "<pid>"
        line = _PID.sub("<pid>", _ABSOLUTE.sub(TIME, raw))
        line = _RELATIVE.sub("", line)
        line = _HEX.sub(self._known_id, line)
        if self._pattern:
            line = self._pattern.sub(lambda match: self._words[match.group(1)], line)
        if line.startswith("<container:"):
            line = _QUOTED.sub("", line)
        if processes:
            line = _NUMBER.sub("#", line)
        return " ".join(line.split())

    def _known_id(self, match: re.Match[str]) -> str:
        digits = match.group(2)
        for identity, name in self._ids.items():
            if identity.startswith(digits):
                return name
        return "<hex>" if any(char.isdigit() for char in digits) else match.group(0)


def _told(lines: Iterable[str]) -> Told:
    kept = tuple(lines)
    return Told(kept, Counter(word for line in kept for word in words_of(line)))


def words_of(line: str) -> list[str]:
    """Split a canonical line into words, without the marks of JSON and lists."""
    spaced = re.sub(r"<[^<>]*>", lambda match: f" {match.group(0).replace(' ', '·')} ", line)
    return [word for word in _SPLIT.split(spaced) if word and word not in (":", "=", "null", "<nil>")]


def _is_header(line: str) -> bool:
    words = line.split()
    return (
        bool(words)
        and len(words) > 1 - (words[0] in ("NAMES", "IMAGE"))
        and all(word in _HEADER for word in words)
    )


def _known_ids(labels: Labels) -> dict[str, str]:
    known: dict[str, str] = {}
    for kind, table_ in (
        ("container", labels.containers),
        ("image", labels.images),
        ("network", labels.networks),
    ):
        known.update(
            (identity.removeprefix("sha256:"), f"<{kind}:{label}>") for identity, label in table_.items()
        )
    known.update(
        (name, f"<volume:{label}>") for name, label in labels.volumes.items() if label.startswith("*")
    )
    return {identity: name for identity, name in known.items() if len(identity) >= 12}


def _known_words(run: Run, labels: Labels) -> dict[str, str]:
    known: dict[str, str] = {}
    for row in (*run.before.containers, *run.after.containers):
        label = labels.containers.get(text(row, "Id"), "?")
        if label.startswith("*"):
            known[container_name(row)] = f"<name:{label}>"
        known.update(_ports(row, label))
        for network, endpoint in table(row, "NetworkSettings", "Networks").items():
            known[text(endpoint, "IPAddress")] = f"<address:{label}@{network}>"
            known[text(endpoint, "MacAddress")] = f"<mac:{label}@{network}>"
    return known


def _ports(row: dict[str, Any], label: str) -> dict[str, str]:
    asked = table(row, "HostConfig", "PortBindings")
    known: dict[str, str] = {}
    for port, bindings in table(row, "NetworkSettings", "Ports").items():
        fixed = {text(entry, "HostPort") for entry in items(asked, port)}
        for entry in items({"all": bindings}, "all"):
            actual = text(entry, "HostPort")
            if actual and actual not in fixed:
                known[actual] = f"<port:{label}@{port}>"
                for host in ("0.0.0.0", "[::]", "::"):
                    known[f"{host}:{actual}"] = f"{host}:<port:{label}@{port}>"
    return known
