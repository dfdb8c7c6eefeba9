"""A new import keeps what the instructor did, and says what is new, changed and gone."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import NoResultFound

import models
from models.database import writing
from models.merging import Merge
from tests.models.cast import NOON, after, choice, docker_course, practical


def test_a_first_import_is_all_new(stored: Flask):
    course = docker_course()
    merge = models.store_bank(course.id, [choice(1), practical(9)], now=NOON)
    assert merge == Merge(new=(f"{1:016x}", f"{9:016x}"), changed=(), vanished=(), same=0)
    page = models.bank_page(course.id)
    assert [(row.status, row.change, row.kind) for row in page.questions] == [
        ("new", "new", "single_choice"), ("new", "new", "practical"),
    ]
    assert page.statuses == {"new": 2, "approved": 0, "rejected": 0, "changed": 0, "vanished": 0, "doubted": 0, "reported": 0}


def test_the_same_import_again_changes_nothing(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1)], now=NOON)
    before = models.changed_times(course.id)
    assert models.store_bank(course.id, [choice(1)], now=after(60)) == Merge((), (), (), same=1)
    assert models.changed_times(course.id) == before


def test_an_approval_outlives_a_reworded_note_and_the_change_is_marked(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1)], now=NOON)
    row = models.bank_question(course.id, f"{1:016x}")
    models.review_question(row.id, "approve", now=after(1))
    merge = models.store_bank(course.id, [choice(1, prompt="What, then, is 1?")], now=after(2))
    assert merge.changed == (f"{1:016x}",)
    assert (row.status, row.change, row.content["prompt"]) == ("approved", "changed", "What, then, is 1?")
    assert models.bank_page(course.id, status="changed").total == 1
    models.review_question(row.id, "approve", now=after(3))
    assert models.bank_page(course.id, status="changed").total == 0


def test_an_edit_outlives_imports_and_keeps_the_id(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1)], now=NOON)
    row = models.bank_question(course.id, f"{1:016x}")
    models.review_question(row.id, "edit", choice(7, prompt="Mine?", kind="cloze"), now=after(1))
    models.store_bank(course.id, [choice(1, prompt="Reworded?")], now=after(2))
    shown = row.content
    assert (shown["prompt"], shown["id"], shown["kind"]) == ("Mine?", f"{1:016x}", "single_choice")
    assert row.content_changed_at == int(after(1).timestamp())  # what a learner sees did not change
    models.review_question(row.id, "edit", None, now=after(3))
    assert row.content["prompt"] == "Reworded?"


def test_a_question_whose_lines_only_moved_is_the_same(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1)], now=NOON)
    row = models.bank_question(course.id, f"{1:016x}")
    models.review_question(row.id, "edit", choice(1, prompt="Mine?"), now=after(1))
    moved = choice(1, source={"file": "ports.md", "heading": ["Ports"], "lines": [13, 14]})
    assert models.store_bank(course.id, [moved], now=after(2)).same == 1
    assert (row.change, row.content["prompt"], row.content["source"]["lines"]) == ("same", "Mine?", [13, 14])
    assert row.content_changed_at == int(after(1).timestamp())


def test_a_question_whose_fact_is_gone_vanishes_and_comes_back_as_it_was(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1), choice(2)], now=NOON)
    row = models.bank_question(course.id, f"{1:016x}")
    models.review_question(row.id, "approve", now=NOON)
    assert models.store_bank(course.id, [choice(2)], now=after(1)).vanished == (f"{1:016x}",)
    assert models.store_bank(course.id, [choice(2)], now=after(2)).vanished == ()
    assert [one.question_id for one in models.askable_questions(course.id)] == [f"{2:016x}"]
    models.store_bank(course.id, [choice(1), choice(2)], now=after(3))
    assert (row.status, row.change) == ("approved", "same")


def test_a_rejected_question_is_not_asked(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1), choice(2)], now=NOON)
    models.review_question(models.bank_question(course.id, f"{1:016x}").id, "reject", now=NOON)
    assert [one.question_id for one in models.askable_questions(course.id)] == [f"{2:016x}"]
    assert models.askable_questions(course.id, approved_only=True) == []
    assert models.approve_all(course.id, now=NOON) == 1
    assert len(models.askable_questions(course.id, approved_only=True)) == 1


def test_undo_makes_a_question_new_again(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1)], now=NOON)
    row = models.review_question(models.bank_question(course.id, f"{1:016x}").id, "reject", now=NOON)
    assert models.review_question(row.id, "undo", now=NOON).status == "new"


def test_a_review_of_nothing_says_so(stored: Flask):
    with pytest.raises(NoResultFound):
        models.review_question(4711, "approve", now=NOON)


def test_a_course_card_counts_what_may_be_asked(stored: Flask):
    course = docker_course()
    evidence = {"engine": "Docker 26.1.5", "commands": [], "output": "", "recorded": "2026-11-24"}
    models.store_bank(course.id, [choice(1), choice(2), practical(8), practical(9), choice(3)], now=NOON)
    models.review_question(models.bank_question(course.id, f"{3:016x}").id, "reject", now=NOON)
    task, doubtful = (models.bank_question(course.id, f"{number:016x}") for number in (8, 9))
    with writing() as session:
        models.store_proof(session, task.id, task.runs, evidence, "", NOON)
        models.store_proof(session, doubtful.id, doubtful.runs, None, "the reference fails.", NOON)
    assert models.bank_counts(course.id) == models.BankCounts(questions=3, proved=1, practical=1)


def test_pages_and_filters(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [*(choice(n) for n in range(1, 8)), practical(9)], now=NOON)
    page = models.bank_page(course.id, kind="single_choice", page=2, size=3)
    assert [row.position for row in page.questions] == [3, 4, 5]
    assert (page.total, page.page, page.pages) == (7, 2, 3)
    assert models.bank_page(course.id, page=99, size=3).page == 3
    assert models.bank_page(course.id, status="rejected").pages == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), min_size=1, max_size=8))
def test_the_time_of_change_rises_with_every_change(sqlite_app: Flask, changes: list[tuple[str, int]]):
    with sqlite_app.app_context():
        course = models.create_course("Times", now=NOON)
        models.store_bank(course.id, [choice(1, prompt="start")], now=NOON)
        row = models.bank_question(course.id, f"{1:016x}")
        content, moment = row.content, row.content_changed_at
        for prompt, second in changes:  # the clock may stand still or even go back
            models.store_bank(course.id, [choice(1, prompt=prompt)], now=after(second))
            assert (row.content_changed_at > moment) == (row.content != content)
            content, moment = row.content, row.content_changed_at


def test_a_card_that_left_in_a_deck_is_told_when_its_question_is_gone(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1), choice(2), choice(3)], now=NOON)
    models.remember_exported(models.askable_questions(course.id)[:2], now=after(1))
    assert models.retired_questions(course.id, now=after(2)) == []
    models.store_bank(course.id, [choice(2)], now=after(3))  # 1 was taken along, 3 never was
    models.review_question(models.bank_question(course.id, f"{2:016x}").id, "reject", now=after(4))
    retired = models.retired_questions(course.id, now=after(5))
    assert {row.question_id: row.content_changed_at for row in retired} == {
        f"{2:016x}": int(after(4).timestamp()), f"{1:016x}": int(after(3).timestamp())}
    assert models.retired_questions(course.id, now=after(91 * 86_400)) == []


def test_a_card_that_comes_back_is_newer_than_its_tombstone(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1), choice(2)], now=NOON)
    models.remember_exported(models.askable_questions(course.id), now=after(1))
    models.store_bank(course.id, [choice(2)], now=after(2))
    models.store_bank(course.id, [choice(1), choice(2)], now=after(3))
    assert models.retired_questions(course.id, now=after(4)) == []
    times = models.changed_times(course.id)
    assert times == {f"{1:016x}": int(after(3).timestamp()), f"{2:016x}": int(NOON.timestamp())}


def test_questions_from_a_file_stay_when_a_note_is_read_again(stored: Flask):
    course = docker_course()
    models.store_bank(course.id, [choice(1)], now=NOON)
    assert models.import_questions(course.id, [choice(7), choice(1)], now=after(1)) == Merge((f"{7:016x}",), (), (), same=1)
    assert models.store_bank(course.id, [choice(1)], now=after(2)).vanished == ()
    assert [row.question_id for row in models.askable_questions(course.id)] == [f"{1:016x}", f"{7:016x}"]
    again = models.import_questions(course.id, [choice(7, prompt="Other?")], now=after(3))
    assert again.changed == (f"{7:016x}",)
    assert models.changed_times(course.id)[f"{7:016x}"] == int(after(3).timestamp())
