"""Sandboxes with a nested Docker engine: one unprivileged container for each run, thrown away after it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random, SystemRandom

import docker
import requests
from docker.errors import DockerException

from sandboxes.base import OnPhase
from sandboxes.blame import remove_container
from sandboxes.effects import Job, Run, SandboxError
from sandboxes.engines import EngineError, Say, connect, find_engine
from sandboxes.flags import APP, APP_LABEL, BORN_LABEL, OWNER_LABEL, Limits, host_config
from sandboxes.image import apparmor, ensure_image
from sandboxes.orphans import Owner, reap
from sandboxes.pool import Pool
from sandboxes.sandbox import BOOT_SECONDS, Sandbox, StillbornError
from sandboxes.users import in_turn

WAIT_SECONDS = 300.0
KEEPER_SECONDS = 60.0
RESTOCK_SECONDS = 1.0  # most checks are over by then
CANARY_EVERY = 20  # the first sandbox and each 20th: an engine may answer and yet run no container
TRIES = 3  # of a job whose sandbox was dead before its script began


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
        random: Random | None = None,
        say: Say = lambda _: None,
    ) -> None:
        """Use the engine at `url`, or the first that `find_engine` finds; at most `active` runs at a time.

        Builds the image if it is missing, unless `image` names one; `runtime` is one of the engine's: the one
        that NOTEPROOF_SANDBOX_RUNTIME names, else the engine's default.

        :raise EngineError: no engine, no image, or no such runtime
        """
        url = url or find_engine(os.environ)
        if url is None:
            raise EngineError("No Docker engine was found. Start Docker, or set DOCKER_HOST.")
        if image is None:
            with _connection(url, 1800) as client:
                image = ensure_image(client, say)
        self.client = connect(url, BOOT_SECONDS)
        self._image, self._limits = image, limits or Limits()
        self._runtime = known_runtime(self.client, runtime or os.environ.get("NOTEPROOF_SANDBOX_RUNTIME"))
        self._apparmor = apparmor(self.client)
        self._users, self._owner = in_turn(random or SystemRandom()), Owner()
        self._slots = threading.BoundedSemaphore(active)
        self._made = 0
        self._pool: Pool[Sandbox] = Pool(self._make, pause=RESTOCK_SECONDS)
        self._stop = threading.Event()
        threading.Thread(target=self._keep, name="sandbox-keeper", daemon=True).start()
        self.warm(warm)

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        phase = on_phase or (lambda _: None)
        phase("waiting")
        if not self._slots.acquire(timeout=WAIT_SECONDS):
            raise SandboxError(f"All sandboxes were busy for {WAIT_SECONDS:.0f} seconds.")
        used: list[Sandbox] = []
        try:
            return self._run(job, phase, used)
        finally:  # in its own time: the verdict does not wait for it, the next run does
            threading.Thread(target=self._discard, args=(used,), name="sandbox-remover").start()

    @property
    def owner(self) -> str:
        """The name in the owner label of these sandboxes' containers."""
        return self._owner.name

    def warm(self, n: int) -> None:
        self._pool.warm(n)

    def close(self) -> None:
        self._stop.set()
        self._pool.close()
        with suppress(DockerException, requests.RequestException):
            ours = {"label": f"{OWNER_LABEL}={self._owner.name}"}
            for container in self.client.containers(all=True, filters=ours):
                remove_container(self.client, container["Id"])
        self._owner.close()

    def _run(self, job: Job, phase: OnPhase, used: list[Sandbox]) -> Run:
        phase("starting")
        for _ in range(TRIES):
            sandbox = self._pool.take(BOOT_SECONDS * 2)
            used.append(sandbox)
            with suppress(StillbornError):
                return sandbox.run(job, phase)
        raise SandboxError("Sandboxes die before they are used; look at the engine.")

    def _discard(self, used: list[Sandbox]) -> None:
        """Remove what a run used, and only then let another one begin: never do more sandboxes work than allowed."""
        try:
            for sandbox in used:
                sandbox.remove()
        finally:
            self._slots.release()

    def _make(self) -> Sandbox:
        self._made += 1
        return self.make(canary=self._made % CANARY_EVERY == 1)

    def make(self, *, canary: bool) -> Sandbox:
        """Boot a sandbox of the caller's own, who removes it; with a canary a container has run in it.

        :raise SandboxError: it does not come up
        """
        users = next(self._users)
        config = host_config(self.client, self._limits, users, runtime=self._runtime, apparmor=self._apparmor)
        labels = {APP_LABEL: APP, BORN_LABEL: str(int(time.time())), **self._owner.labels}
        sandbox = Sandbox(self.client, self._image, config, labels, self._limits, users)
        try:
            sandbox.boot(canary=canary)
        except BaseException:
            sandbox.remove()
            raise
        return sandbox

    def _keep(self) -> None:
        """Remove what a crash left, now and every minute, and replace sandboxes that waited too long."""
        while True:
            with suppress(DockerException, requests.RequestException, OSError):
                reap(self.client, time.time(), self._limits.lifetime)
                self._pool.retire()
            if self._stop.wait(KEEPER_SECONDS):
                return


def known_runtime(client: docker.APIClient, name: str | None) -> str | None:
    """Give the runtime back if the engine has it; None stays None.

    :raise EngineError: it has not; says which there are
    """
    runtimes = sorted(client.info().get("Runtimes", {})) if name else []
    if name and name not in runtimes:
        raise EngineError(
            f"The Docker engine has no runtime {name}, only {', '.join(runtimes)}. Install it and name it in the "
            "engine's configuration, or unset NOTEPROOF_SANDBOX_RUNTIME."
        )
    return name or None


@contextmanager
def _connection(url: str, seconds: float) -> Iterator[docker.APIClient]:
    client = connect(url, seconds)
    try:
        yield client
    finally:
        client.close()
