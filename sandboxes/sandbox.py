"""One sandbox: boots, runs its one job, reads what happened, and is removed."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import docker
import requests
from docker.errors import DockerException

from sandboxes.base import OnPhase
from sandboxes.blame import Blame, engine_trouble, remove_container
from sandboxes.channels import Agent, Channel, ChannelError, listed, mapping, number, status
from sandboxes.effects import Event, Job, Run, SandboxError, Snapshot, Step
from sandboxes.flags import INSIDE, Limits, identity
from sandboxes.inner import InnerEngine
from sandboxes.snapshot import EMPTY, read_events, settle, take_snapshot
from sandboxes.users import Users

BOOT_SECONDS = 60.0
SETUP_SECONDS = 60.0
PROBE_SECONDS = 10.0
PROBE_BYTES = 4096
SURVEY_BYTES = 64 * 1024
GRACE_SECONDS = 5.0  # the agent ends a script by itself; after this much longer we no longer wait for it
MOST_STEPS = 5000
MOST_LEFT = 50
CANARY = "docker run --rm busybox true"

AGENT, LINE = [*INSIDE, "agent"], [*INSIDE, "line"]

Ended = Literal["done", "timeout", "output", "engine"]


class StillbornError(Exception):
    """The sandbox was dead before it saw anything of the job: another one may be taken."""


@dataclass
class Played:
    """What the agent has said of one script so far."""

    steps: list[Step] = field(default_factory=list)
    began: float | None = None  # on the clock of the sandbox
    exit_code: int = 0
    seconds: float = 0.0
    ended: Ended = "done"
    left: tuple[str, ...] = ()

    @property
    def output(self) -> str:
        return "".join(step.output for step in self.steps)

    @property
    def said(self) -> int:
        """How long the commands are that it says it ran; all together they are no longer than the script."""
        return sum(len(step.command) for step in self.steps)


class Sandbox:
    """One container from its creation to its removal. It runs one job and is never used again."""

    def __init__(
        self,
        client: docker.APIClient,
        image: str,
        config: dict[str, Any],
        labels: dict[str, str],
        limits: Limits,
        users: Users,
    ) -> None:
        """Create the container.

        :raise SandboxError: the engine refuses or is gone
        """
        self.client, self.limits = client, limits
        self._channels: list[Channel] = []
        with engine_trouble():
            self.id: str = client.create_container(
                image, host_config=config, labels=labels, **identity(limits, users)
            )["Id"]
        self._blame = Blame(client, self.id, limits.lifetime)

    def boot(self, *, canary: bool) -> None:
        """Start it and wait until its engine works; with a canary, until a container has run in it.

        :raise SandboxError: it does not come up
        """
        with engine_trouble():
            self.client.start(self.id)
        try:
            # Both are started while the engine boots; each waits for it.
            self.agent, self.engine = Agent(self._channel(AGENT)), InnerEngine(self._channel(LINE))
            self.agent.hello(BOOT_SECONDS)
            self.engine.deadline(BOOT_SECONDS)
            self.version = str(mapping(self.engine.json("/version"))["Version"])
            if canary:
                self._sing()
            self.fresh = take_snapshot(self.engine, self.agent)
        except (ChannelError, KeyError) as error:
            raise SandboxError(f"A sandbox does not start: {error}{self._log()}") from error
        with engine_trouble():  # only now, so that booting is quick
            self.client.update_container(
                self.id, cpu_quota=int(self.limits.cpus * 100_000), cpu_period=100_000
            )
        with suppress(ChannelError):  # whoever takes the sandbox hears of it
            self.agent.send({"prepare": True}, BOOT_SECONDS)

    def run(self, job: Job, phase: OnPhase) -> Run:
        """Run the one job of this sandbox.

        :raise SandboxError: the sandbox failed, before or while the script ran
        :raise StillbornError: it was dead already
        """
        phase("setup")
        self._await_hub()
        setup = self._prepare(job)
        before = self._before(job)
        first = self._survey(job)
        phase("running")
        played = self._play(job, started=bool(job.files or setup.steps))
        phase("reading")
        # First the surveys: one of them waits until processes have done what a signal asks of them.
        surveys = self._surveyed(job, first) if job.surveys and played.ended == "done" else {}
        after, events, ended = self._after(played, before)
        return Run(
            before=before, after=after, events=events, steps=tuple(played.steps), output=played.output,
            truncated=ended == "output", exit_code=played.exit_code, seconds=played.seconds, ended=ended,
            engine=f"Docker {self.version}", setup_exit_code=setup.exit_code, setup_output=setup.output,
            surveys=surveys,
            probes=self._probe(job) if ended == "done" else {},
            left=played.left, began=played.began or 0.0,
        )  # fmt: skip

    def remove(self) -> None:
        """Throw the sandbox away; it may be gone already."""
        for channel in self._channels:
            channel.close()
        with suppress(DockerException, requests.RequestException):  # the reaper finds it
            remove_container(self.client, self.id)

    # --- the stages of a run

    def _await_hub(self) -> None:
        """Wait for what the boot has left to start by itself; a sandbox that has waited is long ready.

        A learner would be blamed for a registry that does not answer, so another sandbox is taken then.
        """
        try:
            self.agent.prepared(BOOT_SECONDS)
        except ChannelError as error:
            raise StillbornError from error

    def _prepare(self, job: Job) -> Played:
        """Write the job's files and run its setup."""
        played = Played()
        try:
            if job.files:
                for _ in self.agent.ask({"write": [list(file) for file in job.files]}, SETUP_SECONDS):
                    pass
            if job.setup.strip():
                self._ask(played, job.setup, SETUP_SECONDS, job.output_limit, stay=True)
        except ChannelError as error:
            if not job.files and played.began is None:
                raise StillbornError from error
            raise SandboxError(f"The setup of the task breaks its sandbox: {error}") from error
        if played.ended != "done":
            raise SandboxError(f"The setup of the task has no end: {played.output[-200:]}", retry=False)
        return played

    def _before(self, job: Job) -> Snapshot:
        if not job.setup.strip() and not job.files:
            return self.fresh
        try:
            settle(self.engine, self.agent)
            return take_snapshot(self.engine, self.agent, self.fresh)
        except ChannelError as error:
            raise SandboxError(f"The sandbox cannot be read after the setup: {error}") from error

    def _play(self, job: Job, *, started: bool) -> Played:
        """Run the script. One that kills the agent or the engine has ended so."""
        played = Played()
        since = time.monotonic()
        try:
            self._ask(played, job.script, job.seconds, job.output_limit)
        except ChannelError as error:
            if played.began is None and not started:
                raise StillbornError from error
            self._blame.find(error)
            played.ended, played.exit_code = "timeout" if error.late else "engine", 137
            played.seconds = time.monotonic() - since
        return played

    def _after(self, played: Played, before: Snapshot) -> tuple[Snapshot, tuple[Event, ...], Ended]:
        if played.ended != "done":  # wrong whatever it did, and what still runs may leave no room for reading
            return EMPTY, (), played.ended
        if played.began is None:
            return EMPTY, (), "engine"
        try:
            settle(self.engine, self.agent)
            events = read_events(self.engine, played.began, played.began + played.seconds + 0.001)
            return take_snapshot(self.engine, self.agent, before), events, played.ended
        except ChannelError as error:
            self._blame.find(error)
            return EMPTY, (), "engine"

    def _survey(self, job: Job) -> dict[str, str]:
        """Ask what will be asked again after the script."""
        try:
            return {name: self._answer(command, SURVEY_BYTES) for name, command in job.surveys}
        except ChannelError as error:
            raise SandboxError(f"The sandbox cannot be read after the setup: {error}") from error

    def _surveyed(self, job: Job, first: dict[str, str]) -> dict[str, tuple[str, str]]:
        try:
            return {name: (first[name], self._answer(command, SURVEY_BYTES)) for name, command in job.surveys}
        except ChannelError as error:
            self._blame.find(error)
            return {}

    def _answer(self, command: str, limit: int) -> str:
        played = Played()
        self._ask(played, command, PROBE_SECONDS, limit)
        return f"{played.exit_code}\n{played.output}"

    def _probe(self, job: Job) -> dict[str, str]:
        """Ask what the grader wants to know; what the learner broke does not answer."""
        answers = {}
        for name, command in job.probes:
            try:
                answers[name] = self._answer(command, PROBE_BYTES)
            except ChannelError as error:
                self._blame.find(error)
                break
        return answers

    def _ask(self, played: Played, script: str, seconds: float, limit: int, *, stay: bool = False) -> None:
        """Let the agent run a script, and note what it says as it comes.

        `stay`: what it starts in the background goes on after its end.
        """
        request = {"run": script, "seconds": seconds, "limit": limit, "stay": stay}
        for message in self.agent.ask(request, seconds + GRACE_SECONDS):
            if "began" in message:
                played.began = number(message["began"])
            elif "step" in message and len(played.steps) < MOST_STEPS:
                step = _step(mapping(message["step"]))
                played.steps.append(_cut(step, len(script) - played.said, limit - len(played.output)))
        _finish(played, mapping(message["done"]))

    def _sing(self) -> None:
        played = Played()
        self._ask(played, CANARY, BOOT_SECONDS, PROBE_BYTES)
        if played.exit_code or played.ended != "done":
            raise ChannelError(f"no container can be run in it: {played.output}")

    def _log(self) -> str:
        with suppress(DockerException, requests.RequestException):
            lines = self.client.logs(self.id, tail=3).decode("utf-8", "replace").strip()
            return f" ({lines})" if lines else ""
        return ""

    def _channel(self, command: list[str]) -> Channel:
        channel = Channel.open(self.client, self.id, command)
        self._channels.append(channel)
        return channel


def _finish(played: Played, done: dict[str, Any]) -> None:
    match done:
        case {"exit_code": int(code), "seconds": seconds, "ended": "done" | "timeout" | "output" as ended}:
            played.exit_code, played.seconds, played.ended = status(code), number(seconds), ended
            played.left = tuple(str(line) for line in listed(done.get("left") or [], MOST_LEFT))
        case _:
            raise ChannelError("the sandbox answers JSON of the wrong shape")


def _step(row: dict[str, Any]) -> Step:
    match row:
        case {"command": str(command), "output": str(output), "exit_code": int(code), "seconds": seconds}:
            return Step(command, output, status(code), number(seconds))
    raise ChannelError("the sandbox answers JSON of the wrong shape")


def _cut(step: Step, commands: int, output: int) -> Step:
    """Return the step with its texts cut to the room left for each."""
    return replace(step, command=step.command[: max(0, commands)], output=step.output[: max(0, output)])
