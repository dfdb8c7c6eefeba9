"""GIFT, Moodle's plain text format: choices, true or false, typed answers, pairs, and essays for practicals.

It has no ordering, no second gap, and no way to write -> in a typed answer; such questions are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO

from exports import keys, prose
from exports.base import Deck, LeftOut, Report, picture_remarks, require_questions
from exports.keys import CHOSEN, UnfitError
from exports.markup import to_html
from exports.moodle_xml import FRACTIONS, feedback_of, name_of, tags_of
from exports.sentences import Sentence
from quizzes.questions import Question

_SPECIAL = re.compile(r"[\\~=#{}:]")
#: Read as the name of a format where an answer starts with it.
_FORMAT = re.compile(r"\[(?=(?:html|moodle|plain|markdown)\])")


class GiftExporter:
    """Question files in GIFT."""

    name, label, suffix, media_type = "gift", "GIFT", ".gift.txt", "text/plain; charset=utf-8"

    def write(self, deck: Deck, file: BinaryIO) -> Report:
        """Write the file.

        :raise ExportError: no question fits
        """
        written, left_out = keys.each(deck.questions, _question)
        require_questions(deck, written, left_out)
        title = " ".join(prose.clean(deck.title).replace("/", "//").split())
        file.write("\n\n".join([f"$CATEGORY: $course$/top/{title}", *written, ""]).encode())
        lost = {entry.question_id for entry in left_out}
        remarks = (LeftOut(q.id, Sentence("GIFT cannot run commands: an essay, with the reference in its feedback."))
                   for q in deck.questions if q.kind == "practical" and q.id not in lost)
        pictures = picture_remarks(deck, left_out, Sentence("GIFT holds no pictures: its picture is left out."))
        return Report(len(written), tuple(left_out), (*remarks, *pictures))


def _question(question: Question) -> str:
    kind = "multichoice" if question.kind in CHOSEN else question.kind
    write = _WRITERS.get(kind)
    if write is None:
        raise UnfitError("GIFT has no kind for {kind}.", kind=question.kind)
    tags = "".join(f" [tag:{_tag(tag)}]" for tag in tags_of(question))
    asked, answers = write(question)
    feedback = feedback_of(question)
    if question.kind == "practical":
        feedback = to_html(prose.fenced(keys.reference(question), "bash")) + feedback
    return f"// [id:{question.id}]{tags}\n::{escape(name_of(question))}::[html]" + asked.replace(
        _SLOT, "{" + answers + "\n####" + escape(feedback) + "\n}")


#: Where the answers go in the text; no cleaned text holds it.
_SLOT = "\x00"


def escape(text: str) -> str:
    """Write a text so that nothing in it is a mark of GIFT's, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", r"\n")


def _tag(text: str) -> str:
    tag = " ".join(text.split()).replace("]", r"\]")
    # A backslash at the end would make the bracket after it a part of the tag.
    return f"{tag} " if tag.endswith("\\") else tag


def _html(text: str) -> str:
    return escape(_guarded(to_html(text)))


def _guarded(markup: str) -> str:
    # At its start, HTML can say [ and % in a way that GIFT does not read.
    return f"&#{ord(markup[0])};{markup[1:]}" if markup[:1] in {"[", "%"} else markup


def _asked(question: Question) -> str:
    return escape(_guarded(to_html(keys.asked(question))))


# --- One function a kind; each gives the text with the slot for the answers, and the answers. ---


def _choices(question: Question) -> tuple[str, str]:
    rights = keys.right_choices(question)
    lines = (("=" if right else "~") + _html(choice)
             for choice, right in zip(question.choices, rights, strict=True))
    return _asked(question) + _SLOT, "".join(f"\n\t{line}" for line in lines)


def _several(question: Question) -> tuple[str, str]:
    rights = keys.right_choices(question)
    right, wrong = FRACTIONS.get(sum(rights)), FRACTIONS.get(len(rights) - sum(rights), "0")
    if right is None:
        raise UnfitError("GIFT cannot share a mark among more than ten right choices.")
    loss = "" if wrong == "0" else f"%-{wrong}%"
    lines = ((f"~%{right}%" if is_right else f"~{loss}") + _html(choice)
             for choice, is_right in zip(question.choices, rights, strict=True))
    return _asked(question) + _SLOT, "".join(f"\n\t{line}" for line in lines)


def _true_false(question: Question) -> tuple[str, str]:
    return _asked(question) + _SLOT, "TRUE" if keys.truth(question) else "FALSE"


def _command(question: Question) -> tuple[str, str]:
    return _asked(question) + _SLOT, _typed(keys.commands(question))


def _cloze(question: Question) -> tuple[str, str]:
    forms = keys.gaps(question)
    if len(forms) > 1:
        raise UnfitError("GIFT has room for one gap in a question.")
    # The gap stays a gap of the text and the answers come after it: a field amid code would tear its tag.
    return _asked(question) + _SLOT, _typed(forms[0])


def _typed(forms: list[str]) -> str:
    return "".join(f"\n\t=%100%{_form(form)}" for form in forms)


def _form(form: str) -> str:
    plain = prose.clean(form).strip().replace("*", r"\*")
    if "->" in plain:
        raise UnfitError("GIFT takes -> in a typed answer for a pair.")
    # The name of the format is only said where the answer itself starts like one.
    return ("[plain]" if _FORMAT.match(plain) else "") + escape(plain)


def _matching(question: Question) -> tuple[str, str]:
    pairs = keys.pairs(question)
    spares = [choice for choice in question.choices if choice not in {right for _, right in pairs}]
    rows = [*((to_html(left), right) for left, right in pairs), *(("", spare) for spare in spares)]
    for _, right in rows:
        if "\n" in prose.clean(right).strip():
            raise UnfitError("GIFT has no line break on the right of a pair.")
    return _asked(question) + _SLOT, "".join(
        f"\n\t={escape(_guarded(left))} -> {escape(prose.clean(right).strip())}" for left, right in rows)


def _practical(question: Question) -> tuple[str, str]:
    keys.reference(question)
    return _asked(question) + _SLOT, ""


_WRITERS: dict[str, Callable[[Question], tuple[str, str]]] = {
    "multichoice": _choices,
    "multiple_answers": _several,
    "true_false": _true_false,
    "command": _command,
    "cloze": _cloze,
    "matching": _matching,
    "practical": _practical,
}
