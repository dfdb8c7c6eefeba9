"""./run check: grade answers to practical tasks outside the web."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import click

from cli.engine import engine, prepare_image
from cli.files import BadInput, refuse_target, write_json
from cli.progress import progress, say


@click.command()
@click.argument("tasks", metavar="TASKS.jsonl", type=click.Path(path_type=Path))
@click.option("--json", "target", metavar="FILE", help="Write the checks as a JSON list; - is standard output.")
@click.option("--parallel", type=click.IntRange(1, 32), default=3, show_default=True, help="Checks at once.")
def check(tasks: Path, target: str | None, parallel: int) -> None:
    """Grade answers by their effect. Each line of TASKS.jsonl is {id, setup, reference, answer}."""
    from proofs.checks import Checker
    from proofs.tasks import TaskError, read_tasks
    from sandboxes import open_sandboxes

    refuse_target(target, [tasks])
    try:
        rows = read_tasks(tasks)
    except TaskError as error:
        raise BadInput(str(error)) from error
    with engine(say) as address:
        prepare_image(address, say)
        sandboxes = open_sandboxes("docker", url=address, warm=min(parallel, 2), say=say)
        try:
            checker = Checker(sandboxes)
            with ThreadPoolExecutor(parallel) as pool:
                waiting = {pool.submit(checker.insist, row): place for place, row in enumerate(rows)}
                done = {waiting[future]: future.result() for future in
                        progress(as_completed(waiting), len(waiting), "Checks")}
        finally:
            sandboxes.close()
    checks = [done[place] for place in sorted(done)]
    if target:
        write_json(target, [one.to_dict() for one in checks])
    else:
        for one in checks:
            click.echo(f"{one.id}: {one.verdict.outcome}: {one.verdict.feedback or one.reason}")
    if any(one.verdict.outcome == "not judged" for one in checks):
        raise SystemExit(1)
