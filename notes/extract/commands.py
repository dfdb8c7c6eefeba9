"""What a command line does: comments above and behind, captions, lists of commands, command headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from notes.blocks import Block
from notes.extract.captions import Captioned, captioned, normalised
from notes.extract.finding import Finding
from notes.extract.siblings import coded_items, description_column, of_tools
from notes.extract.slips import misspelt_image, wrong
from notes.extract.statements import Statement, statements
from notes.facts import CommandFact, Source, Suspicion, Trust
from notes.grammar import ParsedCommand, commands, is_tool, knows, nearest, parse_command, parse_commands
from notes.meanings import meaning_of, purpose_of
from notes.note import Note
from notes.shell import main_command
from notes.text import clean_meaning, fit_meaning, language_of, sentences
from notes.wording import agrees, base_verb, contradicts, is_label, starts_with_action

_VAGUE = re.compile(
    r"^(?:或者?|或是|更快|另一种|也可以|方法|方式|写法|第[一二三四五]|"
    r"简写|等价|同上|or\b|alternatively|shorter|same|another way)|"
    r"通过\w+[：:]?$",
    re.I,
)
_DOES = re.compile(
    r"^`([^`\n]{4,60})`\s*(?:命令)?\s*(?:将会?|会|可以|可|用于|用来|能够?)\s*(?=[\u4e00-\u9fff])([^。；`]{4,60})。?$"
)
#: What must be done before, or need not: a remark, no part of what the command does.
_CONDITION = re.compile(r"(?<=[一-鿿]{3})\s*[，,]\s*(?:不需要?|无需|无须|不用|不必|需要?先|必须先)[一-鿿]{2,6}$")
_OPEN_END = re.compile(r"[，,]\s*(?:你|您|我们)?(?:还?可以(?:使?用)?|使?用|需要|应当|应该|只需)[：:]?$")
_REMEDY = re.compile(r"^(?:解决|原因|修复|处理|Fix|Solution|Cause|Workaround)[^：:]{0,6}[：:]", re.I)
_DIFFER = re.compile(r"区别|区分|的不同|difference|\bvs\b", re.I)
_SAID_EVERYWHERE = frozenset(
    ("显示", "列出", "查看", "镜像", "容器", "the", "and", "show", "list", "image", "images", "containers")
)
_QUESTION_OF_STATE = re.compile(
    r"\bthis\b|\bthese\b|\bfollowing\b|^(?:需要先|不需要|无需)|注意|记得|警告|可选|推荐"
)
_OPTION_FIRST = re.compile(r"-{1,2}\w")
_AIM = re.compile(r"^(?:If you (?:want|need|wish) to|To|In order to)\s+([a-z][^,]{6,}),")
_LINKING_WORD = re.compile(r"^(?:Then|Next|First|Now|Finally|Or|You can (?:also |only |just )?|We can (?:also )?),?\s+")
_OPTION_INSIDE = re.compile(r"\s+-{1,2}\w[\w-]*\s")
_BARE_DEED = re.compile(r"(?:强制|直接|全部|立即)?([\u4e00-\u9fff]{2})(?:全部|所有)?")
_THING = re.compile(r"([\u4e00-\u9fff]{2})([\u4e00-\u9fff]{2,6})")
_BARE_VERBS = re.compile(r"(?:强制|直接|全部|所有|立即|删除|停止|启动|创建|运行|查看|清除){1,3}")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN_WORD = re.compile(r"[a-z]{3,}")
_PROSE_MARKS = re.compile(r"[，。；：“”–—]")
_MADE_UP = re.compile(r"sha256:|\b(?=\w*\d)[0-9a-f]{12,}\b")
_OF_COMMANDS = re.compile(r"命令|指令|工具|command|tool", re.I)
_LABEL = re.compile(r"^(?:[A-Z]{2,}\s+)+(?=[A-Z][a-z])")
_THIS = re.compile(r"(?<=[\u4e00-\u9fff])该(?=[\u4e00-\u9fff]{2})")
_OPENER = re.compile(r"^(?:命令|用于|可以|用来|将会|会|是)\s*")
_COMMAND_NAME = re.compile(r"[a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)?")


def extract(note: Note) -> Iterator[Finding]:
    for shown in captioned(note):
        if shown.caption:
            yield from _from_caption(note, shown)
    for block, span, text, siblings in coded_items(note):
        yield from _from_item(note, block, span, text, siblings)
    yield from _from_command_columns(note)
    yield from _from_rows(note)
    yield from _from_headings(note)
    for said in statements(note):
        yield from _from_sentence(note, said)


def _from_sentence(note: Note, said: Statement) -> Iterator[Finding]:
    """ "`docker system df` 将显示占用的磁盘空间。" """
    found = _DOES.match(said.sentence) if said.is_command else None
    command = parse_command(found.group(1)) if found else None
    if found is None or command is None or command.name != said.subject:
        return
    purpose, _ = clean_meaning(found.group(2))
    if starts_with_action(purpose) and not contradicts(purpose, command):
        good = askable(command, found.group(1)) and fit_meaning(purpose)
        source = note.source(said.block, said.lines)
        yield _fact(note, source, found.group(1), command, purpose, "safe" if good else "unsure")


def _from_caption(note: Note, shown: Captioned) -> Iterator[Finding]:
    near = shown.place in ("above", "behind", "bold")
    opposite = contradicts(shown.caption, shown.command) if near else ""
    source = note.source(shown.block, shown.lines)
    if opposite:
        yield Suspicion(source, "caption contradicts command", f"{shown.caption}: {shown.line.text}", "")
        return
    if _REMEDY.match(shown.caption):
        return
    purpose, _ = clean_meaning(_imperative(shown.caption))
    if (
        is_label(purpose)
        or _VAGUE.match(purpose)
        or _OPTION_FIRST.match(purpose)
        or _DIFFER.search(purpose)
    ):
        return
    line = mended(note, shown.line.text)
    purpose = with_unit(_with_object(_CONDITION.sub("", _without_flags(purpose)), shown.block.path), line)
    yield _fact(note, source, line, shown.command, purpose, _trust(shown, purpose, line, note.tool))


def _imperative(caption: str) -> str:
    """Cut an English caption to what is done: "To list all of them, run:" is "list all of them"."""
    caption = _OPEN_END.sub("", caption)
    aim = _AIM.match(caption)
    if aim:
        return aim.group(1)
    return _base_form(_LINKING_WORD.sub(
        "",
        caption,
    ))


def _base_form(caption: str) -> str:
    """Give the deed that a heading names by its "-ing" form: "Viewing the history" is "View the history"."""
    first, _, rest = caption.partition(" ")
    base = base_verb(first) if first.endswith("ing") and rest else ""
    return f"{base[:1].upper()}{base[1:]} {rest}" if base and base != first.casefold() else caption


def _without_flags(purpose: str) -> str:
    """Cut the options explained behind a purpose: "显示所有镜像的ID -a 显示所有镜像" keeps its first part."""
    return _OPTION_INSIDE.split(purpose, maxsplit=1)[0].strip()


def _with_object(purpose: str, path: tuple[str, ...]) -> str:
    """Give a bare verb the object of its heading: "强制删除" below "删除镜像" is "强制删除镜像"."""
    bare = _BARE_DEED.fullmatch(purpose)
    heading = _THING.fullmatch(path[-1]) if bare and path else None
    return purpose + heading.group(2) if bare and heading and heading.group(1) == bare.group(1) else purpose


def with_unit(purpose: str, line: str) -> str:
    """Name the service that a line of systemctl is about: "开启服务" is "开启 docker 服务"."""
    command = parse_command(line) if "systemctl" in line else None
    if command is None or command.tool != "systemctl" or len(command.arguments) != 1:
        return purpose
    unit = command.arguments[0]
    bare = purpose.endswith("服务") and unit.casefold() not in purpose.casefold()
    return f"{purpose.removesuffix('服务')} {unit} 服务" if bare else purpose


#: What one does on the way, in a note about something else.
_HOUSEWORK = frozenset(("vi", "vim", "nano", "cd", "echo", "cat", "ls", "mkdir", "touch", "clear", "exit", "open", "code"))


def _trust(shown: Captioned, purpose: str, line: str, tool: str) -> Trust:
    if not askable(shown.command, line) or not fit_meaning(purpose) or _QUESTION_OF_STATE.search(purpose):
        return "unsure"
    if _BARE_VERBS.fullmatch(purpose):
        return "unsure"
    if _another_meaning(shown.command, purpose):
        return "unsure"
    if tool and shown.command.tool in _HOUSEWORK and shown.command.tool != tool:
        return "unsure"
    acts = starts_with_action(purpose)
    signs = agrees(purpose, shown.command)
    if shown.place == "paragraph":
        return (
            "safe"
            if acts and (signs or "`" not in purpose) and len(purpose) < 60 and shown.alone
            else "unsure"
        )
    if shown.place == "heading":
        return "safe" if signs and acts else "unsure"
    if not shown.alone:
        return "safe" if signs and acts else "unsure"
    return "safe" if acts or signs else "unsure"


def _another_meaning(command: ParsedCommand, purpose: str) -> bool:
    """Whether a line of one option is captioned with what another command does, and not with what the option
    does.
    """
    if len(command.options) != 1 or command.arguments or command.nested:
        return False
    said, language = _telling_words(purpose), language_of(purpose)
    meaning = meaning_of(command.name, command.options[0].flag, language)
    if not meaning or _telling_words(meaning) & said:
        return False
    others = (purpose_of(name, language) for name in commands() if name != command.name)
    return any(len(_telling_words(other) & said) > 1 for other in others)


@lru_cache(maxsize=2048)
def _telling_words(text: str) -> frozenset[str]:
    """Pairs of Han characters and Latin words that say something."""
    runs = _HAN_RUN.findall(text)
    pairs = {run[place : place + 2] for run in runs for place in range(len(run) - 1)}
    return frozenset(pairs | set(_LATIN_WORD.findall(text.casefold()))) - _SAID_EVERYWHERE


def askable(command: ParsedCommand, line: str) -> bool:
    """Whether a command line could be asked for: every part known to the grammar, and of sensible length."""
    if wrong(line) or misspelt_image(command, Counter())[0]:
        return False
    options = all(option.known for option in command.options)
    return (
        knows(command.name)
        and options
        and len(line) <= 100
        and "\n" not in line
        and "…" not in line
        and not _PROSE_MARKS.search(line)
        and not _MADE_UP.search(normalised(command, line))
    )


def mended(note: Note, line: str) -> str:
    """Put a misspelt tool's name right when the rest then makes a known command."""
    for part in parse_commands(line):
        meant = nearest(part.tool, ["docker", "systemctl", "kubectl"]) if not is_tool(part.tool) else ""
        if meant:
            line = re.sub(rf"(?<![\w/-]){re.escape(part.tool)}(?= )", meant, line)
    return line


