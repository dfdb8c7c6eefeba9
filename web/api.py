"""The API, /api/v1: courses, questions without their key, the scoreboard, and handing answers in.

Described at /api/openapi.json. Who hands in shows the token they got when they joined (`Authorization: Bearer ...`);
cookies count for nothing here, so no other site can act in a visitor's name.
"""

from __future__ import annotations

from random import Random
from typing import Any, NoReturn

from flask import Flask, request
from flask_smorest import Api, Blueprint
from flask_smorest import abort as abort_api
from marshmallow import Schema, fields, validate

from jobs import hand_in
from models.answers import Answer
from models.attempts import Item, attempt_view, start_attempt
from models.bank import askable_questions, bank_page
from models.courses import Course, course_by_slug, courses
from models.errors import AttemptClosed, BadName, EmptyQuiz, StoreError, TooManyChecks
from models.people import Person, join_course, person_by_token
from models.quizzes import create_quiz
from quizzes.grading import ResponseError
from quizzes.questions import Question
from quizzes.selection import pick
from web.asking import ask
from web.board import standings_rows
from web.security import csrf

bp = Blueprint("api", __name__, url_prefix="/api/v1", description="Courses, questions and answers.")

TEXT = {"validate": validate.Length(max=60)}
BEARER: list[dict[str, list[str]]] = [{"learner": []}]


class CourseSchema(Schema):
    """A course."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    language = fields.String(required=True)


class AskedSchema(Schema):
    """A question as it may be asked: without its key."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    language = fields.String(required=True)
    prompt = fields.String(required=True)
    choices = fields.List(fields.String(), required=True)
    lefts = fields.List(fields.String(), required=True)
    gaps = fields.Integer(required=True)
    setup = fields.String(required=True)
    proved_on = fields.String(required=True)


class QuestionPageSchema(Schema):
    """One page of a course's questions."""

    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    pages = fields.Integer(required=True)
    questions = fields.List(fields.Nested(AskedSchema), required=True)


class PageQuery(Schema):
    """Which page."""

    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=100_000))
    kind = fields.String(load_default=None, validate=validate.Length(max=40))


class StandingSchema(Schema):
    """One line of the scoreboard."""

    rank = fields.Integer(required=True)
    name = fields.String(required=True)
    points = fields.Float(required=True)
    tries = fields.Integer(required=True)


class JoinSchema(Schema):
    """Who joins."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=60))


class JoinedSchema(Schema):
    """Who joined, and the token to show from now on."""

    name = fields.String(required=True)
    token = fields.String(required=True)


class StartSchema(Schema):
    """What to start: a round drawn from the bank."""

    questions = fields.Integer(load_default=10, validate=validate.Range(min=1, max=100))
    kind = fields.String(load_default=None, validate=validate.Length(max=40))
    seed = fields.Integer(load_default=0, validate=validate.Range(min=0, max=2**31 - 1))


class AttemptSchema(Schema):
    """A round that was started."""

    attempt = fields.Integer(required=True)
    questions = fields.List(fields.Nested(AskedSchema), required=True)


class ResponseSchema(Schema):
    """What is handed in: a text, true or false, a list of texts, or pairs, as the kind of question wants it."""

    response = fields.Raw(required=True, allow_none=False, metadata={
        "anyOf": [{"type": "string"}, {"type": "boolean"}, {"type": "array", "items": {"type": "string"}},
                  {"type": "object", "additionalProperties": {"type": "string"}}]})


class VerdictSchema(Schema):
    """How far the judging is, and the verdict once there is one."""

    state = fields.String(required=True, metadata={"description": "waiting, judged or stopped"})
    outcome = fields.String(required=True, allow_none=True)
    score = fields.Float(required=True, allow_none=True)
    feedback = fields.String(required=True)
    differences = fields.List(fields.Dict(), required=True)


@bp.get("/courses")
@bp.response(200, CourseSchema(many=True))
def list_courses() -> list[Course]:
    """List the courses."""
    return list(courses())


@bp.get("/courses/<slug>/questions")
@bp.arguments(PageQuery, location="query")
@bp.response(200, QuestionPageSchema)
@bp.alt_response(404, description="There is no such course.")
def list_questions(query: dict[str, Any], slug: str) -> dict[str, Any]:
    """List a course's questions, 50 a page, without their keys."""
    page = bank_page(_course(slug).id, kind=query["kind"], page=query["page"])
    shown = [ask(row.content) for row in page.questions if row.askable]
    return {"total": page.total, "page": page.page, "pages": page.pages, "questions": shown}


@bp.get("/courses/<slug>/scoreboard")
@bp.response(200, StandingSchema(many=True))
@bp.alt_response(404, description="There is no such course.")
def scoreboard(slug: str) -> list[dict[str, Any]]:
    """Give a course's standings, the best first."""
    return standings_rows(_course(slug))


