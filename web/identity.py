"""Who is asking. The signed session cookie carries one secret for each course joined, and one for an instructor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, g, session

from models.courses import Course, course_by_slug, courses
from models.people import Joined, Person, join_course, person_by_token, redeem_instructor_link
from web.languages import language

P = ParamSpec("P")
R = TypeVar("R")

PEOPLE, INSTRUCTOR, COURSE, VIEW = "people", "instructor", "course", "view"
MOST_COURSES = 20  # the cookie must stay below 4 kB; the course joined longest ago is forgotten first


def learner(course: Course | None) -> Person | None:
    """Give the learner of this browser in a course, None before they joined."""
    token = session.get(PEOPLE, {}).get(str(course.id)) if course else None
    person = _person(token)
    return person if person and course and person.course_id == course.id else None


def instructor() -> Person | None:
    """Give the instructor of this browser, None for anybody else."""
    person = _person(session.get(INSTRUCTOR))
    return person if person and person.role == "instructor" else None


def _person(token: str | None) -> Person | None:
    """Look a secret up once a request."""
    if not token:
        return None
    known = g.setdefault("people", {})
    if token not in known:
        known[token] = person_by_token(token)
    found: Person | None = known[token]
    return found


def enter(course: Course, name: str) -> Person:
    """Let this browser join a course.

    :raise models.errors.BadName: the name cannot be used
    """
    joined = join_course(course.id, name)
    people = {key: value for key, value in session.get(PEOPLE, {}).items() if key != str(course.id)}
    kept = list(people.items())[-(MOST_COURSES - 1):]
    session[PEOPLE] = dict([*kept, (str(course.id), joined.token)])
    _stay(joined)
    return joined.person


def enter_as_instructor(token: str, name: str) -> Person:
    """Use a one-time link up.

    :raise models.errors.StoreError: the link is not good, or the name cannot be used
    """
    joined = redeem_instructor_link(token, name)
    session[INSTRUCTOR] = joined.token
    session.pop(VIEW, None)
    _stay(joined)
    return joined.person


def _stay(joined: Joined) -> None:
    session.permanent = True
    g.setdefault("people", {})[joined.token] = joined.person


def instructor_only(view: Callable[P, R]) -> Callable[P, R]:
    """Guard a page that needs the one-time link."""
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if instructor() is None:
            abort(403)
        session.pop(VIEW, None)
        return view(*args, **kwargs)
    return guarded


def teaching() -> bool:
    """Tell whether the page is shown with the instructor's navigation."""
    return session.get(VIEW) != "learner" and instructor() is not None


def course_or_404(slug: str) -> Course:
    """Find a course and remember it as the one this browser is in."""
    course = course_by_slug(slug)
    if course is None:
        abort(404)
    if session.get(COURSE) != slug:
        session[COURSE] = slug
    g.course = course
    return course


def first_course(every: Sequence[Course]) -> Course | None:
    """Choose the course that a newcomer begins with: a sample, in the language of the pages where there is one."""
    spoken = "zh" if language() == "zh-Hans" else "en"
    return min(every, key=lambda course: (not course.sample, course.language != spoken), default=None)


def current_course() -> Course | None:
    """Give the course of this page, else the one this browser was in last, else the one to begin with."""
    if "course" not in g:
        g.course = course_by_slug(session.get(COURSE, "")) or first_course(courses())
    course: Course | None = g.course
    return course
