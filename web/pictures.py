"""The pictures of notes: taken in with a note, found for a question, given to the browser."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from exports.importers.archives import TORN
from exports.pictures import MAX_PICTURE, Media, PictureError, read_picture
from models.courses import Course
from models.pictures import HandedPicture, keep_pictures, picture_bytes, picture_names
from notes.pictures import local_file
from web.identity import course_or_404
from web.security import MAX_PICTURES

bp = Blueprint("pictures", __name__, url_prefix="/c/<slug>")

MAX_FILES = 200
#: What a browser may do with a picture that is opened by itself.
ALONE = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class Handed:
    """The pictures of a form."""

    kept: dict[str, HandedPicture]
    refused: tuple[str, ...]  # a sentence each


@dataclass(frozen=True)
class Shown:
    """A picture on a page."""

    address: str
    alt: str


@bp.get("/pictures/<name>")
def show(slug: str, name: str) -> ResponseReturnValue:
    """Give one picture by its name; what it is was told from its bytes, and a name never gets other bytes."""
    data = picture_bytes(course_or_404(slug).id, [name]).get(name)
    if data is None:
        abort(404)
    response = Response(data, mimetype=Media(name, data).media_type)
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def handed_in() -> Handed:
    """Read the pictures of a form: files, or zip archives of them."""
    kept: dict[str, HandedPicture] = {}
    refused: list[str] = []
    for file, data in _files(refused):
        if len(kept) + len(refused) >= MAX_FILES:
            refused.append(_("More than %(most)s pictures: the rest was left out.", most=MAX_FILES))
            break
        try:
            media = read_picture(data)
        except PictureError:
            refused.append(_("%(file)s is no PNG, JPEG, GIF or WebP picture of at most %(limit)s MB.", file=file,
                             limit=MAX_PICTURE // 1_000_000))
        else:
            kept[file] = HandedPicture(media.name, media.data)
    return Handed(kept, tuple(refused))


def _files(refused: list[str]) -> Iterator[tuple[str, bytes]]:
    for upload in request.files.getlist("pictures"):
        name = local_file((upload.filename or "").replace(":", "_"))[-200:]
        if not name:
            continue
        if not name.lower().endswith(".zip"):
            yield name.rsplit("/", 1)[-1], upload.read(MAX_PICTURE + 1)
            continue
        try:
            yield from _unpacked(upload)
        except TORN:
            refused.append(_("%(file)s is no zip archive that can be read.", file=name))


def _unpacked(upload: FileStorage) -> Iterator[tuple[str, bytes]]:
    # Nothing is unpacked to disk, and no size that an archive claims is believed.
    room = MAX_PICTURES
    with zipfile.ZipFile(BytesIO(upload.read())) as archive:
        for entry in archive.infolist()[: 5 * MAX_FILES]:
            path = local_file(entry.filename.replace(":", "_"))
            if entry.is_dir() or path.startswith(("__MACOSX/", "..", "/")) or path.lower().endswith((".md", ".txt")):
                continue
            with archive.open(entry) as packed:
                data = packed.read(MAX_PICTURE + 1)
            room -= len(data)
            if room < 0:
                raise ValueError("the archive unpacks to more than may be handed in")
            yield path[-200:], data


def keep(course: Course, handed: Handed) -> None:
    """Store the pictures of a form."""
    if handed.kept:
        keep_pictures(course.id, handed.kept)


def found(names: Mapping[str, str], file: str) -> str:
    """Give the name of the picture a note calls `file`; "" when there is none, or none can be told from the others.

    A browser hands files in without their folders, and an archive may have one folder around all.
    """
    if file in names:
        return names[file]
    last = file.rsplit("/", 1)[-1]
    alike = {name for path, name in names.items() if path.rsplit("/", 1)[-1] == last}
    return alike.pop() if len(alike) == 1 else ""


def missing(course: Course, questions: Iterable[Mapping[str, Any]]) -> list[str]:
    """Give the pictures that questions would show and nobody has handed in."""
    wanted = dict.fromkeys(one["file"] for question in questions for one in question.get("pictures", ()))
    names = picture_names(course.id) if wanted else {}
    return [file for file in wanted if not found(names, file)]


def shown(course: Course, question: Mapping[str, Any], asked: bool) -> list[Shown]:
    """Give the pictures there are for a question's prompt (`asked`), or else for its explanation."""
    wanted = [one for one in question.get("pictures", ()) if one["asked"] == asked]
    names = picture_names(course.id) if wanted else {}
    pairs = ((found(names, one["file"]), one["alt"]) for one in wanted)
    return [Shown(url_for("pictures.show", slug=course.slug, name=name), alt) for name, alt in pairs if name]


def media_of(course: Course, questions: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Media]:
    """Give the pictures of questions for a deck."""
    wanted = {(question["source"]["file"], one["file"]) for question in questions for one in question.get("pictures", ())}
    names = picture_names(course.id) if wanted else {}
    named = {key: name for key in wanted if (name := found(names, key[1]))}
    data = picture_bytes(course.id, set(named.values())) if named else {}
    return {key: Media(name, data[name]) for key, name in named.items()}
