"""Our own format: everything a question holds, as docs/question.schema.json describes it."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from exports.base import Deck, Report, picture_remarks, require_questions
from exports.sentences import Sentence

#: Of the schema. It rises when a reader of the old version would misread the new one.
VERSION = 1


class JsonExporter:
    """Banks as JSON, which every other room reads back without loss."""

    name, label, suffix, media_type = "json", "JSON", ".json", "application/json"

    def write(self, deck: Deck, file: BinaryIO) -> Report:
        """Write the bank.

        :raise ExportError: there are no questions
        """
        require_questions(deck, deck.questions, ())
        # Half a surrogate pair is valid in JSON as an escape, but not in UTF-8.
        text = json.dumps(bank_of(deck), ensure_ascii=False, indent=1)
        file.write(text.encode("utf-8", "backslashreplace") + b"\n")
        pictures = picture_remarks(deck, (), Sentence("JSON names its picture but does not hold it."))
        return Report(len(deck.questions), remarks=pictures)


def bank_of(deck: Deck) -> dict[str, Any]:
    """Give the bank as plain values."""
    return {
        "format": "noteproof", "version": VERSION, "title": deck.title, "language": deck.language,
        "uid": deck.uid, "questions": [question.to_dict() for question in deck.questions],
    }
