"""Sandboxes with a nested Docker engine: one unprivileged container for each run, thrown away after it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal

import docker
import requests
from docker.errors import APIError, DockerException, NotFound

from sandboxes.base import OnPhase
from sandboxes.channels import Agent, Channel, ChannelError, InnerEngine, mapping
from sandboxes.effects import Event, Job, Run, SandboxError, Snapshot, Step
from sandboxes.engines import EngineError, Say, connect, find_engine
from sandboxes.flags import APP, APP_LABEL, BORN_LABEL, OWNER_LABEL, Limits, host_config
from sandboxes.image import apparmor, ensure_image
from sandboxes.orphans import Owner, reap
from sandboxes.pool import Pool
from sandboxes.snapshot import EMPTY, read_events, settle, take_snapshot

BOOT_SECONDS = 60.0
SETUP_SECONDS = 60.0
PROBE_SECONDS = 10.0
PROBE_BYTES = 4096
GRACE_SECONDS = 5.0  # the agent ends a script by itself; after this much longer we no longer wait for it
WAIT_SECONDS = 300.0
KEEPER_SECONDS = 60.0
CANARY = "docker run --rm busybox true"
CANARY_EVERY = (
    20  # sandboxes; the first always: an engine that answers may still be unable to run a container
)
TRIES = 3  # of a job whose sandbox was dead before its script began

AGENT = ["/opt/lab/inside", "python3", "-I", "/opt/lab/agent.py"]
DIAL = ["docker", "system", "dial-stdio"]

Ended = Literal["done", "timeout", "output", "engine"]


class NestedSandboxes:
    """Runs jobs on a Docker engine, each in a container with an engine of its own."""

    def __init__(
        self,
        url: str | None = None,
        *,
        image: str | None = None,
        active: int = 8,
        warm: int = 0,
        limits: Limits | None = None,
        runtime: str | None = None,
        environ: dict[str, str] | None = None,
        say: Say = lambda _: None,
    ) -> None:
        """Use the engine at `url`, or the first that `find_engine` finds; at most `active` runs at a time.

        Builds the image if it is missing, unless `image` names one.

        :raise EngineError: no engine, or no image
        """
        url = url or find_engine(environ or {})
        if url is None:
            raise EngineError("No Docker engine was found. Start Docker, or set DOCKER_HOST.")
        self.client = connect(url, 60)
        if image is None:
            with _patient(url) as patient:
                image = ensure_image(patient, say)
        self._image, self._limits, self._runtime = image, limits or Limits(), runtime
        self._apparmor = apparmor(self.client)
        self._owner = Owner()
        self._slots = threading.BoundedSemaphore(active)
        self._made = 0
        self._pool: Pool[Sandbox] = Pool(self._make)
        self._stop = threading.Event()
        threading.Thread(target=self._keep, name="sandbox-keeper", daemon=True).start()
        self.warm(warm)

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        phase = on_phase or (lambda _: None)
        phase("waiting")
        if not self._slots.acquire(timeout=WAIT_SECONDS):
            raise SandboxError("All sandboxes were busy for five minutes.")
        try:
            phase("starting")
            for _ in range(TRIES):
                sandbox = self._pool.take(BOOT_SECONDS * 2)
                try:
                    return sandbox.run(job, phase)
                except StillbornError:
                    continue  # it died while it waited, before it saw anything of the job
                finally:
                    threading.Thread(target=sandbox.remove, name="sandbox-remover").start()
            raise SandboxError("Sandboxes die before they are used; look at the engine.")
        finally:
            self._slots.release()

    def warm(self, n: int) -> None:
        self._pool.warm(n)

    def close(self) -> None:
        self._stop.set()
        self._pool.close()
        with suppress(DockerException, requests.RequestException):
            for container in self.client.containers(
                all=True, filters={"label": f"{OWNER_LABEL}={self._owner.name}"}
            ):
                remove_container(self.client, container["Id"])
        self._owner.close()

    def _make(self) -> Sandbox:
        self._made += 1
        config = host_config(self.client, self._limits, runtime=self._runtime, apparmor=self._apparmor)
        labels = {APP_LABEL: APP, BORN_LABEL: str(int(time.time())), **self._owner.labels}
        sandbox = Sandbox(self.client, self._image, config, labels, self._limits)
        try:
            sandbox.boot(canary=self._made % CANARY_EVERY == 1)
        except BaseException:
            sandbox.remove()
            raise
        return sandbox

    def _keep(self) -> None:
        """Remove what a crash left, now and every minute, and replace sandboxes that waited too long."""
        while True:
            with suppress(DockerException, requests.RequestException, SandboxError):
                reap(self.client, time.time(), self._limits.lifetime)
                self._pool.retire()
            if self._stop.wait(KEEPER_SECONDS):
                return


class StillbornError(Exception):
    """The sandbox was dead before it saw anything of the job: another one may be taken."""


class Sandbox:
    """One container, from its creation to its removal. One job, then it is removed."""

    def __init__(
        self,
        client: docker.APIClient,
        image: str,
        config: dict[str, Any],
        labels: dict[str, str],
        limits: Limits,
    ) -> None:
        """Create the container.

        :raise SandboxError: the engine refuses or is gone
        """
        self.client, self.limits = client, limits
        self._channels: list[Channel] = []
        with _engine_trouble():
            self.id: str = client.create_container(
                image, host_config=config, labels=labels, hostname="lab", user="1000",
                environment={"LIFETIME": str(limits.lifetime)},
            )["Id"]  # fmt: skip

    def boot(self, *, canary: bool) -> None:
        """Start it and wait until its engine works, with a canary until a container has run in it.

        :raise SandboxError: it does not come up
        """
        with _engine_trouble():
            self.client.start(self.id)
        try:
            self.agent = Agent(self._channel(AGENT))
            self.agent.hello(BOOT_SECONDS)
            self.engine = InnerEngine(self._channel(DIAL))
            self.engine.deadline(BOOT_SECONDS)
            self.version = str(mapping(self.engine.json("/version"))["Version"])
            if canary:
                self._sing()
            self.fresh = take_snapshot(self.engine, self.agent)
        except (ChannelError, KeyError) as error:
            raise SandboxError(f"A sandbox does not start: {error}{self._log()}") from error
        with _engine_trouble():
            self.client.update_container(
                self.id, cpu_quota=int(self.limits.cpus * 100_000), cpu_period=100_000
            )

    def run(self, job: Job, phase: OnPhase) -> Run:
        """Run the one job of this sandbox.

        :raise SandboxError: the sandbox failed before or while the script ran
        :raise StillbornError: it was dead already
        """
        phase("setup")
        setup = self._prepare(job)
        before = self._before(job)
        phase("running")
        played = self._play(job)
        phase("reading")
        after, events, ended = self._after(played, before)
        probes = self._probe(job) if ended == "done" else {}
        return Run(
            before=before, after=after, events=events, steps=played.steps,
            output="".join(step.output for step in played.steps), truncated=played.truncated,
            exit_code=played.exit_code, seconds=played.seconds, ended=ended, engine=f"Docker {self.version}",
            setup_exit_code=setup.exit_code, setup_output="".join(step.output for step in setup.steps),
            probes=probes,
        )  # fmt: skip

    def remove(self) -> None:
        """Throw the sandbox away; it may be gone already."""
        for channel in self._channels:
            channel.close()
        with suppress(DockerException, requests.RequestException):  # the reaper finds it
            remove_container(self.client, self.id)

    # --- the stages of a run

    def _prepare(self, job: Job) -> Played:
        """Write the job's files and run its setup."""
        try:
            if job.files:
                for _ in self.agent.ask({"write": [list(file) for file in job.files]}, SETUP_SECONDS):
                    pass
            if not job.setup.strip():
                return NOTHING
            played = self._ask(job.setup, SETUP_SECONDS, job.output_limit)
        except ChannelError as error:
            if not self._is_running():
                raise StillbornError from error
            raise SandboxError(f"The setup of the task stops its sandbox: {error}", retry=False) from error
        if played.ended == "timeout":
            raise SandboxError(f"The setup of the task takes longer than {SETUP_SECONDS:.0f} seconds.")
        return played

    def _before(self, job: Job) -> Snapshot:
        if not job.setup.strip() and not job.files:
            return self.fresh
        try:
            return take_snapshot(self.engine, self.agent, self.fresh)
        except ChannelError as error:
            raise SandboxError(f"The sandbox cannot be read after the setup: {error}") from error

    def _play(self, job: Job) -> Played:
        """Run the script; a script that kills the agent or the engine is one that ended so."""
        began = time.monotonic()
        self._steps: list[Step] = []
        try:
            return self._ask(job.script, job.seconds, job.output_limit)
        except ChannelError as error:
            self._blame(error)
            return Played(tuple(self._steps), 137, time.monotonic() - began, "engine", False, 0.0)

    def _after(self, played: Played, before: Snapshot) -> tuple[Snapshot, tuple[Event, ...], Ended]:
        if played.ended == "engine":
            return EMPTY, (), "engine"
        try:
            if played.ended == "done":
                settle(self.engine, self.agent)
            events = read_events(self.engine, played.began, played.began + played.seconds + 0.001)
            after = take_snapshot(self.engine, self.agent, before)
        except ChannelError as error:
            if played.ended == "done":
                self._blame(error)
                return EMPTY, (), "engine"
            return EMPTY, (), played.ended
        return after, events, played.ended

    def _probe(self, job: Job) -> dict[str, str]:
        """Ask what the grader wants to know; what the learner broke does not answer."""
        answers = {}
        for name, command in job.probes:
            try:
                played = self._ask(command, PROBE_SECONDS, PROBE_BYTES)
            except ChannelError as error:
                self._blame(error)
                break
            answers[name] = f"{played.exit_code}\n{''.join(step.output for step in played.steps)}"
        return answers

    def _ask(self, script: str, seconds: float, limit: int) -> Played:
        steps: list[Step] = []
        self._steps = steps
        began = 0.0
        request = {"run": script, "seconds": seconds, "limit": limit}
        for message in self.agent.ask(request, seconds + GRACE_SECONDS):
            if "step" in message:
                steps.append(_step(mapping(message["step"]), limit))
            elif "began" in message:
                began = float(message["began"])
        return _played(tuple(steps), mapping(message["done"]), began)

    # --- what went wrong

    def _blame(self, error: ChannelError) -> None:
        """Return if the learner ended the engine; raise SandboxError if the machine did, or none can tell."""
        with _engine_trouble():
            try:
                state = self.client.inspect_container(self.id)["State"]
                log = self.client.logs(self.id, tail=20).decode("utf-8", "replace")
            except NotFound as gone:
                raise SandboxError("The sandbox was removed while the answer ran.") from gone
        if state["Running"]:
            if error.late and "engine ended" not in log:
                raise SandboxError("The sandbox did not answer in time.") from error
            return
        if state["OOMKilled"]:
            return
        # 137 comes from outside only (the first process cannot be killed from within), 124 from the lifetime.
        if state["ExitCode"] in {124, 137}:
            raise SandboxError("The sandbox was killed while the answer ran.") from error

    def _is_running(self) -> bool:
        with _engine_trouble():
            try:
                return bool(self.client.inspect_container(self.id)["State"]["Running"])
            except NotFound:
                return False

    def _sing(self) -> None:
        played = self._ask(CANARY, BOOT_SECONDS, 4096)
        if played.exit_code or played.ended != "done":
            raise ChannelError(
                f"no container can be run in it: {''.join(step.output for step in played.steps)}"
            )

    def _log(self) -> str:
        with suppress(DockerException, requests.RequestException):
            lines = self.client.logs(self.id, tail=3).decode("utf-8", "replace").strip()
            return f" ({lines})" if lines else ""
        return ""

    def _channel(self, command: list[str]) -> Channel:
        channel = Channel(self.client, self.id, command)
        self._channels.append(channel)
        return channel


