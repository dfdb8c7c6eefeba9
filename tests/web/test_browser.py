"""In a real browser: accessible in every theme and width, usable by keyboard alone, and nothing the policy forbids."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

import models
from models.answers import Answer, judge
from models.base import clock
from models.database import writing
from tests.web.conftest import new_app
from tests.web.test_workbench import GOALS, STEPS
from web.security import MAX_PICTURES

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]
AXE = Axe().axe_script
CONTRAST = {"runOnly": ["color-contrast"]}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
#: theme, width, what axe looks for; colours differ by theme only, the rest by width only
SCREENS = (("light", 1280, RULES), ("dark", 1280, CONTRAST),
           ("light", 390, {**RULES, "rules": {"color-contrast": {"enabled": False}}}))
NARROWEST = 320
OPEN = ("/", "/c/docker", "/j", "/board/docker", "/board/docker/1", "/c/docker/deck", "/c/docker/import",
        "/about/proof", "/about/licences",
        "/about/keyboard", "/nowhere")
DESK = ("/notes", "/c/docker/notes", "/c/docker/notes/1", "/c/docker/bank",
        "/c/docker/bank?q=0000000000000003&edit=1", "/c/docker/quizzes", "/c/docker/class", "/c/docker/items", "/c/docker/import")


@dataclass(frozen=True)
class Site:
    """The app as it is served to the browser."""

    app: Flask
    address: str
    link: str  # a fresh instructor link


@pytest.fixture
def site(tmp_path: Path, database: Path) -> Iterator[Site]:
    shutil.copy(database, tmp_path / "noteproof.db")
    app = new_app(tmp_path)
    with app.app_context():
        models.create_quiz(1, "Week 1", ["0000000000000002", "0000000000000001"], publish=True)
        link = models.make_instructor_link()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.port}", link)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        models.db.engine.dispose()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site.address, locale="en-US", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Give a page; whatever the policy forbade or a script threw fails the test at its end."""
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    # A page that says 404 or 422 is an error to the console too, and it is what the test asked for.
    assert not [text for text in complaints if "Failed to load resource" not in text]


def join(page: Page, name: str = "Ada") -> None:
    page.goto("/j")
    page.get_by_label("Your name").fill(name)
    page.get_by_role("main").get_by_role("button", name="Join").click()
    page.wait_for_url("**/c/docker")


def become_instructor(page: Page, site: Site) -> None:
    page.goto(f"/i/{site.link}")
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/notes")


def begin(page: Page, kind: str) -> None:
    page.goto("/c/docker")
    page.get_by_label("Kind").select_option(kind)
    page.get_by_role("button", name="Start", exact=True).first.click()
    page.wait_for_url("**/1")


def look(page: Page) -> None:
    """Run axe in every theme and width, and see that nothing sticks out at the side."""
    page.evaluate(AXE)
    for theme, width, rules in SCREENS:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("async rules => (await axe.run(document, rules)).violations", rules)
        told = [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]
        assert not found, (page.url, theme, width, told)
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("path", OPEN)
def test_open_pages_are_accessible(page: Page, path: str) -> None:
    page.goto(path)
    look(page)


def test_the_desk_is_accessible(page: Page, site: Site) -> None:
    become_instructor(page, site)
    for path in DESK:
        page.goto(path)
        look(page)


ANSWER_KEYS = {
    "single_choice": ["b", "Enter"], "true_false": ["a", "Enter"], "multiple_answers": ["1", "3", "Enter"],
    "output_reading": ["2", "Enter"], "error_diagnosis": ["a", "Enter"],
}


