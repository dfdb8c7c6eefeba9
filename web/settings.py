"""The few settings of a visitor: theme, language, single-letter keys. Each is a cookie and wins over the browser's wish."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_babel import gettext as _

from web import languages

bp = Blueprint("settings", __name__, url_prefix="/settings")

THEME, KEYS = "theme", "keys"
#: What the button offers next, from what is set now; "" follows the system.
NEXT_THEME = {"": "dark", "dark": "light", "light": "system"}
A_YEAR = 365 * 24 * 3600


def current_theme() -> str:
    """Give "light", "dark" or "" for the system's."""
    value = request.cookies.get(THEME, "")
    return value if value in ("light", "dark") else ""


def single_keys() -> bool:
    """Tell whether single letters may act (WCAG 2.1.4 asks that they can be switched off)."""
    return request.cookies.get(KEYS) != "off"


def theme_label() -> str:
    """Say what the theme button does."""
    return {"": _("Switch to dark"), "dark": _("Switch to light"), "light": _("Follow the system's colours")}[current_theme()]


@bp.post("/theme")
def theme() -> Response:
    """Set or forget the theme."""
    return _remember(THEME, request.form.get("theme", ""), ("light", "dark"), forget="system")


@bp.post("/language")
def language() -> Response:
    """Set the language of the pages."""
    return _remember(languages.COOKIE, request.form.get("language", ""), tuple(languages.LANGUAGES))


@bp.post("/keys")
def keys() -> Response:
    """Switch single-letter keys off or on again."""
    return _remember(KEYS, request.form.get("keys", ""), ("off",), forget="on")


def _remember(name: str, value: str, allowed: tuple[str, ...], forget: str = "") -> Response:
    if value not in allowed and value != forget:
        abort(400)
    response = back()
    if value in allowed:
        response.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    else:
        response.delete_cookie(name)
    return response


def back() -> Response:
    """Send the visitor to the page they came from if it is one of ours, else to the front page."""
    came_from = urlsplit(request.referrer or "")
    ours = came_from.netloc == request.host and came_from.path.startswith("/") and not came_from.path.startswith("//")
    path = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
    response = redirect(path if ours else url_for("landing.show"), 303)
    assert isinstance(response, Response)
    return response
