"""./run recall: reviews made in Anki, question by question."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cli.export import UID
from cli.files import read_opened, read_questions, refuse_target, write_json
from cli.progress import say
from exports.importers.anki_history import Recall, of_questions, read_history


@click.command()
@click.argument("collection", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("notes", nargs=-1, required=True, metavar="NOTE...", type=click.Path(path_type=Path))
@click.option("--json", "target", metavar="FILE", help="Write the statistics as a JSON list; - is standard output.")
@click.option("--course", metavar="SLUG", help="The deck came from the page of this course (the part of its address after /c/).")
def recall(collection: Path, notes: tuple[Path, ...], target: str | None, course: str | None) -> None:
    """Say how well the cards of notes or banks were known in Anki, the most often forgotten first.

    FILE is what Anki exported, a collection (.colpkg) or a deck (.apkg) with its learning progress. It is only read.
    """
    refuse_target(target, [collection, *notes])
    questions = {question.id: question for question in read_questions(notes).questions}
    found = of_questions(_history(collection), course or UID, questions)
    ordered = sorted(found.items(), key=lambda entry: (-entry[1].again / entry[1].reviews, entry[0]))
    say(f"{collection}: {len(found)} of {len(questions)} cards were reviewed")
    if target:
        write_json(target, [{"id": key, "prompt": questions[key].prompt, **asdict(one)} for key, one in ordered])
        return
    for key, one in ordered:
        share = 1 - one.again / one.reviews
        click.echo(f"{share:4.0%} of {one.reviews:3} recalled, {one.lapses} lapses: {_line(questions[key].prompt)}")


def _history(path: Path) -> dict[str, Recall]:
    return read_opened(path, read_history)


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89] + "…"
