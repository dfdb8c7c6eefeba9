"""What manual pages list under headings of their own: parameters, exit statuses, signals with their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.facts import DefinitionFact, RowFact
from notes.note import Note
from notes.text import balanced, clean_meaning, fit_meaning, han_count, language_of, one_line, sentences, simpler

LEAST = 2  # siblings that make a list
_PARAMETERS = re.compile(r"(?:命令)?参数(?:说明)?|arguments?|parameters?|operands?", re.I)
_PARAMETER = re.compile(r"^`?([A-Za-z][\w-]{1,15})`?\s*[：:]\s*(\S.+)$", re.S)
_STATUSES = re.compile(
    r"(?:返回值|返回码|返回状态|退出状态码?|退出码|状态码)(?:说明)?|exit (?:status(?:es)?|codes?)|return (?:values?|codes?)", re.I
)
_STATUS = re.compile(r"^`?(\d{1,3})`?\s*(?:[：:]|[-–—]+\s|\s)\s*(\S.+)$", re.S)
#: Signals of Linux whose numbers are the same on the machines people use.
SIGNALS = {
    **{"SIGHUP": 1, "SIGINT": 2, "SIGQUIT": 3, "SIGILL": 4, "SIGABRT": 6, "SIGFPE": 8, "SIGKILL": 9, "SIGUSR1": 10},
    **{"SIGSEGV": 11, "SIGUSR2": 12, "SIGPIPE": 13, "SIGALRM": 14, "SIGTERM": 15, "SIGCHLD": 17, "SIGCONT": 18, "SIGSTOP": 19},
    **{"SIGTSTP": 20},
}
#: The ones worth knowing by number.
_USED = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL", "SIGTERM", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGUSR1", "SIGSEGV")
_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})\)\s*(SIG[A-Z]+\d?)\b")
_ALIGNED = re.compile(r"^\s*(?:SIG)?([A-Z]{3,6}\d?)\s+(\d{1,2})(?:\s+(\S.*))?$")


def extract(note: Note) -> Iterator[Finding]:
    sections: dict[tuple[str, ...], list[Block]] = {}
    for block in note.blocks:
        if block.kind in ("paragraph", "item") and not block.struck and block.path:
            sections.setdefault(block.path, []).append(block)
    for path, blocks in sections.items():
        if _PARAMETERS.fullmatch(simpler(path[-1])):
            yield from _parameters(note, blocks)
        if _STATUSES.fullmatch(simpler(path[-1])):
            yield from _statuses(note, blocks, path[-1])
    for index, lines in note.listings.items():
        yield from _signals(note, note.blocks[index], lines[0].lines[0] if lines else 0)


def _parameters(note: Note, blocks: list[Block]) -> Iterator[Finding]:
    """ "pid：进程ID" below 参数."""
    found = [(block, _PARAMETER.match(one_line(block.text))) for block in blocks]
    named = [(block, match) for block, match in found if match]
    for block, match in named if len(named) >= LEAST else []:
        meaning, _ = clean_meaning(match[2])
        if fit_meaning(meaning) and not re.search(r"[此该]|之一$", meaning):
            yield DefinitionFact(note.source(block), language_of(meaning), block.text, "safe", match[1], "", meaning)


def _statuses(note: Note, blocks: list[Block], title: str) -> Iterator[Finding]:
    """ "- 64 部分成功" below 返回值."""
    found = [(block, _STATUS.match(one_line(block.text))) for block in blocks]
    listed = [(block, match) for block, match in found if match]
    values = [clean_meaning((sentences(match[2]) or ("",))[0])[0] for _, match in listed]
    if len(listed) > LEAST and len(set(values)) == len(values) and all(map(balanced, values)):
        chinese = note.language == "zh"
        for (block, match), value in zip(listed, values, strict=True):
            attribute = "含义" if chinese else "meaning"
            yield RowFact(note.source(block), note.language, block.text, "safe", title, match[1], attribute, value)


def _signals(note: Note, block: Block, first: int) -> Iterator[Finding]:
    """Rows that give signals their numbers, checked against what the numbers are."""
    words = ("信号", "编号", "作用") if note.language == "zh" else ("signal", "number", "effect")
    for place, line in enumerate(block.text.split("\n")):
        at = note.source(block, (first + place, first + place))
        for number, name in _NUMBERED.findall(line):
            if name in _USED and SIGNALS[name] == int(number):
                yield RowFact(at, note.language, f"{number}) {name}", "safe", words[0], name, words[1], number)
        row = _ALIGNED.match(line)
        name = f"SIG{row[1]}" if row else ""
        if row and SIGNALS.get(name) == int(row[2]):
            yield RowFact(at, note.language, line.strip(), "safe", words[0], name, words[1], row[2])
            effect = clean_meaning(row[3] or "")[0]
            if effect and (han_count(effect) > 1) == (note.language == "zh"):
                yield RowFact(at, note.language, line.strip(), "safe", words[0], name, words[2], effect)
