"""Error messages with their cause and what helps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from notes.blocks import Block
from notes.extract.captions import normalised
from notes.extract.commands import with_unit
from notes.extract.finding import Finding
from notes.facts import ErrorFact, Source
from notes.note import Note
from notes.shell import main_command
from notes.text import clean_meaning, fit_meaning, language_of, one_line, without_end
from notes.wording import is_label

_MESSAGE = re.compile(
    r"(?<![\w-])(?:error|cannot|can't|failed|failure|denied|refused|not "
    r"found|no such|unable to|invalid|conflict|unknown|timed? "
    r"?out|fatal|exception|"
    r"unauthorized|already in use|already exists|permission|does "
    r"not exist|not permitted|too many|out of memory|unreachable)(?![\w-])",
    re.I,
)
_TOPIC = re.compile(r"错误|报错|故障|异常|排错|问题|常见坑|error|trouble|problem|pitfall|issue|debug|fail", re.I)
_CAUSE = re.compile(
    r"^(?:\*\*)?(?:可能的?)?(?:原因|成因|Cause|Reason|Why)s?(?:\*\*)?\s*[：:]\s*(?:\*\*)?\s*(.+)$",
    re.I | re.S,
)
_FIX = re.compile(
    r"^(?:\*\*)?(?:解决(?:方法|方案|办法)?|修复|处理(?:方法)?|"
    r"办法|Fix|Solution|Resolution|Workaround|Remedy)(?:\*\*)?\s*[：:]\s*(?:\*\*)?\s*(.+)$",
    re.I | re.S,
)
_SAID = re.compile(
    r"^(?:\*\*)?(?:报错(?:信息)?|错误(?:信息)?|现象|提示|Error(?: "
    r"message)?|Message|Symptom)(?:\*\*)?\s*[：:]\s*(?:\*\*)?\s*`?(.+?)`?$",
    re.I | re.S,
)
_BECAUSE = re.compile(r"^(?:这是)?(?:因为|由于|是由于|This (?:is|happens) because|The cause is)\s*(.+)$", re.I)
_SOLVE = re.compile(r"建议|需要|可以|请|应|执行|运行|改为|重启|check|run|use|start|restart|install|remove|add", re.I)
_ADVISED = re.compile(r"^(?:建议|可以|需要|请|应当?|应该)(?=[\u4e00-\u9fff]{2})")
_HEADS = {
    "message": re.compile(r"报错|错误|现象|提示|error|message|symptom|problem", re.I),
    "cause": re.compile(r"原因|cause|reason|why", re.I),
    "fix": re.compile(r"解决|处理|修复|办法|fix|solution|resolution|what to do|remedy", re.I),
}


#: Lines of programs and of progress, and headings that speak about errors: none of them is a message.
_NO_MESSAGE = re.compile(
    r"[{;]\s*$|^\s*(?://|/\*|--\s|#\s)|=>|::|\bfn \b|\bdef \b|\bclass \b|\breturn\b|"
    r"^\s*(?:Compiling|Running|Finished|Downloading|Downloaded|Updating|Checking)\b|"
    r"^\w+ing\s|^(?:How|What|When|Why|Where|Which)\b|^(?:[A-Z]\w+(?:[ :-]+|$)(?:and |of |with |in |the |a |to |for |or )*){3,}$"
)


LONGEST_ADDRESS = 100  # characters shown in front of a message


@dataclass
class _Case:
    message: str = ""
    cause: str = ""
    fix: str = ""
    command: str = ""
    lines: list[int] = field(default_factory=list)
    path: tuple[str, ...] = ()
    address: str = ""  # what the message was about, where one stood in front of it


def extract(note: Note) -> Iterator[Finding]:
    for block in note.blocks:
        if block.kind == "table":
            yield from _rows(note, block)
    for group in _groups(note):
        yield from _finding(note, _read(note, group))


def _rows(note: Note, block: Block) -> Iterator[Finding]:
    head = [title.strip("* ") for title in block.rows[0]]
    place = {name: next((at for at, title in enumerate(head) if pattern.search(title)), -1) for name, pattern in _HEADS.items()}
    if place["message"] != 0 or (place["cause"] < 0 and place["fix"] < 0):
        return
    for row, line in zip(block.rows[1:], block.row_lines[1:], strict=False):
        if len(row) == len(head):
            cause = row[place["cause"]] if place["cause"] > 0 else ""
            fix = row[place["fix"]] if place["fix"] > 0 else ""
            command = re.search(r"`([^`]+)`", fix)
            case = _Case(
                row[0].replace("`", ""),
                without_end(cause),
                without_end(fix),
                command.group(1) if command else "",
                [line, line],
                block.path,
            )
            yield from _finding(note, case)


def _groups(note: Note) -> Iterator[list[int]]:
    """Blocks that belong to one error: those of an item or a small section under a heading on errors."""
    group: list[int] = []
    for index, block in enumerate(note.blocks):
        about = any(_TOPIC.search(title) for title in block.path)
        opens = block.kind == "heading" or (block.kind == "item" and block.level == 1)
        if group and (opens or not about):
            yield group
            group = []
        if about and (opens or group):
            group.append(index)
    if group:
        yield group


def _read(note: Note, group: list[int]) -> _Case:
    case = _Case(path=note.blocks[group[0]].path)
    for index in group[:14]:
        block = note.blocks[index]
        if block.kind == "fence":
            _read_listing(note, index, block, case)
        elif block.kind in ("paragraph", "item"):
            _read_prose(block, case)
        else:
            span = block.text.replace("`", "")
            if _is_message(span) and language_of(span) == "en":
                case.message, case.lines = span, list(block.lines)
    return case


def _is_message(text: str) -> bool:
    return bool(_MESSAGE.search(text)) and len(text) > 12 and not _NO_MESSAGE.search(text)


def _read_listing(note: Note, index: int, block: Block, case: _Case) -> None:
    lines = note.listings.get(index, ())
    said = [(line.text.strip(), line.lines[0]) for line in lines if line.kind in ("output", "other")] or [
        (row.strip(), block.lines[0] + 1 + offset) for offset, row in enumerate(block.text.split("\n")) if not lines
    ]
    message = next(((text, at) for text, at in said if _is_message(text)), None)
    if message and not case.message:
        address = re.match(r"\S*(https?://\S+?):?\s+", message[0])
        case.address = address[1] if address else ""
        case.message = message[0][address.end() :] if address else message[0]
        case.lines = [*case.lines, message[1]]
        lines = tuple(line for line in lines if line.lines[0] > message[1])
    if case.message:
        for line in lines:
            if (
                line.kind == "command"
                and line.command
                and not case.command
                and not re.search(r"\b(?:status|ps|logs?|inspect|cd|rm)\b", line.text)
            ):
                case.command = line.text
                case.lines.append(line.lines[1])
                above = next(
                    (other for other in lines if other.kind == "comment" and other.lines[1] == line.lines[0] - 1),
                    None,
                )
                case.fix = case.fix or (above.text if above else "")


def _read_prose(block: Block, case: _Case) -> None:
    labelled = False
    for row in block.text.split("\n"):
        for pattern, name in ((_SAID, "message"), (_CAUSE, "cause"), (_FIX, "fix")):
            found = pattern.match(row.strip())
            labelled = labelled or found is not None
            if found and not getattr(case, name):
                setattr(case, name, without_end(found.group(1)))
                case.lines.extend(block.lines)
    if not case.message and not case.cause and not labelled:
        parts = [
            part
            for part in block.text.split("\n")
            if part.strip() and not is_label(part) and not re.match(r"^(?:错误|问题|error|case)\s*\d*$", part.strip(), re.I)
        ]
        if parts and block.kind == "item" and not _SAID.match(parts[0]):
            case.cause = without_end(parts[0])
            case.lines.extend(block.lines)
    elif case.message and not case.fix and not labelled:
        for sentence in block.sentences:
            because = _BECAUSE.match(sentence)
            advice = re.search(r"[，,]\s*((?:建议|需要|可以|请|应).{3,})$", sentence) if because else None
            if advice:
                case.fix = case.fix or without_end(advice.group(1))
                break
            if because and not case.cause:
                case.cause = without_end(because.group(1))
            elif _SOLVE.search(sentence) and len(sentence) < 90:
                case.fix = without_end(sentence)
                case.lines.extend(block.lines)


def _finding(note: Note, case: _Case) -> Iterator[Finding]:
    message = re.sub(r"\b[0-9a-f]{10,64}\b", "…", one_line(case.message))
    if not message or not (case.cause or case.fix or case.command):
        return
    explains_itself = re.search(r" - \w+ (?:is|are|was|has) ", message)
    cause = "" if explains_itself else note.corrected(clean_meaning(case.cause)[0]) if case.cause else ""
    fix = note.corrected(clean_meaning(_ADVISED.sub("", case.fix))[0]) if case.fix else ""
    fix = with_unit(fix, case.command)
    lines = (min(case.lines), max(case.lines)) if case.lines else (1, 1)
    good = (
        not explains_itself
        and 8 <= len(message) <= 160
        and (not cause or fit_meaning(cause))
        and bool(cause or fix)
        and "|" not in message
    )
    yield ErrorFact(
        Source(note.file, case.path, lines),
        language_of(cause or fix or message),
        message,
        "safe" if good else "unsure",
        message,
        cause,
        fix,
        _plain(case.command),
        case.address if len(case.address) <= LONGEST_ADDRESS else "",
    )


def _plain(line: str) -> str:
    """The command that helps, with ids replaced by the client's words."""
    command = main_command(line) if line else None
    return normalised(command, line) if command else line
