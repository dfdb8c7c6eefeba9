"""The sandbox's image: built by this file from Debian packages, once for each change of its recipe.

No builder is used, so that any engine will do: a plain container runs `install.sh`, its file system
becomes the image, a sandbox booted from that makes the stand-in images, and both together are the final
image.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import docker
import requests
from docker.errors import APIError, DockerException, ImageNotFound, NotFound

from sandboxes.engines import EngineError, Say, install_packages
from sandboxes.flags import APP, APP_LABEL, Limits, host_config

RECIPE = Path(__file__).parent / "image"
NAME = "noteproof-sandbox"
BASE = "debian:trixie-slim"
SUITE, MIRROR = "trixie", "http://deb.debian.org/debian"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")

PULL_SECONDS = 180
BUILD_SECONDS = 1800
SEED_SECONDS = 300

CHANGES = [
    "USER 1000",
    "WORKDIR /home/lab",
    "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "ENV HOME=/home/lab",
    "ENV LANG=C.UTF-8",
    "ENV SSL_CERT_FILE=/opt/lab/tls/ca.pem",
    # A learner who kills the first process's child ends the sandbox with 0; 137 then only comes from outside.
    'ENTRYPOINT ["tini", "-e", "137", "--"]',
    'CMD ["/opt/lab/boot.sh"]',
    f"LABEL {APP_LABEL}={APP}-image",
]


def image_tag() -> str:
    """Return the name of the image that the present recipe makes."""
    digest = hashlib.sha256()
    for path in sorted(path for path in RECIPE.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(f"{path.name}\0{path.stat().st_mode & 0o111:o}\0".encode() + path.read_bytes())
    digest.update("\0".join(CHANGES).encode())
    return f"{NAME}:{digest.hexdigest()[:12]}"


def ensure_image(client: docker.APIClient, say: Say) -> str:
    """Return the name of the sandbox image, building it first if the recipe changed or it was never built.

    Building takes some minutes. Callers at the same time, in any process of this machine, build it once.

    :raise EngineError: it cannot be built; the sentence says why
    """
    tag = image_tag()
    if _has(client, tag):
        return tag
    with _lock(tag):
        if not _has(client, tag):
            try:
                Build(client, tag, say).run()
            except (DockerException, requests.RequestException, OSError) as error:
                raise EngineError(f"The sandbox image cannot be built: {_sentence(error)}") from error
    return tag


class Build:
    """One build of the image; every container and intermediate image of it is removed at the end."""

    def __init__(self, client: docker.APIClient, tag: str, say: Say) -> None:
        self.client, self.tag, self.say = client, tag, say
        self.bare = f"{tag}-bare"  # without the stand-in images

    def run(self) -> None:
        self.say("Building the sandbox image; this takes a few minutes and is done once.")
        base = self._base()
        try:
            self._install(base)
            self._seed()
        finally:
            with suppress(APIError):
                self.client.remove_image(self.bare, force=True)
        self.say(f"The sandbox image is ready: {self.tag}, {self._megabytes()} MB.")
        self._remove_old()

    def _base(self) -> str:
        """Return a Debian to start from: one that is here, or made with this system's apt, or pulled."""
        local = f"{NAME}-base:{SUITE}"
        for name in (local, BASE):
            if _has(self.client, name):
                return name
        if _can_bootstrap():
            self.say(f"  Bootstrapping Debian {SUITE} from {_mirror()}")
            _bootstrap(self.client, local)
            return local
        self.say(f"  Pulling {BASE}")
        return _pull(self.client, BASE)

    def _install(self, base: str) -> None:
        with self._container(base, ["/bin/sh", "/recipe/install.sh"]) as container:
            self.client.put_archive(container, "/", _recipe_archive())
            self.client.start(container)
            self._follow(container)
            stream = self.client.export(container, chunk_size=1 << 20)
            self._import(stream)

    def _follow(self, container: str) -> None:
        """Show the stages of the installation and wait for its end."""
        tail: list[str] = []
        for line in _lines(self.client.logs(container, stream=True, follow=True)):
            if line.startswith("stage: "):
                self.say("  " + line.removeprefix("stage: ").capitalize())
            else:
                tail = [*tail[-5:], line]
        if status := self.client.wait(container, timeout=BUILD_SECONDS)["StatusCode"]:
            reason = next((line for line in reversed(tail) if line.startswith("E: ")), " ".join(tail[-2:]))
            raise EngineError(
                f"The sandbox image cannot be built (status {status}): {reason.removeprefix('E: ')[:300]}"
            )

    def _import(self, stream: Iterator[bytes]) -> None:
        repository, _, tag = self.bare.partition(":")
        reply = self.client.import_image_from_stream(stream, repository=repository, tag=tag, changes=CHANGES)
        _check(reply)

    def _seed(self) -> None:
        """Boot the bare image as a sandbox, let it make the stand-in images, and add them as a layer."""
        self.say("  Making the stand-in images and the offline registry")
        limits = Limits().for_seeding()
        config = host_config(self.client, limits, apparmor=apparmor(self.client))
        with self._container(
            self.bare, None, host_config=config, environment={"LIFETIME": str(SEED_SECONDS)},
            hostname="lab",
        ) as sandbox, tempfile.TemporaryFile() as seed:  # fmt: skip
            self.client.start(sandbox)
            self._await_engine(sandbox)
            self._run_seed(sandbox, seed)
            with self._container(self.bare, ["true"]) as container:
                self.client.put_archive(container, "/opt/lab", seed)
                repository, _, tag = self.tag.partition(":")
                self.client.commit(container, repository, tag, changes="\n".join(CHANGES[-3:-1]))

    def _await_engine(self, sandbox: str) -> None:
        wait = "until docker version >/dev/null 2>&1; do sleep 0.1; done"
        status, output = _exec(self.client, sandbox, ["timeout", "60", "sh", "-c", wait])
        if status:
            log = _exec(self.client, sandbox, ["sh", "-c", "tail -n 3 /run/dockerd.log /run/containerd.log"])[
                1
            ]
            logs = self.client.logs(sandbox, tail=5).decode("utf-8", "replace")
            raise EngineError(
                "The engine inside a sandbox does not start on this machine, so practical tasks cannot run "
                f"here: {_last_line(logs + log + output)}"
            )

    def _run_seed(self, sandbox: str, seed: IO[bytes]) -> None:
        process = self.client.exec_create(sandbox, ["/opt/lab/inside", "/opt/lab/seed.sh"])["Id"]
        errors = b""
        for out, err in self.client.exec_start(process, stream=True, demux=True):
            seed.write(out or b"")
            errors = (errors + (err or b""))[-2000:]
        if self.client.exec_inspect(process)["ExitCode"]:
            raise EngineError(
                f"The stand-in images cannot be made: {_last_line(errors.decode('utf-8', 'replace'))}"
            )
        seed.seek(0)

    @contextmanager
    def _container(self, image: str, command: list[str] | None, **options: Any) -> Iterator[str]:
        # The host's network, because a private engine has none of its own; only the installation uses it.
        options.setdefault("host_config", self.client.create_host_config(network_mode="host"))
        container = self.client.create_container(
            image, command, labels={APP_LABEL: f"{APP}-build"}, **options
        )["Id"]
        try:
            yield container
        finally:
            with suppress(APIError):
                self.client.remove_container(container, force=True, v=True)

    def _megabytes(self) -> int:
        return round(int(_inspect(self.client, self.tag)["Size"]) / 1e6)

    def _remove_old(self) -> None:
        """Remove images of earlier recipes, where no container uses them."""
        for image in self.client.images(NAME):
            for tag in image.get("RepoTags") or []:
                if tag != self.tag:
                    with suppress(APIError):
                        self.client.remove_image(tag)