@pytest.mark.parametrize("kind", ANSWER_KEYS)
def test_a_choice_is_answered_by_keyboard_alone(page: Page, kind: str) -> None:
    join(page)
    begin(page, kind)
    look(page)
    for key in ANSWER_KEYS[kind]:
        page.keyboard.press(key)
    page.locator('[data-outcome="right"]').wait_for()
    look(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/*")
    look(page)


def test_a_cloze_is_answered_by_keyboard_alone(page: Page) -> None:
    join(page)
    begin(page, "cloze")
    look(page)
    page.get_by_label("Gap 1").focus()
    page.keyboard.type("sigterm")
    page.keyboard.press("Tab")
    page.keyboard.type("kill")
    page.keyboard.press("Enter")
    page.locator('[data-outcome="right"]').wait_for()
    look(page)


def test_a_command_is_typed_where_the_cursor_stands(page: Page) -> None:
    join(page)
    begin(page, "command")
    look(page)
    page.keyboard.type("docker port web")
    page.keyboard.press("Enter")
    page.locator('[data-outcome="right"]').wait_for()
    look(page)


def test_lines_are_ordered_by_keyboard_alone(page: Page) -> None:
    join(page)
    begin(page, "ordering")
    look(page)
    # stop, create, rm, start: stop goes down twice, then rm to the end
    page.get_by_role("button", name="Move down: docker stop").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+ArrowDown")
    page.get_by_role("button", name="Move down: docker stop").focus()
    assert page.locator("[data-row] > span:first-child").all_inner_texts() == [
        "docker create", "docker rm", "docker stop", "docker start"]
    assert "docker stop is now line 3" in page.locator("[data-order-said]").inner_text()
    page.get_by_role("button", name="Move up: docker start").focus()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    page.get_by_role("button", name="Move down: docker rm").focus()
    page.keyboard.press("Enter")
    page.locator("[data-submit]").focus()
    page.keyboard.press("Enter")
    page.locator('[data-outcome="right"]').wait_for()
    look(page)


def test_pairs_are_chosen(page: Page) -> None:
    join(page)
    begin(page, "matching")
    look(page)
    page.get_by_label("docker pause").select_option("freezes it")
    page.get_by_label("docker unpause").select_option("lets it go on")
    page.locator("[data-submit]").click()
    page.locator('[data-outcome="right"]').wait_for()
    look(page)


def test_a_check_tells_its_progress_and_then_its_verdict_without_a_reload(page: Page, site: Site) -> None:
    join(page)
    begin(page, "practical")
    look(page)
    page.get_by_label("Your commands").fill("docker run -d --name web -P site:1")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Waiting").wait_for()
    look(page)
    page.evaluate("window.stayed = true")
    with site.app.app_context(), writing() as session:
        told = {"outcome": "partly right", "score": 0.5, "feedback": "The port is another.", "differences": GOALS}
        judge(session.get_one(Answer, 1), told, clock(), transcript=STEPS, engine="Docker 26.1.5", seconds=4.8)
    page.locator('[data-outcome="partly right"]').wait_for()
    assert page.evaluate("window.stayed")
    assert page.get_by_text("Expected host port 8080, found a random one (-P).").is_visible()
    look(page)


def test_the_board_fills_by_itself(page: Page, chromium: Browser, site: Site) -> None:
    page.goto("/board/docker")
    page.get_by_text("Nobody has answered yet").wait_for()
    page.evaluate("window.stayed = true")
    other = chromium.new_context(base_url=site.address, locale="en-US")
    other.set_default_timeout(60_000)
    learner = other.new_page()
    join(learner, "Zoe")
    begin(learner, "true_false")
    learner.keyboard.press("a")
    learner.keyboard.press("Enter")
    learner.locator('[data-outcome="right"]').wait_for()
    page.get_by_role("rowheader", name="Zoe").wait_for()
    assert page.evaluate("window.stayed")
    look(page)
    other.close()


def test_the_bank_is_reviewed_by_single_letters(page: Page, site: Site) -> None:
    become_instructor(page, site)
    page.goto("/c/docker/bank")
    page.keyboard.press("a")
    page.get_by_text("Decided.").wait_for()
    page.keyboard.press("j")
    page.wait_for_url("**q=0000000000000003**")
    page.keyboard.press("r")
    page.wait_for_url("**q=0000000000000004**")
    page.keyboard.press("u")
    page.wait_for_url("**q=0000000000000003**")
    look(page)


def test_cards_are_reviewed_by_keyboard_alone(page: Page, site: Site) -> None:
    join(page)
    page.goto("/c/docker/review")
    look(page)
    for key in ("3", "Space", "1", "Enter"):  # the second card is sent on its way by Enter, then by Space
        page.keyboard.press("Space")
        page.wait_for_url("**back=1**")
        page.keyboard.press(key)
        page.wait_for_url("**/c/docker/review")
    with site.app.app_context():
        assert [row.rating for row in models.reviews_of(models.learners_of(1)[0].id)] == [3, 3, 1, 3]
    page.keyboard.press("u")
    page.wait_for_url("**card=0000000000000004")
    for kind in range(1, 11):
        page.goto(f"/c/docker/review?card={kind:016x}&back=1")
        page.evaluate(AXE)
        assert not page.evaluate("async rules => (await axe.run(document, rules)).violations", RULES), kind
    look(page)


def test_single_letters_can_be_switched_off(page: Page) -> None:
    page.goto("/about/keyboard")
    page.get_by_role("button", name="Switch them off").click()
    page.get_by_role("button", name="Switch them on").wait_for()
    join(page)
    begin(page, "single_choice")
    page.keyboard.press("b")
    assert page.locator("input:checked").count() == 0


def test_a_text_that_is_too_long_is_not_sent_and_stays(page: Page, site: Site) -> None:
    become_instructor(page, site)
    page.goto("/c/docker/notes")
    area = page.get_by_label("or paste the text")
    area.evaluate("area => { area.value = 'some words of a note\\n'.repeat(100000) }")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("This is longer than 2 MB").wait_for()
    assert area.evaluate("area => area.value.length") == 2_100_000


def test_a_refused_upload_is_answered_although_it_was_not_read(page: Page, site: Site, tmp_path: Path) -> None:
    """A server that answers before it has read everything makes browsers show a broken connection."""
    become_instructor(page, site)
    page.goto("/c/docker/notes")
    page.evaluate("document.querySelector('form[data-upload]').removeAttribute('data-limit')")
    large = tmp_path / "large.md"
    large.write_bytes(b"x" * (MAX_PICTURES + 1_000_000))
    page.get_by_label("Markdown file").set_input_files(large)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("That is more than 25 MB").wait_for()
    assert page.get_by_text("Split the note by chapter").is_visible()


def test_everything_works_without_script(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.address, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/c/docker")
    page.locator("#name").fill("林晓")
    page.locator("#kind").select_option("ordering")
    page.locator("form.form button").click()
    page.locator("button[value=down-0]").click()
    assert page.locator("[data-row] > span:first-child").all_inner_texts()[0] == "docker create"
    page.locator("[data-submit]").click()
    assert page.locator(".verdict").count() == 1
    page.locator("[data-next]").click()
    assert "/r/" in page.url
    context.close()
