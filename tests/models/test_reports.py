"""Reports of mistakes: one a learner and question, open until the instructor decides."""

from __future__ import annotations

from flask import Flask

import models
from models.reports import MAX_REPORT
from tests.models.cast import NOON, after, choice, docker_course, practical

FIRST, SECOND = f"{1:016x}", f"{9:016x}"


def test_a_report_is_open_until_it_is_settled(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1), practical(9)], now=NOON)
    ada, zoe = (models.join_course(course.id, name).person.id for name in ("Ada", "Zoe"))
    models.report_mistake(ada, FIRST, "It is -p.", now=after(1))
    models.report_mistake(zoe, FIRST, "", now=after(2))
    models.report_mistake(zoe, SECOND, "Never ends.", now=after(3))
    assert [report.text for report in models.open_reports(course.id, FIRST)] == ["It is -p.", ""]
    assert models.reported_questions(course.id) == 2
    page = models.bank_page(course.id, status="reported")
    assert (page.total, page.statuses["reported"], page.statuses["new"]) == (2, 2, 2)
    models.settle_reports(course.id, FIRST, now=after(4))
    assert [row.question_id for row in models.bank_page(course.id, status="reported").questions] == [SECOND]
    assert not models.has_reported(ada, FIRST)
    assert models.has_reported(zoe, SECOND)


def test_a_second_report_stands_for_the_first_and_opens_it_again(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1)], now=NOON)
    ada = models.join_course(course.id, "Ada").person.id
    models.report_mistake(ada, FIRST, "one")
    models.settle_reports(course.id, FIRST)
    models.report_mistake(ada, FIRST, "two \x00 three" + "x" * 2 * MAX_REPORT)
    [report] = models.open_reports(course.id, FIRST)
    assert report.text.startswith("two \ufffd three")
    assert len(report.text) == MAX_REPORT


def test_reports_of_one_course_are_not_those_of_another(stored: Flask):
    course, other = docker_course(), models.create_course("Other")
    models.store_bank(other.id, [choice(1)], now=NOON)
    zoe = models.join_course(other.id, "Zoe").person.id
    models.report_mistake(zoe, FIRST, "hm")
    assert models.reported_questions(course.id) == 0
    assert models.bank_page(other.id).statuses["reported"] == 1
