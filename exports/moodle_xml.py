"""Moodle XML: every kind, with feedback, tags and a stable idnumber that tells a question again.

A practical becomes an essay with the reference for its marker. What Moodle has no place for is left behind:
evidence, and the ids of the facts.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from base64 import b64encode
from collections.abc import Callable
from typing import BinaryIO

from exports import keys, prose
from exports.base import Deck, LeftOut, Report, picture_remarks, require_questions
from exports.keys import CHOSEN, UnfitError
from exports.markup import img, to_html
from exports.pictures import Media
from exports.sentences import Sentence
from exports.words import where, word
from quizzes.questions import Picture, Question

#: The marks Moodle knows; a question with more right choices than ten cannot be marked exactly.
FRACTIONS = {1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571", 8: "12.5",
             9: "11.11111", 10: "10"}
_LOST_BACKSLASH = re.compile(r"\\[}#]")


class MoodleXmlExporter:
    """Question bank files for Moodle."""

    name, label, suffix, media_type = "moodle-xml", "Moodle XML", ".xml", "application/xml"

    def write(self, deck: Deck, file: BinaryIO) -> Report:
        """Write the file.

        :raise ExportError: no question fits
        """
        written, left_out = keys.each(deck.questions, lambda question: _question(question, deck))
        require_questions(deck, written, left_out)
        quiz = ET.Element("quiz")
        quiz.append(_category(deck))
        quiz.extend(written)
        ET.indent(quiz, "  ")
        ET.ElementTree(quiz).write(file, encoding="utf-8", xml_declaration=True)
        essays = (question for question in deck.questions if question.kind == "practical")
        lost = {entry.question_id for entry in left_out}
        remarks = (LeftOut(q.id, Sentence("Moodle cannot run commands: written as an essay that a teacher marks."))
                   for q in essays if q.id not in lost)
        return Report(len(written), tuple(left_out), (*remarks, *picture_remarks(deck, left_out)))


def _category(deck: Deck) -> ET.Element:
    # Moodle reads a slash in a category's name as a deeper category; two of them stand for one.
    row = ET.Element("question", type="category")
    title = prose.clean(deck.title).replace("/", "//").replace("\n", " ")
    _text(row, "category", f"$course$/top/{title}")
    return row


def _question(question: Question, deck: Deck) -> ET.Element:
    kind = "multichoice" if question.kind in CHOSEN else question.kind
    write = _WRITERS.get(kind)
    if write is None:
        raise UnfitError("Moodle has no kind for {kind}.", kind=question.kind)
    row = ET.Element("question")
    _text(row, "name", name_of(question))
    asked = _text(row, "questiontext", to_html(keys.asked(question)), "html")
    feedback = _text(row, "generalfeedback", feedback_of(question), "html")
    _plain(row, defaultgrade="1", penalty="0.3333333", hidden="0", idnumber=question.id)
    row.set("type", write(row, question, asked))
    tags = ET.SubElement(row, "tags")
    for tag in tags_of(question):
        _text(tags, "tag", tag)
    for part, asks in ((asked, True), (feedback, False)):
        for picture, media in deck.pictures(question, asks):
            _attach(part, picture, media)
    return row


def _attach(part: ET.Element, picture: Picture, media: Media) -> None:
    shown = part.find("text")
    assert shown is not None, "every part has a text"
    shown.text = f"{shown.text}<p>{img(f'@@PLUGINFILE@@/{media.name}', picture)}</p>"
    ET.SubElement(part, "file", name=media.name, path="/", encoding="base64").text = b64encode(media.data).decode()


def name_of(question: Question) -> str:
    """Give a question's name in a list: the start of its text."""
    line = " ".join(prose.as_plain(question.prompt).split())
    return line if len(line) <= 80 else line[:79].rstrip() + "…"


def feedback_of(question: Question) -> str:
    """Give explanation and source as HTML."""
    at = question.source
    place = html.escape(prose.clean(where(at.file, at.heading, at.lines, question.language)), quote=False)
    return f'{to_html(question.explanation)}<p class="source">{place}</p>'


def tags_of(question: Question) -> list[str]:
    """Give the tags, which also keep what Moodle has no field for."""
    tags = [f"kind: {question.kind}", f"language: {question.language}", f"level: {question.difficulty}"]
    return tags + [f"topic {depth}: {prose.clean(topic)}" for depth, topic in enumerate(question.topics, 1)]


# --- One function a kind; each gives Moodle's name for it. ---


