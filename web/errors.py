"""Error pages in the look: what happened, what was kept, what to do."""

from __future__ import annotations

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from models.errors import AnswerTooLong, AttemptClosed, BadName, LinkUsed, StoreError, TooManyChecks
from web.security import MAX_UPLOAD

#: How much of a refused request is read and thrown away, so that the browser gets to read our answer
#: instead of a reset connection.
DRAINED = 64 * 1024 * 1024  # bytes


def init_app(app: Flask) -> None:
    """Answer errors with a page, or with JSON below /api."""
    for code in (400, 403, 404, 405, 413):
        app.register_error_handler(code, show_error)
    app.register_error_handler(CSRFError, show_error)
    app.register_error_handler(InternalServerError, show_error)


def show_error(error: HTTPException) -> ResponseReturnValue:
    """Render one error."""
    if isinstance(error, RequestEntityTooLarge):
        drain()
    code = error.code or 500
    if request.path.startswith("/api/"):
        said = getattr(error, "data", None) or {}
        response: Response = jsonify(code=code, status=error.name, message=said.get("message") or what_to_do(error)[0])
        response.status_code = code
        return response
    title, advice = what_to_do(error)
    return render_template("errors/error.html", code=code, title=title, advice=advice), code


def what_to_do(error: HTTPException) -> tuple[str, str]:
    """Give the title and the advice for an error."""
    if isinstance(error, CSRFError):
        return (_("This form is too old."),
                _("Your browser lost the session, or the page was open for very long. Go back, reload the page and "
                  "send it again. Nothing was changed."))
    megabytes = f"{passed_limit() / 1_000_000:g}"
    sentences = {
        400: (_("This request cannot be understood."), _("Nothing was changed. Go back and try again from the page.")),
        403: (_("This page is for instructors."),
              _("Open the one-time link that ./run prints at its start. Each link works once; ./run prints a new one "
                "at each start.")),
        404: (_("There is no such page."),
              _("The address may be mistyped, or what it named was removed. Your answers are kept.")),
        405: (_("This address does not take that kind of request."), _("Go back and use the buttons of the page.")),
        413: (_("That is more than %(limit)s MB, the most one request may have.", limit=megabytes),
              _("Nothing was changed. Go back: your text is still in the form. Split the note by chapter, or leave out "
                "pasted logs and pictures, and send it again.")),
    }
    return sentences.get(error.code or 500, (
        _("Something went wrong on our side."),
        _("It is our mistake, not yours. Answers that were acknowledged are saved. Try again; if it stays, tell your "
          "instructor what you did.")))


def passed_limit() -> int:
    """Give the limit that the request is beyond: that of a whole request, with pictures perhaps, else that of its texts."""
    whole = request.max_content_length or MAX_UPLOAD
    return whole if (request.content_length or 0) > whole else MAX_UPLOAD


def drain() -> None:
    """Read what the browser is still sending, up to DRAINED bytes."""
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, DRAINED)
    try:
        while left > 0 and (read := len(stream.read(min(left, 1 << 16)))):
            left -= read
    except OSError:  # the browser has gone: nobody to answer
        return


def sentence(error: StoreError) -> str:
    """Say in the visitor's language why something was not stored."""
    if isinstance(error, AnswerTooLong):
        return _("Your answer has %(size)s kB; at most %(limit)s kB can be handed in. Nothing was stored: shorten it "
                 "and send it again.", size=error.size // 1000, limit=error.limit // 1000)
    if isinstance(error, TooManyChecks):
        return _("%(limit)s of your checks are still waiting. Your text is kept here; check again when one of them is "
                 "done.", limit=error.limit)
    known = {
        BadName: _("A name needs at least one letter and has at most 60 characters."),
        LinkUsed: _("This link is unknown, too old or was used before. ./run prints a new one at each start."),
        AttemptClosed: _("This attempt is finished, so it takes no more answers. Start a new one."),
    }
    return known.get(type(error), str(error))
