"""The worker's own small Flask app: the database and the settings, no pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from models.database import init_app

ROOT = Path(__file__).resolve().parent.parent


def worker_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Make an app with the web's settings: `settings`, else the environment's, else the defaults."""
    app = Flask("jobs", root_path=str(ROOT), instance_path=str(ROOT / "instance"))
    app.config.from_mapping(INSTANCE=app.instance_path, SQLALCHEMY_DATABASE_URI=None, BROKER=None)
    app.config.from_prefixed_env("NOTEPROOF")
    app.config.from_mapping(settings or {})
    init_app(app)
    return app