@dataclass(frozen=True)
class Played:
    """What the agent says of one script."""

    steps: tuple[Step, ...]
    exit_code: int
    seconds: float
    ended: Ended
    truncated: bool
    began: float  # on the clock of the sandbox


NOTHING = Played((), 0, 0.0, "done", False, 0.0)


def _played(steps: tuple[Step, ...], done: dict[str, Any], began: float) -> Played:
    match done:
        case {
            "exit_code": int(code),
            "seconds": float(seconds),
            "ended": "done" | "timeout" | "output" as ended,
        }:
            return Played(steps, code, seconds, ended, ended == "output", began)
    raise ChannelError("the sandbox answers JSON of the wrong shape")


def _step(row: dict[str, Any], limit: int) -> Step:
    match row:
        case {
            "command": str(command),
            "output": str(output),
            "exit_code": int(code),
            "seconds": float(seconds),
        }:
            return Step(command, output[:limit], code, seconds)
    raise ChannelError("the sandbox answers JSON of the wrong shape")


def remove_container(client: docker.APIClient, id: str) -> None:
    """Remove a container, running or not; fine if it is gone or being removed by another."""
    try:
        client.remove_container(id, force=True, v=True)
    except APIError as error:
        if error.status_code not in {404, 409}:
            raise


@contextmanager
def _engine_trouble() -> Iterator[None]:
    """Turn any trouble with the outer engine into a SandboxError: it is never the learner's mistake."""
    try:
        yield
    except (DockerException, requests.RequestException) as error:
        raise SandboxError(f"The Docker engine failed: {str(error)[:300]}") from error


@contextmanager
def _patient(url: str) -> Iterator[docker.APIClient]:
    """Open a client for slow calls: building an image."""
    client = connect(url, 1800)
    try:
        yield client
    finally:
        client.close()
