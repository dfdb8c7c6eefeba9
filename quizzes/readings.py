"""What can be concluded from outputs that are no table of containers: the largest, the fullest, the failing, the changed,
the permitted.

Each reader knows one shape of output and gives at most a few readings of it, each with one right answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from notes.facts import OutputFact
from notes.grammar import parse_command
from quizzes.listings import Table, read_table, shortened
from quizzes.wording.reading import READINGS
from quizzes.wording.tidy import code

#: How much the first has to be ahead of the second, so that nobody has to reckon.
AHEAD = 1.2
NEARLY_FULL, LEFT_BEHIND = 80, 15  # per cent
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s?([kKMGT]?)i?B?")
_FACTORS = {"": 1.0, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_RIGHTS = re.compile(
    r"\s*-(?P<owner>[r-][w-][x-])(?P<group>[r-][w-][x-])(?P<others>[r-][w-][x-])[.@]?\s+\d+\s+\S+\s+(?P<of>\S+)\s.*\s(?P<name>\S+)"
)


@dataclass(frozen=True)
class Read:
    """What an output says to who can read it."""

    direction: str
    shown: str  # the part of the output that matters
    asks: str
    key: str
    others: Sequence[str]
    said: str


def read(fact: OutputFact) -> Iterator[Read]:
    """Give what can be read in an output."""
    command = parse_command(fact.command)
    for reader in _READERS.get(command.name, ()) if command else ():
        yield from reader(fact)


def _size(text: str) -> float:
    """Measure a size in bytes; 0 when it is none."""
    found = _SIZE.fullmatch(text)
    return float(found[1]) * _FACTORS[found[2].upper()] if found else 0.0


def _largest(fact: OutputFact) -> Iterator[Read]:
    """Which image is the largest, whatever units the sizes have?"""
    table, words = read_table(fact.output), READINGS[fact.language]
    if table is None or "SIZE" not in table.headings or len(table.rows) < 3:
        return
    ranked = sorted(table.rows, key=lambda row: -_size(row["SIZE"]))
    names = [code(f"{row.get('REPOSITORY', '')}:{row.get('TAG', '')}") for row in ranked]
    sizes = [_size(row["SIZE"]) for row in ranked]
    if min(sizes) > 0 and sizes[0] > AHEAD * sizes[1] and len(set(names)) == len(names) and not _unnamed(names):
        shown = shortened(table, ("REPOSITORY", "TAG", "IMAGE ID", "SIZE"))
        yield Read("largest", shown, words.asks_largest, names[0], names[1:4], words.largest(names[0], ranked[0]["SIZE"]))


def _unnamed(names: Sequence[str]) -> bool:
    return any("<none>" in name or name.startswith("`:") for name in names)


def _counted(fact: OutputFact) -> Iterator[Read]:
    """How many containers are there, and what are they doing?"""
    counts = {key: int(value) for key, value in re.findall(r"(\w+): (\d+)", fact.output)}
    total, running, paused, stopped = (counts.get(key, -1) for key in ("Containers", "Running", "Paused", "Stopped"))
    if total < 1 or total != running + paused + stopped or running == stopped:
        return
    words = READINGS[fact.language]
    images = counts.get("Images", 0)
    key = words.containers(total, running, paused, stopped)
    wrong = [
        words.containers(total, stopped, paused, running),
        words.containers(total + paused + stopped, total, paused, stopped),  # takes all of them for the running ones
        words.containers(total + images, running + images, paused, stopped),  # takes images for containers
    ]
    others = [text for text in dict.fromkeys(wrong) if text != key]
    yield Read("counts", _set_back(fact.output), words.asks_containers, key, others, words.counted(running, paused, stopped))


def _set_back(output: str) -> str:
    rows = output.split("\n")
    margin = min(len(row) - len(row.lstrip()) for row in rows)
    return "\n".join(row[margin:] for row in rows)


def _fullest(fact: OutputFact) -> Iterator[Read]:
    """Which disk is nearly full?"""
    words, rows = READINGS[fact.language], [line.split(None, 5) for line in fact.output.split("\n")[1:]]
    used = [(int(row[4].rstrip("%")), code(row[5])) for row in rows if len(row) == 6 and re.fullmatch(r"\d+%", row[4])]
    ranked = sorted(used, reverse=True)
    names = [name for _, name in ranked]
    if len(ranked) >= 3 and len(ranked) == len(rows) and ranked[0][0] >= max(NEARLY_FULL, ranked[1][0] + LEFT_BEHIND):
        yield Read("fullest", fact.output, words.asks_fullest, names[0], names[1:4], words.fullest(names[0], ranked[0][0]))


def _failing(fact: OutputFact) -> Iterator[Read]:
    """Which one is in a state that calls for a look?"""
    table, words = read_table(fact.output), READINGS[fact.language]
    if table is None or not {"NAME", "STATUS"} <= set(table.headings) or len(table.rows) < 3:
        return
    for state, asks in words.troubles.items():
        alike = [row["NAME"] for row in table.rows if row["STATUS"] == state]
        others = [code(row["NAME"]) for row in table.rows if row["STATUS"] != state]
        if len(alike) == 1 and len(others) >= 2:
            shown = _without_age(table)
            yield Read(f"trouble {state}", shown, asks, code(alike[0]), others[:3], words.trouble(code(alike[0]), code(state)))
            return


def _without_age(table: Table) -> str:
    return shortened(table, ("NAME", "READY", "STATUS", "RESTARTS"))


#: Letters of a file in a short status and what they say of it: in the first place of the index, in the second of the folder.
_CHANGES: Mapping[str, Callable[[str], bool]] = {
    "not staged": lambda letters: letters[1] == "M",
    "untracked": lambda letters: letters == "??",
    "staged": lambda letters: letters[0] in "MA",
}


def _changed(fact: OutputFact) -> Iterator[Read]:
    """Which file is changed but not staged, unknown, or staged?"""
    words, files = READINGS[fact.language], [(row[:2], code(row[3:])) for row in fact.output.split("\n")]
    for change, holds in _CHANGES.items():
        alike = [(letters, name) for letters, name in files if holds(letters)]
        others = [name for letters, name in files if not holds(letters)]
        if len(alike) == 1 and len(others) >= 2:
            letters, name = alike[0]
            yield Read(change, fact.output, words.changes[change], name, others[:3], words.change(name, letters, change))
            return


def _permitted(fact: OutputFact) -> Iterator[Read]:
    """What may the group do with a file, that its owner or others may not?"""
    words = READINGS[fact.language]
    for found in map(_RIGHTS.fullmatch, fact.output.split("\n")):
        if found is None or found["owner"] == found["group"]:
            continue
        key, name = words.rights[found["group"]], code(found["name"])
        near = [found["owner"], found["others"], "rw-", "r-x", "r--", "-w-"]
        others = [text for text in dict.fromkeys(words.rights[rights] for rights in near) if text != key][:3]
        said = words.permitted(name, code(found["group"]), key)
        yield Read("rights", found.group().strip(), words.asks_rights(name, code(found["of"])), key, others, said)
        return


_READERS: Mapping[str, Sequence[Callable[[OutputFact], Iterator[Read]]]] = {
    "docker images": (_largest,),
    "docker info": (_counted,),
    "docker system info": (_counted,),
    "df": (_fullest,),
    "kubectl get": (_failing,),
    "git status": (_changed,),
    "ls": (_permitted,),
}
