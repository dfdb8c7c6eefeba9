"""Whose doing an end was: the learner's, or a failure of the machine, which never counts against the learner.

All is read from outside of the sandbox, where nobody in it can write.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import docker
import requests
from docker.errors import APIError, DockerException, NotFound

from sandboxes.channels import ChannelError
from sandboxes.effects import SandboxError

END_SECONDS = 2.0  # within which the engine knows that a container has ended
EXPIRED, KILLED = 124, 137  # exit codes of a sandbox at the end of its lifetime, and of one killed from outside
HELPERS = ("/opt/lab/inside.py", "dockerd --rootless", "containerd -c /opt/lab/")
#: Who has used so much of what a sandbox may has too little left to answer with: of processes, of memory, and of the
#: periods of a second those in which it was stopped at its share of the processor.
MOST_PIDS, MOST_MEMORY, MOST_THROTTLED = 0.75, 0.9, 0.5
MOST_RUNNING = 16  # processes that want the processor at the same time


class Blame:
    """Finds out why a sandbox of this id no longer answers."""

    def __init__(self, client: docker.APIClient, id: str, lifetime: int) -> None:
        self.client, self.id, self.lifetime = client, id, lifetime

    def find(self, error: ChannelError) -> None:
        """Return if the learner ended or overran the engine.

        :raise SandboxError: the machine did, or nobody can tell
        """
        until = time.monotonic() + (0 if error.late else END_SECONDS)
        state, log = self._remains()
        while state["Running"] and time.monotonic() < until:  # a killed one is told of a little later
            time.sleep(0.1)
            state, log = self._remains()
        if state["Status"] in {"removing", "dead"}:
            raise SandboxError("The sandbox was removed while the answer ran.") from error
        if state["Running"]:
            if error.late and "engine ended" not in log and not self._overrun():
                raise SandboxError("The sandbox did not answer in time.") from error
        elif self._killed(state):
            raise SandboxError("The sandbox was killed while the answer ran.") from error

    def _remains(self) -> tuple[dict[str, Any], str]:
        """Return the container's state and last words."""
        with engine_trouble():
            try:
                state = self.client.inspect_container(self.id)["State"]
                return state, self.client.logs(self.id, tail=20).decode("utf-8", "replace")
            except NotFound as gone:
                raise SandboxError("The sandbox was removed while the answer ran.") from gone

    def _killed(self, state: dict[str, Any]) -> bool:
        """Say whether it ended from outside: the first process cannot be killed from within, and within nobody can
        make it old."""
        if state["ExitCode"] == EXPIRED:
            return _seconds_between(state["StartedAt"], state["FinishedAt"]) >= self.lifetime
        return bool(state["ExitCode"] == KILLED and not state["OOMKilled"])

    def _overrun(self) -> bool:
        """Say whether the sandbox is silent because of what runs in it, not because the machine is slow."""
        with suppress(DockerException, requests.RequestException, KeyError):
            was_idle = is_idle(self._processes("-eLo"))
            return (
                is_crowded(self._processes("-eo"))
                or has_used_up(self.client.stats(self.id, stream=False))  # takes a second or two
                or (was_idle and is_idle(self._processes("-eLo")))
            )
        return False

    def _processes(self, which: str) -> list[list[str]]:
        """Return process id, state and command of each process (-eo) or thread (-eLo)."""
        with suppress(APIError):  # an engine on a host without ps
            return list(self.client.top(self.id, f"{which} pid,stat,args")["Processes"])
        return []


def is_crowded(processes: Iterable[Sequence[str]]) -> bool:
    """Say whether rows of process id, state and command show helpers that were stopped, or a crowd that wants to run."""
    rows = list(processes)
    frozen = any(row[1].startswith("T") for row in _helpers(rows))
    return frozen or sum(row[1].startswith(("R", "D")) for row in rows) >= MOST_RUNNING


def is_idle(threads: Iterable[Sequence[str]]) -> bool:
    """Say whether rows of threads show that the helpers owe an answer and want neither the processor nor the disk.

    On a busy machine they would. So they wait for something in the sandbox that never comes: a log that is a pipe.
    """
    helpers = _helpers(threads)
    return bool(helpers) and not any(row[1].startswith(("R", "D")) for row in helpers)


def _helpers(rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    return [row for row in rows if any(name in row[2] for name in HELPERS)]


def has_used_up(stats: Mapping[str, Any]) -> bool:
    """Say whether the engine's figures show a container at its limits.

    On a machine that is busy otherwise, a container does not get as far as its own limits.
    """
    now, earlier = (stats.get(key, {}).get("throttling_data", {}) for key in ("cpu_stats", "precpu_stats"))
    periods = now.get("periods", 0) - earlier.get("periods", 0)
    throttled = now.get("throttled_periods", 0) - earlier.get("throttled_periods", 0)
    return (
        (periods > 0 and throttled >= MOST_THROTTLED * periods)
        or _share(stats.get("pids_stats", {}), "current") >= MOST_PIDS
        or _share(stats.get("memory_stats", {}), "usage") >= MOST_MEMORY
    )


def _share(stats: Mapping[str, Any], used: str) -> float:
    limit = stats.get("limit") or 0
    return float(stats.get(used, 0) / limit) if limit else 0.0


def _seconds_between(first: str, last: str) -> float:
    """Return the seconds between two moments as the engine writes them, to the second."""
    start, end = (datetime.fromisoformat(moment[:19]) for moment in (first, last))
    return (end - start).total_seconds()


def remove_container(client: docker.APIClient, id: str) -> None:
    """Remove a container, running or not; fine if it is gone or being removed by another."""
    try:
        client.remove_container(id, force=True, v=True)
    except APIError as error:
        if error.status_code not in {404, 409}:
            raise


@contextmanager
def engine_trouble() -> Iterator[None]:
    """Turn any trouble with the outer engine into a SandboxError: it is never the learner's mistake."""
    try:
        yield
    except (DockerException, requests.RequestException) as error:
        raise SandboxError(f"The Docker engine failed: {str(error)[:300]}") from error
