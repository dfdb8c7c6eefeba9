"""What holds of a thing: sentences that name their subject, with the words in them that can be known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from notes.extract.clauses import clauses
from notes.extract.entries import is_entry
from notes.extract.finding import Finding
from notes.extract.parallels import pairs_of
from notes.extract.standing import only_mentioned, stands
from notes.extract.statements import Statement, sayings
from notes.facts import PropertyFact
from notes.note import Note
from notes.text import fit_sentence, han_count, language_of, length, scene
from notes.wording import TWINS, lacks_subject

_PREDICATE = re.compile(
    r"是|可以|不能|无法|只能|必须|需要|无需|支持|会|将|处于|用于|"
    r"用来|负责|包含|包括|由|位于|属于|基于|取代|运行|保持|默认|"
    r"相当于|允许|禁止|共享|隔离|存放|保存|发送|执行|创建|删除|"
    r"代表|返回|打包|采用|具有|拥有|(?<![所没拥])有(?![些关时效的限可助利害])|"
    r"\b(?:is|are|was|were|can|cannot|can't|must|may not|will|"
    r"does|do not|don't|doesn't|has|have|had|needs?|requires?|"
    r"supports?|allows?|uses?|keeps?|"
    r"runs?|sends?|stores?|contains?|shares?|provides?|enables?|"
    r"depends?|consists?|became|led|defeated|founded|invented|"
    r"produces?|removes?|"
    r"creates?|starts?|stops?|lists?|returns?|waits?|converts?|occurs?|takes place|controls?|makes?|holds?)\b"
)
_TALK = re.compile(
    r"大家|说了|有时候|往往|等等|假设|也许|如果你|你的|你可以|"
    r"你需要|我们|接下来|首先|然后再?|这里|这样|这个|这些|这(?=[对是会种一])|"
    r"那么|命令如下|顾名思义|完全否定|优势|小伙伴|教程|速查表|"
    r"译者|文章|博客|视频|就像|好比|类比|比作|(?:很|非常|十分|更加?)(?:有用|方便|好用|强大|重要|容易)|更好地|轻松|\beas(?:y|ier|ily)\b|\b(?:useful|handy|convenient)\b|"
    r"\byou\b|\byour\b|\bhere\b|\bthis\b|\bthese\b|\blink\b|\bblog\b|"
    r"\btutorial\b|\bplease\b|\bcheck out\b|\bvideo\b|\bplugin\b.*\binstall\b|"
    r"\bmore info|\bthere (?:may|might)\b|\bperfect\b|\bjust like\b|\bas you\b",
    re.I,
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])\d+(?:\.\d+)?\s?(?:ms|s|秒|毫秒|分钟|小时|"
    r"天|年|月|日|位|字节|个|次|层|种|%|KB|MB|GB|seconds?|minutes?|"
    r"hours?|days?|bytes?|bits?|times?|percent)?(?![A-Za-z0-9_.])"
)
#: How many there were, which version it took and what a release could do when the note was written.
_OF_ITS_DAY = re.compile(
    r"\d\+(?!\d)|超过 ?\d{4,}|\d ?多万|\bminimum (?:required )?version|\bBuild \d{3,}|最低版本|"
    r"\d\.\d+ ?(?:版本?)?(?:起|以[上后])|"
    r"\b(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Since|From|Until|After|Before|During) )[A-Z][a-z]{2,} 20[0-3]\d\b"
)
_TO_COME = re.compile(r"(?:本身|自身|自己)?(?:将会?|会)(?:保持|继续|发生|变[成为得]?|成为|失去|得到|消失|停止|出现)")
_TWINS = tuple((word, word.casefold()) for word in TWINS)
_PART_OF_A_NAME = re.compile(r"\s?[./]\w")
_LATIN = re.compile(r"[A-Za-z0-9_]")
_UPPER = re.compile(
    r"(?<![A-Za-z0-9_-])(?:SIG[A-Z]+|[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*|[A-Z]{2,})(?![A-Za-z0-9_-])"
)


def extract(note: Note) -> Iterator[Finding]:
    """Give the sentences. One that has subject and keywords in common with an earlier one is another fact."""
    earlier: dict[str, str] = {}
    for fact in _facts(note):
        same_words = earlier.setdefault(fact.id, fact.sentence) if fact.trust == "safe" else fact.sentence
        yield fact if same_words == fact.sentence else replace(fact, another=True)


def _facts(note: Note) -> Iterator[PropertyFact]:
    for said in (clause for whole in sayings(note) for clause in clauses(note, whole)):
        sentence = said.sentence.rstrip("；;")
        if not _PREDICATE.search(said.rest) or pairs_of(said.sentence):
            continue
        words = keywords(note, said) if not said.loose else (said.subject,) if _advised(said) else ()
        asked = good(said, words or ("",)) and (words or _whole(said)) and stands(note, said) and not is_entry(note, sentence)
        yield PropertyFact(
            note.source(said.block, said.lines),
            language_of(sentence),
            sentence,
            "safe" if asked else "unsure",
            said.subject,
            _closed(sentence),
            words,
        )


def _advised(said: Statement) -> bool:
    """Whether a sentence ends in the thing that it advises for a case."""
    return said.sentence.startswith("如果") and said.sentence.rstrip("。").endswith(said.subject)


def _whole(said: Statement) -> bool:
    """Whether a sentence without a word to ask for can still be judged: Chinese, and of some length."""
    return 8 <= han_count(said.sentence) <= 48 and not re.search(r"[（(：:]", said.sentence)


def good(said: Statement, words: tuple[str, ...]) -> bool:
    text = said.sentence
    if not words or _TALK.search(text) or not fit_sentence(text.rstrip("；;")) or length(said.rest) < 4:
        return False
    if re.search(r"(?:时|的时候|后|之后)[。.]?$|(?<![\w`])/[a-z]+/|使用了", text.rstrip()):
        return False
    if not han_count(text) and (len(text.split()) < 5 or lacks_subject(text)):
        return False
    if _OF_ITS_DAY.search(text):
        return False
    if _TO_COME.match(said.rest) and not scene(text):
        return False  # when will it? the sentence before says so
    if han_count(text) and re.match(r"[A-Za-z][A-Za-z .]*[，,]", text):
        return False  # the full form of an abbreviation: its subject is the label in front
    return (
        length(text) <= 90
        and not text.rstrip().endswith((",", "，"))
        and not (re.match(r"[的之]|的时候$", said.rest) and words != ("",))
        and (said.marked or said.loose or not re.search(r"建议|推荐|最好|should|recommend|prefer|不提倡", text))
    )


def _closed(sentence: str) -> str:
    if sentence.endswith(("。", ".", "！", "!")):
        return sentence
    return sentence + ("。" if han_count(sentence) else ".")


@cache
def _as_word(twin: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(twin)}\b", re.I)


def keywords(note: Note, said: Statement) -> tuple[str, ...]:
    """Choose the words that matter, best first: twins, numbers, names in capitals, code, terms."""
    rest, folded = said.rest, said.rest.casefold()
    found = [word for word, low in _TWINS if low in folded and (not word.isascii() or _as_word(word).search(rest))]
    found += [match.strip() for match in _NUMBER.findall(rest) if not re.fullmatch(r"\d", match.strip())]
    found += _UPPER.findall(re.sub(r"`[^`]*`", "", rest))
    found += list(re.findall(r"`([^`\n]{1,40})`", rest))
    for term in _terms_in(note, rest):
        found.append(term)
    kept: list[str] = []
    for word in found:
        inside = any(word.casefold() in other.casefold() for other in kept)
        own = word.casefold() in said.subject.casefold() or f"({word.casefold()})" in said.block.text[:70].casefold()
        before, _, behind = rest.partition(word)
        part = bool(_PART_OF_A_NAME.match(behind)) or before.endswith("/")
        if inside or own or part or word in note.placeholders:
            continue
        if word and rest.count(word) == 1 and not only_mentioned(note, word, said.sentence):
            kept.append(word)
    return tuple(kept[:4])


def stands_as_word(term: str, text: str) -> bool:
    """Whether a Latin word stands in a text, between Han characters or not, and not inside another word."""
    place = text.find(term)
    while place >= 0:
        end = place + len(term)
        if not _LATIN.match(text[place - 1 : place]) and not _LATIN.match(text, end):
            return True
        place = text.find(term, place + 1)
    return False


def _terms_in(note: Note, text: str) -> list[str]:
    lowered = text.casefold()
    inside = [
        term for term in note.short_terms if term in lowered and term not in ("docker", "linux", note.tool)
    ]
    inside.sort(key=lambda term: (-len(term), lowered.index(term)))
    return [
        text[lowered.index(term) : lowered.index(term) + len(term)]
        for term in inside
        if len(lowered) == len(text) and (not term.isascii() or stands_as_word(term, lowered))
    ][:4]
