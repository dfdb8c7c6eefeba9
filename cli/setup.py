"""What must be there before the app is served: secret key, database, translations, sample courses. Safe to run again."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from jobs.engine import Opened
from sandboxes.engines import EngineError

ROOT = Path(__file__).resolve().parent.parent
#: Sample course: title, language, and its notes in samples/.
SAMPLES = (
    ("容器的一生", "zh", "docker-life.zh.md"),
    ("The life of a container", "en", "docker-life.en.md"),
    ("Files on the command line", "en", "linux-files.en.md"),
)


def set_up(say: Callable[[str], None]) -> str:
    """Bring everything up to date and give the secret of a new one-time instructor link."""
    from app import create_app
    from models import make_instructor_link, queue_proofs, upgrade_database
    from web.languages import compile_catalogues

    compile_catalogues()
    make_secret_key(instance() / "secret_key")
    app = create_app()
    upgrade_database(app)
    with app.app_context():
        add_samples(app, say)
        queue_proofs()
        return make_instructor_link()


def instance() -> Path:
    """Give the folder of the database and the key: NOTEPROOF_INSTANCE, else instance/ in this folder."""
    return Path(os.environ.get("NOTEPROOF_INSTANCE", ROOT / "instance")).absolute()


def make_secret_key(file: Path) -> None:
    """Write a new key that only its owner can read; a key that is there stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as key:
        key.write(secrets.token_hex(32).encode())


def add_samples(app: Flask, say: Callable[[str], None]) -> None:
    """Give a new database the sample courses, read and ready; one with courses of its own is left alone."""
    from jobs.engine import Engine
    from jobs.run import run_job
    from models import IMPORT_NOTE, add_note, courses, create_course, job_about

    if courses():
        return
    say("Reading the sample notes.")
    for title, language, name in SAMPLES:
        course = create_course(title, language, sample=True)
        note = add_note(course.id, name, (ROOT / "samples" / name).read_bytes())
        job = job_about(IMPORT_NOTE, note.id)
        if job is not None:
            run_job(app, job.id, Engine(no_engine), "set-up")


def no_engine() -> Opened:
    """Say that reading notes needs no engine, so that none is looked for."""
    raise EngineError("the set-up needs no engine")
