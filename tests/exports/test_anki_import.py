"""What Anki itself makes of our packages."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from anki.collection import Collection

from exports.anki.exporter import cards_of
from tests.exports.ankiworld import collection, export, problems, take
from tests.exports.cast import CAST, CLOZE, NASTY, deck, nasty_questions, question


def test_every_kind_becomes_a_card_that_renders(tmp_path: Path) -> None:
    report = export(deck(), tmp_path / "cast.apkg")
    with collection(tmp_path) as col:
        log = take(col, tmp_path / "cast.apkg")
        assert report.written == log.new == len(CAST)
        assert col.card_count() == len(CAST) + 1, "the cloze question has two gaps"
        assert problems(col) == []


def test_nasty_texts_arrive_as_they_are(tmp_path: Path) -> None:
    questions = tuple(question for text in NASTY for question in nasty_questions(text))
    report = export(deck(*questions), tmp_path / "nasty.apkg")
    assert report.left_out == ()
    with collection(tmp_path) as col:
        assert take(col, tmp_path / "nasty.apkg").new == len(questions)
        assert problems(col) == []
        assert _clozes(col) == {asked.id: asked.answer for asked in questions if asked.kind == "cloze"}


def _clozes(col: Collection) -> dict[str, list[str]]:
    """Read each hidden text back from the cards' backs, where Anki marks it."""
    found: dict[str, list[str]] = {}
    for cid in col.find_cards('note:"Noteproof Cloze"'):
        card = col.get_card(cid)
        shown = re.findall(r'<span class="cloze" data-ordinal="\d+">(.*?)</span>', card.answer(), re.DOTALL)
        found.setdefault(card.note()["Uid"], []).append(html.unescape(shown[0]))
    return found


@pytest.mark.parametrize(("key", "typed"), [
    ("docker ps --format '{{.Names}}'", "docker ps --format '{{.Names}}'"),
    ("docker run  -d   web", "docker run -d web"),
    ("echo 'a  b'", "echo 'a  b'"),
    ("a < b && c > d", "a < b && c > d"),
    (r"sed 's/\(a\)/\1/' <file>", r"sed 's/\(a\)/\1/' <file>"),
    ("echo ${HOME}", "echo ${HOME}"),
    ("play [sound:x.mp3] [latex]", "play [sound:x.mp3] [latex]"),
    ("ping -6 ::1", "ping -6 ::1"),
    ("echo &amp; &lt;", "echo &amp; &lt;"),
    ("echo 容器", "echo 容器"),
    (" docker ps ", "docker ps"),
])
def test_a_typed_answer_compares_right(tmp_path: Path, key: str, typed: str) -> None:
    export(deck(question("command", "Type it.", key, answers=((key,),))), tmp_path / "typed.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "typed.apkg")
        note = col.get_note(col.find_notes("")[0])
        assert note.note_type()["name"] == "Noteproof Typed"  # type: ignore[index]
        assert _mistakes(col.compare_answer(note["Answer"], typed)) == []
        assert _mistakes(col.compare_answer(note["Answer"], typed + "!")) != []


def _mistakes(comparison: str) -> list[str]:
    return re.findall(r"class=typeBad|class=typeMissed", comparison)


def test_a_long_or_many_lined_command_is_turned_over_instead_of_typed(tmp_path: Path) -> None:
    export(deck(question("command", "Long.", "x" * 10_000), question("command", "Two lines.", "cd /srv\nls")),
           tmp_path / "long.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "long.apkg")
        assert len(col.find_notes('note:"Noteproof Basic"')) == 2
        assert problems(col) == []


def test_cards_lie_in_decks_by_note_and_section_and_carry_tags(tmp_path: Path) -> None:
    export(deck(), tmp_path / "cast.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "cast.apkg")
        assert {entry.name for entry in col.decks.all_names_and_ids() if entry.name != "Default"} == {
            "Docker", "Docker::shipping.en", "Docker::shipping.en::Ports",
            "Docker::容器 基础.zh", "Docker::容器 基础.zh::停止 容器",
        }
        assert len(col.find_notes("tag:topic::容器::停止-容器")) == 1
        assert len(col.find_notes("tag:kind::command tag:noteproof::en tag:src::shipping.en.md")) == 1


def test_new_cards_come_in_the_order_of_the_questions(tmp_path: Path) -> None:
    export(deck(), tmp_path / "cast.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "cast.apkg")
        ordered = [col.get_card(cid).note()["Uid"] for cid in col.find_cards("", order="c.due asc")]
        assert list(dict.fromkeys(ordered)) == [question.id for question in CAST]


def test_code_is_coloured_and_the_proof_is_on_the_back(tmp_path: Path) -> None:
    export(deck(), tmp_path / "cast.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "cast.apkg")
        back = col.get_card(col.find_cards("tag:kind::single_choice tag:noteproof::en")[0])
        assert "Docker 26.1.5" in back.answer()
        reading = col.get_card(col.find_cards("tag:kind::output_reading")[0])
        assert '<span class="gp">$ </span>' in reading.question()
        assert "http" not in reading.question() + reading.answer()


def test_variants_of_several_gaps_say_which_gap_they_are_of() -> None:
    front, back = next((note.fields[0], note.fields[2]) for note in cards_of(deck(CLOZE)))
    assert "{{c1::-p}}" in front
    assert "<li><code>-p</code> = <code>--publish</code></li>" in back
