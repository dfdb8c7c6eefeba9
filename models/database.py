"""How the database is opened, written and brought up to date: SQLite, or PostgreSQL by its address."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import flask_migrate
from alembic.config import Config
from flask import Flask
from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.orm import Session

from models.base import db
from models.gate import write_gate

BUSY_SECONDS = 15
MIGRATIONS = Path(__file__).parent / "migrations"
#: Any fixed number: PostgreSQL's name of the lock that lets one process migrate at a time.
MIGRATION_LOCK = 7_268_190_452

migrate = flask_migrate.Migrate(directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


def init_app(app: Flask) -> None:
    """Join the database to the app.

    Reads SQLALCHEMY_DATABASE_URI, else keeps noteproof.db in the folder INSTANCE.
    """
    folder = Path(app.config.setdefault("INSTANCE", app.instance_path))
    folder.mkdir(parents=True, exist_ok=True)
    address = app.config.get("SQLALCHEMY_DATABASE_URI") or f"sqlite:///{folder / 'noteproof.db'}"
    app.config["SQLALCHEMY_DATABASE_URI"] = _with_driver(address)
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(address))
    db.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        _listen(db.engine)


@contextmanager
def writing() -> Iterator[Session]:
    """Open the one kind of transaction that may write: short, committed when the block ends.

    The request's session is used; what it had loaded is read anew, and stays readable after the commit. An
    exception rolls back. Blocks do not nest: a function that writes inside another's transaction takes its
    session.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("writing() does not nest: pass the session on instead")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changed objects outside of writing(): change them inside")
    session.rollback()  # ends a read: SQLite cannot turn it into a write without failing under load
    with _gate(session):
        session.info["writing"] = True
        try:
            session.connection(execution_options={"noteproof_write": True})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writing"] = False


def forget() -> None:
    """End the request's read and drop what it loaded: a loop that waits for a change calls it each time.

    A waiting stream must not hold a connection either; this gives it back.
    """
    db.session.rollback()


def upgrade_database(app: Flask) -> None:
    """Bring the tables up to date. Safe to run twice, and by several processes at once: they take turns."""
    with app.app_context(), _migrating():
        flask_migrate.upgrade(directory=str(MIGRATIONS))


def downgrade_database(app: Flask, revision: str = "base") -> None:
    """Take the tables back to a revision; "base" removes them all with what they hold."""
    with app.app_context(), _migrating():
        flask_migrate.downgrade(directory=str(MIGRATIONS), revision=revision)


def migration_config(app: Flask) -> Config:
    """Give Alembic's configuration, for tests that compare the tables with the classes."""
    with app.app_context():
        config: Config = migrate.get_config(str(MIGRATIONS))
    return config


def _with_driver(address: str) -> str:
    scheme, separator, rest = address.partition("://")
    return f"postgresql+psycopg{separator}{rest}" if scheme in ("postgres", "postgresql") else address


def _engine_options(address: str) -> dict[str, Any]:
    if not address.startswith("sqlite"):
        return {"pool_size": 8, "max_overflow": 56, "pool_pre_ping": True}
    if make_url(address).database in (None, "", ":memory:"):
        return {}
    # A connection to a file costs next to nothing; a thread that waits for one would.
    return {"pool_size": 8, "max_overflow": -1, "connect_args": {"timeout": BUSY_SECONDS}}


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself; _begin_sqlite does
    # FULL waits for the disk at each commit: what was acknowledged survives the plug being pulled.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("noteproof_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, context: object, instances: object) -> None:
    if not session.info.get("writing"):
        raise RuntimeError("writes go through a verb of models, which opens writing()")


def _gate(session: Session):  # type: ignore[no-untyped-def]
    file = _sqlite_file(session.get_bind().engine)
    return write_gate(file.with_name(file.name + ".gate")) if file else nullcontext()


def _sqlite_file(engine: Engine) -> Path | None:
    if engine.dialect.name != "sqlite" or engine.url.database in (None, "", ":memory:"):
        return None
    return Path(engine.url.database or "")


@contextmanager
def _migrating() -> Iterator[None]:
    file = _sqlite_file(db.engine)
    with ExitStack() as stack:
        if file:
            handle = stack.enter_context(file.with_name(file.name + ".migrating").open("ab"))
            fcntl.flock(handle, fcntl.LOCK_EX)
        elif db.engine.dialect.name == "postgresql":
            connection = stack.enter_context(db.engine.connect())
            key = {"key": MIGRATION_LOCK}
            connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
            stack.callback(connection.execute, text("SELECT pg_advisory_unlock(:key)"), key)
        yield


