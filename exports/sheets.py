"""Worksheets for a pen: Markdown, and HTML made for printing, each with its answers at the end."""

from __future__ import annotations

import html
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from exports import keys, prose
from exports.base import Deck, Report, picture_remarks, require_questions
from exports.highlight import highlight
from exports.keys import CHOSEN
from exports.pictures import Media
from exports.sentences import Sentence
from exports.tables import answer_lines
from exports.words import Word, says_several, where, word
from quizzes.questions import Picture, Question

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Task:
    """One question as it stands on paper; all texts hold our markup."""

    prompt: str
    hint: str  # what to do, where the prompt does not say; "" if it does
    boxes: tuple[str, ...]  # to tick, each under its letter
    ticked: bool  # whether a box is ticked, or its letter written down
    left: tuple[str, ...]  # to be joined to the boxes
    lines: int  # empty lines to write on
    answers: tuple[str, ...]
    explanation: str
    source: str


def task_of(question: Question) -> Task:
    """Lay a question out.

    :raise UnfitError: its key has not the form of its kind
    """
    boxes, left = tuple(question.choices), tuple[str, ...]()
    said = question.kind == "multiple_answers" and says_several(question.prompt)
    hint = word(_HINTS[question.kind], question.language) if question.kind in _HINTS and not said else ""
    key, also = answer_lines(question)
    answers = _marked(question, key)
    if question.kind == "true_false":
        boxes = (word("true", question.language), word("false", question.language))
    elif question.kind == "matching":
        pairs = keys.pairs(question)
        left, boxes = tuple(name for name, _ in pairs), _all_in(boxes, [right for _, right in pairs])
        answers = tuple(f"{name} → {letter(boxes.index(right))}. {right}" for name, right in pairs)
    elif question.kind == "ordering":
        boxes = _all_in(boxes, sorted(key))
        answers = tuple(f"{letter(boxes.index(step))}. {step}" for step in key)
    also_line = (f"{word('also', question.language)}: " + ", ".join(map(prose.ticked, also)),) if also else ()
    at = question.source
    return Task(
        keys.asked(question), hint, boxes, question.kind not in {"matching", "ordering"}, left,
        _LINES.get(question.kind, 0), (*answers, *also_line), question.explanation,
        where(at.file, at.heading, at.lines, question.language),
    )


def _all_in(shown: tuple[str, ...], needed: list[str]) -> tuple[str, ...]:
    return shown if set(needed) <= set(shown) else tuple(dict.fromkeys(needed))


_HINTS: dict[str, Word] = {"multiple_answers": "choose", "ordering": "order", "matching": "match"}
_LINES = {"command": 1, "practical": 4, "ordering": 1}


def _marked(question: Question, key: list[str]) -> tuple[str, ...]:
    if question.kind in CHOSEN or question.kind == "multiple_answers":
        return tuple(f"{letter(question.choices.index(text))}. {text}" for text in key)
    if question.kind in {"command", "practical"}:
        return tuple(prose.fenced(prose.clean(text), "bash") for text in key)
    return tuple(prose.ticked(prose.clean(text)) for text in key) if question.kind == "cloze" else tuple(key)


def letter(place: int) -> str:
    """Give A, B, ... Z, AA, AB, ..."""
    ahead, last = divmod(place, len(_LETTERS))
    return (letter(ahead - 1) if ahead else "") + _LETTERS[last]


class MarkdownExporter:
    """Worksheets in Markdown."""

    name, label, suffix, media_type = "markdown", "Markdown", ".md", "text/markdown; charset=utf-8"

    def write(self, deck: Deck, file: BinaryIO) -> Report:
        """Write the sheet.

        :raise ExportError: no question fits
        """
        tasks, left_out = keys.each(deck.questions, task_of)
        require_questions(deck, tasks, left_out)
        parts = [f"# {_md_line(deck.title)}", *map(_md_task, range(1, len(tasks) + 1), tasks)]
        parts += ["---", f"# {word('answers', deck.language)}"]
        parts += [_md_answer(number, task) for number, task in enumerate(tasks, 1)]
        file.write(("\n\n".join(parts) + "\n").encode())
        pictures = picture_remarks(deck, left_out, Sentence("A Markdown file holds no pictures: its picture is left out."))
        return Report(len(tasks), tuple(left_out), pictures)


def _md_task(number: int, task: Task) -> str:
    rows = [f"## {number}.", _md(task.prompt), *([f"*{task.hint}*"] if task.hint else [])]
    if task.left:
        rows.append("\n".join(f"{place}. {_md_line(text)} ______" for place, text in enumerate(task.left, 1)))
    if task.boxes:
        mark = "[ ] " if task.ticked else ""
        boxes = (f"- {mark}{letter(place)}. {_md_line(text)}" for place, text in enumerate(task.boxes))
        rows.append("\n".join(boxes))
    return "\n\n".join(rows)


