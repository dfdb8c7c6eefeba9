"""The scoreboard, for the projector and for every screen. It asks for itself again every two seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.courses import Course
from models.quizzes import Quiz, quiz_by_id
from scoreboard import Row, Standing, board_of
from web.course_scores import standings_of
from web.identity import course_or_404, instructor, learner

bp = Blueprint("board", __name__, url_prefix="/board")

SHOWN = 8  # names the room reads; whoever is below sees the own rank on the own screen only


@dataclass(frozen=True)
class Scene:
    """What the board shows of the standings."""

    rows: tuple[Row, ...]  # the first names
    own: Row | None  # whoever looks, when not among them
    hidden: int  # how many are not named
    learners: int
    finished: int
    unjudged: int  # tries that wait for a verdict
    questions: int  # of the quiz; 0 on the board of a course


@bp.get("/<slug>")
def course(slug: str) -> ResponseReturnValue:
    """Show the board of a course."""
    found = course_or_404(slug)
    return _board(found, None, url_for("board.course", slug=slug))


@bp.get("/<slug>/<int:quiz>")
def quiz(slug: str, quiz: int) -> ResponseReturnValue:
    """Show the board of one quiz."""
    found, wanted = course_or_404(slug), quiz_by_id(quiz)
    if wanted is None or wanted.course_id != found.id or wanted.published_at is None or wanted.owner_id is not None:
        abort(404)
    return _board(found, wanted, url_for("board.quiz", slug=slug, quiz=quiz))


def _board(course: Course, quiz: Quiz | None, address: str) -> Response:
    """Render the page, or only its moving part; a board that has not changed costs the network 200 bytes."""
    part = request.args.get("part") == "1"
    body = render_template(
        "board/standings.html" if part else "board/show.html", course=course, quiz=quiz, address=address,
        names=request.args.get("names") != "off", everyone=_everyone(), scene=_scene(course, quiz),
    )
    response = make_response(body)
    if part:
        response.add_etag()
        response.make_conditional(request)
    return response


def _everyone() -> bool:
    return request.args.get("all") == "1" and instructor() is not None


def _scene(course: Course, quiz: Quiz | None) -> Scene:
    rows = _rows(course, quiz)
    limit, me = len(rows) if _everyone() else SHOWN, learner(course)
    own = next((row for row in rows[limit:] if me and row.standing.person == me.id), None)
    return Scene(
        rows[:limit], own, len(rows[limit:]), len(rows), sum(row.finished for row in rows),
        sum(row.standing.unjudged for row in rows), len(quiz.question_ids) if quiz else 0,
    )


def _rows(course: Course, quiz: Quiz | None) -> tuple[Row, ...]:
    if quiz is None:
        return tuple(Row(standing, (), False) for standing in standings_of(course.id))
    board = board_of(quiz.id)
    return board.rows if board else ()


def standings_rows(course: Course) -> list[dict[str, Any]]:
    """Give a course's standings for the API."""
    return [_api_row(standing) for standing in standings_of(course.id)]


def _api_row(standing: Standing) -> dict[str, Any]:
    return {"rank": standing.rank, "name": standing.name, "points": standing.points, "tries": standing.tries}
