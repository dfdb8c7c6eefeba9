"""CSV and TSV: one row a question, for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from exports import keys, prose
from exports.base import Deck, Report, picture_remarks, require_questions
from exports.keys import CHOSEN
from exports.sentences import Sentence
from exports.words import word
from quizzes.questions import Question

COLUMNS = ("id", "kind", "language", "prompt", "choices", "answer", "also accepted", "explanation", "file",
           "heading", "from line", "to line", "difficulty", "setup", "reference", "proved on")
#: A spreadsheet runs what starts with one of these: a note could otherwise bring a formula in.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TableExporter:
    """Tables with a header row, in UTF-8 with the mark that Excel needs to see it."""

    def __init__(self, name: str, label: str, delimiter: str, media_type: str) -> None:
        self.name, self.label, self.suffix, self.media_type = name, label, f".{name}", media_type
        self._delimiter = delimiter

    def write(self, deck: Deck, file: BinaryIO) -> Report:
        """Write the table.

        :raise ExportError: no question fits
        """
        rows, left_out = keys.each(deck.questions, row_of)
        require_questions(deck, rows, left_out)
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self._delimiter, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows([_cell(value) for value in row] for row in rows)
        file.write(b"\xef\xbb\xbf" + text.getvalue().encode())
        pictures = picture_remarks(deck, left_out, Sentence("A table holds no pictures: its picture is left out."))
        return Report(len(rows), tuple(left_out), pictures)


def row_of(question: Question) -> list[str]:
    """Give the cells. Several texts in one cell stand on lines of their own; pairs are joined by an arrow.

    :raise UnfitError: the key has not the form of its kind
    """
    key, also = answer_lines(question)
    at, proof = question.source, question.evidence
    return [question.id, question.kind, question.language, keys.asked(question), "\n".join(question.choices),
            "\n".join(key), "\n".join(also), question.explanation, at.file, " › ".join(at.heading),
            str(at.lines[0]), str(at.lines[1]), question.difficulty, question.setup, question.reference,
            f"{proof.engine}, {proof.recorded}" if proof else ""]


def answer_lines(question: Question) -> tuple[list[str], list[str]]:
    """Give the key as lines, and the other accepted forms.

    :raise UnfitError: the key has not the form of its kind
    """
    kind = question.kind
    if kind == "true_false":
        return [word("true" if keys.truth(question) else "false", question.language)], []
    if kind in CHOSEN or kind == "multiple_answers":
        rights = keys.right_choices(question)
        return [choice for choice, right in zip(question.choices, rights, strict=True) if right], []
    if kind == "matching":
        return [f"{left} → {right}" for left, right in keys.pairs(question)], []
    if kind == "command":
        forms = keys.commands(question)
        return forms[:1], forms[1:]
    if kind == "cloze":
        gaps = keys.gaps(question)
        return [forms[0] for forms in gaps], [" / ".join(forms[1:]) for forms in gaps if forms[1:]]
    if kind == "practical":
        return [keys.reference(question)], []
    return keys.order(question), []


def _cell(value: str) -> str:
    clean = prose.clean(value)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
