"""Sentences of prose that stand on their own: each with the thing it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notes.blocks import Block
from notes.grammar import canonical, commands, is_tool, knows, parse_command
from notes.note import Note
from notes.text import HAN, han_count, one_line, scene, sentences, starts_badly
from notes.tools import SUBCOMMANDS

_LINK_ZH = re.compile(r"^(?:但是?|而且?|不过|然而|同时|另外|此外|因此|所以|并且|其中)[，,]?\s*")
_LINK_EN = re.compile(
    r"^(?:However|Also|Therefore|Thus|Hence|In addition(?! to)|Additionally|Moreover|Note that|Normally),?\s+", re.I
)
_IT = re.compile(r"^(?:它们?|其(?=[是会可将能不]))(?:还(?=[会可能将要]))?")
_THESE = re.compile(r"^这[些个种类](?!是|会|可|样)")
_USING = re.compile(
    r"^((?:使用|执行|运行|通过|用|Using|Running|The)\s?)`?([a-z][a-z-]+)`?(?=[\s" + HAN + r"，]|$)", re.I
)
#: "Ending a pod with the `stop` command frees …"
_DOING_WITH = re.compile(
    r"^[A-Z][a-z]+ing (?:[\w-]+ ){1,6}(?:using|with|by) (?:the )?`([a-z][a-z -]+)`(?: command)?(?= [a-z]+s\b)"
)
_WORD = re.compile(
    rf"^`?([a-z][a-z-]{{1,15}})`?(?=\s?[{HAN}]|\s(?:is|will|can|"
    rf"does|stops?|sends?|starts?|creates?|removes?|shows?|lists?|"
    rf"keeps?|only)\b)"
)
_SPAN = re.compile(r"^(?:The |A |使用|执行|命令)?\s?`([^`\n]{1,60})`")
_LATIN_END = re.compile(r"(?<![A-Za-z0-9_.-])([A-Za-z][A-Za-z0-9_.-]{2,24})。$")
_LEANING = re.compile(r"这|那|它|其(?!他|它|中|实)|该|此|你|您|我|上述|同上|之前|以前|刚才|首先|然后|接着|假设|也许|[：:]$")
_ADVICE = re.compile(
    r"^(?:如果|假如)你?(?P<when>[^，。；你]{6,40})，(?P<do>(?:最好|建议|应当|应该|则?需要|可以)[^，。；;你]{4,30})"
    r"(?:，也就是[^，。；]{2,16})?[。；;]?$"
)
_SMALL = re.compile(r"[a-z]+(?= [a-z])")
_EXAMPLE_OPENS = re.compile(r"^(?:例如|比如)[，,]?\s*")
_FOR_ALL = re.compile(
    rf"^(?:所有|每一?个|各个|不同的|任何)[^，。；]{{4,40}}[。]?$|"
    rf"^(?:例如[，,])?[{HAN}]{{3,12}}(?:通常|一般)[^，。；]{{6,40}}[。]?$|"
    rf"^(?:使用|通过)\s?`?-{{1,2}}\w[\w-]*`?\s?(?:选项|参数)?(?:可以|会)[^，。；]{{4,40}}[。]?$"
)
_LABELLED = re.compile(r"^(.{2,24}?)\s*(?:[（(][A-Za-z][^()（）]{1,40}[)）])?\s*(?:。|：|:|\n)\s*", re.S)
_ALIAS = re.compile(r"[（(]([A-Za-z][^()（）]{1,40})[)）]")
_CONTRARY = re.compile(r"[，,]\s*(?:但是?|不过|然而)(?=\S)(?!并?不|并?没有|无法|仍)")
_EXAMPLE = re.compile(r"[，,；;]\s*(?:例如|比如|譬如|such as|for example|e\.g\.)")
_BARE_COMMAND = re.compile(rf"(使用|执行|运行|通过|用)\s?([a-z]{{2,12}}(?: [a-z]{{2,12}})?)(?=\s?[{HAN}，。]|\s[A-Z])")
SCENES = 3  # words of place or case that a sentence may begin with


@dataclass(frozen=True)
class Statement:
    """A sentence with its subject named in it."""

    block: Block
    index: int  # of its block
    subject: str  # "docker stop", "镜像"
    sentence: str  # self-contained; code between backticks
    rest: str  # the sentence without its subject
    is_command: bool
    marked: bool  # emphasised by the note
    lines: tuple[int, int]
    loose: bool = False  # it stands alone, but speaks of the term in its midst


def statements(note: Note) -> tuple[Statement, ...]:
    """Give the sentences of paragraphs and list items that name what they speak of."""
    return note.once("statements", lambda: (said for said in sayings(note) if not said.loose))


def sayings(note: Note) -> tuple[Statement, ...]:
    """Give the statements, and the sentences that stand alone and hold a term of the note in their midst."""
    return note.once("sayings", lambda: _statements(note))


def _statements(note: Note) -> Iterator[Statement]:
    for index, block in enumerate(note.blocks):
        if (
            block.kind in ("paragraph", "item")
            and not block.struck
            and not (block.links and len(block.text) < 60)
        ):
            yield from _of_block(note, index, block)


def _of_block(note: Note, index: int, block: Block) -> Iterator[Statement]:
    held = ""
    body, label, told = _body(note, block)
    previous = label
    alias = _ALIAS.search(block.text[:70]) if label else None
    names = [label.casefold(), alias.group(1).casefold()] if alias else [label.casefold()]
    for sentence, line in _located(block, body):
        raw = _capital(note.corrected(sentence.strip())) if label else note.corrected(sentence.strip())
        text = _without_example(raw)
        found = _subject(note, text)
        if not found and previous:
            replaced = _IT.sub(previous, text.replace("可以是你的", "可以是")) if _IT.match(text) else text
            found = (previous, replaced, replaced[len(previous) :]) if replaced != text else None
        if (
            not found
            and label
            and not starts_badly(text)
            and any(name in text.casefold()[: len(name) + 8] for name in names)
            and "，" not in text[:4]
        ):
            found = (label, text, text)
        previous = found[0] if found else _spoken_of(note, text)
        if not found and held and not starts_badly(text) and held.split(" ")[-1] in text:
            found = (held, text, text)
        held = found[0] if found and knows(found[0]) else ""
        loose = found is None
        found = found or _standing_alone(note, text)
        if found and told and not any(name and name in found[1].casefold() for name in names):
            continue  # it is said of the label in front: "host：容器使用主机的网络"
        if found:
            subject, whole, rest = found
            marked = any(
                raw.rstrip("。.!！") in note.corrected(phrase).replace("\n", "")
                for phrase in (*block.marked, *block.strong)
            )
            whole = _named(note, whole)
            yield Statement(block, index, subject, whole.strip(), rest.strip(), knows(subject), marked, line, loose)


def _capital(text: str) -> str:
    """Begin an English sentence behind a label as a sentence; names that are written small stay so."""
    word = _SMALL.match(text)
    return text[:1].upper() + text[1:] if word and not is_tool(word.group()) else text


def _spoken_of(note: Note, text: str) -> str:
    """The term of a sentence that leans on the one before: "这些虚拟机…" lets the next one say "它们"."""
    these = _THESE.match(text)
    term = note.opening_terms.opening(text[these.end() :]) if these else None
    return term.term if term else ""


def _standing_alone(note: Note, text: str) -> tuple[str, str, str] | None:
    """Take a Chinese sentence for a statement on the term in its midst: it speaks of all of a kind, of what is
    usual, of what an option is used for, or gives advice for a case; and it leans on no other sentence.
    """
    advice = _ADVICE.match(text.replace("你的", ""))
    if advice:
        text = f"如果{advice.group('when')}，{advice.group('do').replace('应该需要', '需要')}。"
    elif _FOR_ALL.match(text):
        text = _EXAMPLE_OPENS.sub("", text)
    else:
        return None
    if not 8 <= han_count(text) <= 48 or _LEANING.search(text):
        return None
    terms = list(note.inner_terms.finditer(text))
    if advice:
        name = _LATIN_END.search(text)
        ends = terms and text.rstrip("。").endswith(terms[-1].group())
        return (name.group(1), text, text) if name else (terms[-1].group(), text, text) if ends else None
    return (terms[-1].group(), text, text) if terms else None


def _body(note: Note, block: Block) -> tuple[str, str, bool]:
    """Split an item's label from its text, and tell whether the label is a name and a colon says that the text is
    about it.
    """
    if block.kind == "item":
        found = _LABELLED.match(block.text)
        if found and len(found.group(1)) <= 16 and "`" not in found.group(1):
            colon = found.group().rstrip().endswith(("：", ":")) and found.group(1).isascii()
            return block.text[found.end() :] or block.text, note.corrected(found.group(1).strip()), colon
    return block.text, "", False


def _located(block: Block, body: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Give each sentence with the lines of the block it stands on."""
    rows = block.text.split("\n")
    first, last = block.lines
    single = len(rows) != last - first + 1
    text = body if han_count(body) else one_line(body)
    whole = [part for sentence in sentences(text) for part in _halves(sentence)]
    for sentence in whole:
        start = next((number for number, row in enumerate(rows) if sentence[:12] in row), None)
        known = not single and start is not None
        yield sentence, (first + (start or 0), first + (start or 0)) if known else block.lines


