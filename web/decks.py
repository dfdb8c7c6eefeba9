"""The deck of a course: what is in it, how to import and update it, and the file in each format there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from exports import EXPORTERS, Deck, Exporter, ExportError, Report
from exports.anki import preview
from exports.anki.exporter import cards_of
from exports.sentences import Sentence
from models.bank import BankQuestion, askable_questions, bank_question, remember_exported, retired_questions
from models.courses import Course
from models.quizzes import quizzes_of
from notes.facts import Language
from quizzes.questions import Question
from web.asking import in_order
from web.deck_wishes import Chosen, Wish, choose, last_taken, remember_taken, topics_of, wish_now
from web.identity import course_or_404, learner
from web.pictures import media_of
from web.security import POLICY
from web.settings import current_theme

bp = Blueprint("decks", __name__, url_prefix="/c/<slug>")

PREVIEWED = 6
FRAMED = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


@dataclass(frozen=True)
class News:
    """What a deck would bring to a browser that took one before."""

    new: int
    changed: int
    gone: int


@dataclass(frozen=True)
class Fit:
    """What a format holds of a course."""

    label: str
    written: int  # questions
    lost: Mapping[Sentence, int]  # why questions are left out
    changed: Mapping[Sentence, int]  # what is without a part or in another form


@bp.get("/deck")
def show(slug: str) -> ResponseReturnValue:
    """Show what the deck holds and how to take it along."""
    course = course_or_404(slug)
    rows = askable_questions(course.id)
    kinds = Counter(row.kind for row in rows)
    page = make_response(render_template(
        "decks/show.html", course=course, total=len(rows), kinds={kind: kinds[kind] for kind in in_order(kinds)},
        proved=sum(1 for row in rows if row.content.get("evidence")), exporters=EXPORTERS, cards=_preview(rows),
        topics=topics_of(rows), quizzes=quizzes_of(course.id), me=learner(course), news=_news(course, rows),
    ))
    page.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return page


@bp.get("/deck/formats")
def formats(slug: str) -> ResponseReturnValue:
    """Say what each format leaves out of the course, or holds in another form."""
    course = course_or_404(slug)
    deck = deck_of(course, choose(course, Wish()))
    return render_template("decks/formats.html", course=course, fits=[_fit(each, deck) for each in EXPORTERS.values()])


@bp.get("/deck.<suffix>")
def download(slug: str, suffix: str) -> ResponseReturnValue:
    """Give the file; /c/docker/deck.apkg."""
    course = course_or_404(slug)
    exporter = next((each for each in EXPORTERS.values() if each.suffix == f".{suffix}"), None)
    if exporter is None:
        abort(404)
    return _file(course, exporter.name, wish_now())


@bp.get("/deck/<name>")
def download_as(slug: str, name: str) -> ResponseReturnValue:
    """Give the file in the format of this name, for formats that share a suffix."""
    course = course_or_404(slug)
    if name not in EXPORTERS:
        abort(404)
    return _file(course, name, wish_now())


@bp.get("/deck/card.css")
def card_css(slug: str) -> ResponseReturnValue:
    """Give the style sheet of the cards."""
    course_or_404(slug)
    return Response(preview.sheet(), mimetype="text/css")


@bp.get("/deck/cards/<card>")
def card(slug: str, card: str) -> ResponseReturnValue:
    """Show one side of a card as Anki shows it, for a frame in the page of the deck."""
    course = course_or_404(slug)
    row = bank_question(course.id, card)
    note = next(cards_of(deck_of(course, Chosen((row,), (), {}))), None) if row and row.askable else None
    if note is None:
        abort(404)
    side: preview.Side = "back" if request.args.get("side") == "back" else "front"
    # Every text in the fields went through exports.anki.escape: this is what Anki would be given.
    content = Markup(preview.typed(preview.render(note, side), note, side).replace(
        'src="noteproof-', f'src="{url_for("pictures.show", slug=slug, name="noteproof-")}'))
    page = make_response(render_template("decks/card.html", course=course, card=card, side=side, content=content,
                                         body={"dark": "nightMode", "light": "day"}.get(current_theme(), "")))
    page.headers["Content-Security-Policy"] = FRAMED
    return page


def _file(course: Course, name: str, wish: Wish) -> ResponseReturnValue:
    exporter, file, chosen = EXPORTERS[name], BytesIO(), choose(course, wish)
    try:
        exporter.write(deck_of(course, chosen), file)
    except ExportError:
        flash(_("Nothing has changed since your last download.") if wish.only_changed and not chosen.questions else
              _("There is nothing to export: no question of this course fits the format and your choice."))
        return redirect(url_for("decks.show", slug=course.slug), 303)
    if name == "anki":
        remember_exported(chosen.questions)
        if wish.whole:
            remember_taken(course)
    file.seek(0)
    return send_file(file, mimetype=exporter.media_type, as_attachment=True,
                     download_name=f"{course.slug}{exporter.suffix}")


def _fit(exporter: Exporter, deck: Deck) -> Fit:
    try:
        report = exporter.write(deck, BytesIO())
    except ExportError:
        report = Report(0)
    return Fit(exporter.label, report.written, Counter(one.reason for one in report.left_out),
               Counter(one.reason for one in report.remarks))


def deck_of(course: Course, chosen: Chosen) -> Deck:
    """Make a deck of a course, known to Anki by the course's slug, which never changes."""
    language: Language = "zh" if course.language == "zh" else "en"
    rows = (*chosen.questions, *chosen.vanished)
    return Deck(
        title=course.title, language=language, uid=course.slug, progress=chosen.progress,
        questions=tuple(Question.from_dict(row.content) for row in chosen.questions),
        vanished=tuple(Question.from_dict(row.content) for row in chosen.vanished),
        changed={row.question_id: row.content_changed_at for row in rows}, media=media_of(course, (row.content for row in rows)),
    )


def _news(course: Course, rows: Sequence[BankQuestion]) -> News | None:
    taken = last_taken(course)
    if not taken:
        return None
    touched = [row for row in rows if row.content_changed_at >= taken]
    new = sum(row.exported_at is None for row in touched)
    gone = sum(row.content_changed_at >= taken for row in retired_questions(course.id))
    return News(new, len(touched) - new, gone)


def _preview(rows: Sequence[BankQuestion]) -> list[BankQuestion]:
    """Give the first card of each kind, then more of the first kinds until there are enough."""
    first: dict[str, BankQuestion] = {}
    for row in rows:
        first.setdefault(row.kind, row)
    others = [row for row in rows if row not in first.values()]
    return [*first.values(), *others][:PREVIEWED]