@bp.post("/courses/<slug>/learners")
@bp.arguments(JoinSchema)
@bp.response(201, JoinedSchema)
@bp.alt_response(404, description="There is no such course.")
def join(body: dict[str, Any], slug: str) -> dict[str, str]:
    """Join a course with a name; the token in the reply is shown once."""
    try:
        joined = join_course(_course(slug).id, body["name"])
    except BadName as error:
        abort(422, message=str(error))
    return {"name": joined.person.shown, "token": joined.token}


@bp.post("/courses/<slug>/attempts")
@bp.arguments(StartSchema)
@bp.response(201, AttemptSchema)
@bp.alt_response(401, description="No token, or one of another course.")
@bp.alt_response(404, description="There is no such course.")
@bp.alt_response(409, description="The course has no such question.")
@bp.doc(security=BEARER)
def start(body: dict[str, Any], slug: str) -> dict[str, Any]:
    """Start a round drawn from the course's bank."""
    course = _course(slug)
    person = _learner(course)
    bank = [Question.from_dict(row.content) for row in askable_questions(course.id)]
    drawn = pick(bank, body["questions"], Random(body["seed"]), kinds=(body["kind"],) if body["kind"] else None)
    try:
        quiz = create_quiz(course.id, "API", [question.id for question in drawn], seed=body["seed"],
                           owner_id=person.id, publish=True)
        attempt = start_attempt(quiz.id, person.id)
    except EmptyQuiz as error:
        abort(409, message=str(error))
    return {"attempt": attempt.id, "questions": [ask(question) for question in attempt.questions]}


@bp.post("/attempts/<int:attempt>/answers/<int:number>")
@bp.arguments(ResponseSchema)
@bp.response(200, VerdictSchema)
@bp.alt_response(401, description="No token, or not the learner of this attempt.")
@bp.alt_response(404, description="There is no such question.")
@bp.alt_response(409, description="The attempt is finished, or too many checks wait.")
@bp.doc(security=BEARER)
def answer(body: dict[str, Any], attempt: int, number: int) -> dict[str, Any]:
    """Hand an answer to question `number`, counted from 1, in. It is stored before this replies."""
    item = _item(attempt, number)
    try:
        return _verdict(hand_in(attempt, item.position, body["response"]))
    except ResponseError as error:
        abort(422, message=str(error))
    except StoreError as error:
        abort(409 if isinstance(error, AttemptClosed | TooManyChecks) else 422, message=str(error))


@bp.get("/attempts/<int:attempt>/answers/<int:number>")
@bp.response(200, VerdictSchema)
@bp.alt_response(401, description="No token, or not the learner of this attempt.")
@bp.alt_response(404, description="There is no such question, or it has no answer yet.")
@bp.doc(security=BEARER)
def verdict(attempt: int, number: int) -> dict[str, Any]:
    """Say how far the judging of the latest answer to a question is."""
    item = _item(attempt, number)
    if item.answer is None:
        abort(404, message="this question has no answer yet")
    return _verdict(item.answer)


def abort(status: int, message: str) -> NoReturn:
    """End the request with a reason."""
    abort_api(status, message=message)
    raise AssertionError("abort_api returns never")


def _course(slug: str) -> Course:
    course = course_by_slug(slug)
    if course is None:
        abort(404, message="there is no such course")
    return course


def _person() -> Person:
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    person = person_by_token(token.strip()) if scheme.lower() == "bearer" and token.strip() else None
    if person is None:
        abort(401, message="join the course and show the token: Authorization: Bearer TOKEN")
    return person


def _learner(course: Course) -> Person:
    person = _person()
    if person.course_id != course.id:
        abort(401, message="this token belongs to another course")
    return person


def _item(attempt: int, number: int) -> Item:
    person, view = _person(), attempt_view(attempt)
    if view is None or not 1 <= number <= len(view.items):
        abort(404, message="there is no such question")
    if view.attempt.person_id != person.id:
        abort(401, message="this attempt belongs to somebody else")
    return view.items[number - 1]


def _verdict(kept: Answer) -> dict[str, Any]:
    return {"state": kept.state, "outcome": kept.outcome, "score": kept.score, "feedback": kept.feedback,
            "differences": kept.differences}


def init_app(app: Flask) -> None:
    """Join the API to the app; its description is at /api/openapi.json."""
    app.config.setdefault("API_TITLE", "Noteproof")
    app.config.setdefault("API_VERSION", "v1")
    app.config.setdefault("OPENAPI_VERSION", "3.1.0")
    app.config.setdefault("OPENAPI_URL_PREFIX", "/api")
    app.config.setdefault("OPENAPI_JSON_PATH", "openapi.json")
    csrf.exempt(bp)
    api = Api(app)
    api.spec.components.security_scheme("learner", {"type": "http", "scheme": "bearer"})
    api.register_blueprint(bp)
