"""The sandbox's image: built by this file from Debian packages, once for each change of its recipe.

No builder is used, so that any engine will do. A plain container runs `install.sh`; its file system becomes
the image of the packages, which is kept, so that a change of ours needs neither network nor minutes. With our
files added it boots as a sandbox, makes the stand-in images, and all together is the final image.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import docker
import requests
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.utils.socket import STDOUT, frames_iter

from sandboxes.debian import SUITE, apt_options, bootstrap, can_bootstrap, check_reply, last_line, mirror
from sandboxes.engines import EngineError, Say
from sandboxes.flags import APP, APP_LABEL, INSIDE, Limits, host_config, identity
from sandboxes.users import Users, passwd, subordinates

RECIPE = Path(__file__).parent / "image"
INSTALL = [RECIPE / "install.sh", RECIPE / "hub-names"]
NAME = "noteproof-sandbox"
BASE, OWN_BASE = "debian:trixie-slim", f"{NAME}-base:{SUITE}"

#: Where those files of ours go that stand before programs of the same name.
_ELSEWHERE = {"lab/runc": "opt/lab/bin/runc", "lab/sudo": "usr/local/bin/sudo"}

COMPILE = ["python3", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "/opt/lab"]
BUILD_SECONDS = 1800

ENVIRONMENT = [
    "USER 1000",
    "WORKDIR /home/lab",
    "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "ENV HOME=/home/lab",
    "ENV LANG=C.UTF-8",
    "ENV SSL_CERT_FILE=/opt/lab/tls/ca.pem",
    f"LABEL {APP_LABEL}={APP}-image",
]
COMMANDS = [
    # A learner who kills the first process's child ends the sandbox with 0; 137 then only comes from outside.
    'ENTRYPOINT ["tini", "-e", "137", "--"]',
    'CMD ["/opt/lab/boot.sh"]',
]


def image_tag() -> str:
    """Return the name of the image that the present recipe makes."""
    files = [path for path in RECIPE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return f"{NAME}:{_digest([*files, Path(__file__).with_name('users.py')])}"


def packages_tag() -> str:
    """Return the name of the image that has the packages of the present recipe, and nothing of ours."""
    return f"{NAME}-packages:{_digest(INSTALL)}"


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256("\0".join(ENVIRONMENT + COMMANDS).encode())
    for path in sorted(files):
        digest.update(f"{path.name}\0{path.stat().st_mode & 0o111:o}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def ensure_image(client: docker.APIClient, say: Say) -> str:
    """Return the name of the sandbox image, building it first if the recipe changed or it was never built.

    Building takes some minutes. Callers at the same time, in any process of this machine, build it once.

    :raise EngineError: it cannot be built; the sentence says why
    """
    tag = image_tag()
    if _has(client, tag):
        return tag
    with _lock():
        if not _has(client, tag):
            try:
                Build(client, say).run()
            except (DockerException, requests.RequestException, OSError) as error:
                raise EngineError(f"The sandbox image cannot be built: {_sentence(error)}") from error
    return tag


class Build:
    """One build of the image; its containers and intermediate images are removed at the end."""

    def __init__(self, client: docker.APIClient, say: Say) -> None:
        self.client, self.say = client, say
        self.tag, self.packages = image_tag(), packages_tag()
        self.bare = f"{self.tag}-bare"  # without the stand-in images

    def run(self) -> None:
        self.say("Building the sandbox image; this takes a few minutes and is done once.")
        if not _has(self.client, self.packages):
            self._install(self._base())
        try:
            self._add_ours()
            self._seed()
        finally:
            self._remove(self.bare)
        self.say(f"The sandbox image is ready: {self.tag}, {self._megabytes()} MB.")
        self._remove_old()

    def _base(self) -> str:
        """Return a Debian to start from: one that is here, or made with this system's apt, or pulled."""
        for name in (OWN_BASE, BASE):
            if _has(self.client, name):
                return name
        if can_bootstrap():
            self.say(f"  Bootstrapping Debian {SUITE}")
            bootstrap(self.client, OWN_BASE)
            return OWN_BASE
        self.say(f"  Pulling {BASE}")
        return _pull(self.client, BASE)

    def _install(self, base: str) -> None:
        """Install the packages in a container of the base; keep its file system as an image of one layer."""
        with self._container(base, ["/bin/sh", "/recipe/install.sh"]) as container:
            self.client.put_archive(container, "/", _installer())
            self.client.start(container)
            self._follow(container)
            repository, _, tag = self.packages.partition(":")
            system = self.client.export(container, chunk_size=1 << 20)
            check_reply(
                self.client.import_image_from_stream(
                    system, repository=repository, tag=tag, changes=ENVIRONMENT + COMMANDS
                )
            )
        self._remove(OWN_BASE)

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

    def _add_ours(self) -> None:
        """Add our files, and our programs compiled, as a sandbox could not keep what it compiles."""
        with self._container(self.packages, COMPILE, user="0") as container:
            self.client.put_archive(container, "/", _ours(self._read(container, "/etc/passwd")))
            self.client.start(container)
            self._follow(container)
            self._commit(container, self.bare)

    def _seed(self) -> None:
        """Boot the bare image as a sandbox, let it make the stand-in images, and add them as a layer."""
        self.say("  Making the stand-in images and the offline registry")
        limits, users = Limits().for_seeding(), Users(0)
        config = host_config(self.client, limits, users, apparmor=apparmor(self.client))
        with self._container(self.bare, host_config=config, **identity(limits, users)) as sandbox:
            self.client.start(sandbox)
            self._await_engine(sandbox)
            with tempfile.TemporaryFile() as seed, self._container(self.bare, ["true"]) as container:
                self._run_seed(sandbox, seed)
                self.client.put_archive(container, "/opt/lab", seed)
                self._commit(container, self.tag)

    def _read(self, container: str, path: str) -> str:
        stream, _ = self.client.get_archive(container, path)
        with tarfile.open(fileobj=io.BytesIO(b"".join(stream))) as archive:
            file = archive.extractfile(Path(path).name)
            return file.read().decode() if file else ""

    def _commit(self, container: str, name: str) -> None:
        repository, _, tag = name.partition(":")
        self.client.commit(container, repository, tag, changes="\n".join(ENVIRONMENT + COMMANDS))

    def _await_engine(self, sandbox: str) -> None:
        status, output = _exec(self.client, sandbox, [*INSIDE, "timeout", "60", "docker", "version"])
        if status:
            logs = "tail -n 3 /run/engine.log /run/containerd.log /run/dockerd.log"
            log = _exec(self.client, sandbox, ["sh", "-c", logs])[1]
            logs = self.client.logs(sandbox, tail=5).decode("utf-8", "replace")
            raise EngineError(
                "The engine inside a sandbox does not start on this machine, so practical tasks cannot run "
                f"here: {last_line(logs + log + output)}"
            )

    def _run_seed(self, sandbox: str, seed: IO[bytes]) -> None:
        process = self.client.exec_create(sandbox, [*INSIDE, "/opt/lab/seed.sh"])["Id"]
        errors = b""
        connection: Any = self.client.exec_start(process, socket=True)
        try:
            for stream, data in frames_iter(connection, tty=False):
                if stream == STDOUT:
                    seed.write(data)
                else:
                    errors = (errors + data)[-2000:]
        finally:  # the client itself would leave it open
            connection._sock.close()
            connection.close()
        if self.client.exec_inspect(process)["ExitCode"]:
            raise EngineError(
                f"The stand-in images cannot be made: {last_line(errors.decode('utf-8', 'replace'))}"
            )
        seed.seek(0)

    @contextmanager
    def _container(self, image: str, command: list[str], **options: Any) -> Iterator[str]:
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
        for name in (NAME, f"{NAME}-packages"):
            for image in self.client.images(name):
                for tag in image.get("RepoTags") or []:
                    if tag not in {self.tag, self.packages}:
                        self._remove(tag)

    def _remove(self, image: str) -> None:
        with suppress(APIError):
            self.client.remove_image(image)


