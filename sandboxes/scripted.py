"""Sandboxes that replay recorded runs: to show the app without an engine, and to test what judges runs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sandboxes.base import PHASES, OnPhase
from sandboxes.effects import Event, FileEntry, Job, Run, SandboxError, Snapshot, Step

Record = tuple[Job, Run]
Key = tuple[str, str, tuple[tuple[str, str], ...]]

PAIRED = ("changes", "volume_files")


class ScriptedSandboxes:
    """Answers each job with the run that was recorded for the same setup, script and files.

    A job without a record raises SandboxError, as without an engine.
    """

    def __init__(self, records: Iterable[Record] = (), *, file: Path | None = None) -> None:
        """Take recorded runs, and those of a file that `save_runs` wrote."""
        stored = load_runs(file) if file else []
        self._runs: dict[Key, Run] = {_key(job): run for job, run in [*records, *stored]}
        self._closed = False

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        if self._closed:
            raise SandboxError("The sandboxes were closed.")
        for phase in PHASES:
            if on_phase:
                on_phase(phase)
        if (run := self._runs.get(_key(job))) is None:
            raise SandboxError("No run of this job was recorded, and no engine is there.", retry=False)
        return run

    def warm(self, n: int) -> None:
        """Do nothing: a record is always ready."""

    def close(self) -> None:
        self._closed = True


def save_runs(file: Path, records: Iterable[Record]) -> None:
    """Write jobs and their runs as JSON lines."""
    lines = (json.dumps({"job": asdict(job), "run": asdict(run)}, ensure_ascii=False) for job, run in records)
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def load_runs(file: Path) -> list[Record]:
    """Read what `save_runs` wrote."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [(_job(row["job"]), _run(row["run"])) for row in rows]


def _key(job: Job) -> Key:
    return job.setup.strip(), job.script.strip(), job.files


def _job(row: dict[str, Any]) -> Job:
    pairs = {name: _pairs(row.get(name, ())) for name in ("files", "probes", "surveys")}
    return Job(**{**row, **pairs})


def _run(row: dict[str, Any]) -> Run:
    return Run(**{
        **row,
        "before": _snapshot(row["before"]),
        "after": _snapshot(row["after"]),
        "events": tuple(_event(event) for event in row["events"]),
        "steps": tuple(Step(**step) for step in row["steps"]),
        "surveys": {name: (first, second) for name, (first, second) in row.get("surveys", {}).items()},
        "left": tuple(row.get("left", ())),
    })  # fmt: skip


def _snapshot(row: dict[str, Any]) -> Snapshot:
    return Snapshot(**{
        **row,
        **{name: tuple(row[name]) for name in ("containers", "images", "volumes", "networks")},
        **{name: {key: _pairs(rows) for key, rows in row[name].items()} for name in PAIRED},
        "files": tuple(FileEntry(**entry) for entry in row["files"]),
    })  # fmt: skip


def _event(row: dict[str, Any]) -> Event:
    return Event(**{**row, "attributes": _pairs(row["attributes"])})


def _pairs(rows: Iterable[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in rows)
