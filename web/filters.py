"""Joins the words and drawings of the pages to the templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from flask_babel import format_datetime, format_time
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from exports.sentences import Sentence
from models.answers import Answer
from quizzes.questions import Difference, Question
from quizzes.typed import same_answer
from sandboxes.effects import Step
from web import pictures, rendering, showing
from web.asking import Asked, kind_label
from web.bank import status_words
from web.languages import language
from web.widgets import Form
from web.workbench import phase_words

STATIC = Path(__file__).parent / "static"
BRIEF = 140  # characters of a prompt in a list


@dataclass(frozen=True)
class GapRow:
    """One gap of a cloze after the answer."""

    given: str
    forms: tuple[str, ...]
    right: bool


def init_app(app: Flask) -> None:
    """Register every filter and global the templates use."""
    app.jinja_env.filters.update(
        prompt=rendering.prompt, inline=rendering.inline, command=rendering.command, plain=plain, brief=brief,
        cloze=cloze, filled=filled, gap_rows=gap_rows, forms=forms, rows=rows, steps=steps, answer_lines=answer_lines,
    )
    app.jinja_env.globals.update(
        icon=rendering.icon, asset=asset, csrf=csrf, kind_label=kind_label, outcome_words=showing.outcome_words,
        line_words=showing.line_words, letter=showing.letter, points=showing.points, about=showing.about,
        clock_words=showing.clock_words, engine_words=showing.engine_words, minutes=showing.minutes, moment=moment,
        time_of=time_of, code_words=code_words, phase_words=phase_words, status_words=status_words,
        suspicion_words=suspicion_words, shown_pictures=pictures.shown, say=say,
    )


def say(text: str) -> str:
    """Give a sentence of an export or import in the page's language; a name stays as it is."""
    if not isinstance(text, Sentence):
        return text
    values = dict(text.values)
    if "kind" in values:
        values["kind"] = kind_label(str(values["kind"]), language())
    said = _(text.pattern)
    return said.format(**values) if values else said


@cache
def _digest(file: str) -> str:
    return hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:10]


def asset(file: str) -> str:
    """Give the address of a static file, another one whenever its content is another."""
    return url_for("static", filename=file, v=_digest(file))


def csrf() -> Markup:
    """Draw the hidden field that every form needs."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def plain(text: str) -> str:
    """Take the backticks off, for places that hold no tags."""
    return text.replace("`", "")


def brief(text: str) -> Markup:
    """Give the beginning of a prompt on one line."""
    line = " ".join(rendering.without_listings(text).split())
    if len(line) <= BRIEF:
        return rendering.inline(line)
    cut = line[:BRIEF].rsplit(" ", 1)[0] if " " in line[BRIEF // 2:BRIEF] else line[:BRIEF]
    # A span cut in two would show its backtick.
    return rendering.inline(cut.rsplit("`", 1)[0] if cut.count("`") % 2 else cut) + "…"


def cloze(asked: Asked, form: Form) -> Markup:
    """Draw the sentence with an input in each gap."""
    def draw(number: int) -> Markup:
        if number >= asked.gaps:
            return Markup('<span class="gap">____</span>')
        return Markup('<input name="gap-{}" aria-label="{}" value="{}" autocomplete="off" autocapitalize="none" '
                      'autocorrect="off" spellcheck="false" lang="{}">').format(
            number, _("Gap %(number)s", number=number + 1), form.get(f"gap-{number}", ""), asked.language)

    drawn = rendering.prompt(asked.prompt, draw)
    missing = range(rendering.count_gaps(asked.prompt), asked.gaps)
    return drawn + Markup("").join(Markup("<p>{}</p>").format(draw(number)) for number in missing)


def filled(asked: Asked, question: Question, answer: Answer) -> Markup:
    """Draw the sentence with the key in each gap, marked where the answer was another."""
    found = gap_rows(question, answer)

    def draw(number: int) -> Markup:
        if number >= len(found):
            return Markup('<span class="gap">____</span>')
        row, key = found[number], Markup('<span class="filled right">{}</span>')
        missed = Markup('<del class="filled wrong">{}</del> ').format(row.given) if row.given and not row.right else ""
        return missed + key.format(row.forms[0] if row.forms else "")

    return rendering.prompt(asked.prompt, draw)


def gap_rows(question: Question, answer: Answer) -> list[GapRow]:
    """Say gap by gap what was given and what is accepted."""
    given = answer.response if isinstance(answer.response, list) else []
    return [GapRow(given[n] if n < len(given) else "", accepted, n < len(given) and same_answer(given[n], accepted))
            for n, accepted in enumerate(question.answers)]


def forms(question: Question) -> list[str]:
    """Give the accepted forms of a typed command, the best first."""
    listed = [form for accepted in question.answers for form in accepted]
    return listed or [str(question.answer)]


def rows(items: Iterable[Mapping[str, Any]]) -> list[Difference]:
    """Read stored differences back."""
    return [Difference(**item) for item in items]


def steps(items: Iterable[Mapping[str, Any]]) -> list[Step]:
    """Read a stored transcript back."""
    return [Step(**item) for item in items]


def answer_lines(question: Question) -> str:
    """Write the accepted answers for the form that edits them."""
    if question.kind == "cloze":
        return "\n".join(" | ".join(accepted) for accepted in question.answers)
    return "\n".join(forms(question))


def moment(at: datetime) -> str:
    """Write a day and time in the page's language."""
    return str(format_datetime(at, "short"))


def time_of(at: datetime) -> Markup:
    """Write a time of the day to the second, readable by programs too."""
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), escape(format_time(at, "HH:mm:ss")))


def code_words(code: str) -> str:
    """Write a join code as it is read aloud: 482 617."""
    return f"{code[:3]} {code[3:]}"


def suspicion_words(what: str) -> str:
    """Name what looks wrong in a line."""
    known = {
        "unknown command": _("There is no such command"), "unknown option": _("This command has no such option"),
        "removed option": _("This option was removed"), "image name one letter off": _("Perhaps a slip in the name"),
        "caption contradicts command": _("The words and the command disagree"),
        "contradicts the tool": _("The tool does something else"),
    }
    return known.get(what, what)