def apparmor(client: docker.APIClient) -> str | None:
    """Return the AppArmor profile to use: Docker's own forbids the mounts of an inner engine."""
    return (
        "unconfined"
        if any("apparmor" in option for option in client.info().get("SecurityOptions") or [])
        else None
    )


def _installer() -> bytes:
    """Return a tar of /recipe: what the installation needs, with what apt must know of this machine."""
    sources = f"deb {mirror()} {SUITE} main\n" if can_bootstrap() and mirror() else ""
    texts = {"apt.conf": apt_options(), "sources.list": sources}
    return _archive({path.name: path for path in INSTALL}, texts, "recipe/")


def _ours(users: str) -> bytes:
    """Return a tar of our files, as they lie in the sandbox, and of the users there besides those of its passwd."""
    folders = [RECIPE / "lab", RECIPE / "stand-ins"]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    texts = {
        "opt/lab/passwd": users,  # what a learner sees
        "etc/passwd": users + passwd(), "etc/subuid": subordinates(), "etc/subgid": subordinates(),
    }  # fmt: skip
    return _archive({_target(path): path for path in files if path.suffix != ".pyc"}, texts, "")


def _target(path: Path) -> str:
    name = path.relative_to(RECIPE).as_posix()
    return _ELSEWHERE.get(name, f"opt/{name}")


def _archive(files: dict[str, Path], texts: dict[str, str], prefix: str) -> bytes:
    """Return a tar of files that belong to root and are as executable as ours, and of texts."""
    contents = {name: (path.read_bytes(), path.stat().st_mode & 0o111) for name, path in files.items()}
    contents |= {name: (text.encode(), 0) for name, text in texts.items()}
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, (data, executable) in contents.items():
            entry = tarfile.TarInfo(prefix + name)
            entry.size, entry.mode = len(data), 0o755 if executable else 0o644
            tar.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


# --- small helpers ----------------------------------------------------------------------------------------


def _has(client: docker.APIClient, name: str) -> bool:
    try:
        _inspect(client, name)
    except (ImageNotFound, NotFound):
        return False
    return True


def _inspect(client: docker.APIClient, name: str) -> dict[str, Any]:
    return dict(client.inspect_image(name))


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


def _lines(stream: Iterator[bytes]) -> Iterator[str]:
    rest = b""
    for chunk in stream:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.decode("utf-8", "replace").rstrip() for line in lines)
    if rest:
        yield rest.decode("utf-8", "replace")


def _sentence(error: BaseException) -> str:
    text = str(error)
    if "no space left" in text.lower():
        return "the disk is full; free about 3 GB and start again."
    return last_line(text)


@contextmanager
def _lock() -> Iterator[None]:
    path = Path(tempfile.gettempdir()) / f"{NAME}-{os.getuid()}.lock"
    with path.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
