"""Pictures of a note over the web: handed in, missing, shown and taken along."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO

from flask import Flask

import models
from models.pictures import HandedPicture, keep_pictures
from tests.exports.test_pictures import NOTE, ONE, TWO, png
from tests.web.conftest import Browser, work
from web.pictures import found


def archive(**members: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in members.items():
            packed.writestr(name.replace("|", "/"), data)
    return file.getvalue()


def hand_in(browser: Browser, *pictures: tuple[str, bytes], note: str = NOTE):
    files = [(BytesIO(data), name) for name, data in pictures]
    more = {"file": (BytesIO(note.encode()), "net.md")} if note else {}
    return browser.post("/c/docker/notes", pictures=files, **more)


def deck_pictures(browser: Browser) -> set[str]:
    with zipfile.ZipFile(BytesIO(browser.get("/c/docker/deck.apkg").data)) as package:
        return set(json.loads(package.read("media")).values())


def test_a_note_comes_with_its_pictures_into_pages_and_decks(app: Flask, grace: Browser) -> None:
    packed = archive(**{"notes|img|net one.png": ONE.data, "notes|net.md": b"# ignored"})
    page = hand_in(grace, ("pictures.zip", packed), ("over.png", TWO.data))
    assert page.status_code == 303
    work(app)
    shown = grace.get(page.location).text
    assert "2 pictures were taken in" in shown
    assert "1 picture of this note was not handed in" in shown
    assert "ports.gif" in shown
    assert {ONE.name} <= deck_pictures(grace) <= {ONE.name, TWO.name}
    with app.app_context():
        course = models.course_by_slug("docker")
        card = next(row.question_id for row in models.askable_questions(course.id)
                    if [one["file"] for one in row.content.get("pictures", ())] == ["img/net one.png"])
    framed = grace.get(f"/c/docker/deck/cards/{card}?side=back")
    address = re.search(r'src="(/c/docker/pictures/[^"]+)"', framed.text)
    assert address
    assert "img-src 'self'" in framed.headers["Content-Security-Policy"]
    assert address[1] in grace.get(f"/c/docker/bank?q={card}").text  # whoever reviews the question sees it too
    picture = grace.get(address[1])
    assert (picture.data, picture.mimetype) == (ONE.data, "image/png")
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in picture.headers["Content-Security-Policy"]


def test_a_missing_picture_can_follow_alone(app: Flask, grace: Browser) -> None:
    page = hand_in(grace)
    work(app)
    assert "img/net one.png" in grace.get(page.location).text
    assert deck_pictures(grace) == set()
    assert hand_in(grace, ("net one.png", ONE.data), note="").status_code == 303
    assert "1 picture was taken in" in grace.get("/c/docker/notes").text
    assert deck_pictures(grace) == {ONE.name}


def test_what_is_no_picture_is_named_and_not_kept(app: Flask, grace: Browser) -> None:
    hand_in(grace, ("evil.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), ("page.png", b"<html>"),
            ("torn.zip", b"PK\x03\x04 torn"), note="")
    said = grace.get("/c/docker/notes").text
    assert all(name in said for name in ("evil.svg", "page.png", "torn.zip"))
    with app.app_context():
        assert models.picture_names(models.course_by_slug("docker").id) == {}


def test_more_than_there_is_room_for_is_refused(app: Flask, grace: Browser) -> None:
    bomb = archive(**{f"{number}.png": png(1) + bytes(4_900_000) for number in range(7)})
    with zipfile.ZipFile(BytesIO(bomb)) as stored:
        squeezed = BytesIO()
        with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as small:
            for name in stored.namelist():
                small.writestr(name, stored.read(name))
    hand_in(grace, ("bomb.zip", squeezed.getvalue()), note="")
    assert "bomb.zip is no zip archive that can be read" in grace.get("/c/docker/notes").text
    assert hand_in(grace, ("huge.zip", bytes(26_000_000)), note="").status_code == 413


def test_a_picture_belongs_to_its_course_and_only_instructors_bring_one(app: Flask, grace: Browser, visitor: Browser) -> None:
    with app.app_context():
        other = models.create_course("Other")
        keep_pictures(other.id, {"x.png": HandedPicture(ONE.name, ONE.data)})
    assert grace.get(f"/c/docker/pictures/{ONE.name}").status_code == 404
    assert visitor.get(f"/c/{other.slug}/pictures/{ONE.name}").status_code == 200
    assert hand_in(visitor, ("x.png", ONE.data), note="").status_code in (302, 303, 403, 404)
    with app.app_context():
        assert models.picture_names(models.course_by_slug("docker").id) == {}


def test_a_path_finds_its_picture_with_folders_or_without() -> None:
    names = {"a/x.png": "one", "b/x.png": "two", "y.png": "three", "notes/img/z.png": "four"}
    assert found(names, "a/x.png") == "one"
    assert found(names, "c/x.png") == ""
    assert found(names, "img/y.png") == "three"
    assert found(names, "img/z.png") == "four"
