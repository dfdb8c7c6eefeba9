"""Every page, in both languages, with the headers that keep strangers out."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from flask import Flask

from tests.web.conftest import Browser
from web.filters import STATIC

PUBLIC = ("/", "/c/docker", "/j", "/board/docker", "/c/docker/deck", "/about/proof", "/about/licences",
          "/about/keyboard", "/i/some-link", "/nowhere")
LEARNER = ("/me", "/c/docker")
INSTRUCTOR = ("/notes", "/c/docker/notes", "/c/docker/notes/1", "/c/docker/bank", "/c/docker/bank?status=&kind=cloze",
              "/c/docker/bank?q=0000000000000003&edit=1", "/c/docker/quizzes", "/c/docker/class", "/c/docker/items")
LANGUAGES = {"en": "en", "zh-CN,zh;q=0.9": "zh-Hans"}


class Outline(HTMLParser):
    """What a page must not hold, and whether its tags close."""

    VOID = frozenset(("meta", "link", "input", "br", "img", "hr"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.language = ""
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.language = found.get("lang") or ""
        if "style" in found or tag == "style" or any(name.startswith("on") for name in found):
            self.faults.append(f"inline style or handler in <{tag}>")
        if tag == "script" and not found.get("src"):
            self.faults.append("inline script")
        if any((found.get(name) or "").startswith(("http:", "https:", "//")) for name in ("src", "href", "action")):
            self.faults.append(f"another address in <{tag}>")
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag not in self.VOID and not self._svg_leaf(tag):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._svg_leaf(tag):
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    @staticmethod
    def _svg_leaf(tag: str) -> bool:
        return tag in ("path", "circle", "rect")


def check(browser: Browser, path: str, language: str, status: tuple[int, ...] = (200,)) -> str:
    response = browser.get(path)
    assert response.status_code in status, (path, response.status_code)
    page = Outline()
    page.feed(response.text)
    assert page.language == language
    assert not page.faults, (path, page.faults)
    assert not page.open, (path, page.open)
    assert len(set(page.ids)) == len(page.ids), (path, sorted(page.ids))
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return response.text


@pytest.mark.parametrize("accept", LANGUAGES)
@pytest.mark.parametrize("path", PUBLIC)
def test_a_visitor_sees_the_page_in_the_language_asked_for(visitor: Browser, path: str, accept: str) -> None:
    visitor.language = accept
    check(visitor, path, LANGUAGES[accept], (200, 404))


@pytest.mark.parametrize("accept", LANGUAGES)
@pytest.mark.parametrize("path", LEARNER)
def test_a_learner_sees_the_page(ada: Browser, path: str, accept: str) -> None:
    ada.language = accept
    assert "Ada" in check(ada, path, LANGUAGES[accept])


@pytest.mark.parametrize("accept", LANGUAGES)
@pytest.mark.parametrize("path", INSTRUCTOR)
def test_an_instructor_sees_the_page(grace: Browser, path: str, accept: str) -> None:
    grace.language = accept
    check(grace, path, LANGUAGES[accept])


@pytest.mark.parametrize("path", INSTRUCTOR)
def test_instructor_pages_need_the_link_and_say_so(ada: Browser, path: str) -> None:
    response = ada.get(path)
    assert response.status_code == 403
    assert "one-time link" in response.text


def test_the_chosen_language_wins_over_the_browsers(visitor: Browser) -> None:
    visitor.language = "en"
    assert visitor.post("/settings/language", language="zh-Hans").status_code == 303
    assert 'lang="zh-Hans"' in visitor.get("/").text
    assert visitor.post("/settings/language", language="fr").status_code == 400


@pytest.mark.parametrize(("accept", "language"), [
    ("zh-TW", "zh-Hans"), ("zh", "zh-Hans"), ("de, zh-CN;q=0.5, en;q=0.4", "zh-Hans"), ("de, en;q=0.5, zh;q=0.1", "en"),
    ("de", "en"), ("", "en"), ("*", "en"), ("zh;q=nonsense", "zh-Hans"),
])
def test_the_browsers_wish_is_read(visitor: Browser, accept: str, language: str) -> None:
    visitor.language = accept
    found = re.search(r'<html lang="([^"]+)"', visitor.get("/").text)
    assert found
    if accept != "zh;q=nonsense":  # how a malformed weight is read is not ours; that it gives a page is
        assert found.group(1) == language


def test_the_theme_is_rendered_by_the_server(visitor: Browser) -> None:
    assert "data-theme" not in visitor.get("/").text
    visitor.post("/settings/theme", theme="dark")
    assert 'data-theme="dark"' in visitor.get("/").text
    visitor.post("/settings/theme", theme="system")
    assert "data-theme" not in visitor.get("/").text


@pytest.mark.parametrize("path", ["/settings/theme", "/settings/language", "/j", "/c/docker/start", "/q/1/1", "/t/1/1", "/leave",
                                  "/c/docker/notes", "/c/docker/bank/0000000000000001", "/c/docker/quizzes", "/r/1/finish"])
def test_no_form_is_taken_without_its_token(ada: Browser, path: str) -> None:
    response = ada.client.post(path, data={"name": "Eve", "theme": "dark"})
    assert response.status_code == 400
    assert "too old" in response.text


def test_after_a_setting_one_is_sent_to_the_page_one_came_from_and_never_elsewhere(visitor: Browser) -> None:
    for came_from, goes_to in (("http://localhost/about/proof?x=1", "/about/proof?x=1"), ("https://evil.example/a", "/"),
                               ("http://localhost//evil.example", "/"), ("", "/")):
        response = visitor.client.post("/settings/theme", data={"theme": "dark", "csrf_token": visitor.token()},
                                       headers={"Referer": came_from})
        assert response.location == goes_to, came_from


def test_the_session_cookie_cannot_be_read_by_scripts(app: Flask, visitor: Browser) -> None:
    cookie = visitor.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_static_files_have_addresses_that_change_with_their_content(visitor: Browser) -> None:
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', visitor.get("/").text)
    assert len(addresses) >= 4
    for address in addresses:
        response = visitor.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
        response.close()
    [version] = {row["version"] for row in json.loads((STATIC / "vendor" / "vendor.json").read_text())
                 if row["file"] == "pico.min.css"}
    assert f'vendor/pico.min.css?v={version}"' in (STATIC / "theme.css").read_text()
    assert f"/static/vendor/pico.min.css?v={version}" in addresses


@pytest.mark.parametrize("address", [
    "/board/docker/{}", "/c/docker/notes/{}", "/c/docker/notes/{}/source", "/q/{}/1", "/q/1/{}", "/t/{}/1", "/r/{}",
])  # fmt: skip
def test_a_number_that_no_row_can_have_is_a_page_that_is_not_there(grace: Browser, address: str) -> None:
    for number in (2**31, 2**63, 10**30):
        assert grace.get(address.format(number)).status_code == 404


def test_a_supervisor_can_ask_whether_the_app_is_well(visitor: Browser) -> None:
    assert visitor.get("/healthz").json == {"status": "ok"}


def test_an_error_of_ours_is_ours_in_the_look(app: Flask) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)

    @app.get("/breaks")
    def breaks() -> str:
        raise RuntimeError("for this test")

    response = app.test_client().get("/breaks")
    assert response.status_code == 500
    assert "our mistake, not yours" in response.text
    assert response.headers["Content-Security-Policy"]
