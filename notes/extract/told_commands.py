"""Commands that prose names with what they do: "打包：tar -cf a.tar docs", "To delete links, use `box rm --link`."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.captions import normalised
from notes.extract.commands import askable
from notes.extract.finding import Finding
from notes.facts import CommandFact, FlagFact, Source, Trust
from notes.grammar import Option, ParsedCommand, commands, find_option, is_tool, parse_command
from notes.note import Note
from notes.text import HAN, clean_meaning, fit_meaning, han_count, language_of, one_line, sentences
from notes.wording import contradicts, is_label, starts_with_action

_LABELLED = re.compile(rf"^(?P<label>[{HAN}]{{2,12}})\s*[：:]\s*`?(?P<line>[a-z0-9][a-z0-9+.-]*\s[^`，。；]{{2,80}})`?$")
_AIM = re.compile(
    r"^(?:If you (?:want|need|wish) to|To|In order to|You can) (?P<aim>[a-z][^,`:.]{6,70}?)(?:,| by| with)? "
    r"(?:you can |just |simply |please )?(?:use|using|run|running|type|execute|try) "
    r"(?:the )?`(?P<line>[^`\n]{4,70})`(?: command)?\.?$"
)
_AIM_BARE = re.compile(r"^If you (?:want|need|wish) to (?P<aim>[a-z][^,`:.]{6,70}), `(?P<line>[^`\n]{4,70})`\.?$")
_DOES = re.compile(
    r"^(?:(?:If|When) you (?:want|need) [^`,:]{4,40}, (?=`[^`]+` will ))?"
    r"`(?P<line>[^`\n]{4,70})` (?:command )?(?:will |can |also )?(?P<aim>[a-z]+s? [^`:;]{6,90}?)\.?$"
)
_LEANS = re.compile(r"\b(?:them|you|these|those)\b|^\w+ (?:it|this|that)\b|\b(?:it|this|that)$")
_AIM_ZH = re.compile(
    rf"^(?:如果|若)?(?:你|您)?(?:想要?|要|需要|希望)(?P<aim>[{HAN}][^，。`：]{{3,30}})[，,]?(?:你|您)?(?:可以?|就|则|应)?(?:使用|执行|运行|用|输入)"
    r"\s*`(?P<line>[^`\n]{4,70})`(?:\s*命令)?[。；]?$"
)
_OBJECT = re.compile(rf"^[\w.+ -]{{2,12}}?[{HAN}]{{0,6}}$")


def extract(note: Note) -> Iterator[Finding]:
    for block in note.blocks:
        if block.kind in ("paragraph", "item") and not block.struck:
            yield from _labelled(note, block)
            if "`" in block.text:
                yield from _sentences(note, block)


def _labelled(note: Note, block: Block) -> Iterator[Finding]:
    """Lines of a label and a command; the label says what is done, the heading to what."""
    rows = block.text.split("\n")
    exact = len(rows) == block.lines[1] - block.lines[0] + 1
    for place, row in enumerate(rows):
        found = _LABELLED.match(row.strip())
        if found and starts_with_action(found["label"]) and not is_label(found["label"]):
            line = block.lines[0] + place
            lines = (line, line) if exact else block.lines
            yield from _told(note, block, lines, found["line"], found["label"], _object(found["label"], block.path))


def _object(label: str, path: tuple[str, ...]) -> str:
    """Give the object of a short label from its heading: "打包" below "tar 格式" is "打包（tar 格式）"."""
    title = re.sub(r"\s*[（(][^()（）]*[)）]$", "", path[-1]) if path else ""
    named = _OBJECT.match(title) and not is_label(title) and label not in title
    return f"（{title}）" if named and len(label) <= 6 else ""


def _sentences(note: Note, block: Block) -> Iterator[Finding]:
    for sentence in sentences(block.text if han_count(block.text) else one_line(block.text)):
        for pattern in (_AIM_ZH,) if han_count(sentence) else (_AIM, _AIM_BARE, _DOES):
            found = pattern.match(sentence)
            if found:
                yield from _told(note, block, block.lines, found["line"], found["aim"])
                break


def _told(note: Note, block: Block, lines: tuple[int, int], line: str, aim: str, of: str = "") -> Iterator[Finding]:
    command = parse_command(line) if is_tool(line.split()[0]) else None
    purpose, _ = clean_meaning(aim)
    if command is None or not starts_with_action(purpose):
        return
    source, of_sentence = note.source(block, lines), (fit_meaning(purpose) or bool(of)) and not _LEANS.search(purpose)
    option = find_option(command.name, command.options[0].flag) if len(command.options) == 1 else None
    if option and not command.arguments and commands()[command.name].required:
        yield _of_option(source, command, option, f"{line}: {purpose}", note.corrected(purpose), of_sentence)
        return
    if contradicts(purpose, command):
        return
    yield CommandFact(
        source,
        language_of(purpose),
        f"{line}: {purpose}{of}",
        "safe" if askable(command, line) and of_sentence else "unsure",
        normalised(command, line),
        command.name,
        note.corrected(purpose + of),
    )


def _of_option(source: Source, command: ParsedCommand, option: Option, passage: str, meaning: str, good: bool) -> FlagFact:
    """A line that lacks what its command needs is shown for its only option: "`docker run --rm` will remove …"."""
    flag = command.options[0].flag
    aliases = tuple(other for other in option.flags if other != flag)
    trust: Trust = "safe" if good and not option.removed else "unsure"
    return FlagFact(source, language_of(meaning), passage, trust, command.name, flag, aliases, option.argument, meaning, "")
