"""Whether a sentence may be asked without the note around it: a reader knows what it speaks of, and it matters there."""

from __future__ import annotations

import re

from notes.extract.labels import labelled
from notes.extract.sequences import stacked_lists
from notes.extract.statements import Statement
from notes.note import Note, compared_terms, heading_terms
from notes.text import han_count
from notes.wording import is_label

OFTEN = 4  # times a word stands in a note that is about it
AGAIN = 2  # times a name stands in a note that does more than mention it
#: Words that say of no thing in particular what they are, unless a heading makes them the note's subject.
_ANY_THING = re.compile(
    r"(?:各种|各个|不同的?|所有)?(?:应用(?:程序)?|程序|依赖|文件|目录|数据|用户|系统|名称|内容|功能|方法|对象|变量|函数|类|值|服务|选项|参数|命令|"
    r"applications?|programs?|dependenc(?:y|ies)|files?|data|users?|systems?|names?|values?|options?|commands?)",
    re.I,
)
_NAME = re.compile(r"[A-Z][a-z]*[A-Z][A-Za-z0-9]*|[A-Z][A-Za-z0-9]*-[A-Z0-9][A-Za-z0-9]*")  # VirtualBox, Hyper-V
_BESIDE = re.compile(r"[、，,和与及或]")


def stands(note: Note, said: Statement) -> bool:
    """Tell whether a statement names what the note is about, so that nobody has to ask "which one?".

    Advice for a case ("if the program speaks to X, install Y") that ends in a thing the note never takes up again only
    makes another sentence vivid.
    """
    if said.loose and said.sentence.startswith("如果"):
        return anchored(note, said.subject) or times(note, said.subject) >= AGAIN
    return said.is_command or said.marked or anchored(note, said.subject) or _opens_with_an_anchor(note, said)


def anchored(note: Note, subject: str) -> bool:
    """Tell whether a subject is one of the note's: named by a heading or in bold print, or used again and again."""
    name = subject.strip("`").casefold()
    anchors, plain = _anchors(note), not _ANY_THING.fullmatch(name)
    if any(anchor == name or (plain and (anchor in name or name in anchor)) for anchor in anchors):
        return True
    return plain and name not in _layers(note) and times(note, name) >= OFTEN


def times(note: Note, name: str) -> int:
    """Count how often a name stands in a note, in whatever case."""
    return _text(note).count(name.casefold())


def only_mentioned(note: Note, name: str, sentence: str) -> bool:
    """Tell whether a name is one of several that a sentence lists and that the note never takes up again."""
    if not _NAME.fullmatch(name) or times(note, name) >= AGAIN:
        return False
    before, _, behind = sentence.partition(name)
    return bool(_BESIDE.search(before[-2:]) or _BESIDE.search(behind[:2]))


def _opens_with_an_anchor(note: Note, said: Statement) -> bool:
    """Tell whether the words in front of the subject say where it belongs: "对于租约，所有的期限都…"."""
    front = said.sentence.partition(said.subject)[0].casefold()
    return any(anchor in front for anchor in _anchors(note))


def _anchors(note: Note) -> tuple[str, ...]:
    return note.once("anchors", lambda: dict.fromkeys(_find_anchors(note)))


def _find_anchors(note: Note) -> list[str]:
    found = [note.tool, note.title]
    for block in note.blocks:
        if block.kind == "heading":
            title = block.path[-1] if block.path else block.text
            found += [*heading_terms(title), *compared_terms(title)]
        found += [phrase.rstrip("：:。.") for phrase in block.strong if 1 < len(phrase) <= 30]
    found += [label.term for label in labelled(note) if label.alias and label.block.list_id not in stacked_lists(note)]
    named = (note.corrected(term).casefold() for term in found)
    return [term for term in named if len(term) >= 2 and not is_label(term) and (han_count(term) or len(term) >= 3)]


def _layers(note: Note) -> tuple[str, ...]:
    """The labels of stacks, which mean something inside of their stack only."""
    stacks = stacked_lists(note)
    return note.once("layers", lambda: (label.term.casefold() for label in labelled(note) if label.block.list_id in stacks))


def _text(note: Note) -> str:
    return note.once("folded text", lambda: ("\n".join(block.text for block in note.blocks).casefold(),))[0]
