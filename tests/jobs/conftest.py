from __future__ import annotations

from tests.models.conftest import (
    app,
    empty_database,
    postgres,
    postgres_app,
    postgres_template,
    sqlite_app,
    stored,
)

__all__ = ["app", "empty_database", "postgres", "postgres_app", "postgres_template", "sqlite_app", "stored"]
