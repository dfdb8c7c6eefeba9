"""Pages about the app itself: how answers are proved, the licences, the keys."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("about", __name__, url_prefix="/about")

VENDORED = Path(__file__).parent / "static" / "vendor"


@bp.get("/proof")
def proof() -> ResponseReturnValue:
    """Say what "proved" and "not judged" mean here."""
    return render_template("about/proof.html")


@bp.get("/licences")
def licences() -> ResponseReturnValue:
    """Name what the pages are made with, and under which licences."""
    return render_template("about/licences.html", vendored=vendored())


@bp.get("/keyboard")
def keyboard() -> ResponseReturnValue:
    """List the keys."""
    return render_template("about/keyboard.html")


@cache
def vendored() -> tuple[dict[str, str], ...]:
    """Give the rows of vendor.json with the text of each licence."""
    rows = json.loads((VENDORED / "vendor.json").read_text(encoding="utf-8"))
    return tuple({**row, "text": (VENDORED / row["licence_file"]).read_text(encoding="utf-8")} for row in rows)
