"""./run export: notes in, a deck for another program out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import click

from cli.files import BadInput, read_notes, write_whole
from cli.progress import say
from exports import EXPORTERS
from quizzes.questions import Question

#: One library for all that the command writes: the same fact is the same card, whatever notes stand beside it.
UID = "noteproof:command-line"


@click.command()
@click.argument("notes", nargs=-1, required=True, metavar="NOTE...", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(sorted(EXPORTERS)), default="anki", show_default=True)
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to write; - is standard output.")
@click.option("--title", help="Name of the deck; the first note's title if left out.")
def export(notes: tuple[Path, ...], form: str, output: str, title: str | None) -> None:
    """Write the questions of notes as a deck."""
    from exports.base import Deck, ExportError
    from quizzes.generate import generate

    readings = read_notes(notes)
    bank = generate(readings)
    deck = Deck(title=title or readings[0].title or readings[0].file, language=readings[0].language,
                questions=bank.questions, uid=UID, changed=changed(notes, bank.questions))
    reports = []

    def write(file: BinaryIO) -> None:
        reports.append(EXPORTERS[form].write(deck, file))

    try:
        write_whole(output, write)
    except ExportError as error:
        raise BadInput(str(error)) from error
    say(f"{output}: {reports[0].written} written, {len(reports[0].left_out)} left out")
    for left in reports[0].left_out:
        say(f"left out {left.question_id}: {left.reason}")


def changed(notes: tuple[Path, ...], questions: Sequence[Question]) -> dict[str, int]:
    """Give each question the time its note was last written, so that Anki takes a newer text and leaves an older one."""
    times = {path.name: int(path.stat().st_mtime) for path in notes}
    return {question.id: times[Path(question.source.file).name] for question in questions}
