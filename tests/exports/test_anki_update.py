"""What happens to a deck that is exported and imported again: nothing is doubled, nothing is lost."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from exports import EXPORTERS, Progress, Review
from exports.base import NEVER_CHANGED
from tests.exports.ankiworld import Imported, collection, export, problems, schedules, study, take
from tests.exports.cast import CAST, CHINESE, COMMAND, MATCHING, SINGLE, deck

LATER = NEVER_CHANGED + 86_400


def test_one_changed_answer_and_one_changed_question_are_exactly_two_updates(tmp_path: Path) -> None:
    first, second = tmp_path / "first.apkg", tmp_path / "second.apkg"
    changed = (replace(SINGLE, prompt="And what does `-P` do?"),
               replace(COMMAND, answer="docker run --detach web"))
    others = tuple(question for question in CAST if question.id not in {SINGLE.id, COMMAND.id})
    export(deck(), first)
    export(deck(*changed, *others, changed={SINGLE.id: LATER, COMMAND.id: LATER}), second)
    with collection(tmp_path) as col:
        take(col, first)
        studied = study(col, 5)
        assert len(studied) == 5
        assert take(col, second) == Imported(new=0, updated=2, duplicate=len(CAST) - 2, conflicting=0)
        assert schedules(col) == studied
        assert "And what does" in col.get_note(col.find_notes(f"Uid:{SINGLE.id}")[0])["Front"]
        assert col.get_note(col.find_notes(f"Uid:{COMMAND.id}")[0])["Answer"] == "docker run --detach web"
        assert problems(col) == []


def test_an_unchanged_deck_updates_nothing_and_keeps_the_users_own_edits(tmp_path: Path) -> None:
    export(deck(), tmp_path / "deck.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "deck.apkg")
        note = col.get_note(col.find_notes(f"Uid:{SINGLE.id}")[0])
        note["Back"] = "my own words"
        col.update_note(note)
        assert take(col, tmp_path / "deck.apkg") == Imported(0, 0, len(CAST), 0)
        assert col.get_note(note.id)["Back"] == "my own words"


def test_a_vanished_question_arrives_as_a_tombstone(tmp_path: Path) -> None:
    first, second = tmp_path / "first.apkg", tmp_path / "second.apkg"
    export(deck(), first)
    export(deck(*CAST[:-1], vanished=(CHINESE,), changed={CHINESE.id: LATER}), second)
    with collection(tmp_path) as col:
        take(col, first)
        assert take(col, second) == Imported(0, 1, len(CAST) - 1, 0)
        stale = col.find_notes("tag:noteproof::stale")
        assert [col.get_note(nid)["Uid"] for nid in stale] == [CHINESE.id]
        assert problems(col) == []


def test_two_libraries_do_not_take_each_others_cards(tmp_path: Path) -> None:
    export(deck(), tmp_path / "one.apkg")
    export(deck(uid="library-2", title="Docker II"), tmp_path / "two.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "one.apkg")
        assert take(col, tmp_path / "two.apkg") == Imported(len(CAST), 0, 0, 0)


def test_a_renamed_deck_keeps_its_cards(tmp_path: Path) -> None:
    export(deck(), tmp_path / "one.apkg")
    export(deck(title="Containers", changed={MATCHING.id: LATER}), tmp_path / "two.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "one.apkg")
        assert take(col, tmp_path / "two.apkg") == Imported(0, 1, len(CAST) - 1, 0)


def test_the_same_deck_gives_the_same_bytes() -> None:
    def digest() -> str:
        file = BytesIO()
        EXPORTERS["anki"].write(deck(), file)
        return hashlib.sha256(file.getvalue()).hexdigest()

    assert digest() == digest()


@pytest.mark.parametrize("wanted", [True, False])
def test_progress_travels_only_when_anki_is_asked_for_it(tmp_path: Path, wanted: bool) -> None:
    day = 86_400_000
    start = 1_790_000_000_000
    reviews = (Review(start, 3, -600, 0, 4_000, 0), Review(start + day, 3, 3, -600, 5_000, 1))
    progress = {SINGLE.id: Progress(due=start // 1000 + 4 * 86_400, interval=3, stability=3.2, difficulty=5.1,
                                    reviews=reviews)}
    export(deck(progress=progress), tmp_path / "progress.apkg")
    with collection(tmp_path) as col:
        take(col, tmp_path / "progress.apkg", scheduling=wanted)
        card = col.get_card(col.find_cards(f"Uid:{SINGLE.id}")[0])
        assert (card.ivl, card.reps, int(card.type)) == ((3, 2, 2) if wanted else (0, 0, 0))
        assert len(col.find_cards("is:new")) == len(CAST) + (0 if wanted else 1)
        if wanted:
            assert card.memory_state is not None
            assert card.memory_state.stability == pytest.approx(3.2)
