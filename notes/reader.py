"""The room's door: a note's bytes in, all that it states out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from notes.blocks import Block, parse, read_blocks
from notes.collector import uncollected
from notes.extract import DERIVED, EXTRACTORS
from notes.extract.finding import Finding
from notes.facts import Fact, Reading, Suspicion
from notes.meanings import in_known_words
from notes.mistakes import mistaken
from notes.note import Note
from notes.pictures import find_pictures
from notes.repair import decode, repair
from notes.text import is_foreign, language_of

#: Sections that are about the note or about releases, not about its subject.
_BESIDE = re.compile(
    r"change ?log|release notes?|version history|(?:更新|变更|修改|版本|发布)(?:日志|记录|历史|说明)|"
    r"contribut(?:ing|ors?|ions?)|how to contribute|contribution guide(?:lines)?|"
    r"code of conduct|governance|road ?map|security policy|reporting (?:bugs|issues)|"
    r"行为准则|路线图|如何贡献|参与贡献|"
    r"licen[sc]e|acknowledge?ments?|credits|"
    r"references|bibliography|further reading|related (?:links|projects)|参考(?:资料|文献|链接|文章)|许可证?|"
    r"致谢|鸣谢|贡献(?:者|指南)?|友情链接|关于作者|"
    r"about (?:me|the author)",
    re.I,
)


#: Titles of texts in which a project tells how it works or what it changed.
_OF_A_PROJECT = re.compile(
    r"\b(?:contributing|code of conduct|governance|release process|security (?:policy|release process)|onboarding|"
    r"collaborator guide|maintainers?(?: guide)?|maintaining|release notes?)\b|change ?logs?\b|"
    r"贡献指南|行为准则|发布流程|(?:更新|变更|修改|版本|发布)(?:日志|记录)",
    re.I,
)
_RELEASE = re.compile(
    r"\[?(?:version |release )?v?\d+\.\d+(?:\.\d+)?[\w.+-]*\]?(?:\s*[-–—(（/,]\s*(?:.*\d{4}.*|unreleased\)?))?|"
    r"\d{4}-\d\d-\d\d, version .*",
    re.I,
)
LEAST_RELEASES = 4  # headings that are releases, in a text that is a list of them


@uncollected()
def read_note(file: str, data: bytes) -> Reading:
    """Read a note: its facts in the order of the note, and the lines that look wrong.

    A note that states nothing askable gives no facts; that is no error. The same bytes give the same reading.

    :raise NoteError: the note is empty, binary, not UTF-8 or larger than MAX_NOTE_BYTES
    """
    text = decode(file, data)
    tokens = parse(repair(text))
    blocks, front = read_blocks(tokens)
    pictures = find_pictures(tokens, blocks)
    blocks = tuple(block for block in blocks if not any(map(_BESIDE.fullmatch, block.path)))
    title = _title(file, blocks, front)
    note = Note(file, title, language_of(text[:200_000]), _on_a_subject(title, blocks))
    facts: list[Fact] = []
    suspicions: list[Suspicion] = []
    for extract in EXTRACTORS.values():
        _sort(extract(note), facts, suspicions)
    for conclude in DERIVED.values():
        _sort(conclude(note, tuple(facts)), facts, suspicions)
    facts, wrong = _without_mistakes(facts, title)
    suspicions += wrong
    return Reading(file, note.language, note.title, text, _in_order(facts), tuple(dict.fromkeys(suspicions)), pictures)


def _without_mistakes(facts: list[Fact], title: str) -> tuple[list[Fact], list[Suspicion]]:
    """Part what is known to be wrong from what may be taught, and say that well."""
    found = [(fact, list(mistaken(fact, title))) for fact in facts]
    return [in_known_words(fact) for fact, wrong in found if not wrong], [one for _, wrong in found for one in wrong]


def _on_a_subject(title: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give the blocks that may teach something: none of a list of changes or of a text on how a project works."""
    headings = [block.text for block in blocks if block.kind == "heading"]
    releases = sum(bool(_RELEASE.fullmatch(heading)) for heading in headings)
    changes = releases >= LEAST_RELEASES and releases * 2 >= len(headings)
    return () if changes or _OF_A_PROJECT.search(title) else blocks


def _sort(findings: Iterable[Finding], facts: list[Fact], suspicions: list[Suspicion]) -> None:
    for finding in findings:
        if isinstance(finding, Suspicion):
            suspicions.append(finding)
        else:
            facts.append(finding)


def _title(file: str, blocks: Iterable[Block], front: str) -> str:
    """The first heading of level one, else the front matter's title, else any heading, else the file."""
    headings = [block for block in blocks if block.kind == "heading" and block.text]
    top = next((block.text for block in headings if block.level == 1), "")
    return (
        top
        or _front_title(front)
        or (headings[0].text if headings else "")
        or file.rsplit("/", 1)[-1].split(".")[0]
    ).replace("`", "")


def _front_title(front: str) -> str:
    if not front:
        return ""
    import yaml  # here, because most notes have no front matter

    try:
        row = yaml.safe_load(front) if len(front) < 20_000 else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return ""
    title = row.get("title") if isinstance(row, dict) else None
    return str(title).strip() if isinstance(title, str | int | float) else ""


def _in_order(facts: list[Fact]) -> tuple[Fact, ...]:
    """One fact for each identity, a safe one before an unsure one, in the order of the note; none in a script that no
    rule reads.
    """
    best: dict[str, Fact] = {}
    for fact in facts:
        if is_foreign(fact.text):
            continue
        held = best.get(fact.id)
        if held is None or (held.trust == "unsure" and fact.trust == "safe"):
            best[fact.id] = fact
    return tuple(sorted(best.values(), key=lambda fact: (fact.source.lines, type(fact).__name__, fact.id)))
