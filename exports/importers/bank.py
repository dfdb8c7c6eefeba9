"""Our own banks in JSON and YAML: a list of questions, or the bank that the JSON export writes."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, get_args

import yaml

from exports.base import LeftOut
from exports.importers.base import Imported, ReadError, decode
from exports.json_bank import VERSION
from exports.keys import UnfitError, asked
from exports.sentences import Sentence
from exports.tables import answer_lines
from notes.facts import Language
from quizzes.kinds import KINDS
from quizzes.questions import Difficulty, Question

_TEXTS = ("id", "kind", "language", "prompt", "explanation", "direction", "difficulty")
_LISTS = ("facts", "topics", "choices", "compare")


def read_json(data: bytes, file: str) -> Imported:
    """Read a bank in JSON.

    :raise ReadError: it is not JSON, or not a bank, or of a newer version
    """
    try:
        return _bank(json.loads(decode(data, file)), file)
    except json.JSONDecodeError as error:
        raise ReadError("{file}:{line}: not JSON: {error}.", file=file, line=error.lineno, error=error.msg) from error
    except RecursionError as error:
        raise ReadError("{file}: nested too deeply to be a bank.", file=file) from error


def read_yaml(data: bytes, file: str) -> Imported:
    """Read a bank in YAML.

    :raise ReadError: it is not YAML, or not a bank, or of a newer version
    """
    try:
        return _bank(yaml.safe_load(decode(data, file)), file)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "unreadable"
        raise ReadError("{file}{line}: not YAML: {error}.", file=file, line=line, error=problem) from error
    except RecursionError as error:
        raise ReadError("{file}: nested too deeply to be a bank.", file=file) from error


def _bank(value: Any, file: str) -> Imported:
    rows = value.get("questions") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise ReadError("{file}: no questions. Expected a list, or a bank with “questions” in it.", file=file)
    version = value.get("version", VERSION) if isinstance(value, dict) else VERSION
    if version != VERSION:
        raise ReadError("{file}: version {version} of the format; this program reads version {known}.", file=file,
                        version=repr(version), known=VERSION)
    questions, left_out = [], []
    for number, row in enumerate(rows, 1):
        try:
            questions.append(question_of(row))
        except UnfitError as reason:
            left_out.append(LeftOut(Sentence("question {number}", number=number), reason.sentence))
    return Imported(tuple(questions), tuple(left_out))


def question_of(row: Any) -> Question:
    """Read one question and check it.

    :raise UnfitError: it is not one
    """
    if not isinstance(row, dict):
        raise UnfitError("It is not a table of keys and values.")
    for key in _TEXTS:
        if key in row and not isinstance(row[key], str):
            raise UnfitError("“{key}” is not a text.", key=key)
    for key in _LISTS:
        _check_texts(row.get(key, []), key)
    try:
        question = Question.from_dict(_dated(row))
    except KeyError as missing:
        raise UnfitError("“{key}” is missing.", key=missing.args[0]) from missing
    except (TypeError, ValueError, IndexError, AttributeError) as error:
        raise UnfitError("Its source, answers or evidence have another form than the schema says.") from error
    _check_words(question)
    _check_answers(question)
    asked(question)
    answer_lines(question)
    return question


def _check_texts(value: Any, key: str) -> None:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise UnfitError("“{key}” is not a list of texts.", key=key)


def _check_words(question: Question) -> None:
    known = {"kind": tuple(KINDS), "language": get_args(Language), "difficulty": get_args(Difficulty)}
    for key, words in known.items():
        if getattr(question, key) not in words:
            raise UnfitError("“{key}” is {value}; it can be {words}.", key=key, value=repr(getattr(question, key)),
                             words=", ".join(words))
    if not re.fullmatch(r"[0-9a-f]{16}", question.id):
        raise UnfitError("“id” is not 16 hexadecimal digits.")


def _check_answers(question: Question) -> None:
    if not all(isinstance(form, str) for forms in question.answers for form in forms):
        raise UnfitError("“answers” is not a list of lists of texts.")
    shapes = {(type(one.file), type(one.alt), type(one.asked)) for one in question.pictures}
    if not shapes <= {(str, str, bool)}:
        raise UnfitError("“pictures” is not a list of file, alt and asked.")
    if not all(isinstance(line, int) for line in question.source.lines):
        raise UnfitError("The lines of its source are not numbers.")


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    # YAML reads an unquoted day as a date of its own.
    proof = row.get("evidence")
    if not isinstance(proof, dict) or not isinstance(proof.get("recorded"), date):
        return row
    return {**row, "evidence": {**proof, "recorded": proof["recorded"].isoformat()}}
