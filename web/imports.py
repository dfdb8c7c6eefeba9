"""Files that come back: questions for the bank, and the reviews a learner made in Anki."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from exports.importers import IMPORTERS, Imported, ReadError, importer_for
from exports.importers.anki_history import of_questions, read_history
from models.bank import askable_ids
from models.courses import Course
from models.merging import import_questions
from models.people import Person
from models.recalls import CardRecall, store_recalls
from web.filters import say
from web.identity import course_or_404, instructor, instructor_only, learner

bp = Blueprint("imports", __name__, url_prefix="/c/<slug>/import")

SUFFIXES = ".json,.yaml,.yml,.xml,.gift,.txt,.zip"
SHOWN = 20  # questions left out that are named


@bp.get("")
def show(slug: str) -> ResponseReturnValue:
    """Show what can be brought along."""
    return _page(course_or_404(slug))


def _page(course: Course, problem: str = "", read: Imported | None = None) -> str:
    left_out = read.left_out if read else ()
    return render_template("imports/show.html", course=course, me=_reviewer(course), problem=problem, suffixes=SUFFIXES,
                           left_out=left_out[:SHOWN], more=max(0, len(left_out) - SHOWN))


@bp.post("/questions")
@instructor_only
def questions(slug: str) -> ResponseReturnValue:
    """Put the questions of a file into the bank, to be reviewed there."""
    course = course_or_404(slug)
    file = request.files.get("file")
    name = importer_for(file.filename or "") if file else ""
    if not file or not name:
        return _page(course, _("Choose a file of questions: JSON, YAML, Moodle XML (.xml), GIFT (.gift) or QTI 2.1 (.zip).")), 422
    try:
        read = IMPORTERS[name](file.read(), file.filename or "")
    except ReadError as error:
        return _page(course, say(error.sentence)), 422
    merge = import_questions(course.id, [question.to_dict() for question in read.questions])
    flash(_("%(new)s new, %(changed)s changed, %(same)s as they were, %(left)s left out.", new=len(merge.new),
            changed=len(merge.changed), same=merge.same, left=len(read.left_out)), "right" if read.questions else "partly")
    if read.left_out:
        return _page(course, read=read)
    return redirect(url_for("bank.show", slug=slug), 303)


@bp.post("/reviews")
def reviews(slug: str) -> ResponseReturnValue:
    """Read which cards of the course were reviewed in Anki, and how well they were known."""
    course = course_or_404(slug)
    person = _reviewer(course) or abort(403)
    file = request.files.get("file")
    if not file or not file.filename:
        return _page(course, _("Choose the file that Anki exported: .apkg or .colpkg.")), 422
    try:
        found = of_questions(read_history(BytesIO(file.read()), file.filename), course.slug, askable_ids(course.id))
    except ReadError as error:
        return _page(course, say(error.sentence)), 422
    if not found:
        return _page(course, _("No review of a card of this course is in the file. Export the deck of this course from Anki, "
                               "with “Include learning progress” ticked.")), 422
    cards = {card: CardRecall(one.reviews, one.again, one.lapses, one.seconds, datetime.fromtimestamp(one.last / 1000, UTC))
             for card, one in found.items()}
    store_recalls(person.id, course.id, cards)
    flash(ngettext("%(num)d card of this course was reviewed in Anki; its statistics are kept.",
                   "%(num)d cards of this course were reviewed in Anki; their statistics are kept.", len(cards)), "right")
    return redirect(url_for("imports.show", slug=slug), 303)


def _reviewer(course: Course) -> Person | None:
    return learner(course) or instructor()
