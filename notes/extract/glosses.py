"""Other names of terms: the word of the other language in brackets, and what an abbreviation stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.defining import initials_match
from notes.extract.definitions import PREFIX_VERB
from notes.extract.finding import Finding
from notes.facts import PropertyFact
from notes.grammar import is_tool, parse_command
from notes.note import Note
from notes.text import HAN, han_count
from notes.wording import is_label, starts_with_action


def extract(note: Note) -> Iterator[Finding]:
    for block in note.blocks:
        if not block.struck and block.kind in ("paragraph", "item", "heading"):
            yield from _pairs(note, block)


_PAIR_ZH = re.compile(f"(?:^|(?<=[。；，、：\\n]))([{HAN}A-Za-z]{{2,16}}?)\\s*[（(]([A-Za-z][A-Za-z .&/-]{{1,38}})[)）]")
_VOCABULARY = re.compile(r"英文|英语|英汉|中英|单词|词汇|术语对照|对照表|vocabulary", re.I)
_LABEL_ENDS = ("", "。", "：", ":", "\n")
_ABBREVIATION = re.compile(
    r"((?:[A-Z][\w-]{1,40}|of|and|the|for|to|in)(?: (?:[A-Z][\w-]{1,40}|"
    r"of|and|the|for|to|in)){1,6})\s*[（(]([A-Z][A-Za-z]{1,7}s?)[)）]"
)
#: Small words that lead to an expansion and are no part of it: "a set of Access Control Lists (ACLs)".
_JOINING = re.compile(r"^(?:(?:of|and|the|for|to|in) )+", re.I)
_STANDS_FOR = re.compile(r"(?:^|(?<=[.!?] ))([A-Z][A-Za-z]{1,7}) stands for ([A-Za-z][A-Za-z -]{5,60})(?=[.,;]|$)", re.M)
_REVERSED = re.compile(r"\b([A-Z]{2,8})\s*[（(]((?:[A-Z][\w-]+|of|and|the|for|to|in)(?:[ -](?:[A-Z][\w-]+|[a-z]+)){1,6})[)）]")


def _pairs(note: Note, block: Block) -> Iterator[Finding]:
    """ "熔断（circuit breaker）" at a left boundary, "Service Level Goal (SLG)"."""
    text = block.text
    for found in glosses(block):
        term, other = found.group(1).strip(), found.group(2).strip()
        sentence, trust = f"{term}的英文是 {other}。", "safe" if is_vocabulary(note, block) else "unsure"
        yield PropertyFact(note.source(block), "zh", found.group(), trust, term, sentence, (other,))  # type: ignore[arg-type]
    for short, full in _STANDS_FOR.findall(text):
        yield PropertyFact(note.source(block), "en", full, "safe", short, f"{short} stands for {full}.", (full,))
    for full, short in [
        *_ABBREVIATION.findall(text),
        *((full, short) for short, full in _REVERSED.findall(text)),
    ]:
        full = next((words for words in (_JOINING.sub("", full), full) if initials_match(words, short)), "")
        if full:
            sentence = f"{short} 的全称是 {full}。" if note.language == "zh" else f"{short} stands for {full}."
            yield PropertyFact(note.source(block), note.language, full, "safe", short, sentence, (full,))


def glosses(block: Block) -> Iterator[re.Match[str]]:
    """Find Chinese terms with Latin words in brackets that are their other name."""
    contents = block.kind == "item" and block.links and len(block.links[0]) >= len(block.text) - 2
    for found in _PAIR_ZH.finditer(block.text) if not contents else ():
        label = block.kind == "item" and not found.start() and block.text[found.end() :][:1] in _LABEL_ENDS
        if _good_pair(found.group(1).strip(), found.group(2).strip(), label):
            yield found


def is_vocabulary(note: Note, block: Block) -> bool:
    """Tell whether a section teaches words; elsewhere a word in brackets is a gloss that no teacher asks for alone."""
    return bool(_VOCABULARY.search(" ".join((note.title, *block.path))))


def _good_pair(term: str, other: str, label: bool = False) -> bool:
    """Tell whether a term and the Latin words behind it are one thing; a list's label has a sure left boundary."""
    if (
        not 1 < han_count(term) <= (10 if label else 6)
        or (PREFIX_VERB.match(term) and not label)
        or is_label(term)
        or is_label(other)
        or (starts_with_action(term) and not (label and other[:1].isupper()))
        or "/" in other
        or not re.fullmatch(f"[{HAN}A-Za-z]+", term)
    ):
        return False
    return (
        other.casefold() not in term.casefold()
        and parse_command(other.casefold()) is not None
        and not is_tool(other)
        and not (other.isupper() and len(other) > 6)
        and not re.search(r"\b(?:cask|http|e\.g|see|default|MAC|macOS|Homebrew|MacPorts|Cygwin)\b", other)
    )
