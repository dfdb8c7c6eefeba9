"""What options mean: lines of listings and their comments, list items, tables, prose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.extract.siblings import coded_items
from notes.facts import FlagFact, Source, Suspicion
from notes.grammar import canonical, commands, find_option, is_tool, knows, nearest
from notes.note import Note
from notes.shell import ListingLine, main_command
from notes.text import HAN, clean_meaning, fit_meaning, han_count, language_of
from notes.wording import starts_with_action

_FLAG = r"-{1,2}[A-Za-z?][A-Za-z0-9_-]*"
_LINE = re.compile(
    rf"^\s*({_FLAG})((?:(?:\s*(?:[,，、/|]|或|or)\s*|\s+(?=--[a-z])){_FLAG})*)((?:=[^\s,，：:]+[,，]\s*{_FLAG}|"
    rf"\s+{_FLAG}(?==))?)"
    r"(\[?=[^\s：:,，]+|[ ][<\[]?[A-Z][A-Z_-]*[>\]]?(?=\s|：|:)|"
    r"[ ](?:<\S+>|\[\S+\])|[ ][a-z]{1,9}(?=\s{2,}))?"
    rf"\s*(?:[：:]\s*|\s{{2,}}|\s+#+\s*|\s+--?\s+|\s*[–—=]>?\s+|\s(?=\S)|(?=[{HAN}]))(\S.*)$"
)
_SEVERAL = re.compile(rf"(?:^|\s)({_FLAG})\s*([{HAN}][^-\n]*?)(?=\s+-{{1,2}}\w|$)")
_PROSE = re.compile(
    rf"`?(?<![A-Za-z0-9_-])({_FLAG})`?\s*(?:选项|参数|标记)?\s*(?:顾名思义[，,]\s*)?(?:就是|"
    rf"表示|用于|用来|代表|指定|是指|的作用是|意思是|是用来|means|"
    rf"tells|makes|allows|will|lets|is used to|stands for)\s*(\S[^。；;\n]{{3,90}}?)(?=[，,]\s"
    rf"*(?:而|and\s)?`?-{{1,2}}\w|[。；;\n]|\.\s|\.?$)"
)
_WANTED = re.compile(
    rf"希望(?:[A-Za-z]+|[{HAN}]{{2,8}})?(?:能够?|可以)(?P<meaning>[^，。]{{6,40}})[。，]\s*(?:"
    rf"这个时候|此时|这时|那么?)?(?:你?就)?(?:需要|使用|加上|可以用)\s*`?(?P<flag>{_FLAG})"
)
_SWITCH = frozenset(("true", "false", "0", "1", '""', "[]"))
_OPTION_INSIDE = re.compile(r"\s-{1,2}\w")
_ONE_FLAG = re.compile(_FLAG)
_WIDE_GAP = re.compile(r"\S\s{2,}\S")
_SPACE_BETWEEN_HAN = re.compile(f"(?<=[{HAN}，]) (?=[{HAN}])")
_GENERIC = re.compile(r"(?:命令|的|选项|参数|常用| command| options?)")
_COMMAND_NAME = re.compile(r"[a-z][\w-]*(?: [a-z][\w-]*)?")
_SPAN = re.compile(r"`([^`\n]+)`")
_NO_FLAG = re.compile(r"-[rwxsStT-]{9}|-\w+-\w")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_OPENING_MARKS = re.compile(r"^[,，=\s]+")
_NAMED_MODE = re.compile(r"^(?:[A-Za-z-]+ mode|[\u4e00-\u9fff]{1,4}模式)\s*[:：,，]\s*")
_CUT_OFF = re.compile(r"/$|\b(?:that|this|it|so)$")
_SAME_AS = re.compile(rf"(?:等价于|等同于|等于|相当于|同|与|和|same as|like|equivalent to|see)\s*[`'‘“]?{_FLAG}")
_SCENE = re.compile(r"(?:we are|I am|now|here we)\b")
_COMPARES = re.compile("的区别|与|和")
_FLAG_ALONE = re.compile(rf"(?<![\w-]){_FLAG}")
_SECOND_CLAUSE = re.compile(r"[，,](?=但|因此|所以|这|并且|and |so |which )")


def extract(note: Note) -> Iterator[Finding]:
    for index, lines in note.listings.items():
        yield from _from_listing(note, index, lines)
    for block, span, text, siblings in coded_items(note):
        if span.lstrip().startswith("-"):
            yield from _from_item(note, block, span, text, siblings)
    yield from _from_prose(note)


def _from_listing(note: Note, index: int, lines: tuple[ListingLine, ...]) -> Iterator[Finding]:
    block = note.blocks[index]
    siblings = sum(
        1 for line in lines if line.kind == "option" or (line.kind == "comment" and line.text.startswith("-"))
    )
    values = _told_by_value(lines)
    for place, line in enumerate(lines):
        if line.kind not in ("option", "comment") or line.text.split(" ")[0] in values:
            continue
        source = note.source(block, line.lines)
        read = (
            _LINE.match(_with_continuation(lines, place))
            if line.kind == "option" or line.text.startswith("-")
            else None
        )
        if read:
            subject = _subject(note, index, lines, place, read.group(1))
            yield from _from_match(note, source, line.text, read, subject, siblings)
        elif line.kind == "comment" and _OPTION_INSIDE.search(line.text):
            yield from _from_mixed(
                note, source, line.text, _subject(note, index, lines, place, "", forward=True)
            )


def _told_by_value(lines: tuple[ListingLine, ...]) -> frozenset[str]:
    """The options whose lines tell what each of their values does: "-o sync：…", "-o ro：…"."""
    flags = Counter(words[0] for line in lines if line.kind == "option" and len(words := line.text.split()) > 1)
    return frozenset(flag for flag, count in flags.items() if count > 1 and _ONE_FLAG.fullmatch(flag))


def _with_continuation(lines: tuple[ListingLine, ...], place: int) -> str:
    """Join an option line with the indented lines of text behind it."""
    line = lines[place]
    text = line.text
    if line.kind != "option":
        return text
    joined = text.rstrip()
    for following in lines[place + 1 : place + 4]:
        if following.kind not in ("output", "other") or not following.text.startswith(" " * 8):
            break
        joined += (
            "  " if joined == text.rstrip() and not _WIDE_GAP.search(text.strip()) else " "
        ) + following.text.strip()
    return _SPACE_BETWEEN_HAN.sub("", joined)


def _subject(
    note: Note, index: int, lines: tuple[ListingLine, ...], place: int, flag: str, forward: bool = False
) -> str:
    """The command an option belongs to: before it in the listing, else after it, else of the section."""
    used, before, after = note.once(f"commands around {index}", lambda: _around(lines))[place]
    if used:
        return "" if used == _UNREADABLE else used
    if lines[place].kind == "option":
        after = ""
    near = [name for name in ((after, before) if forward else (before, after)) if name and knows(name)]
    if not near and (titled := _titled(note, index)) and not knows(titled):
        return titled
    candidates = near or note.once(f"commands of section {index}", lambda: _section_commands(note, index))
    for name in candidates:
        if flag and find_option(name, flag):
            return name
    return candidates[0] if candidates else ""


#: A line that says how a command is called; what follows it are that command's options.
_USAGE = re.compile(
    r"^\s*(?i:usage|用法|使用方法)\s*[:：]\s*(?P<command>[a-z][\w.-]*(?: [a-z][\w-]*)*(?=\s+(?:[\[<{(|.-]|[A-Z])|\s*$))?"
)
_UNREADABLE = "?"


def _around(lines: tuple[ListingLine, ...]) -> Iterator[tuple[str, str, str]]:
    """For each line: the command that the usage line above it names ("?" when that cannot be read, "" without one), the
    command last shown above it, and the next one from it on.
    """
    shown = [line.command.name if line.command and line.kind in ("command", "usage") else "" for line in lines]
    following = [""]
    for name in reversed(shown):
        following.append(name or following[-1])
    used = before = ""
    for line, name, after in zip(lines, shown, reversed(following[1:]), strict=True):
        yield used, before, after
        before = name or before
        if found := _USAGE.match(line.text):
            used = canonical(found.group("command")) if found.group("command") else _UNREADABLE


#: Headings of a section that lists the options of the command that the note is about.
_OPTIONS = re.compile(r"(?:常用|可用|主要)?(?:选项|参数)(?:说明)?|(?:common )?(?:options|flags|switches)", re.I)


def _titled(note: Note, index: int) -> str:
    """The command that a note bears as its title, of whose options a section tells; "" in any other section."""
    path = note.blocks[index].path
    named = len(path) > 1 and re.fullmatch(r"[a-z][\w.-]*", path[0]) and _OPTIONS.fullmatch(path[-1].strip("` "))
    return path[0] if named else ""


def _section_commands(note: Note, index: int) -> Iterator[str]:
    """Commands that the headings, the last listing of the section, or the title name."""
    block = note.blocks[index]
    for title in reversed(block.path):
        name = _GENERIC.sub(" ", title.replace("`", "")).split()
        for words in (name[:2], name[:1]):
            joined = " ".join(words)
            if joined and _COMMAND_NAME.fullmatch(joined) and knows(joined):
                yield canonical(joined)
        if name[:1] and note.command_for(name[0]):
            yield note.command_for(name[0])
    for place in range(index, max(-1, index - 12), -1):
        other = note.blocks[place]
        if other.path[: len(block.path)] != block.path[: len(other.path)] and other.path != block.path:
            break
        shown = [
            line.command.name
            for line in note.listings.get(place, ())
            if line.command and knows(line.command.name)
        ]
        if shown:
            yield shown[-1]
            break
        if other.kind in ("paragraph", "item"):
            spans = [main_command(span) for span in _SPAN.findall(other.text)]
            named = [
                command.name
                for command in spans
                if command and knows(command.name) and not command.name.startswith("-")
            ]
            if named:
                yield named[-1]
                break
    if note.tool and is_tool(note.tool) and note.tool not in ("docker", "git", "kubectl", "systemctl"):
        yield note.tool


def _from_match(
    note: Note, source: Source, passage: str, read: re.Match[str], command: str, siblings: int
) -> Iterator[Finding]:
    first, more, dangling, argument, text = read.groups()
    if _NO_FLAG.fullmatch(first):
        return
    flags = [first, *_ONE_FLAG.findall(more), *_ONE_FLAG.findall(dangling or "")]
    if not _says_something(text) or "sha256:" in text or text.startswith(("->", "\\")):
        return
    yield from _finding(note, source, passage, command, flags, argument or "", text, siblings >= 2)


def _says_something(text: str) -> bool:
    return (
        han_count(text) >= 2 or len(_LATIN_WORD.findall(text)) >= 2
    ) and not text.rstrip().endswith("\\")


def _finding(
    note: Note,
    source: Source,
    passage: str,
    command: str,
    flags: list[str],
    argument: str,
    text: str,
    sure: bool,
) -> Iterator[Finding]:
    operand, text = split_operand(text)
    argument = argument or operand
    meaning, default = clean_meaning(text)
    value = argument.strip().lstrip("[").lstrip("=").rstrip("]") if argument else ""
    if not command or not meaning:
        return
    names = [flag for flag in flags if not command.startswith("docker") or find_option(command, flag)]
    if command in commands():
        yield from _unknown(source, command, [flag for flag in flags if flag not in names])
        removed = [flag for flag in names if (option := find_option(command, flag)) and option.removed]
        names = [flag for flag in names if flag not in removed]
        for flag in removed:
            yield Suspicion(source, "removed option", f"{command} {flag}", "")
    if not names:
        return
    option = find_option(command, names[0])
    known = option.flags if option else ()
    aliases = tuple(dict.fromkeys(flag for flag in (*names[1:], *known) if flag != names[0]))
    default = default or (value if value.strip("\"'") in _SWITCH or (option and not option.argument) else "")
    placeholder = option.argument if option else "" if value in _SWITCH else value.strip("<>")
    meaning = _without_mode(_OPENING_MARKS.sub("", meaning))
    good = fit_meaning(meaning) and (option is not None or sure) and _own_words(meaning, names)
    yield FlagFact(
        source,
        language_of(meaning),
        passage.strip().lstrip("# "),
        "safe" if good else "unsure",
        command,
        names[0],
        aliases,
        placeholder,
        note.corrected(meaning),
        default.strip("\"'"),
    )


#: What an option takes, named in front of what it does: "<name>：指定…", "old new ：…", "num 删除…".
_OPERANDS = re.compile(
    r"(?:\[!\]\s*)?(?P<operand>(?:<[^<>]{1,24}>|\[[^\[\]]{1,24}\]|[A-Za-z][\w.=-]*(?:[\[/][\w/]+\]?)?)"
    r"(?:\s+(?:<[^<>]{1,24}>|\[[^\[\]]{1,24}\]|[A-Za-z][\w.-]*))*)\s*[:：]\s*(?:即)?(?=[\u4e00-\u9fff])"
    r"|(?P<word>num(?:ber)?|n|file(?:name)?|dir(?:ectory)?|path|name|str(?:ing)?|fs|chain|table|port|host|user|group|size|secs?|seconds?|"
    r"count|url|pid|id|key|value|pattern|level|type|addr(?:ess)?|time|date|expr|text|width|format|\w+=\w+)\s*(?=[\u4e00-\u9fff])"
)


def split_operand(text: str) -> tuple[str, str]:
    """Split what an option takes from what it does: ("num", "删除一条规则") of "num 删除一条规则"."""
    found = _OPERANDS.match(text)
    does = text[found.end() :] if found else ""
    if found and (found.group("operand") or starts_with_action(does)):
        return (found.group("operand") or found.group("word")).strip(), does
    return "", text


def _without_mode(meaning: str) -> str:
    """Cut the name of a mode in front of what it does: "Verbose mode: print each file" is "print each file"."""
    does = _NAMED_MODE.sub("", meaning)
    return does if does != meaning and starts_with_action(does) else meaning


def _own_words(meaning: str, names: list[str]) -> bool:
    """A meaning that only points to another option says nothing by itself."""
    if _CUT_OFF.search(meaning):
        return False
    return (
        not _SAME_AS.match(meaning)
        and not _SCENE.search(meaning)
        and not any(f"{name} " in meaning for name in names)
    )


def _unknown(source: Source, command: str, flags: list[str]) -> Iterator[Finding]:
    for flag in flags:
        known = [
            name for option in commands()[command].options for name in option.flags if name.startswith("--")
        ]
        close = nearest(flag, known) if flag.startswith("--") else ""
        yield Suspicion(source, "unknown option", f"{command} {flag}", close)


def _from_mixed(note: Note, source: Source, text: str, command: str) -> Iterator[Finding]:
    """A comment that explains several options: "列出 ID -a 显示所有镜像 -q 显示 ID"."""
    pairs = _SEVERAL.findall(text)
    if command not in commands() or not pairs:
        return
    for flag, meaning in pairs:
        if find_option(command, flag) and not _COMPARES.match(meaning):
            yield from _finding(note, source, text, command, [flag], "", meaning, True)


def _from_item(note: Note, block: Block, span: str, text: str, siblings: int) -> Iterator[Finding]:
    flags = _FLAG_ALONE.findall(span)
    if not flags:
        return
    index = _index_of(note, block)
    candidates = list(_section_commands(note, index)) if index >= 0 else []
    command = next(
        (name for name in candidates if find_option(name, flags[0])), candidates[0] if candidates else ""
    )
    found = re.search(r"[= ](<?[A-Za-z_]+>?)$", span)
    if re.match(rf"`?{_FLAG}`?\s*[:：,，]", text):
        return
    yield from _finding(
        note,
        note.source(block),
        f"{span}: {text}",
        command,
        flags,
        found.group(1) if found else "",
        text.split("\n")[0],
        siblings >= 2,
    )


def _index_of(note: Note, block: Block) -> int:
    """The place of the block a list item or table row stands in; -1 when it is none of the note's."""
    starts = note.starts
    place = bisect_right(starts, block.lines[0]) - 1
    return place if place >= 0 else -1


def _from_prose(note: Note) -> Iterator[Finding]:
    for index, block in enumerate(note.blocks):
        if block.kind not in ("paragraph", "item") or "-" not in block.text or block.struck:
            continue
        wanted = [
            (found.group("flag"), found.group("meaning"))
            for found in _WANTED.finditer(block.line.replace("你", ""))
        ]
        for flag, meaning in [*_PROSE.findall(block.text), *wanted]:
            command = _prose_subject(note, index, flag)
            if command:
                cut = _SECOND_CLAUSE.split(meaning)[0]
                yield from _finding(note, note.source(block), block.text, command, [flag], "", cut, False)


def _prose_subject(note: Note, index: int, flag: str) -> str:
    """A command that knows the option: named in the same block, in the next listing, or in the section."""
    block = note.blocks[index]
    spans = [main_command(span) for span in _SPAN.findall(block.text)]
    named = [command.name for command in spans if command and knows(command.name)]
    for place in range(index + 1, min(len(note.blocks), index + 4)):
        named.extend(line.command.name for line in note.listings.get(place, ()) if line.command)
    for name in [*named, *_section_commands(note, index)]:
        if find_option(name, flag):
            return name
    return ""
