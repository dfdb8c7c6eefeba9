"""An app with one small course, and clients for its cast: a visitor, Ada the learner, Grace the instructor."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import models
from app import create_app
from models.base import clock
from models.database import writing
from models.merging import merge_bank
from models.notes import note_done
from sandboxes.effects import SandboxError
from tests.web.material import FILE, NOTE, QUESTIONS


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with the course in it, to be copied."""
    folder = tmp_path_factory.mktemp("course")
    app = new_app(folder)
    models.upgrade_database(app)
    with app.app_context():
        add_course()
        models.db.engine.dispose()
    return folder / "noteproof.db"


def new_app(folder: Path, **settings: object) -> Flask:
    return create_app({"SECRET_KEY": "tests only", "INSTANCE": str(folder), "NOTEPROOF_INSTANCE": str(folder),
                       "TESTING": True, **settings})


def add_course() -> models.Course:
    """Store the course of material.py as an import would."""
    course = models.create_course("Docker in small steps", "en", slug="docker", sample=True)
    note = models.add_note(course.id, FILE, NOTE.encode())
    suspicion = {"lines": [19, 19], "heading": ["Life"], "what": "unknown command", "found": "dokcer", "instead": "docker"}
    with writing() as session:
        merge_bank(session, course.id, [each.to_dict() for each in QUESTIONS], {FILE: note.id}, clock())
        note_done(session, note.id, counts={"title": "Docker", "language": "en", "facts": 12, "questions": 10, "kinds": {},
                                            "dropped": 1, "suspicions": 1},
                  suspicions=[suspicion], coverage={}, now=clock())
    job = models.job_about(models.IMPORT_NOTE, note.id)
    assert job is not None
    with writing() as session:
        session.get_one(models.Job, job.id).state = "done"
    return course


@pytest.fixture
def app(tmp_path: Path, database: Path) -> Iterator[Flask]:
    """Give the app with a database of its own. CSRF is on, as it is for everybody."""
    shutil.copy(database, tmp_path / "noteproof.db")
    app = new_app(tmp_path)
    yield app
    with app.app_context():
        models.db.engine.dispose()


class Browser:
    """A test client that sends forms as a browser does: with the token of the page they stand on."""

    def __init__(self, client: FlaskClient, language: str = "en") -> None:
        self.client, self.language = client, language

    def get(self, path: str, **more: object) -> TestResponse:
        return self.client.get(path, headers={"Accept-Language": self.language}, **more)  # type: ignore[arg-type]

    def post(self, path: str, page: str = "/about/keyboard", **form: object) -> TestResponse:
        data = {key: value for key, value in form.items() if value is not None}
        # The form for notes is sent in parts, as its enctype says; the others are not.
        files = any(isinstance(value, tuple) for value in data.values())
        encoding = "multipart/form-data" if files or path.endswith("/notes") else "application/x-www-form-urlencoded"
        response = self.client.post(path, data={**data, "csrf_token": self.token(page)}, content_type=encoding,
                                    headers={"Accept-Language": self.language})
        response.request.environ["wsgi.input"].close()  # the client keeps large bodies in a file
        return response

    def token(self, page: str = "/about/keyboard") -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page).text)
        assert found, page
        return found.group(1)

    def start(self, **form: object) -> str:
        """Start a round and give the address of its first question."""
        response = self.post("/c/docker/start", **{"name": "Ada", **form})
        assert response.status_code == 303, response.text
        return response.location


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Give a browser that nobody knows."""
    return Browser(app.test_client())


@pytest.fixture
def ada(app: Flask) -> Browser:
    """Give the browser of a learner who has joined."""
    browser = Browser(app.test_client())
    assert browser.post("/j", name="Ada", course="docker").status_code == 303
    return browser


@pytest.fixture
def grace(app: Flask) -> Browser:
    """Give the browser of an instructor."""
    with app.app_context():
        token = models.make_instructor_link()
    browser = Browser(app.test_client())
    assert browser.post(f"/i/{token}", name="Grace").status_code == 303
    return browser


def work(app: Flask) -> None:
    """Do the imports that wait, as a worker without an engine would."""
    from jobs.engine import Engine
    from jobs.run import run_job

    def no_engine():
        raise SandboxError("no engine in this test")

    with app.app_context():
        waiting = [job.id for job in models.db.session.scalars(
            models.db.select(models.Job).where(models.Job.state == "new", models.Job.kind == models.IMPORT_NOTE))]
    for number in waiting:
        run_job(app, number, Engine(no_engine), "test")
