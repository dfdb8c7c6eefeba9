"""Words that a note underlines or highlights in its sentences, as people do who mean to learn them by heart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.extract.statements import statements
from notes.facts import PropertyFact
from notes.note import Note
from notes.text import fit_sentence, han_count, length, one_line, sentences, without_end
from notes.wording import is_label

HABIT = 3  # marked words that make it the note's manner
_LABEL = re.compile(r"^(?:\d{1,2}[、.．)）]|[（(]\d{1,2}[)）]|[①-⑳])\s*")


def extract(note: Note) -> Iterator[Finding]:
    read = {without_end(said.sentence) for said in statements(note)}  # those are facts already
    found = [fact for block in note.blocks for fact in _of_block(note, block)]
    yield from (fact for fact in found if without_end(fact.sentence) not in read) if len(found) >= HABIT else ()


def _of_block(note: Note, block: Block) -> Iterator[PropertyFact]:
    if block.kind not in ("paragraph", "item") or not block.marked or block.struck or not han_count(block.text):
        return
    words = [word.strip("，。；、 ") for word in block.marked]
    for sentence in sentences(one_line(block.text)):
        said = without_end(_LABEL.sub("", sentence))
        asked = [word for word in words if word and said.count(word) == 1]
        if asked and len(asked) <= 3 and _fit(said, asked):
            opening = said[: said.index(asked[0])].strip("，： ") or said[:8]
            yield PropertyFact(note.source(block), "zh", sentence, "safe", opening, f"{said}。", tuple(asked), marked=True)


def _fit(said: str, words: list[str]) -> bool:
    """Whether enough of the sentence stays outside the words, and it names what it speaks of before the first."""
    left = said
    for word in words:
        left = left.replace(word, "")
    plain = all(1 < len(word) <= 12 and not re.search(r"[，。；：]", word) and not is_label(word) for word in words)
    subject = said[: min(said.index(word) for word in words)]
    named = han_count(subject) >= 3 and not re.match(r"[^，]{0,8}[：:]\s*$", subject)
    return plain and named and length(left) >= max(6, length(said) // 2) and fit_sentence(said)
