"""./run export: notes or banks in, a deck for another program out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import click

from cli.anki import asked_before, write_anki
from cli.files import BadInput, read_questions, refuse_target, write_whole
from cli.progress import say
from exports import EXPORTERS, Deck, ExportError, Report
from quizzes.kinds import KINDS

#: One library for all that the command writes: the same fact is the same card, whatever notes stand beside it.
UID = "noteproof:command-line"


@click.command()
@click.argument("notes", nargs=-1, required=True, metavar="NOTE...", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(sorted(EXPORTERS)), default="anki", show_default=True)
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to write; - is standard output.")
@click.option("--title", help="Name of the deck; the first note's title if left out.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(sorted(KINDS)), help="Only this kind; may be repeated.")
@click.option("--topic", "topics", multiple=True, metavar="HEADING", help="Only what stands under this heading; may be repeated.")
@click.option("--update", "old", metavar="OLD.apkg", type=click.Path(path_type=Path),
              help="The earlier deck, where another machine wrote it. Decks written here are remembered.")
@click.option("--only-changed", is_flag=True, help="Only cards that are new, changed or gone since the earlier deck.")
def export(
    notes: tuple[Path, ...], form: str, output: str, title: str | None, kinds: tuple[str, ...], topics: tuple[str, ...],
    old: Path | None, only_changed: bool,
) -> None:
    """Write the questions of notes as a deck. A bank (JSON, YAML, Moodle XML, GIFT or QTI) may stand for a note.

    Anki updates the cards it has when the deck is written and imported again: unchanged cards stay as they are, changed ones
    change in place, and a card whose question is gone gets the tag noteproof::stale.
    """
    if form != "anki" and (old or only_changed):
        raise BadInput("--update and --only-changed are for --format anki: the other formats know no earlier deck.")
    refuse_target(output, notes)
    bank = read_questions(notes, asked_before(notes) if form == "anki" else ())
    every = Deck(title or bank.title, bank.language, bank.questions, UID, media=bank.media)
    deck = replace(every, questions=tuple(
        question for question in bank.questions
        if (not kinds or question.kind in kinds) and (not topics or set(topics) & set(question.topics))))
    if bank.questions and not deck.questions:
        raise BadInput(f"None of the {len(bank.questions)} questions is of this kind under this heading. Headings: "
                       + ", ".join(sorted({topic for question in bank.questions for topic in question.topics})[:20]))
    if form == "anki":
        write_anki(every, deck, notes, old, only_changed, lambda made: write(made, "anki", output))
    else:
        write(deck, form, output)


def write(deck: Deck, form: str, output: str) -> None:
    """Write the file and say what is in it and what is not.

    :raise BadInput: there is nothing to write, or no place for it
    """
    reports: list[Report] = []

    def fill(file: BinaryIO) -> None:
        reports.append(EXPORTERS[form].write(deck, file))

    try:
        write_whole(output, fill)
    except ExportError as error:
        raise BadInput(str(error)) from error
    say(f"{output}: {reports[0].written} written, {len(reports[0].left_out)} left out")
    for left in reports[0].left_out:
        say(f"left out {left.question_id}: {left.reason}")
    for reason, count in Counter(remark.reason for remark in reports[0].remarks).items():
        say(f"{count} of them: {reason}")
