"""Our files read by parsers that others wrote."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodle_xml_parser.parser import parse_bytes
from onyx2moodle.parser import AssessmentItem, Interaction, parse_item
from qti_convert import upgrade_package_files
from qti_convert.names import qti2_element_name_to_qti3

from exports import EXPORTERS, Deck, prose
from exports.keys import CHOSEN
from exports.markup import from_html
from quizzes.questions import Question
from tests.exports.banks import NOTES, bank
from tests.exports.cast import CAST, NASTY, deck, nasty_questions
from tests.exports.strategies import questions

HERE = Path(__file__).parent
HTML = {"p", "pre", "code", "em", "strong", "span", "div", "br", "ul", "ol", "li", "img", "b", "i", "sub", "sup"}
EVERYTHING = deck(*CAST, *(question for text in NASTY for question in nasty_questions(text)))


def export(name: str, what: Deck) -> tuple[bytes, list[Question]]:
    """Write a deck; give the file and the questions that are in it."""
    file = BytesIO()
    report = EXPORTERS[name].write(what, file)
    lost = {entry.question_id for entry in report.left_out}
    return file.getvalue(), [question for question in what.questions if question.id not in lost]


def gift_pegjs(data: bytes) -> list[dict[str, Any]]:
    """Read GIFT with gift-pegjs."""
    if not shutil.which("node") or not (HERE / "node_modules" / "gift-pegjs").is_dir():
        pytest.skip("needs Node.js and its parser: ./run test installs both where it can")
    read = subprocess.run(["node", "gift_reader.cjs"], cwd=HERE, input=data, capture_output=True, check=True)
    return [row for row in json.loads(read.stdout) if row["type"] != "Category"]


def test_gift_pegjs_reads_every_question_with_its_key() -> None:
    data, written = export("gift", EVERYTHING)
    rows = gift_pegjs(data)
    assert [row["id"] for row in rows] == [question.id for question in written]
    for question, row in zip(written, rows, strict=True):
        assert _seen(row["stem"]["text"]) == prose.as_plain(question.prompt)
        assert _gift_key(question, row) == _expected(question)


def _seen(markup: str) -> str:
    return prose.as_plain(from_html(markup))


def _gift_key(question: Question, row: dict[str, Any]) -> object:
    if question.kind in CHOSEN or question.kind == "multiple_answers":
        return row["type"], [(_seen(choice["text"]["text"]), _is_right(choice)) for choice in row["choices"]]
    if question.kind == "true_false":
        return row["type"], row["isTrue"]
    if question.kind == "matching":
        # This parser leaves escapes on the right of a pair as the placeholders it works with.
        return row["type"], [_seen(pair["subquestion"]["text"]) for pair in row["matchPairs"]
                             if pair["subquestion"]["text"]]
    if question.kind in {"command", "cloze"}:
        first = row["choices"][0]["text"]["text"].removeprefix("[plain]").replace(r"\*", "*")
        return row["type"], first
    return row["type"], None


def _is_right(choice: dict[str, Any]) -> bool:
    return bool(choice["isCorrect"]) or (choice["weight"] or 0) > 0


def _expected(question: Question) -> object:
    if question.kind in CHOSEN:
        return "MC", [(prose.as_plain(choice), choice == question.answer) for choice in question.choices]
    if question.kind == "multiple_answers":
        assert isinstance(question.answer, list)
        return "MC", [(prose.as_plain(choice), choice in question.answer) for choice in question.choices]
    if question.kind == "true_false":
        return "TF", question.answer
    if question.kind == "matching":
        assert isinstance(question.answer, dict)
        return "Matching", [prose.as_plain(left) for left in question.answer]
    if question.kind in {"command", "cloze"}:
        key = question.answer if isinstance(question.answer, str) else question.answer[0]  # type: ignore[index]
        return "Short", key
    return "Essay", None


# --- QTI: onyx2moodle reads each item of the package. ---


def test_onyx2moodle_reads_every_item_with_its_key(tmp_path: Path) -> None:
    data, written = export("qti", EVERYTHING)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    for question in written:
        item = parse_item(tmp_path / "items" / f"q{question.id}.xml")
        assert item.identifier == f"q{question.id}"
        assert _qti_key(question, item) == _qti_expected(question)


def _qti_key(question: Question, item: AssessmentItem) -> object:
    declared = item.response_decls
    if question.kind == "ordering":  # the parser knows no interaction for it: the key is declared nevertheless
        return len(declared["RESPONSE"].correct_values)
    if question.kind == "cloze":
        return [declared[field.response_identifier].correct_values[0] for field in item.interactions]
    (field,) = item.interactions
    if question.kind == "command":
        return field.kind, declared["RESPONSE"].correct_values, set(declared["RESPONSE"].mapping)
    if question.kind == "practical":
        return field.kind
    return field.kind, _chosen(field, declared["RESPONSE"].correct_values)


def _chosen(field: Interaction, names: list[str]) -> object:
    texts = {choice.identifier: _seen(choice.html)
             for choice in (*field.choices, *field.match_sources, *field.match_targets)}
    if field.kind == "match":
        return {texts[left]: texts[right] for left, right in map(str.split, names)}
    if set(texts) == {"true", "false"}:
        return names == ["true"]
    return {text: name in names for name, text in texts.items()}


def _qti_expected(question: Question) -> object:
    key = question.answer
    if question.kind == "ordering":
        return len(key)  # type: ignore[arg-type]
    if question.kind == "cloze":
        return [part.strip() for part in key]  # type: ignore[union-attr]
    if question.kind == "command":
        forms = {form.strip() for accepted in question.answers for form in accepted}
        return "textEntry", [str(key).strip()], {str(key).strip(), *forms}
    if question.kind == "practical":
        return "extendedText"
    if question.kind == "true_false":
        return "choice", key
    if isinstance(key, dict):
        return "match", {prose.as_plain(left).strip(): prose.as_plain(right).strip() for left, right in key.items()}
    right = key if isinstance(key, list) else [key]
    return "choice", {prose.as_plain(choice).strip(): choice in right for choice in question.choices}


# --- QTI again: qti-convert knows every name of QTI 2.1, the interaction for an order too. ---


def converted(data: bytes) -> dict[str, ElementTree.Element]:
    """Read a package with qti-convert, which makes QTI 3 of it; give what it made of each file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    made = upgrade_package_files(files).files
    return {name: ElementTree.fromstring(text) for name, text in made.items() if isinstance(text, str)}


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(item: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in item.iter() if _local(element) == name]


