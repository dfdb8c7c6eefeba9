"""Pairs that one Chinese sentence sets side by side: "支持 A 的 X，支持 B 的 Y 以及支持 C 的 Z", "r 表示读，w 表示写，…"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.extract.standing import AGAIN, times
from notes.facts import PairsFact, PropertyFact, Trust
from notes.note import Note
from notes.text import HAN, han_count, leans, starts_badly

LEAST, LONGEST = 3, 200  # pairs that make a pattern; characters of a sentence
_THING = rf"(?:[A-Za-z][A-Za-z0-9_.+#-]*|[{HAN}]{{1,6}}?)"
_END = r"(?=\s*(?:[，、,。；;.]|以及|和|及|$))"
_SERVED = re.compile(rf"(?P<verb>支持|用于|适用于|针对|面向|对应)\s*(?P<one>{_THING})\s*的\s*(?P<other>{_THING}){_END}")
_SHOWN = re.compile(
    rf"(?:^|(?<=[，、,；;：]))\s*(?P<one>[`A-Za-z+-][`A-Za-z0-9_.+#-]*)\s*(?P<verb>表示|代表|对应)\s*(?P<other>{_THING}){_END}"
)
_WHOLE = re.compile(r"(?:有|包括|分别是|分别为)\s*$")


def extract(note: Note) -> Iterator[Finding]:
    for block in note.blocks:
        if block.kind in ("paragraph", "item") and not block.struck:
            for sentence in block.sentences if han_count(block.text) else ():
                yield from _of_sentence(note, block, note.corrected(sentence))


def pairs_of(sentence: str) -> list[re.Match[str]]:
    """Give the pairs a sentence sets side by side, each with `one`, `verb` and `other`; [] when it sets none."""
    for pattern in (_SERVED, _SHOWN) if len(sentence) < LONGEST else ():
        pairs = list(pattern.finditer(sentence))
        apart = len({pair["one"] for pair in pairs}) == len({pair["other"] for pair in pairs}) == len(pairs)
        if len(pairs) >= LEAST and apart and len({pair["verb"] for pair in pairs}) == 1:
            return pairs
    return []


def _of_sentence(note: Note, block: Block, sentence: str) -> Iterator[Finding]:
    pairs = pairs_of(sentence)
    front = _WHOLE.sub("", sentence[: pairs[0].start()]).strip(" ，,：:") if pairs else ""
    if not pairs or starts_badly(front or sentence) or leans(front):
        return
    if pairs[0].re is _SERVED:
        yield _served(note, block, sentence, front, pairs)
    else:
        yield from (_fact(note, block, sentence, front, pair) for pair in pairs)


def _served(note: Note, block: Block, sentence: str, front: str, pairs: list[re.Match[str]]) -> PairsFact:
    """Names and what each is for are asked together: alone each of them only asks for a brand."""
    whole = re.split("[的，,。]", front)[-1].strip()
    good = all(re.search("[A-Za-z]", pair["other"]) or times(note, pair["other"]) >= AGAIN for pair in pairs)
    sides = tuple((pair["other"], pair["one"]) for pair in pairs)
    trust: Trust = "safe" if good else "unsure"
    return PairsFact(note.source(block), "zh", sentence, trust, "served", whole, pairs[0]["verb"], sides)


def _fact(note: Note, block: Block, passage: str, front: str, pair: re.Match[str]) -> PropertyFact:
    one, other = pair["one"], pair["other"]
    said = f"{one} {pair['verb']}{other}。"
    whole = f"{front}中，{said}" if front else said
    return PropertyFact(note.source(block), "zh", passage, "safe", f"{front} {one}".strip(), whole, (other,))
