"""The application: settings, then the parts are joined. Start reading here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

import models
import web

ROOT = Path(__file__).resolve().parent


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Make the application.

    :param settings: win over the environment (NOTEPROOF_NAME=value), which wins over the defaults
    """
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    app.config.from_mapping(defaults(Path(app.instance_path)))
    app.config.from_prefixed_env("NOTEPROOF")
    app.config.from_mapping(settings or {})
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or secret_key(Path(app.config["INSTANCE"]))
    models.init_app(app)
    web.init_app(app)
    return app


def defaults(instance: Path) -> dict[str, Any]:
    """Give every setting with its default; docs/settings.md explains them."""
    return {
        "INSTANCE": str(instance),  # folder of the database, the secret key and the locks
        "SECRET_KEY": None,  # None: the file secret_key in INSTANCE
        "SQLALCHEMY_DATABASE_URI": None,  # None: the file noteproof.db in INSTANCE
        "BROKER": None,  # None: workers poll the database; a Redis or RabbitMQ URL: Celery carries the hints
        "MAX_CONTENT_LENGTH": 2_500_000,  # bytes of a request
    }


def secret_key(instance: Path) -> bytes | None:
    """Read the key that `./run` made, None before the first set-up."""
    file = instance / "secret_key"
    return file.read_bytes() if file.exists() else None