def apparmor(client: docker.APIClient) -> str | None:
    """Return the AppArmor profile to use: Docker's own forbids the mounts of an inner engine."""
    return (
        "unconfined"
        if any("apparmor" in option for option in client.info().get("SecurityOptions") or [])
        else None
    )


# --- Debian -----------------------------------------------------------------------------------------------


def _can_bootstrap() -> bool:
    return os.getuid() == 0 and shutil.which("apt-get") is not None


def _bootstrap(client: docker.APIClient, name: str) -> None:
    """Make a minimal Debian with mmdebstrap from this system's mirror and import it as an image."""
    if not shutil.which("mmdebstrap") or not KEYRING.exists():
        install_packages("mmdebstrap", "debian-archive-keyring")
    with tempfile.TemporaryDirectory() as folder:
        options = Path(folder) / "apt.conf"
        options.write_text(_apt_options())
        command = [
            "mmdebstrap", "--quiet", "--variant=minbase", "--format=tar", f"--keyring={KEYRING}",
            f"--aptopt={options}", "--dpkgopt=path-exclude=/usr/share/doc/*",
            "--dpkgopt=path-exclude=/usr/share/locale/*",
            SUITE, f"{folder}/base.tar", _mirror(),
        ]  # fmt: skip
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, timeout=BUILD_SECONDS
        )
        if done.returncode:
            raise EngineError(f"Debian cannot be bootstrapped from {_mirror()}: {_last_line(done.stderr)}")
        repository, _, tag = name.partition(":")
        with open(f"{folder}/base.tar", "rb") as tar:
            # As blocks, not as a file: with a file the client announces chunks and sends none.
            blocks = iter(lambda: tar.read(1 << 20), b"")
            _check(client.import_image_from_stream(blocks, repository=repository, tag=tag))


