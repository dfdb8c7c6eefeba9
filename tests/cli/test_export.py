"""./run export as an Anki user meets it: write, change, write again, import."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.export import export
from tests.exports.ankiworld import Imported, collection, problems, schedules, study, take
from tests.exports.cast import CAST, CHINESE, COMMAND, SINGLE

ROOT = Path(__file__).resolve().parents[2]
NOTE = """\
# Ports

## Opening

- `docker run -p 8080:80 web`: publish port 80 of the container on port 8080 of the host
- `docker run -P web`: publish every exposed port on a random port of the host
- `docker port web`: list the ports that are really open

## Volumes

- `docker volume create data`: make a volume
- `docker volume ls`: list all volumes
- `docker volume rm data`: remove a volume
"""


class Desk:
    """A folder with files in it, and the command."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said, self.status = folder, "", 0

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def bank(self, *questions: dict[str, object]) -> None:
        self.write("bank.json", json.dumps({"version": 1, "questions": questions}))

    def export(self, *arguments: str, output: str = "deck.apkg", instance: str = "instance") -> Path:
        named = [str(self.folder / each) if (self.folder / each).exists() else each for each in arguments]
        done = CliRunner().invoke(export, [*named, "-o", str(self.folder / output)],
                                  env={"NOTEPROOF_INSTANCE": str(self.folder / instance)})
        self.said, self.status = done.stderr, done.exit_code
        return self.folder / output


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def rows(**changed: dict[str, object]) -> list[dict[str, object]]:
    """Give the cast as a bank holds it, some of it changed."""
    return [{**question.to_dict(), **changed.get(question.id, {})} for question in CAST]


@pytest.mark.parametrize("remembered", [True, False], ids=["remembered", "--update"])
def test_one_answer_and_one_question_changed_are_exactly_two_updates(desk: Desk, tmp_path: Path, remembered: bool) -> None:
    desk.bank(*rows())
    first = desk.export("bank.json", output="first.apkg")
    assert desk.status == 0, desk.said
    changed = {SINGLE.id: {"prompt": "And what does `-P` do?"}, COMMAND.id: {"answer": "docker run --detach web"}}
    desk.bank(*rows(**changed))
    second = desk.export("bank.json", *([] if remembered else ["--update", "first.apkg"]), output="second.apkg",
                         instance="instance" if remembered else "another machine")
    assert "since the earlier deck: 0 new, 2 changed, 0 gone" in desk.said
    with collection(tmp_path) as col:
        take(col, first)
        studied = study(col, 5)
        assert len(studied) == 5
        assert take(col, second) == Imported(new=0, updated=2, duplicate=len(CAST) - 2, conflicting=0)
        assert schedules(col) == studied
        assert "And what does" in col.get_note(col.find_notes(f"Uid:{SINGLE.id}")[0])["Front"]
        assert problems(col) == []


def test_an_unchanged_note_updates_nothing_even_when_its_lines_move(desk: Desk, tmp_path: Path) -> None:
    desk.write("ports.md", NOTE)
    first = desk.export("ports.md", output="first.apkg")
    again = desk.export("ports.md", output="again.apkg")
    assert first.read_bytes() == again.read_bytes()
    desk.write("ports.md", NOTE.replace("# Ports\n", "# Ports\n\nSome words on what comes below.\n"))
    os.utime(desk.folder / "ports.md", (2_000_000_000, 2_000_000_000))
    moved = desk.export("ports.md", output="moved.apkg")
    with collection(tmp_path) as col:
        count = take(col, first).new
        assert count > 5
        assert take(col, again) == take(col, moved) == Imported(0, 0, count, 0)


def test_a_line_added_to_a_note_leaves_the_other_cards_as_they_are(desk: Desk, tmp_path: Path) -> None:
    desk.write("ports.md", NOTE)
    desk.export("ports.md", output="first.apkg")
    desk.write("ports.md", NOTE + "- `docker volume prune`: remove all volumes without a container\n")
    desk.export("ports.md", output="second.apkg")
    new, changed, gone = map(int, re.findall(r"(\d+) new, (\d+) changed, (\d+) gone", desk.said)[0])
    assert new
    assert (changed, gone) == (0, 0)


