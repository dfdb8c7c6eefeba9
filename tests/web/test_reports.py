"""A learner reports a mistake; the instructor finds it, decides, and it is settled."""

from __future__ import annotations

from flask import Flask

import models
from tests.web.conftest import Browser

HOSTILE = "<script>alert(1)</script> it is -p"


def test_a_report_reaches_the_instructor_and_is_settled_by_a_decision(app: Flask, ada: Browser, grace: Browser) -> None:
    page = ada.start(kind="true_false", n="5")
    sent = ada.post(f"{page}/report", page, report=HOSTILE)
    assert (sent.status_code, sent.location) == (303, page)
    assert "You reported this question" in ada.get(page).text
    bank = grace.get("/c/docker/bank?status=reported").text
    assert "1 learner reports a mistake here." in bank
    assert "&lt;script&gt;alert(1)&lt;/script&gt; it is -p" in bank
    with app.app_context():
        [row] = models.bank_page(1, status="reported").questions
    grace.post(f"/c/docker/bank/{row.question_id}", "/c/docker/bank", do="approve")
    assert "No question fits this filter" in grace.get("/c/docker/bank?status=reported").text
    assert "Report a mistake" in ada.get(page).text


def test_with_script_only_the_box_comes_back(ada: Browser) -> None:
    page = ada.start(kind="practical", n="5").replace("/t/", "/q/")
    told = ada.client.post(f"{page}/report", data={"csrf_token": ada.token()}, headers={"HX-Request": "true"})
    assert told.status_code == 200
    assert "You reported this question" in told.text
    assert "<html" not in told.text


def test_nobody_reports_in_the_name_of_another(ada: Browser, visitor: Browser, grace: Browser) -> None:
    page = ada.start(kind="true_false", n="5")
    assert visitor.post(f"{page}/report").status_code == 404
    assert grace.post(f"{page}/report").status_code == 403
    assert ada.post(page[:-1] + "99/report").status_code == 404


def test_a_solved_task_is_marked_in_the_list(app: Flask, ada: Browser) -> None:
    from models.answers import Answer, judge
    from models.base import clock
    from models.database import writing

    page = ada.start(kind="practical", n="5")
    ada.post(page, page, answer="docker ps")
    with app.app_context(), writing() as session:
        judge(session.get_one(Answer, 1), {"outcome": "right", "score": 1.0, "feedback": ""}, clock())
    tasks = ada.get("/c/docker").text.split('id="tasks"')[1]
    assert 'aria-label="Right"' in tasks


def test_a_class_of_many_costs_as_many_queries_as_one_of_few(app: Flask, ada: Browser, grace: Browser) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    with app.app_context():
        event.listen(models.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def cost(browser: Browser, path: str) -> int:
        browser.get(path)
        asked.clear()
        assert browser.get(path).status_code == 200
        return len(asked)

    paths = ((grace, "/c/docker/class"), (grace, "/c/docker/items"), (ada, "/c/docker"), (ada, "/me"), (ada, "/board/docker"))
    ada.post(page := ada.start(kind="true_false", n="1"), page, answer="true")
    few = [cost(browser, path) for browser, path in paths]
    for number in range(4):
        other = Browser(app.test_client())
        other.post("/j", name=f"Zoe {number}", course="docker")
        for browser in (other, ada):
            page = browser.start(kind="true_false", n="1")
            browser.post(page, page, answer="true")
    assert [cost(browser, path) for browser, path in paths] == few
