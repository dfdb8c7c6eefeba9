"""What every format promises."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO

import pytest

from exports import EXPORTERS, Deck, ExportError, Report
from exports.anki.exporter import cards_of
from exports.anki.models import FIELDS
from tests.exports.cast import CAST, CLOZE, MATCHING, MULTIPLE, NASTY, ORDERING, SINGLE, deck, nasty_questions

NASTY_DECK = deck(*(question for text in NASTY for question in nasty_questions(text)))


def written(name: str, what: Deck) -> tuple[bytes, Report]:
    file = BytesIO()
    report = EXPORTERS[name].write(what, file)
    return file.getvalue(), report


@pytest.fixture(params=sorted(EXPORTERS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_it_is_registered_under_its_name_and_says_what_it_is(name: str) -> None:
    exporter = EXPORTERS[name]
    assert exporter.name == name
    assert exporter.label
    assert exporter.suffix.startswith(".")
    assert "/" in exporter.media_type


def test_every_question_is_written_or_named_with_a_reason(name: str) -> None:
    _, report = written(name, NASTY_DECK)
    assert report.written + len(report.left_out) == len(NASTY_DECK.questions)
    assert all(entry.reason.endswith(".") for entry in report.left_out + report.remarks)
    known = {question.id for question in NASTY_DECK.questions}
    assert {entry.question_id for entry in report.left_out} <= known


def test_the_same_deck_gives_the_same_bytes(name: str) -> None:
    first, second = (hashlib.sha256(written(name, deck())[0]).hexdigest() for _ in range(2))
    assert first == second


def test_another_answer_gives_other_bytes(name: str) -> None:
    other = replace(SINGLE, answer="pauses it")
    assert written(name, deck(SINGLE))[0] != written(name, deck(other))[0]


def test_an_empty_deck_is_refused_before_a_byte_is_written(name: str) -> None:
    file = BytesIO()
    with pytest.raises(ExportError, match="has no questions to export"):
        EXPORTERS[name].write(replace(deck(), questions=()), file)
    assert file.getvalue() == b""


@pytest.mark.parametrize("broken", [
    replace(SINGLE, answer="not a choice"),
    replace(SINGLE, prompt=" "),
    replace(CLOZE, answer=["only one"]),
    replace(CLOZE, answer=["-p", ""]),
    replace(ORDERING, answer="not a list"),
], ids=lambda question: f"{question.kind}-{question.answer}")
@pytest.mark.parametrize("name", sorted(EXPORTERS.keys() - {"json"}))  # which holds broken ones too
def test_a_broken_key_is_left_out_with_its_reason(name: str, broken: object) -> None:
    _, report = written(name, deck(broken, *CAST[1:2]))  # type: ignore[arg-type]
    assert report.written == 1
    assert [entry.question_id for entry in report.left_out] == [broken.id]  # type: ignore[attr-defined]


def test_characters_that_no_file_can_hold_are_dropped(name: str) -> None:
    hurt = replace(SINGLE, prompt="a\x00b\x1fc\ud800d\ufffe?", explanation="\x0b")
    assert written(name, deck(hurt))[1].written == 1


def test_that_several_may_be_right_is_said_once() -> None:
    said = replace(MULTIPLE, prompt="Which remove something? (Choose all that apply.)")
    for question, hints in ((said, 0), (MULTIPLE, 1)):
        file = BytesIO()
        EXPORTERS["html"].write(deck(question), file)
        assert file.getvalue().decode().count("Choose all that are right") == hints
        front = next(cards_of(deck(question))).fields[0]
        assert front.count("Choose all that are right") == hints


def test_a_card_does_not_explain_a_matching_by_the_matching() -> None:
    pairs = "; ".join(f"`{left}`: {right}" for left, right in MATCHING.answer.items())
    back = FIELDS.index("Back")
    assert next(cards_of(deck(replace(MATCHING, explanation=f"{pairs}.")))).fields[back] == ""
    more = next(cards_of(deck(replace(MATCHING, explanation=f"{pairs}. Capital letters publish more than small ones."))))
    assert "Capital letters" in more.fields[back]