def _fact(
    note: Note, source: Source, line: str, command: ParsedCommand, purpose: str, trust: Trust
) -> CommandFact:
    purpose = _in_one_language(purpose)
    sign = len(line) == 1 and note.tool != line  # a letter among the signs of a language: `w` of sed, `d` of vim
    return CommandFact(
        source,
        language_of(purpose),
        f"{line}: {purpose}",
        "unsure" if sign else trust,
        normalised(command, line),
        command.name,
        note.corrected(purpose),
    )


def _in_one_language(purpose: str) -> str:
    """Give the Chinese half of a purpose that is said in English and in Chinese."""
    twice = re.fullmatch(r"[A-Za-z]+(?: [A-Za-z'-]+)+,?\s+([\u4e00-\u9fff][\u4e00-\u9fff，、]{3,})", purpose)
    return twice.group(1) if twice and starts_with_action(twice.group(1)) else purpose


def _from_item(note: Note, block: Block, span: str, text: str, siblings: int) -> Iterator[Finding]:
    command = parse_command(span) if of_tools(note, block) else None
    named = (
        block.kind != "table" or " " in span or _OF_COMMANDS.search(block.info)
    )
    if command is None or span.startswith("-") or len(span) < 2 or "(" in span or not named:
        return
    if not askable(command, span) and command.tool != note.tool:
        resolved = note.command_for(span.split()[0]) if span.split() else ""
        command = parse_command(f"{resolved} {' '.join(span.split()[1:])}".strip()) if resolved else None
        if command is None or not siblings >= 3:
            return
        span = command.line
    text = _LABEL.sub("", text)
    first = _THIS.sub("", (sentences(text) or [""])[0])
    purpose, _ = clean_meaning(_OPENER.sub("", first))
    if contradicts(purpose, command):
        yield Suspicion(note.source(block), "caption contradicts command", f"{span}: {purpose}", "")
        return
    good = (
        askable(command, span)
        and fit_meaning(purpose)
        and (starts_with_action(purpose) or agrees(purpose, command))
    )
    yield _fact(note, note.source(block), span, command, purpose, "safe" if good else "unsure")