def test_a_vanished_question_arrives_as_a_tombstone_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    desk.write("ports.md", NOTE)
    first = desk.export("ports.md", output="first.apkg")
    desk.write("ports.md", NOTE.replace("- `docker volume rm data`: remove a volume\n", ""))
    second = desk.export("ports.md", output="second.apkg")
    gone = int(re.findall(r"(\d+) gone", desk.said)[0])
    assert gone
    third = desk.export("ports.md", output="third.apkg")
    assert "0 new, 0 changed, 0 gone" in desk.said
    desk.write("ports.md", NOTE)
    back = desk.export("ports.md", output="back.apkg")
    with collection(tmp_path) as col:
        take(col, first)
        take(col, second)
        stale = [col.get_note(nid) for nid in col.find_notes("tag:noteproof::stale")]
        assert len(stale) == gone
        assert all("removed from its bank" in note["Back"] for note in stale)
        assert problems(col) == []
        assert take(col, third).updated == 0
        take(col, back)
        assert len(col.find_notes("tag:noteproof::stale")) < gone


def test_only_what_changed_is_written_when_asked_for(desk: Desk, tmp_path: Path) -> None:
    desk.bank(*rows())
    desk.export("bank.json", output="first.apkg")
    nothing = desk.export("bank.json", "--only-changed", output="nothing.apkg")
    assert (desk.status, nothing.exists()) == (0, False)
    assert "Nothing changed" in desk.said
    desk.bank(*rows(**{SINGLE.id: {"explanation": "Otherwise."}})[:-1])
    second = desk.export("bank.json", "--only-changed", output="second.apkg")
    with collection(tmp_path) as col:
        take(col, desk.folder / "first.apkg")
        assert take(col, second) == Imported(new=0, updated=2, duplicate=0, conflicting=0)
        assert [col.get_note(nid)["Uid"] for nid in col.find_notes("tag:noteproof::stale")] == [CHINESE.id]


def test_kinds_and_topics_choose_and_bury_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.bank(*rows())
    desk.export("bank.json", output="first.apkg")
    few = desk.export("bank.json", "--kind", "cloze", "--kind", "command", output="few.apkg")
    with collection(tmp_path) as col:
        assert take(col, few) == Imported(2, 0, 0, 0)
        assert col.find_notes("tag:noteproof::stale") == []
    desk.export("bank.json", "--topic", "停止 容器", output="topic.apkg")
    assert "1 written" in desk.said
    desk.export("bank.json", "--topic", "Nowhere", output="none.apkg")
    assert (desk.status, "Headings: Ports, Shipping" in desk.said) == (2, True)


def test_two_notes_of_one_name_do_not_bury_each_other(desk: Desk, tmp_path: Path) -> None:
    for folder, text in (("one", NOTE), ("two", NOTE.replace("volume", "network"))):
        (desk.folder / folder).mkdir()
        desk.write(f"{folder}/README.md", text)
        desk.export(f"{folder}/README.md", output=f"{folder}.apkg")
        assert "gone" not in desk.said or " 0 gone" in desk.said


def test_the_command_itself_writes_a_deck(desk: Desk) -> None:
    desk.write("ports.md", NOTE)
    done = subprocess.run(
        [sys.executable, "-m", "cli", "export", desk.folder / "ports.md", "-o", desk.folder / "deck.apkg"], cwd=ROOT,
        capture_output=True, text=True, env={**os.environ, "NOTEPROOF_INSTANCE": str(desk.folder / "instance")})
    assert done.returncode == 0, done.stderr
    assert zipfile.is_zipfile(desk.folder / "deck.apkg")


def test_what_cannot_be_followed_is_said(desk: Desk) -> None:
    desk.bank(*rows())
    desk.write("old.apkg", "no deck")
    desk.export("bank.json", "--update", "old.apkg")
    assert (desk.status, "old.apkg: not a deck that an earlier export wrote" in desk.said) == (2, True)
    desk.export("bank.json", "--update", "old.apkg", "--format", "gift", output="deck.gift")
    assert (desk.status, "--format anki" in desk.said) == (2, True)


def test_a_lost_memory_says_so_and_still_writes(desk: Desk) -> None:
    desk.bank(*rows())
    desk.export("bank.json")
    shutil.rmtree(desk.folder / "instance")
    desk.write("instance", "a file where the folder was")
    deck = desk.export("bank.json")
    assert (desk.status, deck.exists()) == (0, True)
    assert "needs --update with this one" in desk.said
