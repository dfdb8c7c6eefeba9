"""Joining needs a name only; instructors come by a link that works once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

import models
from models import BadName, LinkUsed
from models.people import MAX_NAME, clean_name
from tests.models.cast import NOON, docker_course
from tests.threads import at_once


def test_a_course_has_an_address_and_a_code_that_can_be_typed_in_any_way(stored: Flask):
    course = models.create_course("Docker & 容器", "zh", now=NOON)
    again = models.create_course("Docker", "en", now=NOON)
    code = course.join_code
    assert (course.slug, again.slug) == ("docker", "docker-2")
    assert len(code) == 6
    assert models.course_by_slug("docker") is course
    for typed in (code, f"{code[:3]} {code[3:]}", f" {code[:3]}-{code[3:]} "):
        assert models.course_by_join_code(typed) is course
    assert models.course_by_join_code("") is None


def test_a_title_of_another_script_still_has_an_address(stored: Flask):
    assert models.create_course("容器的一生", "zh", now=NOON).slug == "course"


def test_equal_names_are_shown_apart(stored: Flask):
    course, other = docker_course(), models.create_course("Git", now=NOON)
    names = ("Lin", "Lin (2)", " Lin ", "Lin")
    shown = [models.join_course(course.id, name, now=NOON).person.shown for name in names]
    assert shown == ["Lin", "Lin (2)", "Lin (3)", "Lin (4)"]
    assert models.join_course(other.id, "Lin", now=NOON).person.shown == "Lin"


def test_the_secret_of_a_session_finds_its_person_and_is_not_stored(stored: Flask):
    joined = models.join_course(docker_course().id, "Ada", now=NOON)
    assert models.person_by_token(joined.token) is joined.person
    assert models.person_by_token("guess") is None
    assert joined.token not in str(vars(joined.person))


def test_a_name_is_kept_as_text(stored: Flask):
    name = "<b>Robert'); DROP TABLE person;--</b>"
    assert models.join_course(docker_course().id, name, now=NOON).person.shown == name


@pytest.mark.parametrize("name", ["", "   ", "\x00\n", "\u202e", "\u200d", "x" * (MAX_NAME + 1)])
def test_a_name_that_cannot_be_shown_is_refused(stored: Flask, name: str):
    course = docker_course()
    with pytest.raises(BadName):
        models.join_course(course.id, name, now=NOON)
    assert models.learners_of(course.id) == []


@given(st.text(max_size=80))
@example("👩\u200d🔬 Ada")
def test_a_cleaned_name_is_clean(name: str):
    try:
        cleaned = clean_name(name)
    except BadName:
        return
    assert cleaned == clean_name(cleaned)
    assert 1 <= len(cleaned) <= MAX_NAME
    assert not any(mark in cleaned for mark in "\x00\n\u202e\u2066")
    cleaned.encode()


def test_an_instructor_link_works_once(stored: Flask):
    token = models.make_instructor_link(now=NOON)
    joined = models.redeem_instructor_link(token, "Grace", now=NOON)
    assert (joined.person.role, joined.person.course_id) == ("instructor", None)
    with pytest.raises(LinkUsed):
        models.redeem_instructor_link(token, now=NOON)


def test_an_old_or_unknown_link_is_refused(stored: Flask):
    token = models.make_instructor_link(now=NOON)
    with pytest.raises(LinkUsed):
        models.redeem_instructor_link(token, now=NOON + timedelta(days=8))
    with pytest.raises(LinkUsed):
        models.redeem_instructor_link("guess", now=NOON)


def test_of_two_who_open_a_link_at_once_one_comes_in(app: Flask):
    with app.app_context():
        token = models.make_instructor_link(now=NOON)

    def redeem() -> str:
        with app.app_context():
            try:
                return models.redeem_instructor_link(token, now=NOON).person.role
            except LinkUsed:
                return "too late"

    assert sorted(at_once(redeem, 4)) == ["instructor", "too late", "too late", "too late"]


def test_a_class_that_joins_at_once_under_one_name(app: Flask):
    with app.app_context():
        course_id = docker_course().id

    def join() -> str:
        with app.app_context():
            return models.join_course(course_id, "Lin", now=NOON).person.shown

    assert sorted(at_once(join, 6)) == ["Lin", *(f"Lin ({n})" for n in range(2, 7))]
