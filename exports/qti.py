"""QTI 2.1: a content package for Canvas, TAO, OpenOlat and others.

A zip archive with a manifest, one test and one file an item. A practical becomes an essay; its reference
stays out, because an item is shown to learners and QTI 2.1 has no place that is the marker's alone.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Sequence
from typing import BinaryIO

from exports import keys, prose
from exports.base import Deck, LeftOut, Report, picture_remarks, require_questions
from exports.keys import CHOSEN, UnfitError
from exports.moodle_xml import name_of
from exports.pictures import Media
from exports.sentences import Sentence
from exports.words import where, word
from quizzes.questions import Question

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date a zip archive can hold


class QtiExporter:
    """Packages in QTI 2.1."""

    name, label, suffix, media_type = "qti", "QTI 2.1", ".qti.zip", "application/zip"

    def write(self, deck: Deck, file: BinaryIO) -> Report:
        """Write the package.

        :raise ExportError: no question fits
        """
        written, left_out = keys.each(deck.questions, lambda asked: (asked, item(asked, deck)))
        require_questions(deck, written, left_out)
        names = [f"items/q{question.id}.xml" for question, _ in written]
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(*_entry("imsmanifest.xml", _manifest(deck, [question for question, _ in written])))
            archive.writestr(*_entry("test.xml", _test(deck, [question for question, _ in written])))
            for name, (_, element) in zip(names, written, strict=True):
                archive.writestr(*_entry(name, element))
            for media in {media.name: media for question, _ in written for media in _media(deck, question)}.values():
                archive.writestr(zipfile.ZipInfo(f"media/{media.name}", _LONG_AGO), media.data)
        remarks = (LeftOut(question.id, Sentence("QTI cannot run commands: an essay, without its reference."))
                   for question, _ in written if question.kind == "practical")
        return Report(len(written), tuple(left_out), (*remarks, *picture_remarks(deck, left_out)))


def item(question: Question, deck: Deck) -> ET.Element:
    """Write one assessmentItem.

    :raise UnfitError: QTI cannot hold it
    """
    kind = "choice" if question.kind in CHOSEN else question.kind
    write = _WRITERS.get(kind)
    if write is None:
        raise UnfitError("QTI has no interaction for {kind}.", kind=question.kind)
    row = ET.Element("assessmentItem", {
        "xmlns": QTI, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{QTI} {QTI}.xsd",
        "identifier": f"q{question.id}", "title": name_of(question), "label": question.kind,
        "xml:lang": question.language, "adaptive": "false", "timeDependent": "false",
        "toolName": "Noteproof", "toolVersion": "1",
    })
    body = ET.Element("itemBody")
    processing = write(row, body, question)
    _outcome(row, "SCORE", "float", "0")
    _outcome(row, "FEEDBACK", "identifier", "shown")
    row.append(body)
    row.append(processing)
    shown = _feedback(row, question)
    for part, asks in ((body, True), (shown, False)):
        for picture, media in deck.pictures(question, asks):
            ET.SubElement(ET.SubElement(part, "p"), "img", {
                "src": f"../media/{media.name}", "alt": prose.clean(picture.alt), "class": "noteproof",
                "label": prose.clean(picture.file)})
    return row


def _media(deck: Deck, question: Question) -> list[Media]:
    return [media for asks in (True, False) for _, media in deck.pictures(question, asks)]


# --- One function a kind: declares the responses, fills the body, gives the processing. ---


def _choice(row: ET.Element, body: ET.Element, question: Question) -> ET.Element:
    rights = keys.right_choices(question)
    several = question.kind == "multiple_answers"
    names = [f"c{place}" for place in range(1, len(rights) + 1)]
    right = [name for name, is_right in zip(names, rights, strict=True) if is_right]
    _response(row, right, "multiple" if several else "single", "identifier")
    blocks(body, keys.asked(question))
    interaction = ET.SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true",
                                maxChoices="0" if several else "1")
    for name, choice in zip(names, question.choices, strict=True):
        blocks(ET.SubElement(interaction, "simpleChoice", identifier=name), choice)
    return _by_template("match_correct")


def _true_false(row: ET.Element, body: ET.Element, question: Question) -> ET.Element:
    _response(row, ["true" if keys.truth(question) else "false"], "single", "identifier")
    blocks(body, keys.asked(question))
    interaction = ET.SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="false",
                                maxChoices="1")
    for name in ("true", "false"):
        choice = ET.SubElement(interaction, "simpleChoice", identifier=name)
        choice.text = word("true" if name == "true" else "false", question.language)
    return _by_template("match_correct")


def _ordering(row: ET.Element, body: ET.Element, question: Question) -> ET.Element:
    order = keys.order(question)
    shown = question.choices if sorted(question.choices) == sorted(order) else tuple(sorted(order))
    names = {step: f"c{place}" for place, step in enumerate(shown, 1)}
    _response(row, [names[step] for step in order], "ordered", "identifier")
    blocks(body, keys.asked(question))
    interaction = ET.SubElement(body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
    for step, name in names.items():
        blocks(ET.SubElement(interaction, "simpleChoice", identifier=name), step)
    return _by_template("match_correct")


def _matching(row: ET.Element, body: ET.Element, question: Question) -> ET.Element:
    pairs = keys.pairs(question)
    lefts = {left: f"l{place}" for place, (left, _) in enumerate(pairs, 1)}
    shown = dict.fromkeys([*question.choices, *(right for _, right in pairs)])
    rights = {right: f"r{place}" for place, right in enumerate(shown, 1)}
    _response(row, [f"{lefts[left]} {rights[right]}" for left, right in pairs], "multiple", "directedPair")
    blocks(body, keys.asked(question))
    interaction = ET.SubElement(body, "matchInteraction", responseIdentifier="RESPONSE", shuffle="true",
                                maxAssociations=str(len(pairs)))
    for side, most in ((lefts, "1"), (rights, "0")):
        group = ET.SubElement(interaction, "simpleMatchSet")
        for text, name in side.items():
            blocks(ET.SubElement(group, "simpleAssociableChoice", identifier=name, matchMax=most), text)
    return _by_template("match_correct")


def _command(row: ET.Element, body: ET.Element, question: Question) -> ET.Element:
    forms = keys.commands(question)
    _typed_response(row, "RESPONSE", forms)
    blocks(body, keys.asked(question))
    _field(ET.SubElement(body, "p"), "RESPONSE", forms)
    return _by_template("map_response")


def _cloze(row: ET.Element, body: ET.Element, question: Question) -> ET.Element:
    forms = keys.gaps(question)
    for gap, accepted in enumerate(forms, 1):
        _typed_response(row, f"RESPONSE{gap}", accepted)
    blocks(body, question.prompt, lambda parent, gap: _field(parent, f"RESPONSE{gap + 1}", forms[gap]))
    return _sum_of_gaps(len(forms))


def _practical(row: ET.Element, body: ET.Element, question: Question) -> ET.Element:
    keys.reference(question)
    ET.SubElement(row, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="string")
    blocks(body, keys.asked(question))
    ET.SubElement(body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="10",
                  format="preFormatted")
    return _processing()


_WRITERS: dict[str, Callable[[ET.Element, ET.Element, Question], ET.Element]] = {
    "choice": _choice,
    "multiple_answers": _choice,
    "true_false": _true_false,
    "ordering": _ordering,
    "matching": _matching,
    "command": _command,
    "cloze": _cloze,
    "practical": _practical,
}


# --- Declarations and processing. ---


def _response(row: ET.Element, right: Sequence[str], cardinality: str, base: str) -> None:
    response = ET.SubElement(row, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality,
                             baseType=base)
    correct = ET.SubElement(response, "correctResponse")
    for value in right:
        ET.SubElement(correct, "value").text = value


def _typed_response(row: ET.Element, name: str, forms: list[str]) -> None:
    if any("\n" in _typed(form) for form in forms[:1]):
        raise UnfitError("QTI has one line for a typed answer.")
    response = ET.SubElement(row, "responseDeclaration", identifier=name, cardinality="single",
                             baseType="string")
    ET.SubElement(ET.SubElement(response, "correctResponse"), "value").text = _typed(forms[0])
    mapping = ET.SubElement(response, "mapping", defaultValue="0")
    for form in dict.fromkeys(map(_typed, forms)):
        ET.SubElement(mapping, "mapEntry", mapKey=form, mappedValue="1", caseSensitive="true")


def _field(parent: ET.Element, name: str, forms: list[str]) -> None:
    length = max(len(_typed(form)) for form in forms)
    ET.SubElement(parent, "textEntryInteraction", responseIdentifier=name, expectedLength=str(max(4, length)))


def _typed(form: str) -> str:
    return prose.clean(form).strip()


def _outcome(row: ET.Element, name: str, base: str, value: str) -> None:
    outcome = ET.SubElement(row, "outcomeDeclaration", identifier=name, cardinality="single", baseType=base)
    ET.SubElement(ET.SubElement(outcome, "defaultValue"), "value").text = value


def _by_template(name: str) -> ET.Element:
    return ET.Element("responseProcessing", template=_TEMPLATES + name)


def _processing(*rules: ET.Element) -> ET.Element:
    processing = ET.Element("responseProcessing")
    processing.extend(rules)
    return processing


def _sum_of_gaps(count: int) -> ET.Element:
    # Each gap is worth the same; the whole is 1.
    rule = ET.Element("setOutcomeValue", identifier="SCORE")
    share = ET.SubElement(rule, "divide")
    total = ET.SubElement(share, "sum")
    for gap in range(1, count + 1):
        ET.SubElement(total, "mapResponse", identifier=f"RESPONSE{gap}")
    ET.SubElement(share, "baseValue", baseType="float").text = str(count)
    return _processing(rule)


def _feedback(row: ET.Element, question: Question) -> ET.Element:
    shown = ET.SubElement(row, "modalFeedback", outcomeIdentifier="FEEDBACK", showHide="show",
                          identifier="shown", title=word("explanation", question.language))
    blocks(shown, question.explanation)
    at = question.source
    place = where(at.file, at.heading, at.lines, question.language)
    ET.SubElement(shown, "p", {"class": "source"}).text = prose.clean(place)
    return shown


# --- Text as elements: QTI allows text only within blocks, and no listing within a paragraph. ---


def blocks(parent: ET.Element, text: str, field: Callable[[ET.Element, int], None] | None = None) -> None:
    """Write a text as paragraphs and listings; `field(parent, number)` puts an input in each gap."""
    writer = _Blocks(parent, field)
    for piece in prose.pieces(text):
        writer.add(piece)


class _Blocks:
    """Appends pieces, opening a paragraph where one is needed."""

    def __init__(self, parent: ET.Element, field: Callable[[ET.Element, int], None] | None) -> None:
        self.parent, self.field, self.gap = parent, field, 0
        self.paragraph: ET.Element | None = None

    def add(self, piece: prose.Piece) -> None:
        if piece.sort == "listing":
            self.paragraph = None
            listing = ET.SubElement(self.parent, "pre")
            if piece.language:
                listing.set("class", f"language-{piece.language}")
            self._text(listing, piece.text, breaks=False)
            return
        if self.paragraph is None:
            self.paragraph = ET.SubElement(self.parent, "p")
        inline = self.paragraph if piece.sort == "text" else ET.SubElement(self.paragraph, "code")
        self._text(inline, piece.text, breaks=piece.sort == "text")

    def _text(self, element: ET.Element, text: str, breaks: bool) -> None:
        parts = prose.GAP.split(text) if self.field else [text]
        for place, part in enumerate(parts):
            if place and self.field:
                self.field(element, self.gap)
                self.gap += 1
            lines = part.split("\n") if breaks else [part]
            for number, line in enumerate(lines):
                if number:
                    ET.SubElement(element, "br")
                _append(element, line)


def _append(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


# --- The package. ---


def _test(deck: Deck, questions: list[Question]) -> ET.Element:
    test = ET.Element("assessmentTest", {
        "xmlns": QTI, "identifier": "test", "title": prose.clean(deck.title), "toolName": "Noteproof",
    })
    part = ET.SubElement(test, "testPart", identifier="part", navigationMode="nonlinear",
                         submissionMode="individual")
    section = ET.SubElement(part, "assessmentSection", identifier="section", title=prose.clean(deck.title),
                            visible="true")
    for question in questions:
        ET.SubElement(section, "assessmentItemRef", identifier=f"q{question.id}",
                      href=f"items/q{question.id}.xml", category=question.kind)
    return test


def _manifest(deck: Deck, questions: list[Question]) -> ET.Element:
    manifest = ET.Element("manifest", {"xmlns": CP, "identifier": "manifest"})
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    test = _resource(resources, "test", "imsqti_test_xmlv2p1", "test.xml")
    for question in questions:
        identifier = f"rq{question.id}"
        ET.SubElement(test, "dependency", identifierref=identifier)
        resource = _resource(resources, identifier, "imsqti_item_xmlv2p1", f"items/q{question.id}.xml")
        for media in _media(deck, question):
            ET.SubElement(resource, "file", href=f"media/{media.name}")
    return manifest


def _resource(resources: ET.Element, identifier: str, kind: str, href: str) -> ET.Element:
    resource = ET.SubElement(resources, "resource", identifier=identifier, type=kind, href=href)
    ET.SubElement(resource, "file", href=href)
    return resource


def _entry(name: str, element: ET.Element) -> tuple[zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    written = io.BytesIO()
    ET.ElementTree(element).write(written, encoding="utf-8", xml_declaration=True)
    return entry, written.getvalue()