def _from_command_columns(note: Note) -> Iterator[Finding]:
    """Tables that say what one wants in the first column and how to do it in another."""
    for block in note.blocks:
        if block.kind != "table" or len(block.rows) < 3 or description_column(block.rows[0]):
            continue
        width = len(block.rows[0])
        placed = zip(block.rows[1:], block.row_lines[1:], strict=False)
        rows = [(row, line) for row, line in placed if len(row) == width]
        for column in range(1, width):
            lines = [row[column].replace("`", "").strip() for row, _ in rows]
            parsed = [main_command(text) if text and is_tool(text.split()[0]) else None for text in lines]
            if sum(command is not None for command in parsed) * 2 <= len(rows):
                continue
            for (row, line), text, command in zip(rows, lines, parsed, strict=True):
                purpose, _ = clean_meaning(row[0].strip("* "))
                if command is not None and purpose:
                    good = askable(command, text) and fit_meaning(purpose) and starts_with_action(purpose)
                    source = Source(note.file, block.path, (line, line))
                    yield _fact(note, source, text, command, purpose, "safe" if good else "unsure")


_ROW_OF_PROSE = re.compile(r"^([a-z][a-z0-9-]+(?: -{1,2}\w+)*)\s*(?:[:：]\s*|\s)([一-鿿].{3,40})$")


