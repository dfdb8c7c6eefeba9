"""Databases for tests: a SQLite file that is up to date, and a PostgreSQL server of our own."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

import models


def bare_app(folder: Path, address: str | None = None) -> Flask:
    """Make an app with the database and nothing else."""
    app = Flask("stored", instance_path=str(folder))
    app.config.update(INSTANCE=str(folder), SQLALCHEMY_DATABASE_URI=address)
    models.init_app(app)
    return app


def postgres_programs() -> Path | None:
    """Find PostgreSQL's server programs, as Debian lays them out or on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Run a server of our own that listens on a socket in `folder` only; give its address."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed (Debian: apt-get install postgresql)")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")  # PostgreSQL refuses to run as root
    data = folder / "data"
    _as_postgres(programs / "initdb", "-D", data, "-A", "trust", "-U", "noteproof", "-E", "UTF8", "-N")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 -c fsync=off"
    _as_postgres(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://noteproof@/postgres?host={folder}"
    finally:
        _as_postgres(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def new_database(server: str, template: str = "template1") -> str:
    """Make a database on the server, a copy of the template; give its address."""
    import psycopg

    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return server.replace("/postgres?", f"/{name}?")


def _as_postgres(*command: object) -> None:
    words = [str(word) for word in command]
    as_user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"]
    prefix = as_user if os.geteuid() == 0 else []
    done = subprocess.run([*prefix, *words], capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, f"{words[0]} failed: {done.stdout}{done.stderr}"
