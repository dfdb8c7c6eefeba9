"""The deck of a course: what is in it, how to import it, and the file in each format there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports import EXPORTERS, Deck, ExportError
from models.bank import BankQuestion, askable_questions, changed_times
from models.courses import Course
from notes.facts import Language
from quizzes.questions import Question
from web.asking import ask, in_order
from web.identity import course_or_404

bp = Blueprint("decks", __name__, url_prefix="/c/<slug>")

PREVIEWED = 6


@bp.get("/deck")
def show(slug: str) -> ResponseReturnValue:
    """Show what the deck holds and how to take it along."""
    course = course_or_404(slug)
    rows = askable_questions(course.id)
    kinds = Counter(row.kind for row in rows)
    return render_template(
        "decks/show.html", course=course, total=len(rows), kinds={kind: kinds[kind] for kind in in_order(kinds)},
        proved=sum(1 for row in rows if row.content.get("evidence")), exporters=EXPORTERS,
        cards=[ask(row.content) for row in _preview(rows)],
    )


@bp.get("/deck.<suffix>")
def download(slug: str, suffix: str) -> ResponseReturnValue:
    """Give the file; /c/docker/deck.apkg."""
    course = course_or_404(slug)
    exporter = next((each for each in EXPORTERS.values() if each.suffix == f".{suffix}"), None)
    if exporter is None:
        abort(404)
    return _file(course, exporter.name)


@bp.get("/deck/<name>")
def download_as(slug: str, name: str) -> ResponseReturnValue:
    """Give the file in the format of this name, for formats that share a suffix."""
    course = course_or_404(slug)
    if name not in EXPORTERS:
        abort(404)
    return _file(course, name)


def _file(course: Course, name: str) -> ResponseReturnValue:
    exporter, file = EXPORTERS[name], BytesIO()
    try:
        exporter.write(deck_of(course), file)
    except ExportError:
        flash(_("There is nothing to export yet: no question of this course fits the format."))
        return redirect(url_for("decks.show", slug=course.slug), 303)
    file.seek(0)
    return send_file(file, mimetype=exporter.media_type, as_attachment=True,
                     download_name=f"{course.slug}{exporter.suffix}")


def deck_of(course: Course) -> Deck:
    """Make the deck of a course: everything that may be asked, known to Anki by the course's slug, which never changes."""
    questions = tuple(Question.from_dict(row.content) for row in askable_questions(course.id))
    language: Language = "zh" if course.language == "zh" else "en"
    return Deck(title=course.title, language=language, questions=questions, uid=course.slug,
                changed=changed_times(course.id))


def _preview(rows: Sequence[BankQuestion]) -> list[BankQuestion]:
    """Give the first card of each kind, then more of the first kinds until there are enough."""
    first: dict[str, BankQuestion] = {}
    for row in rows:
        first.setdefault(row.kind, row)
    others = [row for row in rows if row not in first.values()]
    return [*first.values(), *others][:PREVIEWED]
