from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url

import models
from tests.models.databases import bare_app, new_database, postgres_server


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file that migrations brought up to date, to be copied."""
    folder = tmp_path_factory.mktemp("database")
    app = bare_app(folder)
    models.upgrade_database(app)
    with app.app_context():
        models.db.engine.dispose()
    return folder / "noteproof.db"


@pytest.fixture
def sqlite_app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """Give an app with an empty SQLite database."""
    shutil.copy(empty_database, tmp_path / "noteproof.db")
    app = bare_app(tmp_path)
    yield app
    with app.app_context():
        models.db.engine.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the address of a PostgreSQL server that lives as long as the tests."""
    with tempfile.TemporaryDirectory(prefix="np-pg-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        with postgres_server(Path(folder)) as server:
            yield server


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> str:
    """Give the name of a PostgreSQL database that migrations brought up to date, to be copied."""
    address = new_database(postgres)
    app = bare_app(tmp_path_factory.mktemp("template"), address)
    models.upgrade_database(app)
    with app.app_context():
        models.db.engine.dispose()
    return make_url(address).database or ""


@pytest.fixture
def postgres_app(tmp_path: Path, postgres: str, postgres_template: str) -> Iterator[Flask]:
    """Give an app with an empty PostgreSQL database."""
    app = bare_app(tmp_path, new_database(postgres, postgres_template))
    yield app
    with app.app_context():
        models.db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def app(request: pytest.FixtureRequest) -> Flask:
    """Give an app with an empty database of either kind."""
    return request.getfixturevalue(f"{request.param}_app")


@pytest.fixture
def stored(app: Flask) -> Iterator[Flask]:
    """Give the app with its context open."""
    with app.app_context():
        yield app