def test_qti_convert_reads_each_order() -> None:
    data, written = export("qti", REAL)
    files = converted(data)
    asked = [question for question in written if question.kind == "ordering"]
    assert asked
    for question in asked:
        item = files[f"items/q{question.id}.xml"]
        texts = {choice.get("identifier"): "".join(choice.itertext()).strip() for choice in _all(item, "qti-simple-choice")}
        key = [texts[value.text] for value in _all(_all(item, "qti-correct-response")[0], "qti-value")]
        assert isinstance(question.answer, list)
        assert key == [prose.as_plain(str(step)).strip() for step in question.answer]


@given(asked=st.lists(questions(), min_size=1, max_size=4, unique_by=lambda question: question.id))
@settings(max_examples=30, deadline=None)
def test_qti_convert_knows_every_element_that_we_write(asked: list[Question]) -> None:
    data, written = export("qti", deck(*asked))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for question in written:
            item = ElementTree.fromstring(archive.read(f"items/q{question.id}.xml"))
            unknown = {_local(one) for one in item.iter()} - HTML
            assert {name for name in unknown if qti2_element_name_to_qti3(name) is None} == set()
    files = converted(data)
    assert {f"items/q{question.id}.xml" for question in written} <= files.keys()
    assert all(_local(_all(files[f"items/q{one.id}.xml"], "qti-item-body")[0]) == "qti-item-body" for one in written)


# --- Moodle XML: moodle-xml-parser reads choices and gaps, the kinds that it knows. ---

REAL = deck(*CAST, *{question.id: question for path in NOTES for question in bank(path)}.values())


def test_moodle_xml_parser_reads_every_choice_with_its_marks() -> None:
    data, written = export("moodle-xml", EVERYTHING)
    asked = [question for question in written if question.kind in CHOSEN or question.kind == "multiple_answers"]
    found = parse_bytes(data)["multichoice"]
    assert len(found) == len(asked)
    for question, read in zip(asked, found, strict=True):
        assert read.single == (question.kind in CHOSEN)
        right = question.answer if isinstance(question.answer, list) else [question.answer]
        assert [option.score_fraction > 0 for option in read.options] == [choice in right for choice in question.choices]
        for choice, option in zip(question.choices, read.options, strict=True):
            if not set(choice) & set("<>&"):  # it undoes entities twice
                assert _seen(option.answer) == prose.as_plain(choice)


def test_moodle_xml_parser_reads_the_gaps_of_real_banks() -> None:
    data, written = export("moodle-xml", REAL)
    asked = [question for question in written if question.kind == "cloze"]
    found = parse_bytes(data)["cloze"]
    assert len(found) == len(asked) > 20
    compared = 0
    for question, read in zip(asked, found, strict=True):
        if set(question.prompt + str(question.answers)) & set("{}<>&~#*%\\"):  # it takes these for marks, escaped or not
            continue
        compared += 1
        assert {gap.sub_type for gap in read.gaps} == {"SAC"}
        assert [[option.answer for option in gap.options] for gap in read.gaps] == [
            list(dict.fromkeys(forms)) for forms in question.answers]
    assert compared > 20
