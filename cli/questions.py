"""./run questions: notes in, question bank out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from cli.files import read_notes, refuse_target, write_json
from cli.progress import say


@click.command()
@click.argument("notes", nargs=-1, required=True, metavar="NOTE...", type=click.Path(path_type=Path))
@click.option("--json", "target", metavar="FILE", help="Write the bank as a JSON list; - is standard output.")
@click.option("--coverage", metavar="FILE", help="Write which lines of the notes are asked, as JSON.")
def questions(notes: tuple[Path, ...], target: str | None, coverage: str | None) -> None:
    """Generate the question bank of notes. The same notes give the same bank, byte for byte."""
    from quizzes.coverage import coverage as cover
    from quizzes.generate import generate

    refuse_target(target, notes)
    refuse_target(coverage, notes)
    readings = read_notes(notes)
    bank = generate(readings)
    for reading in readings:
        mine = [question for question in bank.questions if question.source.file == reading.file]
        kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(q.kind for q in mine).most_common())
        say(f"{reading.file}: {len(mine)} questions ({kinds})" if mine else
            f"{reading.file}: no questions: the note states nothing that can be asked safely. "
            "Explain commands and options beside them, or define terms as 'X is ...'.")
        for suspicion in reading.suspicions:
            hint = f", probably {suspicion.instead}" if suspicion.instead else ""
            say(f"{reading.file}:{suspicion.source.lines[0]}: {suspicion.what}: {suspicion.found}{hint}")
    if target:
        write_json(target, [question.to_dict() for question in bank.questions])
    if coverage:
        write_json(coverage, [cover(reading, bank.questions).to_dict() for reading in readings])
    if not target and not coverage:
        for question in bank.questions:
            click.echo(f"[{question.kind}] {question.prompt}")
