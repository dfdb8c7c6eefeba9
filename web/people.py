"""Coming in: learners with a name, instructors with the one-time link; and one's own progress."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.courses import Course, course_by_join_code, course_by_slug, courses
from models.errors import BadName, StoreError
from web.errors import sentence
from web.identity import (
    INSTRUCTOR,
    PEOPLE,
    VIEW,
    current_course,
    enter,
    enter_as_instructor,
    instructor,
    learner,
)
from web.progress import progress_of

bp = Blueprint("people", __name__)


@bp.get("/j")
def join() -> ResponseReturnValue:
    """Show the form to join a course."""
    return _join_form(code=request.args.get("code", ""))


@bp.get("/j/<code>")
def join_by_code(code: str) -> ResponseReturnValue:
    """Show the form with the code filled in: the address on the board."""
    return _join_form(code=code)


@bp.post("/j")
def join_now() -> ResponseReturnValue:
    """Join with a name, and a code where there is more than one course."""
    course, name = _wanted_course(), request.form.get("name", "")
    if course is None:
        return _join_form(_("No course has this code. It is six digits, on the board at the front."), field="code"), 422
    try:
        enter(course, name)
    except BadName as error:
        return _join_form(sentence(error), field="name"), 422
    return redirect(url_for("courses.show", slug=course.slug), 303)


def _wanted_course() -> Course | None:
    code, slug = request.form.get("code", "").strip(), request.form.get("course", "")
    if code:
        return course_by_join_code(code)
    every = courses()
    return course_by_slug(slug) if slug else every[0] if len(every) == 1 else None


def _join_form(problem: str = "", field: str = "", code: str = "") -> str:
    return render_template("people/join.html", problem=problem, field=field, courses=courses(),
                           code=request.form.get("code", code), name=request.form.get("name", ""))


@bp.get("/i/<token>")
def instructor_link(token: str) -> ResponseReturnValue:
    """Ask before the link is used up: a program that only looks at addresses must not spend it."""
    if instructor():
        return redirect(_desk(), 303)
    return render_template("people/instructor.html", token=token, problem="")


@bp.post("/i/<token>")
def become_instructor(token: str) -> ResponseReturnValue:
    """Use the link up."""
    try:
        enter_as_instructor(token, request.form.get("name", "").strip() or _("Instructor"))
    except StoreError as error:
        return render_template("people/instructor.html", token=token, problem=sentence(error)), 422
    return redirect(_desk(), 303)


def _desk() -> str:
    course = current_course()
    return url_for("notes.index", slug=course.slug) if course else url_for("notes.new_course")


@bp.get("/view/<to>")
def switch(to: str) -> ResponseReturnValue:
    """Change between the instructor's and the learner's navigation."""
    course = current_course()
    if to == "learner" and course:
        session[VIEW] = "learner"
        return redirect(url_for("courses.show", slug=course.slug), 303)
    session.pop(VIEW, None)
    return redirect(_desk() if instructor() else url_for("landing.show"), 303)


@bp.get("/me")
def me() -> ResponseReturnValue:
    """Show one's own progress in the course one is in."""
    course = current_course()
    person = learner(course)
    if course is None or person is None:
        return redirect(url_for("people.join"), 303)
    return render_template("people/me.html", course=course, me=person, progress=progress_of(person))


@bp.post("/leave")
def leave() -> ResponseReturnValue:
    """Forget who this browser is. Answers stay with the course."""
    if not (session.get(PEOPLE) or session.get(INSTRUCTOR)):
        abort(400)
    session.clear()
    flash(_("This browser no longer knows who you are. Your answers stay in the course."))
    return redirect(url_for("landing.show"), 303)
