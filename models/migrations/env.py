"""How Alembic reaches the app's database: inside an app context, one transaction for the whole upgrade.

A new migration: `flask --app app db revision --autogenerate --rev-id 0002 -m "what it does"`, then read and test it.
"""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from models.base import UtcDateTime, db


def render_item(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """Write our column types as plain SQLAlchemy ones, so that an old migration never depends on today's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.JSON):
        return "sa.JSON()"
    return False


def set_foreign_keys(connection: Connection, state: str) -> None:
    """Switch SQLite's foreign keys: rebuilding a table must not delete the rows that point at it."""
    if connection.dialect.name == "sqlite":
        # Straight to the driver: inside a transaction SQLite ignores this pragma.
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={state}")


def run() -> None:
    with db.engine.connect().execution_options(noteproof_write=True) as connection:
        set_foreign_keys(connection, "OFF")
        try:
            context.configure(
                connection=connection, target_metadata=db.metadata, render_item=render_item, compare_type=True,
                render_as_batch=True, transactional_ddl=True,
            )
            with context.begin_transaction():
                context.run_migrations()
        finally:
            set_foreign_keys(connection, "ON")


run()
