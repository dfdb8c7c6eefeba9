"""What the commands read and write: notes in, complete files out."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeVar

import click

from cli.progress import say
from notes import read_note
from notes.errors import NoteError
from notes.facts import Language, Reading
from quizzes.generate import generate
from quizzes.questions import Question

if TYPE_CHECKING:
    from exports.pictures import Media


class Writer(Protocol):
    """Writes a whole file into an open one."""

    def __call__(self, file: BinaryIO) -> None: ...


class BadInput(click.ClickException):
    """Something the user gave cannot be used; printed without a traceback."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.format_message(), err=True)


def read_notes(paths: Sequence[Path]) -> list[Reading]:
    """Read all notes or none.

    :raise BadInput: a note is missing or cannot be read; every bad note is named
    """
    readings, errors = [], []
    for path, name in zip(paths, names_of(paths), strict=True):
        try:
            readings.append(read_note(name, path.read_bytes()))
        except NoteError as error:
            errors.append(str(error))
        except OSError as error:
            errors.append(f"{path}: cannot be read: {error.strerror}")
    if errors:
        raise BadInput("\n".join(errors))
    return readings


@dataclass(frozen=True)
class QuestionFiles:
    """The questions of notes and banks together."""

    questions: tuple[Question, ...]
    title: str
    language: Language
    media: Mapping[tuple[str, str], Media]  # note file and picture file -> the picture


def read_questions(paths: Sequence[Path], before: Iterable[Question] = ()) -> QuestionFiles:
    """Generate from the notes and read the banks among the files, all or none.

    :param before: what was generated from these notes before, which the new questions follow
    :raise BadInput: a file is missing or cannot be read
    """
    from exports.importers import importer_for  # here, because the libraries of all formats come with it

    banks = [path for path in paths if importer_for(path.name)]
    readings = read_notes([path for path in paths if path not in banks])
    imported = [question for path in banks for question in _read_bank(path)]
    made = (*(generate(readings, before).questions if readings else ()), *imported)
    questions = tuple({question.id: question for question in made}.values())
    media = _pictures(questions, paths)
    if readings:
        return QuestionFiles(questions, readings[0].title or readings[0].file, readings[0].language, media)
    return QuestionFiles(questions, banks[0].stem, questions[0].language if questions else "en", media)


def _pictures(questions: Sequence[Question], paths: Sequence[Path]) -> dict[tuple[str, str], Media]:
    """Read the pictures of the questions from the folders of their notes; say which are not there or cannot be shown."""
    from exports.pictures import PictureError, read_picture

    folders = {name: path.parent for path, name in zip(paths, names_of(paths), strict=True)}
    wanted = dict.fromkeys((question.source.file, one.file) for question in questions for one in question.pictures)
    found = {}
    for note, file in wanted:
        folder = folders.get(note, paths[0].parent).resolve()
        path = (folder / file).resolve()
        try:
            if not path.is_relative_to(folder):
                raise PictureError("lies outside the folder of its note.")
            found[note, file] = read_picture(path.read_bytes())
        except PictureError as error:
            say(f"{note}: picture {file} {error}")
        except (OSError, ValueError) as error:
            say(f"{note}: picture {file} cannot be read: {getattr(error, 'strerror', None) or error}")
    return found


def _read_bank(path: Path) -> tuple[Question, ...]:
    from exports.importers import IMPORTERS, ReadError, importer_for

    try:
        found = IMPORTERS[importer_for(path.name)](path.read_bytes(), path.name)
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from error
    except ReadError as error:
        raise BadInput(str(error)) from error
    for left in found.left_out:
        say(f"{path.name}: left out {left.question_id}: {left.reason}")
    return found.questions


def names_of(paths: Sequence[Path]) -> list[str]:
    """A note is called by its file name; two of one name keep their folders, so that their questions stay apart."""
    names = [path.name for path in paths]
    return [path.as_posix() if names.count(path.name) > 1 else path.name for path in paths]


def write_whole(path: str, write: Writer) -> None:
    """Write a file completely or not at all; "-" is standard output.

    :raise BadInput: the place cannot be written
    """
    if path == "-":
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                write(file)
            os.chmod(temporary, 0o666 & ~_umask())
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error


def refuse_target(path: str | None, sources: Iterable[Path] = ()) -> None:
    """Find out before minutes of work whether a file can be written to this place.

    :param sources: what the command reads, which it must not write over
    :raise BadInput: there is no such folder, it is not ours to write, the place is a folder itself or one of the sources
    """
    if path is None or path == "-":
        return
    target = Path(path)
    if target.is_dir():
        raise BadInput(f"{path}: is a folder; name a file in it")
    if target.exists() and any(source.exists() and source.samefile(target) for source in sources):
        raise BadInput(f"{path}: is what you hand in and would be lost; name another file")
    if not target.parent.is_dir():
        raise BadInput(f"{path}: there is no folder {target.parent}; make it first")
    if not os.access(target.parent, os.W_OK):
        raise BadInput(f"{path}: the folder {target.parent} cannot be written")


def write_json(path: str, value: Any) -> None:
    """Write a value as JSON, one readable form: two spaces, UTF-8, a line feed at the end."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, lambda file: _write(file, text.encode()))


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


R = TypeVar("R")


def read_opened(path: Path, read: Callable[[BinaryIO, str], R]) -> R:
    """Open a file that another program wrote and read it with one of the importers.

    :raise BadInput: it cannot be opened, or is not what it should be
    """
    from exports.importers import ReadError

    try:
        with path.open("rb") as file:
            return read(file, str(path))
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from error
    except ReadError as error:
        raise BadInput(str(error)) from error
