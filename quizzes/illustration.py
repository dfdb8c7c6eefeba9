"""The pictures of a passage go with the questions that come from it."""

from __future__ import annotations

import re
from dataclasses import replace

from quizzes.context import Context
from quizzes.questions import Picture, Question

#: Words by which a prompt speaks of a picture. An image may be Docker's, so the word alone says nothing.
_SPOKEN_OF = re.compile(
    r"[如见上下左右该]图|图[中示上里]|图\s*\d|示意图|截图|\b(?:figure|diagram|picture|screenshot|drawing|chart)s?\b", re.I
)


def illustrated(question: Question, context: Context) -> Question:
    """Give a question the pictures of its passage."""
    first, last = question.source.lines
    near = [one for one in context.pictures.get(question.source.file, ()) if one.lines[0] <= last and first <= one.lines[1]]
    if not near:
        return question
    asked = bool(_SPOKEN_OF.search(question.prompt))
    return replace(question, pictures=tuple(dict.fromkeys(Picture(one.file, one.alt, asked) for one in near)))
