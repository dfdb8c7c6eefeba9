"""Whether two outputs of reading commands tell the same, where no engine is asked.

A text that is right on one state proves little: `echo 3` is right wherever the answer is 3. So both scripts run
once more on a state that was changed a little (`proofs/surveys/twist.py`), and must tell the same there too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .plain import PlainReader, PlainText
from .script import Script, read_script
from .tells import Telling

#: The probe that holds what a script printed on the changed state.
AGAIN = "again"
_CUT = 4000  # characters of a probe's answer from which on it may be incomplete
#: Programs that promise no order, unless one of the others gives it.
_UNORDERED = frozenset(["find", "ls", "ps", "pgrep", "pidof", "jobs", "du", "lsof", "git", "uniq", "locate", "which", "xargs"])
_ORDERING = frozenset(["sort", "tac", "head", "tail", "nl", "rev", "shuf"])
_SORTED_LS = re.compile(r"\bls\b[^|;&\n]*\s-(?:\w*[tSXvUr]\w*|-sort|-reverse)")
_ORDERED_GIT = re.compile(r"\bgit\s+(?:log|reflog|rev-list|show|blame|cat-file|shortlog|diff|stash)\b")
_WALKING_GREP = re.compile(r"\bgrep\b[^|;&\n]*\s-(?:\w*[rR]\w*|-recursive)")


@dataclass(frozen=True)
class Printed:
    """What one script printed, first and on the changed state."""

    script: Script
    first: PlainText
    again: PlainText | None  # None where nobody knows

    @classmethod
    def of(cls, script: str, output: str, answers: dict[str, str], reader: PlainReader) -> Printed:
        status, _, said = answers.get(AGAIN, "").partition("\n")
        known = bool(status) and len(said) < _CUT
        return cls(read_script(script), reader.told(output), reader.told(said, later=True) if known else None)


def compare_readings(reference: Printed, answer: Printed) -> Telling:
    """Compare what two scripts printed, on both states where both are known."""
    ordered = is_ordered(reference.script.text)
    telling = _compare(reference, answer, reference.first, answer.first, ordered)
    if telling.result != "same":
        return telling
    if (
        reference.again is not None
        and answer.again is not None
        and _compare(reference, answer, reference.again, answer.again, ordered).result != "same"
    ):
        return Telling("fixed" if answer.again == answer.first else "luck")
    if reference.again is None or answer.again is None or reference.again == reference.first:
        spelled = set(reference.first.words) <= _pieces(answer.script.said)
        return Telling("written") if spelled and not _pieces(reference.script.said) >= set(reference.first.words) else telling
    return telling


def _compare(reference: Printed, answer: Printed, wanted: PlainText, found: PlainText, ordered: bool) -> Telling:
    if wanted == found:
        return Telling("same")
    if not found.words:
        return Telling("silent", missing=wanted.words)
    if not ordered and Counter(wanted.lines) == Counter(found.lines):
        return Telling("same")
    names = _names(reference.script.text)
    words = [word for word in wanted.words if word not in names] or list(wanted.words)
    loose = names | (_pieces(answer.script.said) - set(wanted.words))
    others = [word for word in found.words if word not in loose or word in words]
    if words == others or (not ordered and Counter(words) == Counter(others)):
        return Telling("same")
    missing, extra = Counter(words) - Counter(others), Counter(others) - Counter(words)
    if not missing and not extra:
        return Telling("order")
    return Telling("less" if missing else "more", tuple(missing), tuple(extra))


def is_ordered(script: str) -> bool:
    """Whether the order of what a script prints tells something."""
    programs = read_script(script).programs
    if programs & _ORDERING or _SORTED_LS.search(script) or _ORDERED_GIT.search(script):
        return True
    return not (programs & _UNORDERED or _WALKING_GREP.search(script))


def _names(script: str) -> frozenset[str]:
    """Give the words of a script that may name a file: `wc -l a.txt` prints its name, `wc -l < a.txt` does not."""
    return frozenset(word.removeprefix("./").rstrip("/") for word in re.findall(r"[^\s'\"|;&<>()$]+", script))


def _pieces(words: Iterable[str]) -> set[str]:
    return {piece for word in words for piece in re.split(r"[\s:]+", word.replace("\\t", " ")) if piece}