def _mirror() -> str:
    """Return the Debian mirror that this system's apt uses, else Debian's own."""
    with suppress(OSError, subprocess.TimeoutExpired):
        query = ["apt-get", "indextargets", "--format", "$(SITE) $(ORIGIN) $(LABEL)"]
        done = subprocess.run(query, capture_output=True, text=True, check=False, timeout=30)
        for line in done.stdout.splitlines():
            site, _, origin = line.partition(" ")
            if origin == "Debian Debian" and site.startswith(("http://", "https://")):
                return site.rstrip("/")
    return MIRROR


def _apt_options() -> str:
    """Return this system's proxy and clock settings for apt: the container reaches what the host does."""
    with suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=False, timeout=30)
        wanted = ("Acquire::http::Proxy", "Acquire::https::Proxy", "Acquire::Check-")
        return "".join(f"{line}\n" for line in done.stdout.splitlines() if line.startswith(wanted))
    return ""


def _recipe_archive() -> bytes:
    """Return the recipe as a tar with the folder /recipe, with what apt must know of this machine."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        tar.add(RECIPE, "recipe", filter=_as_root)
        _add_text(tar, "recipe/apt.conf", _apt_options())
        _add_text(tar, "recipe/sources.list", f"deb {_mirror()} {SUITE} main\n" if _can_bootstrap() else "")
    return buffer.getvalue()


def _as_root(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return None if "__pycache__" in entry.name else entry


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(text.encode())
    tar.addfile(entry, io.BytesIO(text.encode()))


# --- small helpers ----------------------------------------------------------------------------------------


def _has(client: docker.APIClient, name: str) -> bool:
    try:
        _inspect(client, name)
    except (ImageNotFound, NotFound):
        return False
    return True


def _inspect(client: docker.APIClient, name: str) -> dict[str, Any]:
    return dict(client.inspect_image(name))  # type: ignore[no-untyped-call]


def _pull(client: docker.APIClient, name: str) -> str:
    repository, _, tag = name.partition(":")
    try:
        for line in client.pull(repository, tag=tag, stream=True, decode=True):
            if "error" in line:
                raise EngineError(_no_base(str(line["error"])))
    except (DockerException, requests.RequestException) as error:
        raise EngineError(_no_base(_sentence(error))) from error
    return name


def _no_base(reason: str) -> str:
    return (
        f"The sandbox image needs a Debian to start from, and {BASE} cannot be pulled ({reason[:200]}). "
        "Load that image into the engine, or start once as root on Debian or Ubuntu, where it is "
        "made from packages."
    )


def _exec(client: docker.APIClient, container: str, command: list[str]) -> tuple[int, str]:
    process = client.exec_create(container, command)["Id"]
    output = client.exec_start(process)
    return client.exec_inspect(process)["ExitCode"], output.decode("utf-8", "replace")


def _check(reply: str | bytes) -> None:
    """Raise for an error that the engine reports inside a reply that looks fine."""
    for line in (reply.decode() if isinstance(reply, bytes) else reply).splitlines():
        if line.strip().startswith("{") and (error := json.loads(line).get("error")):
            raise EngineError(f"The engine refused an image: {error}")


def _lines(stream: Iterator[bytes]) -> Iterator[str]:
    rest = b""
    for chunk in stream:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.decode("utf-8", "replace").rstrip() for line in lines)
    if rest:
        yield rest.decode("utf-8", "replace")


def _last_line(text: str) -> str:
    return ([line for line in text.strip().splitlines() if line.strip()] or ["no reason given"])[-1][:300]


def _sentence(error: BaseException) -> str:
    text = str(error)
    if "no space left" in text.lower():
        return "the disk is full; free about 3 GB and start again."
    return _last_line(text)


@contextmanager
def _lock(tag: str) -> Iterator[None]:
    path = Path(tempfile.gettempdir()) / f"{tag.replace(':', '-')}-{os.getuid()}.lock"
    with path.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
