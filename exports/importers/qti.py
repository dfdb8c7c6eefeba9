"""QTI 2.1 packages read back: choices, order, pairs, gaps and typed answers."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile

from exports.base import LeftOut
from exports.importers.archives import TORN
from exports.importers.base import MAX_BYTES, Draft, Imported, ReadError, check_size, place_of
from exports.importers.moodle_xml import parse_xml, set_typed
from exports.keys import UnfitError
from exports.markup import from_html, pictures_in
from quizzes.questions import Picture, Question


def read_qti(data: bytes, file: str) -> Imported:
    """Read the items of a package.

    :raise ReadError: it is not a package of QTI 2.1
    """
    check_size(data, file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _package(archive, file)
    except ReadError:
        raise
    except TORN as error:
        raise ReadError("{file}: not a package of QTI: {error}.", file=file, error=error) from error


def _package(archive: zipfile.ZipFile, file: str) -> Imported:
    if sum(entry.file_size for entry in archive.infolist()) > 4 * MAX_BYTES:
        raise ReadError("{file}: too large when unpacked. Split it into several packages.", file=file)
    manifest = _bare(parse_xml(archive.read("imsmanifest.xml"), f"{file}/imsmanifest.xml"))
    questions: list[Question] = []
    left_out: list[LeftOut] = []
    for resource in manifest.iterfind("resources/resource"):
        name = resource.get("href", "")
        if not resource.get("type", "").startswith("imsqti_item"):
            continue
        try:
            row = _bare(parse_xml(archive.read(name), f"{file}/{name}"))
            questions.append(_question(row, Draft(file, name)))
        except UnfitError as reason:
            left_out.append(LeftOut(name, reason.sentence))
    return Imported(tuple(questions), tuple(left_out))


def _bare(root: ET.Element) -> ET.Element:
    # QTI 2.0, 2.1 and 2.2 differ in little but their namespaces.
    for element in root.iter():
        element.tag = element.tag.rsplit("}", 1)[-1]
    return root


def _question(row: ET.Element, draft: Draft) -> Question:
    body = row.find("itemBody")
    if body is None:
        raise UnfitError("It has no body.")
    draft.id = row.get("identifier", "").removeprefix("q")
    language = row.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    draft.tags = (f"kind: {row.get('label', '')}", f"language: {language}")
    draft.pictures = _pictures(body, True)
    _explain(row, draft)
    _key(row, body, draft)
    draft.prompt = draft.prompt or _html(body)
    return draft.finish()


def _explain(row: ET.Element, draft: Draft) -> None:
    feedback = row.find("modalFeedback")
    if feedback is None:
        return
    for place in feedback.findall("p[@class='source']"):
        draft.source = place_of("".join(place.itertext()))
        feedback.remove(place)
    draft.explanation = _html(feedback)
    draft.pictures += _pictures(feedback, False)


def _key(row: ET.Element, body: ET.Element, draft: Draft) -> None:
    responses = row.iterfind("responseDeclaration")
    right = {declared.get("identifier", ""): _values(declared) for declared in responses}
    interactions = [element for element in body.iter() if element.tag.endswith("Interaction")]
    names = {element.tag for element in interactions}
    if names == {"textEntryInteraction"}:
        _typed(row, body, interactions, draft)
    elif len(interactions) != 1 or names & {"extendedTextInteraction"}:
        raise UnfitError("It has no key, or several interactions in one.")
    else:
        _chosen(body, interactions[0], right.get(interactions[0].get("responseIdentifier", ""), []), draft)


def _chosen(body: ET.Element, interaction: ET.Element, right: list[str], draft: Draft) -> None:
    prompt = interaction.find("prompt")
    asked = _html(prompt) if prompt is not None else ""
    texts = {choice.get("identifier", ""): _html(choice)
             for choice in interaction.iter() if choice.tag in {"simpleChoice", "simpleAssociableChoice"}}
    if interaction.tag == "choiceInteraction":
        _choice(interaction, texts, right, draft)
    elif interaction.tag == "orderInteraction":
        draft.kind, draft.choices = "ordering", tuple(texts.values())
        draft.answer = [texts[name] for name in right]
    elif interaction.tag == "matchInteraction":
        sets = interaction.findall("simpleMatchSet")
        draft.kind = "matching"
        draft.choices = tuple(_html(choice) for choice in sets[-1]) if sets else ()
        draft.answer = {texts[left]: texts[other] for left, other in (pair.split() for pair in right)}
    else:
        raise UnfitError("A {element} is not read.", element=interaction.tag)
    _remove(body, interaction)
    draft.prompt = "\n".join(part for part in (_html(body), asked) if part)


def _choice(interaction: ET.Element, texts: dict[str, str], right: list[str], draft: Draft) -> None:
    if not right or not set(right) <= set(texts):
        raise UnfitError("Its key is not among its choices.")
    if set(texts) == {"true", "false"} and len(right) == 1:
        draft.kind, draft.answer = "true_false", right == ["true"]
        return
    draft.choices = tuple(texts.values())
    if interaction.get("maxChoices", "1") == "1":
        draft.kind, draft.answer = "single_choice", texts[right[0]]
    else:
        draft.kind, draft.answer = "multiple_answers", [texts[name] for name in right]


def _typed(row: ET.Element, body: ET.Element, fields: list[ET.Element], draft: Draft) -> None:
    forms = [_forms(row, field.get("responseIdentifier", "")) for field in fields]
    if "kind: command" in draft.tags and len(forms) == 1:
        _remove(body, fields[0])
        draft.prompt = _html(body)
        set_typed(draft, forms[0])
        return
    for field in fields:
        field.text = "____"
    draft.kind, draft.answers, draft.answer = "cloze", tuple(forms), [accepted[0] for accepted in forms]


def _forms(row: ET.Element, name: str) -> tuple[str, ...]:
    for declared in row.iterfind("responseDeclaration"):
        if declared.get("identifier") == name:
            forms = _values(declared)
            forms += [entry.get("mapKey", "") for entry in declared.iterfind("mapping/mapEntry")
                      if float(entry.get("mappedValue", "0")) >= 1]
            if forms:
                return tuple(dict.fromkeys(forms))
    raise UnfitError("A typed answer has no key.")


def _values(declared: ET.Element) -> list[str]:
    return [value.text or "" for value in declared.iterfind("correctResponse/value")]


def _remove(body: ET.Element, gone: ET.Element) -> None:
    for parent in body.iter():
        if gone in list(parent):
            parent.remove(gone)
            return


def _pictures(element: ET.Element, asked: bool) -> tuple[Picture, ...]:
    return pictures_in(ET.tostring(element, encoding="unicode"), asked)


def _html(element: ET.Element) -> str:
    # The element's own tag is no block of ours, so it leaves no trace in the text.
    return from_html(ET.tostring(element, encoding="unicode", short_empty_elements=False)).strip("\n")
