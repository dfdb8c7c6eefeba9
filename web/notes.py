"""The instructor's notes: handing one in, watching its import, reading it with what was asked and what was not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from models.bank import BankQuestion
from models.base import clock, db
from models.courses import Course, courses, create_course
from models.jobs import IMPORT_NOTE, job_about, queue_position
from models.notes import Note, add_note, clean_file, note_by_id, note_versions, notes_of
from notes import NoteError
from notes.repair import decode
from notes.text import language_of
from web import pictures
from web.identity import course_or_404, instructor_only
from web.rendering import Line, note_lines
from web.security import MAX_NOTE
from web.showing import engine_now

bp = Blueprint("notes", __name__)

SUFFIXES = (".md", ".markdown", ".mdown", ".txt")


@dataclass(frozen=True)
class HandedIn:
    """A note as it came with the form."""

    file: str
    data: bytes
    pasted: bool


@dataclass(frozen=True)
class Marked:
    """One line of a note and what became of it."""

    line: Line
    asked: int  # questions that come from it
    fact: bool  # it states something
    suspicions: tuple[dict[str, object], ...]  # those that begin here
    room: int  # lines a remark may stand beside


@bp.get("/notes")
@instructor_only
def new_course() -> ResponseReturnValue:
    """Show the form that makes a course of a first note."""
    return _upload_form(None)


@bp.post("/notes")
@instructor_only
def create() -> ResponseReturnValue:
    """Make a course and hand its first note in."""
    given, shown = _handed_in(), pictures.handed_in()
    problem = _problem(given)
    if given is None or problem:
        return _upload_form(None, problem), 422
    text = decode(given.file, given.data, MAX_NOTE)
    title = request.form.get("title", "").strip()[:120] or _title(given.file, text)
    course = create_course(title, language_of(text[:20_000]))
    _keep(course, shown)
    return redirect(url_for("notes.show", slug=course.slug, note=add_note(course.id, given.file, given.data).id), 303)


@bp.get("/c/<slug>/notes")
@instructor_only
def index(slug: str) -> ResponseReturnValue:
    """List the notes of a course, with the form for another."""
    return _upload_form(course_or_404(slug))


@bp.post("/c/<slug>/notes")
@instructor_only
def upload(slug: str) -> ResponseReturnValue:
    """Hand a note in, or a new version of one, with its pictures or without; or pictures alone."""
    course, given, shown = course_or_404(slug), _handed_in(), pictures.handed_in()
    if given is None and (shown.kept or shown.refused):
        _keep(course, shown)
        return redirect(url_for("notes.index", slug=slug), 303)
    problem = _problem(given)
    if given is None or problem:
        return _upload_form(course, problem), 422
    _keep(course, shown)
    return redirect(url_for("notes.show", slug=slug, note=add_note(course.id, given.file, given.data).id), 303)


@bp.get("/c/<slug>/notes/<int:note>")
@instructor_only
def show(slug: str, note: int) -> ResponseReturnValue:
    """Show one version of a note: its import, then its lines with what was asked of them."""
    course, found = _note_or_404(slug, note)
    return render_template("notes/show.html", **_note_page(course, found))


@bp.get("/c/<slug>/notes/<int:note>/state")
@instructor_only
def state(slug: str, note: int) -> ResponseReturnValue:
    """Give the part of the page that says how far the import is; once it is done the page is loaded anew."""
    course, found = _note_or_404(slug, note)
    response = make_response(render_template("notes/state.html", **_state(course, found)))
    response.headers["Cache-Control"] = "no-store"
    if found.state in ("done", "failed"):
        response.headers["HX-Refresh"] = "true"
    return response


@bp.get("/c/<slug>/notes/<int:note>/source")
@instructor_only
def source(slug: str, note: int) -> ResponseReturnValue:
    """Give the bytes as they were handed in, as a download: never shown as a page."""
    _course, found = _note_or_404(slug, note)
    response = make_response(found.data)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename=found.file)
    return response


def _keep(course: Course, shown: pictures.Handed) -> None:
    """Store pictures and say what became of them on the next page."""
    pictures.keep(course, shown)
    if shown.kept:
        flash(ngettext("%(num)d picture was taken in.", "%(num)d pictures were taken in.", len(shown.kept)), "right")
    for sentence in shown.refused[:10]:
        flash(sentence, "partly")


def _handed_in() -> HandedIn | None:
    """Read the form; a file wins over pasted text. None when there is neither."""
    file = request.files.get("file")
    if file and file.filename:
        with file.stream:  # large files lie in a temporary one until it is closed
            return HandedIn(clean_file(file.filename), file.read(), False)
    text = request.form.get("text", "")
    if not text:
        return None
    name = clean_file(request.form.get("name", "").strip() or "note.md")
    named = name if name.lower().endswith(SUFFIXES) else f"{name}.md"
    return HandedIn(named, text.replace("\r\n", "\n").encode("utf-8", "replace"), True)


def _problem(given: HandedIn | None) -> str:
    """Say what is wrong with what was handed in; "" when it can be read."""
    if given is None:
        return _("Choose a file or paste a text first.")
    if not given.file.lower().endswith(SUFFIXES):
        return _("%(file)s is not a Markdown file. Hand in a .md or .txt file, or paste the text.", file=given.file)
    try:
        decode(given.file, given.data, MAX_NOTE)
    except NoteError as error:
        return note_sentence(error)
    return ""


def note_sentence(error: NoteError) -> str:
    """Say in the page's language why a note cannot be read, with file and line."""
    where = _("%(file)s, line %(line)s", file=error.file, line=error.line) if error.line else error.file
    if error.problem == "large":
        return _("%(where)s is too large: a note has at most %(limit)s MB. Split it by chapter.",
                 where=where, limit=MAX_NOTE // 1_000_000)
    if error.problem == "binary":
        return _("%(where)s: this is a binary file. Hand in a Markdown text saved as UTF-8.", where=where)
    if error.problem == "encoding":
        return _("%(where)s: the text is not UTF-8. Save the note as UTF-8 and hand it in again.", where=where)
    return _("%(where)s is empty. Write something into it and hand it in again.", where=where)


def _title(file: str, text: str) -> str:
    """Name a course after the first heading of its first note, else after the file."""
    heading = next((line.lstrip("#").strip() for line in text.split("\n") if line.startswith("# ")), "")
    return (heading.replace("`", "") or file.rsplit(".", 1)[0])[:120]


def _upload_form(course: Course | None, problem: str = "") -> str:
    return render_template(
        "notes/index.html", course=course, notes=notes_of(course.id) if course else (), problem=problem,
        courses=courses(), form=request.form, limit=MAX_NOTE,
    )


def _note_or_404(slug: str, number: int) -> tuple[Course, Note]:
    course, note = course_or_404(slug), note_by_id(number)
    if note is None or note.course_id != course.id:
        abort(404)
    return course, note


def _state(course: Course, note: Note) -> dict[str, object]:
    job, now = job_about(IMPORT_NOTE, note.id), clock()
    place = queue_position(job, now=now) if job and job.state in ("new", "run") else None
    return {"course": course, "note": note, "job": job, "place": place, "workers": engine_now().workers}


def _note_page(course: Course, note: Note) -> dict[str, object]:
    rows = db.session.scalars(
        select(BankQuestion).where(BankQuestion.course_id == course.id, BankQuestion.change != "vanished")
        .order_by(BankQuestion.position)
    ).all()
    questions = [row for row in rows if row.snapshot["source"]["file"] == note.file]
    marked = marked_lines(note, questions) if note.state == "done" else []
    stating = [each for each in marked if each.fact or each.asked]
    return {
        **_state(course, note), "questions": questions, "marked": marked, "versions": note_versions(course.id, note.file),
        "unasked": spans(each.line.number for each in stating if not each.asked and not each.line.blank),
        "pictureless": pictures.missing(course, (row.content for row in questions)),
        "doubted": sum(1 for row in questions if row.doubt),
        "stating": len(stating), "asked": sum(1 for each in stating if each.asked),
        "waiting": sum(1 for row in questions if row.status == "new"),
    }


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Join rising line numbers that follow each other: 3, 4, 5, 9 are the spans 3 to 5 and 9 to 9."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def marked_lines(note: Note, questions: list[BankQuestion]) -> list[Marked]:
    """Give each line of a note with the number of questions that come from it and what looks wrong in it."""
    asked = [tuple(row.snapshot["source"]["lines"]) for row in questions]
    stated = set(note.coverage.get("read_only", ()))
    wrong = sorted({one["lines"][0] for one in note.suspicions})
    return [
        Marked(line, sum(a <= line.number <= b for a, b in asked), line.number in stated,
               tuple(one for one in note.suspicions if one["lines"][0] == line.number), _room(line.number, wrong))
        for line in note_lines(note.text)
    ]


def _room(number: int, remarked: list[int]) -> int:
    """Count the lines beside which a remark has room before the next one, at most 4."""
    following = next((other for other in remarked if other > number), number + 4)
    return min(4, following - number)
