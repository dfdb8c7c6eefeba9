"""Pages and the API. Reads the request, calls one verb, renders; decides nothing about questions.

One file a page or group of pages, each a blueprint; `widgets` and `asking` say how a question is shown, `identity` who
is asking, `rendering` is the only place that makes HTML of stored text.
"""

from __future__ import annotations

from flask import Flask

from web import (
    about,
    api,
    bank,
    board,
    classes,
    courses,
    decks,
    errors,
    filters,
    imports,
    landing,
    languages,
    navigation,
    notes,
    people,
    pictures,
    questions,
    quizzes,
    reports,
    results,
    reviews,
    security,
    settings,
    workbench,
)

PAGES = (landing, people, settings, about, courses, questions, reports, workbench, results, reviews, board, decks,
         imports, notes, pictures, bank, quizzes, classes)


def init_app(app: Flask) -> None:
    """Join the pages and the API to the app."""
    languages.init_app(app)
    security.init_app(app)
    errors.init_app(app)
    filters.init_app(app)
    app.context_processor(navigation.context)
    for page in PAGES:
        app.register_blueprint(page.bp)
    api.init_app(app)
