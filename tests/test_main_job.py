"""The main job from end to end, as a newcomer does it: a note in the browser; a quiz, practical answers on a real engine, a
scoreboard and a deck out."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from notes import read_note
from quizzes.generate import generate
from quizzes.questions import Question
from tests.conftest import ROOT, SHARED_NOTES
from tests.exports.ankiworld import collection, problems, take

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
#: The slowest step: the first check waits until a sandbox has started.
PATIENCE = 120_000  # milliseconds

pytestmark = [pytest.mark.engine, pytest.mark.browser, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Served:
    """A running app."""

    address: str
    instructor: str  # the one-time link


def main_note() -> Path:
    """Give the note of the main job where it is at hand, our own sample otherwise."""
    note = SHARED_NOTES / "docker-basics.zh.md"
    return note if note.exists() else ROOT / "samples" / "docker-life.zh.md"


def publishing(note: Path) -> Question:
    """Find a practical of the note that publishes a chosen port."""
    bank = generate([read_note(note.name, note.read_bytes())])
    return next(question for question in bank.questions
                if question.kind == "practical" and re.search(r" -p \d+:\d+", question.reference))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Start the app as ./run does, on a free port, and stop it again."""
    if not os.environ.get("DOCKER_HOST"):
        pytest.skip("no engine: DOCKER_HOST is not set")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {**os.environ, "NOTEPROOF_INSTANCE": str(tmp_path_factory.mktemp("instance"))}
    process = subprocess.Popen([sys.executable, "-m", "cli", "serve", "--port", str(port)], cwd=ROOT, env=environment,
                               stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if link := re.search(r"http\S+/i/\S+", line):
            yield Served(f"http://127.0.0.1:{port}", link[0].replace("localhost", "127.0.0.1"))
            break
    process.terminate()
    _, rest = process.communicate(timeout=60)
    assert "Traceback" not in said + rest, said + rest


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.skip(f"no {CHROMIUM}: install Debian's chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def test_the_main_job(served: Served, browser: Any, tmp_path: Path) -> None:
    note = main_note()
    task = publishing(note)
    instructor, learner = browser.new_context(locale="en"), browser.new_context(locale="zh-CN")

    slug = upload(instructor.new_page(), served, note)
    page = learner.new_page()
    join(page, served, slug, "林晓")
    answer_a_quiz(page)
    practise(page, served, slug, task)
    see_the_board(page, served, slug)
    read_the_deck(page, served, slug, tmp_path)


def upload(page: Any, served: Served, note: Path) -> str:
    """Come in by the one-time link, hand the note in, and wait for its questions."""
    page.goto(served.instructor)
    page.get_by_label("Your name, as learners see it").fill("Grace")
    page.get_by_role("button", name="Come in").click()
    page.goto(f"{served.address}/notes")
    page.set_input_files("#file", note)
    page.locator("form[data-upload] button[type=submit], form[data-upload] button:not([type])").first.click()
    page.wait_for_selector("ul.queue li", timeout=PATIENCE)
    assert page.locator("ul.queue li").count() >= 60
    return re.search(r"/c/([^/]+)/notes", page.url)[1]  # type: ignore[index]


def join(page: Any, served: Served, slug: str, name: str) -> None:
    """Start a round of ten with nothing but a name."""
    page.goto(f"{served.address}/c/{slug}")
    page.locator("#name").fill(name)
    page.locator("#kind").select_option("single_choice")
    page.locator("form:has(#name) button").click()
    page.wait_for_url("**/q/*/1")


def answer_a_quiz(page: Any) -> None:
    """Choose the first choice of every question; each answer shows its verdict, its key and the note's passage."""
    outcomes = set()
    for _ in range(10):
        page.locator(".choice label").first.click()
        page.locator("[data-submit]").click()
        verdict = page.wait_for_selector(".verdict")
        outcomes |= set(verdict.get_attribute("class").split())
        assert page.locator(".galley li").count() >= 1
        assert page.locator(".choice.right").count() == 1
        page.locator("a[data-next]").click()
        page.wait_for_load_state()
    assert {"right", "wrong"} & outcomes
    assert "/r/" in page.url


def practise(page: Any, served: Served, slug: str, task: Question) -> None:
    """Answer the task with -P first, then as the reference does."""
    wrong = re.sub(r" -p (\d+):\d+", " -P", task.reference)
    port = re.search(r" -p (\d+):", task.reference)[1]  # type: ignore[index]
    page.goto(f"{served.address}/c/{slug}")
    if page.locator("details:has(ul.tasks) > summary").count():
        page.locator("details:has(ul.tasks) > summary").click()
    page.locator(f"form:has(input[name=question][value='{task.id}']) button").click()
    page.wait_for_url("**/t/*/*")

    check(page, wrong)
    verdict = page.locator("#check .verdict").get_attribute("class")
    assert "wrong" in verdict or "partly" in verdict
    said = page.locator("#check").inner_text()
    assert "-P" in said
    assert port in said
    assert page.locator(".transcript li").count() >= 1

    check(page, task.reference)
    assert "right" in page.locator("#check .verdict").get_attribute("class").split()


def check(page: Any, commands: str) -> None:
    """Hand commands in and wait for the verdict of that try."""
    page.locator("textarea[name=answer]").fill(commands)
    page.locator("[data-submit]").click()
    page.wait_for_selector("#check[data-state=judged]", timeout=PATIENCE)


def see_the_board(page: Any, served: Served, slug: str) -> None:
    page.goto(f"{served.address}/board/{slug}")
    assert page.get_by_text("林晓").count() >= 1


def read_the_deck(page: Any, served: Served, slug: str, folder: Path) -> None:
    """Download the deck and have the official package import it."""
    page.goto(f"{served.address}/c/{slug}/deck")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载牌组").click()
    deck = folder / "deck.apkg"
    download.value.save_as(deck)
    with collection(folder) as anki:
        assert take(anki, deck).new >= 60
        assert problems(anki) == []
