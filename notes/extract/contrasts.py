"""Two things that differ: tables, "A …，而 B …", pairs of commands, pairs the note announces."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.extract.statements import Statement, statements
from notes.facts import CommandFact, ContrastFact, DefinitionFact, Fact, FlagFact, Source
from notes.grammar import parse_command
from notes.note import Note
from notes.text import (
    fit_meaning,
    han_count,
    language_of,
    length,
    starts_badly,
    without_end,
)
from notes.wording import is_label, starts_with_action

_ASPECT = re.compile(
    r"^(?:|特性|特点|对比|对比项|比较|比较项|项目|维度|区别|方面|"
    r"类别|属性|指标|功能|feature|features|aspect|property|criterion|"
    r"criteria|difference|comparison|attribute|dimension|characteristic)$",
    re.I,
)
_DIFFER = re.compile(r"区别|不同|对比|比较|差异|区分|\bvs\.?\b|\bversus\b|\bdifferences?\b|\bcompar", re.I)
#: "而 B 也 …" says the same of both, "B 的首部 …" something of a part.
_NO_CELL = re.compile("也|同样|一样|^的")
_WHILE_ZH = re.compile(r"^(.{4,60}?)[，,；;]\s*而(?!且|是|已)\s*(.{4,60})$")
_WHILE_EN = re.compile(r"^(.{8,110}?),\s*(?:while|whereas)\s+(.{8,110})$", re.I)
_SPLIT = re.compile(
    r"^((?:an? |the )?`?[A-Za-z][\w-]*`?(?: [a-z][\w-]*){0,2}?) "
    r"((?:is|are|was|were|has|have|can|cannot|does|do|may|must|"
    r"will|lacks?|contains?|uses?|keeps?|"
    r"stores?|sends?|runs?|needs?|requires?|shares?|creates?|removes?|"
    r"starts?|stops?|shows?|lists?|produces?|occurs?|allows?|supports?|"
    r"takes?|"
    r"works?|makes?|holds?|returns?|waits?|gives?|provides?|copies|copy|expires?)\b.*)$",
    re.I,
)
_OPTIONS = re.compile(
    r"(?<![A-Za-z0-9_-])`?(-{1,2}[A-Za-z][A-Za-z-]*)`?\s*(?:与|"
    r"和|跟|、|/|vs\.?|versus|and)\s*`?(-{1,2}[A-Za-z][A-Za-z-]*)`?",
    re.I,
)
_PAIR = re.compile(
    r"^`?(.{1,24}?)`?\s*(?:与|和|跟|及|/|\bvs\.?\b|\bversus\b|"
    r"\band\b)\s*`?(.{1,24}?)`?\s*(?:的|之间的)?\s*(?:区别|不同|"
    r"对比|比较|差异|differences?|compared|comparison)?$",
    re.I,
)
LEFT = 6  # of a value, when its end is cut off
#: When something is done, and that it will be: both go without saying in the cell of a comparison.
_SCENE = re.compile(r"^(?:[^，。]{2,16}(?:的时候|时|的过程中)[，,]\s*)?(?:就?会|将会?)?")
_TWINS = (
    ("只读", "可写"),
    ("只读", "可读写"),
    ("read-only", "writable"),
    ("read-only", "read-write"),
    ("同步", "异步"),
    ("静态", "动态"),
    ("有状态", "无状态"),
    ("synchronous", "asynchronous"),
    ("stateful", "stateless"),
    ("可变", "不可变"),
    ("mutable", "immutable"),
)


def extract(note: Note, earlier: Sequence[Fact]) -> Iterator[Finding]:
    for block in note.blocks:
        if block.kind == "table":
            yield from _table(note, block)
    said = list(statements(note))
    for block in note.blocks:
        if block.kind in ("paragraph", "item") and not block.struck:
            yield from _while(note, block)
    yield from _opposed(note, said)
    yield from _neighbours(note, said)
    yield from _under_heading(note, said)
    yield from _announced(note, earlier)
    yield from _wider(earlier)


def _table(note: Note, block: Block) -> Iterator[Finding]:
    head = [title.replace("`", "").strip("* ") for title in block.rows[0]]
    compares = (
        bool(_DIFFER.search(" ".join(block.path[-1:])) or _DIFFER.search(head[0]))
        or not head[0]
        or bool(_ASPECT.match(head[0]))
    )
    if (
        not compares
        or not _ASPECT.match(head[0])
        or not 3 <= len(head) <= 4
        or not all(1 < len(title) <= 30 for title in head[1:])
    ):
        return
    if any(
        re.search(
            r"说明|描述|含义|备注|示例|默认|description|meaning|example|default|note|value", title, re.I
        )
        for title in head[1:]
    ):
        return
    for row, line in zip(block.rows[1:], block.row_lines[1:], strict=False):
        if len(row) != len(head) or not row[0].strip():
            continue
        for second in range(2, len(head)):
            yield from _cells(note, block, line, head, row, second)


def _cells(
    note: Note, block: Block, line: int, head: list[str], row: tuple[str, ...], second: int
) -> Iterator[Finding]:
    dimension, one, other = row[0].strip("* "), without_end(row[1]), without_end(row[second])
    if (
        not one
        or not other
        or one.casefold() == other.casefold()
        or re.search(r"[✅❌✓✗√×]", one + other)
        or "http" in one + other
    ):
        return
    sure = (
        length(one) <= 60
        and length(other) <= 60
        and len(dimension) <= 30
        and not re.fullmatch(r"[-—/N.A]+", one + other)
    )
    yield ContrastFact(
        Source(note.file, block.path, (line, line)),
        language_of(" ".join(row) + " ".join(head)),
        " | ".join(row),
        "safe" if sure else "unsure",
        head[1],
        head[second],
        dimension,
        one,
        other,
    )


def _while(note: Note, block: Block) -> Iterator[Finding]:
    for raw in block.sentences:
        text = note.corrected(without_end(raw))
        found = _WHILE_ZH.match(text) or _WHILE_EN.match(text)
        if not found:
            continue
        one, other = found.groups()
        if not han_count(text):
            yield from _english(note, block, text, one, other)
            continue
        first, second = note.opening_terms.opening(one), note.opening_terms.opening(other)
        if (
            first
            and second
            and first.term.casefold() != second.term.casefold()
            and not starts_badly(one)
        ):
            values = (without_end(one[first.end :]), without_end(other[second.end :]))
            sure = all(length(value) >= 3 and not _NO_CELL.search(value) for value in values) and len(text) < 160
            yield ContrastFact(
                note.source(block),
                language_of(text),
                text,
                "safe" if sure else "unsure",
                first.term,
                second.term,
                "",
                *values,
            )


def _english(note: Note, block: Block, text: str, one: str, other: str) -> Iterator[Finding]:
    """Read "cats climb trees, whereas dogs chase cars": names end where the verbs begin."""
    split = [_SPLIT.match(clause) for clause in (one, other)]
    if not split[0] or not split[1] or starts_badly(one) or starts_badly(other):
        return
    (first, left), (second, right) = split[0].groups(), split[1].groups()
    sure = (
        first.casefold() != second.casefold()
        and len(text) < 200
        and len(left.split()) >= 2
        and len(right.split()) >= 2
        and _of_one(left) == _of_one(right)  # else a value does not fit behind the other name
    )
    yield ContrastFact(
        note.source(block),
        "en",
        text,
        "safe" if sure else "unsure",
        _bare(first),
        _bare(second),
        "",
        left,
        right,
    )


def _of_one(value: str) -> bool:
    """Tell whether the verb in front of a value says that it is of one thing: "is", "has", "stores"."""
    verb = value.split(" ")[0].casefold()
    return verb in ("is", "was", "has", "does") or (verb.endswith("s") and verb not in ("does",))


def _bare(name: str) -> str:
    return re.sub(r"^(?:an?|the)\s+", "", name.strip(), flags=re.I)


def _opposed(note: Note, said: list[Statement]) -> Iterator[Finding]:
    """Two sentences of one block on different things that hold opposite words: read-only, writable."""
    for place, one in enumerate(said):
        for other in said[place + 1 : place + 4]:
            if other.block is not one.block or other.subject == one.subject:
                continue
            for left, right in _TWINS:
                for here, there in ((left, right), (right, left)):
                    if (
                        here in one.rest
                        and there in other.rest
                        and there not in one.rest
                        and here not in other.rest
                    ):
                        yield _between(note, one, other, "safe" if one.marked or other.marked else "unsure")


def _between(note: Note, one: Statement, other: Statement, trust: str) -> ContrastFact:
    lines = (min(one.lines[0], other.lines[0]), max(one.lines[1], other.lines[1]))
    first, second = (
        _SCENE.sub("", without_end(re.sub(r"^[\s，,]+", "", said.rest).removeprefix(said.subject)))
        .removeprefix("命令来")
        .removeprefix("命令")
        for said in (one, other)
    )
    values = _without_shared_end(first, second)
    good = trust == "safe" and all(length(value) >= 3 for value in values)
    return ContrastFact(
        note.source(one.block, lines),
        language_of(one.sentence),
        f"{one.sentence} {other.sentence}",
        "safe" if good else "unsure",
        one.subject,
        other.subject,
        "",
        *values,
    )


def _without_shared_end(one: str, other: str) -> tuple[str, str]:
    """Cut what both values end in: "sends A and ends the service", "sends B at once and ends the service"."""
    most = min(length(one), length(other)) - LEFT
    ends = (one[at:] for at in range(len(one)) if other.endswith(one[at:]) and starts_with_action(one[at:]))
    shared = next((end for end in ends if length(end) <= most and han_count(end) > 2), "")
    return without_end(one.removesuffix(shared)), without_end(other.removesuffix(shared))


def _neighbours(note: Note, said: list[Statement]) -> Iterator[Finding]:
    """Neighbouring sentences about two commands that name the same thing: stop and kill."""
    for one, other in itertools.pairwise(said):
        if (
            other.block is not one.block
            or not (one.is_command and other.is_command)
            or one.subject == other.subject
        ):
            continue
        shared = set(_weighty(one.rest)) & set(_weighty(other.rest))
        close = abs(one.lines[0] - other.lines[0]) <= 1
        yield _between(
            note, one, other, "safe" if shared and close and not starts_badly(other.sentence) else "unsure"
        )


def _under_heading(note: Note, said: list[Statement]) -> Iterator[Finding]:
    """Below "A 与 B 的区别": the first sentence about A and the first about B."""
    for one, other in itertools.pairwise(said):
        heading = one.block.path[-1] if one.block.path else ""
        if (
            one.block.path != other.block.path
            or one.is_command
            or not _DIFFER.search(heading)
            or one.subject == other.subject
        ):
            continue
        names = {one.subject.casefold(), other.subject.casefold()}
        if (
            all(name in heading.casefold() for name in names)
            and other.index - one.index <= 1
            and not any("而" in text.sentence for text in (one, other))
        ):
            yield _between(note, one, other, "safe" if not starts_badly(one.sentence) else "unsure")


def _weighty(text: str) -> list[str]:
    return re.findall(
        r"[A-Z]{4,}|镜像|容器|信号|历史|分支|提交|文件|image|container|signal|history|branch|commit|file",
        text,
    )


def _announced(note: Note, earlier: Sequence[Fact]) -> Iterator[Finding]:
    """Pairs that the note announces ("-p 与 -P 的区别") and explains elsewhere."""
    announced: list[tuple[str, Block, int]] = []
    for index, block in enumerate(note.blocks):
        if block.kind == "heading" or (block.kind in ("paragraph", "item") and len(block.text) < 120):
            announced.append((block.text, block, block.lines[0]))
        announced.extend(
            (line.text, block, line.lines[0])
            for line in note.listings.get(index, ())
            if line.kind == "comment"
        )
    known = _Known(earlier)
    for text, block, line in announced:
        if _DIFFER.search(text):
            yield from _explained(note, text, block, line, known)


def _explained(note: Note, text: str, block: Block, line: int, known: _Known) -> Iterator[Finding]:
    options = _OPTIONS.search(text)
    pair = _PAIR.match(without_end(text)) if not options else None
    names = options.groups() if options else tuple(name.strip() for name in pair.groups()) if pair else ()
    if len(names) != 2 or names[0] == names[1] or any(is_label(name) for name in names):
        return
    one, other = (known.nearest(name, note.command_for(name) or name, line) for name in names)
    if (
        one is None
        or other is None
        or (
            isinstance(one[2], FlagFact)
            and isinstance(other[2], FlagFact)
            and one[2].command != other[2].command
        )
    ):
        return
    lines = sorted({line, *one[2].source.lines, *other[2].source.lines})
    near = (lines[0], lines[-1]) if lines[-1] - lines[0] <= 30 else (line, line)
    yield ContrastFact(
        Source(note.file, block.path, near),
        language_of(one[1] + other[1]),
        f"{one[2].text}\n{other[2].text}",
        "safe",
        one[0],
        other[0],
        "",
        one[1],
        other[1],
    )


class _Known:
    """What earlier facts say of a name, found by the name."""

    def __init__(self, earlier: Sequence[Fact]) -> None:
        self._options: dict[str, list[int]] = {}
        self._commands: dict[str, list[int]] = {}
        self._terms: dict[str, list[int]] = {}
        self._facts = earlier
        for place, fact in enumerate(earlier):
            if fact.trust != "safe":
                continue
            if isinstance(fact, FlagFact):
                for flag in {fact.flag, *fact.aliases}:
                    self._options.setdefault(flag, []).append(place)
            elif isinstance(fact, CommandFact):
                self._commands.setdefault(fact.name, []).append(place)
            elif isinstance(fact, DefinitionFact):
                for term in {fact.term.casefold(), fact.alias.casefold()}:
                    self._terms.setdefault(term, []).append(place)

    def nearest(self, name: str, command: str, line: int) -> tuple[str, str, Fact] | None:
        """Give the fact nearest to a line on an option or a term, or on a command: (its name, what is said, it)."""
        places = (
            *self._options.get(name, ()),
            *self._commands.get(command, ()),
            *self._terms.get(name.casefold(), ()),
        )
        if not places:
            return None
        fact = self._facts[min(places, key=lambda at: (abs(self._facts[at].source.lines[0] - line), at))]
        if isinstance(fact, FlagFact):
            return f"{fact.command} {name}", fact.meaning, fact
        if isinstance(fact, CommandFact):
            return command, fact.purpose, fact
        assert isinstance(fact, DefinitionFact)
        return fact.term, fact.definition, fact


def _wider(earlier: Sequence[Fact]) -> Iterator[Finding]:
    """The same command with one option more: `docker ps` and `docker ps -a`."""
    plain: dict[str, CommandFact] = {}
    facts = [fact for fact in earlier if isinstance(fact, CommandFact) and fact.trust == "safe"]
    for fact in facts:
        if fact.command == fact.name:
            plain.setdefault(fact.name, fact)
    for fact in facts:
        base = plain.get(fact.name)
        command = parse_command(fact.command)
        if (
            base is None
            or command is None
            or len(command.options) != 1
            or command.arguments
            or base.purpose == fact.purpose
            or not fact.command.startswith(f"{fact.name} -")
            or "|" in fact.command
        ):
            continue
        if (fit_meaning(fact.purpose) and han_count(fact.purpose) == 0) or han_count(fact.purpose) >= 4:
            lines = sorted((*base.source.lines, *fact.source.lines))
            near = (lines[0], lines[-1]) if lines[-1] - lines[0] < 40 else fact.source.lines
            yield ContrastFact(
                Source(fact.source.file, fact.source.heading, near),
                fact.language,
                f"{base.text}\n{fact.text}",
                "safe",
                base.command,
                fact.command,
                "",
                base.purpose,
                fact.purpose,
            )