def _from_rows(note: Note) -> Iterator[Finding]:
    """Paragraphs written line by line, a command first: "ifconfig 查看网卡信息"."""
    for block in note.blocks:
        if block.kind != "paragraph" or "\n" not in block.text or block.struck:
            continue
        rows = block.text.split("\n")
        found = [(place, _ROW_OF_PROSE.match(row)) for place, row in enumerate(rows)]
        read = [(place, row) for place, row in found if row and is_tool(row.group(1).split()[0])]
        exact = len(rows) == block.lines[1] - block.lines[0] + 1
        for place, row in read if len(read) > 1 else []:
            command = parse_command(row.group(1))
            purpose, _ = clean_meaning(row.group(2))
            if command is None:
                continue
            line = block.lines[0] + place
            good = askable(command, row.group(1)) and fit_meaning(purpose) and starts_with_action(purpose)
            source = note.source(block, (line, line) if exact else block.lines)
            yield _fact(note, source, row.group(1), command, purpose, "safe" if good else "unsure")


def _from_headings(note: Note) -> Iterator[Finding]:
    """`### docker stop` and the sentence below it."""
    for index, block in enumerate(note.blocks[:-1]):
        if block.kind != "heading" or len(block.text) > 40:
            continue
        name = block.text.replace("`", "").strip()
        command = main_command(name) if _COMMAND_NAME.fullmatch(name) else None
        below = note.blocks[index + 1]
        if command is None or below.kind not in ("paragraph", "item") or below.strong:
            continue
        first = (sentences(below.text) or [""])[0]
        purpose, _ = clean_meaning(first)
        good = (
            askable(command, name)
            and not first.endswith((":", "："))
            and fit_meaning(purpose)
            and starts_with_action(purpose)
            and not contradicts(purpose, command)
        )
        source = note.source(block, (block.lines[0], below.lines[0]))
        yield _fact(note, source, name, command, purpose, "safe" if good else "unsure")
