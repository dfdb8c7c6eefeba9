"""What every response says to the browser about what may run on the page."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter

#: `data:` is there for the pictures inside Pico's own style sheet (chevron, checkbox) and for nothing else.
POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'", "img-src 'self' data:",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
MAX_NOTE = 2_000_000  # bytes of a note that is handed in over the web: others wait while it is read
MAX_UPLOAD = 2_500_000  # bytes of a whole request: a note and the form around it
MAX_PICTURES = 25_000_000  # bytes of a note's pictures, and of a request that brings some
ROOMY = frozenset({"notes.create", "notes.upload"})  # what may bring pictures
MAX_NUMBER = 2**31 - 1  # of a row; a larger one would be an error of the database instead of a page that is not there

csrf = CSRFProtect()


class RowNumber(IntegerConverter):
    """A row's number in an address: `<int:quiz>`."""

    def to_python(self, value: str) -> int:
        """Read it; whatever no row can have becomes one number that no row has."""
        return min(int(super().to_python(value)), MAX_NUMBER)


def init_app(app: Flask) -> None:
    """Set limits, cookies, headers and CSRF. What the app has already set wins."""
    # Werkzeug counts form fields apart from files, with a limit of 500 kB that a pasted note may pass.
    app.config["MAX_CONTENT_LENGTH"] = app.config.get("MAX_CONTENT_LENGTH") or MAX_UPLOAD
    app.config["MAX_FORM_MEMORY_SIZE"] = app.config["MAX_CONTENT_LENGTH"]
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # a note may be read for hours before the answer is sent
    app.before_request(_make_room)  # ahead of the CSRF check, which reads the form
    app.url_map.converters["int"] = RowNumber
    csrf.init_app(app)
    app.after_request(add_headers)


def _make_room() -> None:
    if request.endpoint in ROOMY and request.mimetype == "multipart/form-data":
        request.max_content_length = MAX_PICTURES


def add_headers(response: Response) -> Response:
    """Add the security headers, and keep personal pages out of shared caches."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        if "v" in request.args and response.status_code in (200, 304):  # another content has another address
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.update(("Cookie", "Accept-Language"))
    return response