def _halves(sentence: str) -> list[str]:
    """Cut a long sentence at its "but", so that each half says one thing."""
    if han_count(sentence) < 45:
        return [sentence]
    return [part for part in _CONTRARY.split(sentence) if part]


def _without_example(text: str) -> str:
    cut = _EXAMPLE.split(text)[0].strip()
    return cut + ("。" if han_count(cut) and not cut.endswith(("。", ".")) and cut != text else "")


def _subject(note: Note, text: str, scenes: int = SCENES) -> tuple[str, str, str] | None:
    """Find the subject a sentence starts with: (subject, the sentence naming it in full, the rest).

    :param scenes: so many words of place or case ("在主机上，") may still stand in front of it
    """
    text = _unlinked(note, text)
    span = _SPAN.match(text)
    if span:
        named = _command_name(note, span.group(1))
        return (
            (named or span.group(1), text, text[span.end() :])
            if named or span.group(1).casefold() in note.terms
            else None
        )
    doing = _DOING_WITH.match(text)
    named = note.command_for(doing.group(1)) if doing else ""
    if doing and named and named.split(" ")[0] == note.tool:
        return named, text, text[doing.end() :]
    for pattern, group in ((_USING, 2), (_WORD, 1)):
        word = pattern.match(text)
        full = note.command_for(word.group(group)) if word else ""
        if full in SUBCOMMANDS or full == "docker":
            full = ""
        if word and full and (full in note.command_names or full.split(" ")[0] == note.tool):
            front = word.group(1) if group == 2 else ""
            gap = " " if han_count(front) and not front.endswith(" ") else ""
            whole = f"{front}{gap}`{full}` {text[word.end() :].lstrip()}"
            return full, whole, text[word.end() :]
    front = scene(text)
    if front:
        opening = note.opening_terms.opening(front)
        behind = _subject(note, text[len(front) :], scenes - 1) if scenes else None
        if behind and opening and not knows(behind[0]):
            return opening.term, front + behind[1], text[opening.end :]
        return (behind[0], front + behind[1], front + behind[2]) if behind else None
    term = note.opening_terms.opening(text)
    if term and not starts_badly(text) and text[term.end :].lstrip()[:1] not in ("：", ":", "-", "(", "（"):
        return term.term, text, text[term.end :]
    return None


def _named(note: Note, sentence: str) -> str:
    """Give bare command words behind a verb of use their full names: "可以使用start开启"."""

    def full(found: re.Match[str]) -> str:
        name = note.command_for(found.group(2))
        return f"{found.group(1)} `{name}` " if " " in name else found.group()

    return _BARE_COMMAND.sub(
        full,
        sentence,
    )


def _unlinked(note: Note, text: str) -> str:
    """Drop a conjunction in front when what follows names its own subject."""
    for pattern in (_LINK_ZH, _LINK_EN):
        bare = pattern.sub("", text)
        if bare != text and note.opening_terms.opening(bare):
            return bare[:1].upper() + bare[1:] if bare[:1].isascii() else bare
    return text


def _command_name(note: Note, span: str) -> str:
    command = parse_command(span)
    if command is not None and knows(command.name) and (" " in command.name or command.name == note.tool):
        return canonical(command.name)
    return note.command_for(span) if span in ("",) or note.command_for(span) in commands() else ""