def _md_answer(number: int, task: Task) -> str:
    answers = "\n\n".join(_md(answer) for answer in task.answers)
    source = f"*{_escaped(prose.clean(task.source))}*"
    return "\n\n".join(part for part in (f"## {number}.", answers, _md(task.explanation), source) if part)


def _md(text: str) -> str:
    return prose.join(
        prose.Piece(piece.sort, _escaped(piece.text) if piece.sort == "text" else piece.text, piece.language)
        for piece in prose.pieces(text)
    )


def _md_line(text: str) -> str:
    return " ".join(_md(text).split("\n")) if "```" not in text else _md(text).replace("\n", "\n  ")


def _escaped(text: str) -> str:
    # Markdown would take these for markup; a text of ours means them as they are. Gaps stay lines to write
    # on.
    held = prose.GAP.sub(lambda gap: "\x00" * len(gap[0]), text)
    for mark in "\\*_[]<>#|~$":
        held = held.replace(mark, f"\\{mark}")
    return held.replace("\x00", "\\_")


class HtmlExporter:
    """Pages to print, the answers on a sheet of their own."""

    name, label, suffix, media_type = "html", Sentence("Printable page"), ".html", "text/html; charset=utf-8"

    def write(self, deck: Deck, file: BinaryIO) -> Report:
        """Write the page, complete in one file.

        :raise ExportError: no question fits
        """
        tasks, left_out = keys.each(deck.questions, lambda one: _Printed(task_of(one), *_pictures(deck, one)))
        require_questions(deck, tasks, left_out)
        page = _PAGE.format(
            language=deck.language, title=html.escape(prose.clean(deck.title)),
            style=Path(__file__).with_name("sheet.css").read_text(encoding="utf-8"),
            name=word("name", deck.language), date=word("date", deck.language),
            answers=word("answers", deck.language),
            tasks="".join(map(_li, tasks)), keys="".join(map(_li_answer, tasks)),
        )
        file.write(page.encode())
        return Report(len(tasks), tuple(left_out), picture_remarks(deck, left_out))


@dataclass(frozen=True)
class _Printed:
    """A task on a page; pictures are HTML."""

    task: Task
    shown: str  # with the question
    behind: str  # with its answer


def _pictures(deck: Deck, question: Question) -> tuple[str, str]:
    shown, behind = ("".join(map(_img, deck.pictures(question, asked))) for asked in (True, False))
    return shown, behind


def _img(picture: tuple[Picture, Media]) -> str:
    # In the page itself, which stays one file.
    one, media = picture
    data = b64encode(media.data).decode()
    return f'<p><img src="data:{media.media_type};base64,{data}" alt="{html.escape(prose.clean(one.alt))}"></p>'


_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<section>
<h1>{title}</h1>
<p class="who">{name} <span></span> {date} <span></span></p>
<ol>
{tasks}</ol>
</section>
<section class="answers">
<h1>{title}: {answers}</h1>
<ol>
{keys}</ol>
</section>
</body>
</html>
"""


def _li(printed: _Printed) -> str:
    task = printed.task
    hint = f'<p class="hint">{task.hint}</p>' if task.hint else ""
    blanks = "".join(f'<li>{_rich(text)} <span class="blank"></span></li>' for text in task.left)
    left = f'<ol class="left">{blanks}</ol>' if task.left else ""
    style = "right" if task.left or not task.ticked else "boxes"
    boxes = f'<ol class="{style}">{_items(task.boxes)}</ol>' if task.boxes else ""
    lines = '<div class="line"></div>' * task.lines
    return f"<li>{_div(task.prompt)}{printed.shown}{hint}{left}{boxes}{lines}</li>\n"


def _li_answer(printed: _Printed) -> str:
    task = printed.task
    answers = "".join(map(_div, task.answers))
    source = html.escape(prose.clean(task.source))
    why = f'{_div(task.explanation)}<p class="source">{source}</p>'
    return f'<li><div class="key">{answers}</div>{why}{printed.behind}</li>\n'


def _items(texts: tuple[str, ...]) -> str:
    return "".join(f"<li>{_rich(text)}</li>" for text in texts)


def _div(text: str) -> str:
    return f"<div>{_rich(text)}</div>" if text.strip() else ""


def _rich(text: str) -> str:
    return "".join(map(_piece, prose.pieces(text)))


def _piece(piece: prose.Piece) -> str:
    if piece.sort == "listing":
        return f"<pre>{highlight(piece.text, piece.language)}</pre>"
    escaped = html.escape(piece.text)
    return f"<code>{escaped}</code>" if piece.sort == "code" else escaped.replace("\n", "<br>")
