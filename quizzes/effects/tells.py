"""Whether two outputs tell the same about the same state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from .output import TIME, Told, words_of
from .script import Script

#: Words that only name what stands beside them: `"IPAddress":`, `status=`
_KEY = re.compile(r"^[A-Za-z_][\w.-]*[:=]$")
_JSON_KEY = re.compile(r'"([A-Za-z_][\w.-]*)":\s')
_SET = re.compile(r"^[A-Za-z_]\w*=(?=.)")
_KEYED = re.compile(r'"?[A-Za-z_][\w. -]{0,40}"?\s*[:=]\s')  # a limit, as a run of letters without end takes its square
_DUMP = re.compile(r"\b(inspect|info|version|system df|stats|history)\b")
_DIGITS = re.compile(r"\d+(\.\d+)?")
_DUMP_LINES, _DUMP_SHARE = 8, 0.85

#: Of plain readings: "written" by the script itself, "fixed" whatever the state, right by "luck", out of "order".
Result = Literal["same", "silent", "less", "more", "echo", "unasked", "written", "fixed", "luck", "order"]


@dataclass(frozen=True)
class Telling:
    """How an answer's output compares with the reference's."""

    result: Result
    missing: tuple[str, ...] = ()  # words it should tell
    extra: tuple[str, ...] = ()  # words nobody asked for


def compare_outputs(
    reference: Told,
    answer: Told,
    script: Script,
    *,
    reference_text: str,
    said: frozenset[str],
    echoed: frozenset[str] = frozenset(),
    grown: Counter[str],
    asked: bool | None = None,
) -> Telling:
    """Compare what two outputs tell.

    `said` are the words the answer may print word for word, in terms of its run, `echoed` those of them that were not
    chosen by what an engine said; `grown` the log lines its
    containers had written before it began; `asked` whether the engine saw a request, None when nobody knows.
    """
    if not answer.words:
        return Telling("silent", missing=tuple(reference.words))
    if asked is False or (asked is None and not script.asks_engine):
        return Telling("unasked")
    if set(reference.words) <= echoed or script.local:
        return Telling("echo")
    wanted, found = _lines(reference, keep_time=True), _lines(answer, keep_time=TIME in reference.words)
    if wanted == found or _grew(wanted, found, grown) or _same_words(reference, answer, said | _keys(answer)):
        return Telling("same")
    if _DUMP.search(reference_text) and _same_dump(reference, answer):
        return Telling("same")
    return _difference(reference, answer, said)


def _lines(told: Told, *, keep_time: bool) -> Counter[str]:
    lines = told.lines if keep_time else [" ".join(line.replace(TIME, "").split()) for line in told.lines]
    return Counter(line for line in lines if line)


def _grew(wanted: Counter[str], found: Counter[str], grown: Counter[str]) -> bool:
    """Whether two whole logs differ only because a container wrote on between the two readings."""
    different = [line for line in wanted.keys() | found.keys() if wanted[line] != found[line]]
    return all(grown[line] and min(wanted[line], found[line]) >= grown[line] for line in different)


def _same_words(reference: Told, answer: Told, said: frozenset[str]) -> bool:
    wanted, found = reference.words, _without_noise(answer.words, reference.words, said)
    if wanted == found or (len(wanted) == 1 and wanted == _values(found)):
        return True
    keyed = any(_KEYED.search(line) for line in answer.lines)
    few = sum(wanted.values()) <= 3
    return (
        keyed
        and few
        and set(wanted) == set(found)
        and all(found[word] <= 3 * wanted[word] for word in wanted)
    )


def _keys(told: Told) -> frozenset[str]:
    """Give the names in front of values in lines of JSON, which tell no more than where a value stands."""
    return frozenset(key for line in told.lines for key in _JSON_KEY.findall(line))


def _values(words: Counter[str]) -> Counter[str]:
    """Take `STAGE=blue` for the value it tells."""
    return Counter({_SET.sub("", word): count for word, count in words.items()})


def _without_noise(words: Counter[str], wanted: Counter[str], said: frozenset[str]) -> Counter[str]:
    return Counter(
        {
            word: count
            for word, count in words.items()
            if word in wanted
            or not (_KEY.match(word) or word == TIME or word in said or not re.search(r"\w", word))
        }
    )


def _same_dump(reference: Told, answer: Told) -> bool:
    """Whether two long listings of one thing differ only in figures that change by themselves."""
    if len(reference.lines) < _DUMP_LINES or reference.objects != answer.objects:
        return False
    wanted, found = (Counter(_DIGITS.sub("#", line) for line in told.lines) for told in (reference, answer))
    common = sum((wanted & found).values())
    return common >= _DUMP_SHARE * max(sum(wanted.values()), sum(found.values()))


def _difference(reference: Told, answer: Told, said: frozenset[str]) -> Telling:
    found = _without_noise(answer.words, reference.words, said)
    missing = tuple((reference.words - found).keys())
    extra = tuple((found - reference.words).keys())
    return Telling("less" if missing else "more", missing, extra)


def spoken(script: Script, terms: dict[str, str]) -> frozenset[str]:
    """Give the words a script may print word for word, in the terms of its run."""
    return _in_terms(script.said, terms)


def echoed_words(script: Script, reference: Script, wanted: Collection[str], terms: dict[str, str]) -> frozenset[str]:
    """Give the words a script prints by itself, in the terms of its run, or has a container print.

    A loop over more words than are wanted prints a choice. What the reference has a container print may be printed so.
    """
    loops = (_in_terms(words, terms) for words in script.loops)
    inside = _in_terms(script.inside - reference.inside, terms)
    return _in_terms(script.spoken, terms).union(inside, *(words for words in loops if words <= set(wanted)))


def _in_terms(words: frozenset[str], terms: dict[str, str]) -> frozenset[str]:
    return frozenset(inner for word in words for inner in words_of(terms.get(word, word)))
