"""What comes back from our own files, and from other people's."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from dataclasses import asdict
from io import BytesIO
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import EXPORTERS, Deck, ExportError
from exports.anki.previous import read_deck
from exports.importers import IMPORTERS, ReadError
from exports.importers.anki_history import read_history
from exports.json_bank import bank_of
from quizzes.questions import Question
from tests.exports.cast import CAST, deck
from tests.exports.strategies import questions

#: What each format holds of a question, apart from its prompt and key.
HELD = {
    "moodle-xml": ("id", "kind", "language", "difficulty", "topics", "explanation", "source", "setup",
                   "reference"),
    "gift": ("id", "kind", "language", "difficulty", "topics", "explanation", "source", "reference"),
    "qti": ("id", "kind", "language", "explanation", "source"),
}


def back(name: str, what: Deck) -> tuple[tuple[Question, ...], set[str]]:
    """Write a deck and read it again; give what came back and what was left out on the way."""
    file = BytesIO()
    report = EXPORTERS[name].write(what, file)
    read = IMPORTERS[name](file.getvalue(), "file")
    assert all("key" in entry.reason for entry in read.left_out), read.left_out
    return read.questions, {entry.question_id for entry in report.left_out}


def key(question: Question) -> Any:
    """Give prompt and key, without the order in which choices are shown."""
    answers = question.answers or None
    if question.kind == "command" and not answers:
        answers = ((str(question.answer),),)
    return question.prompt, question.answer, sorted(question.choices), answers


@pytest.mark.parametrize("name", sorted(HELD))
@given(asked=st.lists(questions(), min_size=1, max_size=4, unique_by=lambda question: question.id))
@settings(max_examples=30, deadline=None)
def test_what_a_format_holds_comes_back(name: str, asked: list[Question]) -> None:
    try:
        read, left_out = back(name, deck(*asked))
    except ExportError:
        return
    kept = [question for question in asked if question.id not in left_out
            and not (name == "qti" and question.kind == "practical")]
    assert [question.id for question in read] == [question.id for question in kept]
    for before, after in zip(kept, read, strict=True):
        assert key(before) == key(after)
        for field in HELD[name]:
            assert getattr(before, field) == getattr(after, field), field


@given(asked=st.lists(questions(), min_size=1, max_size=3))
@settings(max_examples=20, deadline=None)
def test_json_and_yaml_hold_everything(asked: list[Question]) -> None:
    assert list(map(asdict, back("json", deck(*asked))[0])) == list(map(asdict, asked))
    written = yaml.safe_dump(bank_of(deck(*asked)), allow_unicode=True).encode()
    assert list(map(asdict, IMPORTERS["yaml"](written, "bank.yaml").questions)) == list(map(asdict, asked))


@pytest.mark.parametrize("name", ["json", "moodle-xml", "gift", "qti"])
def test_the_cast_comes_back(name: str) -> None:
    read, left_out = back(name, deck())
    lost = left_out | ({CAST[9].id} if name == "qti" else set())
    assert {question.id for question in read} == {question.id for question in CAST} - lost


@pytest.mark.parametrize("name", sorted(IMPORTERS))
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
@settings(max_examples=30, deadline=None)
def test_junk_does_no_harm(name: str, data: bytes) -> None:
    with suppress(ReadError):
        IMPORTERS[name](data, "junk")


@pytest.mark.parametrize(("name", "data", "sentence"), [
    ("json", b"[1, 2", "junk:1: not JSON: Expecting ',' delimiter."),
    ("json", b"{}", "junk: no questions. Expected a list, or a bank with “questions” in it."),
    ("json", b"[" * 100_000, "junk: nested too deeply to be a bank."),
    ("json", b'{"version": 2, "questions": []}', "junk: version 2 of the format;"),
    ("yaml", b"a: [", "junk:1: not YAML: "),
    ("moodle-xml", b"<a/>", "junk: not Moodle XML: the outermost element is <a>, not <quiz>."),
    ("moodle-xml", b'<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "junk: it has a document type"),
    ("gift", b"\xff", "junk: not UTF-8 (byte 1). Save it as UTF-8 and try again."),
    ("gift", b" ", "junk: the file is empty."),
    ("qti", b"PK", "junk: not a package of QTI: File is not a zip file."),
])
def test_an_unreadable_file_is_answered_with_a_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(ReadError, match=re.escape(sentence)):
        IMPORTERS[name](data, "junk")


@given(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
       st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_torn_archive_is_refused_by_a_sentence_whatever_packed_it(packing: int, damage: list[tuple[float, int]]) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for entry in ("imsmanifest.xml", "collection.anki2"):
            archive.writestr(entry, b"<manifest/>" + bytes(range(256)) * 8)
    torn = bytearray(stream.getvalue())
    for place, value in damage:
        torn[int(place * len(torn))] = value
    for read in (lambda: IMPORTERS["qti"](bytes(torn), "f"), lambda: read_history(BytesIO(torn), "f"),
                 lambda: read_deck(BytesIO(torn), "f")):
        with pytest.raises(ReadError):
            read()


@pytest.mark.parametrize(("name", "data"), [
    ("moodle-xml", b"""<quiz><question type="truefalse"><questiontext format="html"><text>&lt;img src="x.png"&gt; Is it?</text>
     </questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
     </question></quiz>"""),
    ("gift", b"[html]<p>Look\\: <img src\\=\"x.png\"></p> {T}"),
])
def test_a_question_that_needs_a_picture_is_named_and_not_torn(name: str, data: bytes) -> None:
    read = IMPORTERS[name](data, "file")
    assert read.questions == ()
    assert ["picture" in entry.reason for entry in read.left_out] == [True]
