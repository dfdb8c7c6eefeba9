"""What a definition must be: a term that names a thing, and a text that describes it."""

from __future__ import annotations

import re

from notes.blocks import Block
from notes.facts import DefinitionFact, Source, Trust
from notes.note import Note
from notes.text import clean_meaning, fit_meaning, han_count, language_of, one_line
from notes.wording import starts_with_action

OFTEN = 4  # times a word stands in a note that is about it
BAD_TERM = re.compile(
    r"目的|问题|原因|区别|结果|作用|优点|缺点|重点|关键|前提|意思|"
    r"方法|办法|本质|好处|特点|最|更|都|也|仍|又|只|不|就|才|还|"
    r"已|这|那|它|其|我|你|他|可以|应该|"
    r"\b(?:setting|reason|second|first|main|following|result|difference|"
    r"problem|goal|purpose|idea|point|way|thing|answer|question|"
    r"best|"
    r"this|that|it|there|here|they|we|you|if|when|because|although|"
    r"while|containers share|example|next|last|only|another|other)\b",
    re.I,
)
_EXPANSION = re.compile(r"(?P<full>[A-Z][\w-]*(?: (?:[A-Z][\w-]*|of|and|the|for|to|in)){1,6})\s*[，,;；]\s*(?=\S{4})")
_LIKENED = re.compile(r"就像|好比|类比|比作|相当于|\b(?:analogous|kind of like|just like|think of)\b")  # a picture, no meaning
BAD_GENUS = re.compile(
    r"^(?:更像|就像|好比|本质|仍|也|特殊的|一个例子|一种情况|一个问题|一件|"
    r"an? (?:good|great|bad|common|lot|bit|few|must|example|nice|"
    r"little|big|very)|the (?:same|following|one|best|most|only|"
    r"first|last|next))",
    re.I,
)
_BEFORE_WHOSE = re.compile(r"\b(?:that|which|who|whose|where|when|used|for|to|by|in|,)\b|,")
_FINITE = re.compile(r"\b(?:is|are|was|were|can|cannot|must|will|should|may|has|have|do|does|don't|isn't|aren't)\b")
ADDRESSED = re.compile(r"(?<!lets )(?<!allows )(?<!enables )(?<!helps )(?<!let )(?<!allow )(?<!when )(?<!tells )\byou\b")


def split_alias(term: str) -> tuple[str, str]:
    """Split "镜像(Image)" into the term and its other name."""
    found = re.fullmatch(r"(.{1,30}?)\s*[（(]([^()（）]{1,40})[)）]", term.strip())
    return (found.group(1).strip(), found.group(2).strip()) if found else (term.strip(), "")


def visible(note: Note, block: Block, term: str) -> bool:
    """Whether the note sets the term in a heading, bold, code or a list label."""
    forms = {term.casefold(), term.casefold().removesuffix("s"), term.casefold() + "s"}
    if any(form in note.terms for form in forms):
        return True
    headings = " ".join(block.path).casefold()
    return any(form in headings for form in forms if len(form) > 1) or any(term in phrase for phrase in block.strong)


def is_clause(text: str) -> bool:
    """Tell whether an English text behind a term says something with a subject of its own, or talks to the
    reader: "volumes can be mounted" describes no term.
    """
    if han_count(text) or starts_with_action(text):
        return bool(ADDRESSED.search(text))
    head = _BEFORE_WHOSE.split(text, maxsplit=1)[0]
    whole = re.match(r"(?:All|Any|Each|Every|Both|Most|Many|Some|No|If|When|In|For|With) ", text, re.I)
    return bool(whole or _FINITE.search(head) or ADDRESSED.search(text))


#: "the one that Ann likes", "红色的那种": it points at a thing and says nothing of it.
_POINTING = re.compile(r"^the ones? (?:that|who|which|with|from)\b|[这那][种个款些]$", re.I)
#: A line of verse joined to the one before: ", The road …".
VERSE = re.compile(r", (?:The|An?|And|In|It|We|They|You|But|Of|With|That|My|Her|His|Where|When) [a-z]")


def definition(
    note: Note,
    source: Source,
    passage: str,
    term: str,
    alias: str,
    text: str,
    trust: Trust,
    whole: bool = False,
) -> DefinitionFact:
    meaning, _ = clean_meaning(text)
    full = _EXPANSION.match(meaning)
    if full and initials_match(full["full"], term):  # it would tell the term by its initials
        meaning = meaning[full.end() :]
    good = fit_meaning(meaning) and trust == "safe" and (whole or not is_clause(meaning)) and not _LIKENED.search(meaning)
    good = good and not re.match(r"(?:If|When|Whether|Unless|Once)\b", meaning)
    good = good and not _POINTING.search(meaning) and not VERSE.search(meaning)
    return DefinitionFact(
        source,
        language_of(meaning),
        one_line(passage),
        "safe" if good else "unsure",
        note.corrected(term),
        alias,
        note.corrected(meaning),
    )


def initials_match(full: str, short: str) -> bool:
    """Whether the letters of an abbreviation are initials of the words, in order."""
    initials = [word[0].casefold() for word in re.split(r"[ -]", full) if word]
    wanted = [letter.casefold() for letter in short.rstrip("s")]
    content = [
        initial
        for initial, word in zip(initials, re.split(r"[ -]", full), strict=False)
        if word not in ("of", "and", "the", "for", "to", "in")
    ]
    return wanted in (initials, content)
