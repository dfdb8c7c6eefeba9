"""./run prove: run what notes claim on a real engine, and report on their health."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.engine import engine, prepare_image
from cli.files import read_notes, refuse_target, write_json
from cli.progress import progress, say


@click.command()
@click.argument("notes", nargs=-1, required=True, metavar="NOTE...", type=click.Path(path_type=Path))
@click.option("--json", "target", metavar="FILE", help="Write the report as JSON; - is standard output.")
@click.option("--parallel", type=click.IntRange(1, 32), default=2, show_default=True, help="Runs at once.")
def prove(notes: tuple[Path, ...], target: str | None, parallel: int) -> None:
    """Run the tasks and the provable answers of notes on an engine: the health report. Exit status 1 if something is wrong."""
    from proofs.checks import Checker
    from proofs.health import Report, examine, left_out
    from quizzes.generate import generate
    from sandboxes import open_sandboxes

    refuse_target(target, notes)
    readings = read_notes(notes)
    bank = generate(readings)
    tasks = [question for question in bank.questions if question.reference or question.proof]
    today = datetime.now(UTC).date()
    with engine(say) as address:
        prepare_image(address, say)
        sandboxes = open_sandboxes("docker", url=address, warm=parallel, say=say)
        try:
            checker = Checker(sandboxes)
            with ThreadPoolExecutor(parallel) as pool:
                waiting = {pool.submit(examine, checker, task, today): place for place, task in enumerate(tasks)}
                done = {waiting[future]: future.result() for future in
                        progress(as_completed(waiting), len(waiting), "Proofs")}
        finally:
            sandboxes.close()
    report = Report(tuple(done[place] for place in sorted(done)), left_out(bank),
                    tuple(suspicion for reading in readings for suspicion in reading.suspicions))
    for line in report.lines():
        click.echo(line, err=target == "-")
    counted = Counter(finding.verdict for finding in report.findings)
    say(", ".join(f"{number} {verdict}" for verdict, number in counted.most_common()) or "nothing to run")
    if target:
        write_json(target, report.to_dict())
    if report.wrong:
        raise SystemExit(1)
