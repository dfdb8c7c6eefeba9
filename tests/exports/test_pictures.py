"""Pictures: from the note into questions, and with them into files and back."""

from __future__ import annotations

import json
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.export import export
from exports import EXPORTERS, Deck
from exports.importers import IMPORTERS
from exports.pictures import MAX_PICTURE, Media, PictureError, read_picture
from notes import read_note
from quizzes.generate import generate
from quizzes.questions import Picture
from tests.exports.ankiworld import collection, problems, take
from tests.exports.cast import CLOZE, PRACTICAL, SINGLE, TRUE, deck

NOTE = """\
# Networks

## Bridges

The **bridge** network is a private network inside the host.

![The "bridge" {{c1::x}}](img/net%20one.png)

- `docker run -P web`: publish every exposed port on a random port of the host <img src="ports.gif" alt="ports">
- `docker run -p 8080:80 web`: publish port 80 of the container on port 8080 of the host
- `docker network rm`: remove a network ![far](https://example.org/far.png) ![in the page](data:image/png;base64,AAAA)
- `docker network ls`: list all networks of the engine

Figure 1 shows the **overlay** network, which joins several hosts.

![](over.png)
"""


def png(shade: int) -> bytes:
    """Make a picture of one pixel."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(bytes((0, shade, shade, shade)))),
             (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts)


ONE, TWO = read_picture(png(1)), read_picture(png(2))
SHOWN = (Picture("img/net.png", 'a "b" {{c1::c}} <d>', asked=True), Picture("why.png", "为什么"))


def illustrated(**media: Media) -> Deck:
    asked = [replace(question, pictures=SHOWN) for question in (SINGLE, CLOZE, TRUE, PRACTICAL)]
    where = {(question.source.file, file.replace("|", "/")): one for question in asked for file, one in media.items()}
    return replace(deck(*asked), media=where)


BOTH = {"img/net.png": ONE, "why.png": TWO}


def written(name: str, what: Deck) -> tuple[bytes, list[str]]:
    file = BytesIO()
    report = EXPORTERS[name].write(what, file)
    return file.getvalue(), [remark.reason for remark in report.remarks]


def test_a_picture_belongs_to_the_passage_it_stands_in_or_behind():
    reading = read_note("net.md", NOTE.encode())
    assert [(one.file, one.alt, one.lines) for one in reading.pictures] == [
        ("img/net one.png", 'The "bridge" {{c1::x}}', (5, 5)), ("ports.gif", "ports", (9, 9)), ("over.png", "", (14, 14)),
    ]
    questions = generate([reading]).questions
    of_bridge = [question for question in questions if question.source.lines == (5, 5)]
    assert of_bridge
    assert all(question.pictures == (Picture("img/net one.png", 'The "bridge" {{c1::x}}'),) for question in of_bridge)
    elsewhere = [question for question in questions if question.source.lines[0] in (10, 11, 12) and len(question.facts) == 1]
    assert elsewhere
    assert all(question.pictures == () for question in elsewhere)


def test_a_note_without_pictures_gives_questions_as_before():
    plain = [question.to_dict() for question in generate([read_note("net.md", b"- `docker ps`: list containers\n")]).questions]
    assert all("pictures" not in row for row in plain)


def test_anki_shows_each_picture_on_its_side(tmp_path: Path):
    data, remarks = written("anki", illustrated(**BOTH))
    assert remarks == []
    (tmp_path / "deck.apkg").write_bytes(data)
    with collection(tmp_path) as col:
        take(col, tmp_path / "deck.apkg")
        assert problems(col) == []
        assert sorted(path.name for path in Path(col.media.dir()).iterdir()) == sorted([ONE.name, TWO.name])
        assert (Path(col.media.dir()) / ONE.name).read_bytes() == ONE.data
        checked = col.media.check()
        assert (list(checked.missing), list(checked.unused)) == ([], [])
        for card in map(col.get_card, col.find_cards("")):
            front, back = card.question(), card.answer()
            assert f'src="{ONE.name}"' in front
            assert TWO.name not in front
            assert f'src="{TWO.name}"' in back


def test_a_changed_picture_is_another_file_and_one_shown_twice_is_one():
    first, _ = written("anki", illustrated(**BOTH))
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert json.loads(archive.read("media")) == {"0": ONE.name, "1": TWO.name}
    again, _ = written("anki", illustrated(**BOTH))
    changed, _ = written("anki", illustrated(**{**BOTH, "why.png": read_picture(png(3))}))
    assert first == again != changed


@pytest.mark.parametrize("name", ["anki", "moodle-xml", "qti", "html"])
def test_a_missing_picture_is_told(name: str):
    _, remarks = written(name, illustrated(**{"img/net.png": ONE}))
    assert sum("why.png is missing or cannot" in remark for remark in remarks) == 4
    assert not any("img/net.png" in remark for remark in remarks)


@pytest.mark.parametrize("name", ["gift", "csv", "tsv", "markdown", "json"])
def test_a_format_without_pictures_says_so(name: str):
    _, remarks = written(name, illustrated(**BOTH))
    assert sum("picture" in remark for remark in remarks) >= 6  # GIFT holds no cloze of two gaps


@pytest.mark.parametrize("name", ["moodle-xml", "qti"])
def test_questions_with_pictures_come_back(name: str):
    data, _ = written(name, illustrated(**BOTH))
    read = IMPORTERS[name](data, "file")
    kept = [question for question in (SINGLE, CLOZE, TRUE, PRACTICAL) if name != "qti" or question is not PRACTICAL]
    assert [(one.id, one.prompt, one.explanation, one.source) for one in read.questions] == [
        (one.id, one.prompt, one.explanation, one.source) for one in kept]
    assert all(question.pictures == SHOWN for question in read.questions)


def test_moodle_finds_the_bytes_beside_the_text():
    data, _ = written("moodle-xml", illustrated(**BOTH))
    for part, media in (("questiontext", ONE), ("generalfeedback", TWO)):
        found = ET.fromstring(data).findall(f"question/{part}")
        attached = [row for row in found if row.find("file") is not None]
        assert len(attached) == 4
        for row in attached:
            assert f"@@PLUGINFILE@@/{media.name}" in (row.findtext("text") or "")
            assert b64decode(row.findtext("file") or "") == media.data


def test_a_qti_package_names_its_pictures_in_the_manifest():
    data, _ = written("qti", illustrated(**BOTH))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {name for name in archive.namelist() if name.startswith("media/")} == {f"media/{one.name}" for one in (ONE, TWO)}
        assert archive.read(f"media/{ONE.name}") == ONE.data
        named = [row.get("href") for row in ET.fromstring(archive.read("imsmanifest.xml")).iter() if row.tag.endswith("}file")]
        assert set(archive.namelist()) - {"imsmanifest.xml"} == set(named)


def test_a_picture_is_known_by_its_bytes_and_not_by_its_name():
    assert ONE.name.endswith(".png")
    assert read_picture(b"\xff\xd8\xff\xe0....").media_type == "image/jpeg"
    assert read_picture(b"GIF89a....").media_type == "image/gif"
    assert read_picture(b"RIFF\x00\x00\x00\x00WEBPVP8 ").media_type == "image/webp"
    for data in (b"", b"<svg onload='x'>", b"<html>", b"MZ"):
        with pytest.raises(PictureError, match="no PNG"):
            read_picture(data)
    with pytest.raises(PictureError, match="larger than 5 MB"):
        read_picture(ONE.data + bytes(MAX_PICTURE))


def test_the_command_takes_pictures_from_the_notes_folder_and_from_nowhere_else(tmp_path: Path):
    notes = tmp_path / "notes"
    (notes / "img").mkdir(parents=True)
    (notes / "img" / "net one.png").write_bytes(ONE.data)
    (notes / "ports.gif").write_text("<svg onload='x'>")
    (tmp_path / "secret.png").write_bytes(TWO.data)
    (notes / "over.png").symlink_to(tmp_path / "secret.png")
    (notes / "net.md").write_text(NOTE, encoding="utf-8")
    done = CliRunner().invoke(export, [str(notes / "net.md"), "-o", str(tmp_path / "deck.apkg")],
                              env={"NOTEPROOF_INSTANCE": str(tmp_path / "instance")})
    assert done.exit_code == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "deck.apkg") as archive:
        assert list(json.loads(archive.read("media")).values()) == [ONE.name]
    if "over.png" in done.stderr:
        assert "picture over.png lies outside the folder" in done.stderr
