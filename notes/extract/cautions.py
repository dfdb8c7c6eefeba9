"""What to avoid or to be sure of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.extract.properties import good
from notes.extract.statements import statements
from notes.facts import CautionFact
from notes.grammar import knows
from notes.note import Note
from notes.shell import ListingLine
from notes.text import (
    fit_sentence,
    han_count,
    language_of,
    leans,
    length,
    one_line,
    sentences,
    simpler,
    starts_badly,
    without_end,
)

_MARK = re.compile(
    r"^\W{0,4}(?:注意(?:事项)?|警告|重要(?:提示)?|切记|Note|NOTE|"
    r"Warning|WARNING|Important|IMPORTANT|Caution|CAUTION)\W{0,3}?\s?(?:[：:!！]\s*|"
    r"(?<=NOTE)\s+)(\S.*)$",
    re.S,
)
_AVOID = re.compile(
    r"不建议|不推荐|不要|切勿|避免|慎用|不宜|一定要|务必|不提倡|"
    r"应该?先|应当|\bavoid\b|\bnever\b|\bdo not\b|\bdon't\b|\bshould "
    r"not\b|\bmake sure\b|\bmust not\b",
    re.I,
)
_NOTICES = re.compile(r"注意(?:事项|点)?|须知|警告|notes?|caveats?|warnings?|cautions?|gotchas?", re.I)
_BOUND = re.compile(r"必须|无法|不能|不会|只能|\b(?:must|cannot|can't|only|never)\b")
_USING_OPTION = re.compile(r"^使用\s*(?P<flag>`-{1,2}[\w-]+`)\s*(?:选项|参数)?")
_FORBIDS = re.compile(r"(?:Never|Do not|Don't|Avoid|不要|切勿|禁止|避免)\b|(?:不要|切勿|禁止|避免)")
#: Whether two options go together changes from version to version: to be run, not believed.
_CODED = re.compile(r"`[^`]+`|(?<!\w)--?[a-z][\w-]*")
_TOGETHER = re.compile(
    r"(?:不能|不可|无法)(?:同时|一起|共)用|不能同时使用|互斥|冲突|"
    r"cannot be (?:used|combined) (?:together|with)|mutually exclusive",
    re.I,
)


def extract(note: Note) -> Iterator[Finding]:
    for block in note.blocks:
        if block.kind not in ("paragraph", "item") or block.struck:
            continue
        for phrase in (*block.strong, *block.marked):
            if _FORBIDS.match(phrase) and len(phrase) > 12 and block.text.startswith(phrase[:12]):
                yield from _caution(note, block.lines, block.path, (sentences(one_line(phrase)) or [""])[0])
        found = _MARK.match(block.text)
        if not found and block.path and _NOTICES.fullmatch(simpler(block.path[-1])):
            yield from _noticed(note, block)
        if found:
            first = (sentences(one_line(found.group(1))) or [""])[0]
            yield from _caution(note, block.lines, block.path, first)
    for index, lines in note.listings.items():
        yield from _commented(note, index, lines)
    for said in statements(note):
        if _AVOID.search(said.rest):
            trust = (
                "safe"
                if (good(said, ("x",)) and said.is_command) or (said.marked and good(said, ("x",)))
                else "unsure"
            )
            if _TOGETHER.search(said.sentence):
                trust = "unsure"
            yield CautionFact(
                note.source(said.block, said.lines),
                language_of(said.sentence),
                said.sentence,
                trust,  # type: ignore[arg-type]
                said.subject,
                without_end(said.sentence),
            )


def _noticed(note: Note, block: Block) -> Iterator[Finding]:
    """What stands below a heading like 注意事项: the first sentence of each entry that demands or forbids something."""
    first = (sentences(one_line(block.text)) or [""])[0]
    if not (_AVOID.search(first) or _BOUND.search(first)) or len(first) > 90:
        return
    option = _USING_OPTION.match(first)
    if option and note.tool:
        first = f"使用 `{note.tool}` 的 {option['flag']} 选项{first[option.end():]}"
    if not option or note.tool:
        yield from _caution(note, block.lines, block.path, first)


def _commented(note: Note, index: int, lines: tuple[ListingLine, ...]) -> Iterator[Finding]:
    """A comment of a listing that says what to avoid, about the command in front of it."""
    command = ""
    for line in lines:
        if line.command is not None and knows(line.command.name):
            command = line.command.name
        elif (
            line.kind == "comment"
            and command
            and re.match(r"不建议|不推荐|不要|切勿|避免|[Dd]o not|[Dd]on't|[Aa]void|[Nn]ever", line.text)
        ):
            text = note.corrected(without_end(line.text))
            text = f"使用 `{command}` 时，{text}" if han_count(text) else text
            sure = fit_sentence(text) and not _TOGETHER.search(text)
            source = note.source(note.blocks[index], line.lines)
            yield CautionFact(
                source, language_of(text), line.text, "safe" if sure else "unsure", command, text
            )


def _subject(note: Note, text: str) -> str:
    """Give what a warning names: a term it opens with, a term in its midst, else what is set as code; "" if nothing."""
    opening = note.opening_terms.opening(text)
    if opening:
        return opening.whole
    lowered = text.casefold()
    inside = next((term for term in note.short_terms if term in lowered), "")
    place = lowered.index(inside) if inside and len(lowered) == len(text) else -1
    if place >= 0:
        return text[place : place + len(inside)]
    coded = _CODED.search(text)
    return coded.group() if coded else ""


def _caution(note: Note, lines: tuple[int, int], path: tuple[str, ...], sentence: str) -> Iterator[Finding]:
    from notes.facts import Source

    text = note.corrected(without_end(sentence))
    if len(text) < 6:
        return
    named = _subject(note, text)
    if re.search(r"\byou(?:r|'\w+)?\b|^make sure\b", text, re.I):
        return
    sure = fit_sentence(text) and bool(named) and not _TOGETHER.search(text)
    heading = path[-1] if path else note.title
    told = bool(_AVOID.match(text)) and length(text) >= 6 and not starts_badly(text) and not leans(text)
    sure = sure or (told and not _TOGETHER.search(text))
    subject = note.corrected(heading) if not named else named.strip("`")
    yield CautionFact(
        Source(note.file, path, lines),
        language_of(text),
        sentence,
        "safe" if sure else "unsure",
        subject,
        text,
    )
