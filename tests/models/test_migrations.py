"""The tables come from migrations: up, down, twice, and by several processes at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

import models
from tests.models.databases import bare_app, new_database

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "anki_recall", "answer", "attempt", "bank_question", "course", "instructor_link", "job", "note", "note_picture", "person",
    "quiz", "report", "review", "worker",
}
UPGRADE = """
import sys
from pathlib import Path
from tests.models.databases import bare_app
import models
models.upgrade_database(bare_app(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None))
"""


def tables(app: Flask) -> set[str]:
    with app.app_context():
        found = set(inspect(models.db.engine).get_table_names()) - {"alembic_version"}
        models.db.engine.dispose()
    return found


def test_up_down_and_up_again(app: Flask):
    models.upgrade_database(app)
    assert tables(app) == TABLES
    models.downgrade_database(app)
    assert tables(app) == set()
    models.upgrade_database(app)
    assert tables(app) == TABLES


def test_the_migrations_make_what_the_classes_say(stored: Flask):
    with models.db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, models.db.metadata) == []


def upgrade_at_once(*arguments: str) -> None:
    command = [sys.executable, "-c", UPGRADE, *arguments]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for process in running:
        said = process.communicate(timeout=60)[1]
        assert process.returncode == 0, said


def test_three_processes_upgrade_one_file(tmp_path: Path):
    upgrade_at_once(str(tmp_path))
    assert tables(bare_app(tmp_path)) == TABLES


@pytest.mark.postgres
def test_three_processes_upgrade_one_server(tmp_path: Path, postgres: str):
    address = new_database(postgres)
    upgrade_at_once(str(tmp_path), address)
    assert tables(bare_app(tmp_path, address)) == TABLES


def test_a_sqlite_file_is_opened_for_keeps(sqlite_app: Flask, tmp_path: Path):
    with sqlite_app.app_context(), models.db.engine.connect() as connection:
        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2  # FULL: a commit waits for the disk
        assert pragma("foreign_keys") == 1
        assert pragma("busy_timeout") == 15_000


def test_the_database_itself_refuses_what_is_not_true(sqlite_app: Flask, tmp_path: Path):
    connection = sqlite3.connect(tmp_path / "noteproof.db")
    with pytest.raises(sqlite3.IntegrityError, match="ck_course_language"):
        connection.execute("INSERT INTO course VALUES (1, 'a', 'A', 'xx', '123456', 0, '2026-01-01')")
    connection.close()