def _choices(row: ET.Element, question: Question, asked: ET.Element) -> str:
    rights = keys.right_choices(question)
    several = question.kind == "multiple_answers"
    # All right together give the whole mark; all wrong together take it away again, so ticking all gives
    # nothing.
    right, wrong = FRACTIONS.get(sum(rights)), FRACTIONS.get(len(rights) - sum(rights), "0")
    if right is None:
        raise UnfitError("Moodle cannot share a mark among more than ten right choices.")
    _plain(row, single="false" if several else "true", shuffleanswers="true", answernumbering="ABCD")
    for choice, is_right in zip(question.choices, rights, strict=True):
        loss = f"-{wrong}" if several and wrong != "0" else "0"
        _answer(row, right if is_right else loss, to_html(choice))
    return "multichoice"


def _true_false(row: ET.Element, question: Question, asked: ET.Element) -> str:
    truth = keys.truth(question)
    _answer(row, "100" if truth else "0", "true", "moodle_auto_format")
    _answer(row, "0" if truth else "100", "false", "moodle_auto_format")
    return "truefalse"


def _command(row: ET.Element, question: Question, asked: ET.Element) -> str:
    _plain(row, usecase="1")
    for form in keys.commands(question):
        _answer(row, "100", _no_wildcard(form), "moodle_auto_format")
    return "shortanswer"


def _cloze(row: ET.Element, question: Question, asked: ET.Element) -> str:
    forms = keys.gaps(question)
    body = asked[0]
    # A brace of the text itself must not open a field.
    safe = (body.text or "").replace("{", "&#123;").replace("}", "&#125;")
    fields = ["{1:SAC:" + "~".join(map(_field_answer, accepted)) + "}" for accepted in forms]
    body.text = prose.fill(safe, fields.__getitem__)
    return "cloze"


def _field_answer(form: str) -> str:
    if _LOST_BACKSLASH.search(form):
        raise UnfitError("Moodle drops a backslash before } or # in a gap.")
    # Entities throughout: Moodle ends an answer at ~ # } and minds a backslash or ampersand before them.
    return "=" + re.sub(r"[&<>~#}{\\\"=%/]", lambda mark: f"&#{ord(mark[0])};", _no_wildcard(form))


def _no_wildcard(form: str) -> str:
    return prose.clean(form).strip().replace("*", r"\*")


def _ordering(row: ET.Element, question: Question, asked: ET.Element) -> str:
    _plain(row, layouttype="VERTICAL", selecttype="ALL", selectcount="0", gradingtype="ABSOLUTE_POSITION",
           showgrading="SHOW", numberingstyle="none")
    for place, step in enumerate(keys.order(question), 1):
        _answer(row, f"{place}.0000000", to_html(step))
    return "ordering"


def _matching(row: ET.Element, question: Question, asked: ET.Element) -> str:
    _plain(row, shuffleanswers="true")
    pairs = keys.pairs(question)
    for left, right in pairs:
        _pair(row, to_html(left), right)
    for spare in question.choices:
        if spare not in {right for _, right in pairs}:
            _pair(row, "", spare)  # Moodle's way of offering an answer that fits nothing
    return "matching"


def _pair(row: ET.Element, left: str, right: str) -> None:
    sub = _text(row, "subquestion", left, "html")
    _text(sub, "answer", prose.clean(right))


def _practical(row: ET.Element, question: Question, asked: ET.Element) -> str:
    _plain(row, responseformat="monospaced", responserequired="1", responsefieldlines="10", attachments="0",
           attachmentsrequired="0")
    note = f'<pre class="reference">{html.escape(prose.clean(keys.reference(question)), quote=False)}</pre>'
    if question.setup:
        setup = html.escape(prose.clean(question.setup), quote=False)
        note += f'<p>{word("setup", question.language)}</p><pre class="setup">{setup}</pre>'
    _text(row, "graderinfo", note, "html")
    _text(row, "responsetemplate", "", "html")
    return "essay"


_WRITERS: dict[str, Callable[[ET.Element, Question, ET.Element], str]] = {
    "multichoice": _choices,
    "multiple_answers": _choices,
    "true_false": _true_false,
    "command": _command,
    "cloze": _cloze,
    "ordering": _ordering,
    "matching": _matching,
    "practical": _practical,
}


def _text(parent: ET.Element, tag: str, text: str, form: str = "") -> ET.Element:
    element = ET.SubElement(parent, tag, {"format": form} if form else {})
    ET.SubElement(element, "text").text = text
    return element


def _answer(row: ET.Element, fraction: str, text: str, form: str = "html") -> None:
    answer = ET.SubElement(row, "answer", {"fraction": fraction, "format": form})
    ET.SubElement(answer, "text").text = text
    _text(answer, "feedback", "", "html")


def _plain(row: ET.Element, **values: str) -> None:
    for tag, value in values.items():
        ET.SubElement(row, tag).text = value
