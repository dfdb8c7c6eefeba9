"""A minimal Debian, made with the apt of the machine we run on: the sandbox image needs no image registry."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import docker

from sandboxes.engines import EngineError, install_packages

SUITE = "trixie"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
BOOTSTRAP_SECONDS = 1800


def can_bootstrap() -> bool:
    return os.getuid() == 0 and shutil.which("apt-get") is not None


def bootstrap(client: docker.APIClient, name: str) -> None:
    """Make a minimal Debian with mmdebstrap, from this system's mirror where it has one, and import it as an image."""
    if not shutil.which("mmdebstrap") or not KEYRING.exists():
        install_packages("mmdebstrap", "debian-archive-keyring")
    with tempfile.TemporaryDirectory() as folder:
        options = Path(folder) / "apt.conf"
        options.write_text(apt_options())
        command = [
            "mmdebstrap", "--quiet", "--variant=minbase", "--format=tar", f"--keyring={KEYRING}",
            f"--aptopt={options}", "--dpkgopt=path-exclude=/usr/share/doc/*",
            "--dpkgopt=path-exclude=/usr/share/locale/*",
            SUITE, f"{folder}/base.tar", *filter(None, [mirror()]),  # without one mmdebstrap knows its own
        ]  # fmt: skip
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, timeout=BOOTSTRAP_SECONDS
        )
        if done.returncode:
            raise EngineError(f"Debian cannot be bootstrapped: {last_line(done.stderr)}")
        repository, _, tag = name.partition(":")
        with open(f"{folder}/base.tar", "rb") as tar:
            # As blocks, not as a file: with a file the client announces chunks and sends none.
            blocks = iter(lambda: tar.read(1 << 20), b"")
            check_reply(client.import_image_from_stream(blocks, repository=repository, tag=tag))


def mirror() -> str:
    """Return the Debian mirror that this system's apt uses; "" where it uses none, as on Ubuntu."""
    with suppress(OSError, subprocess.TimeoutExpired):
        query = ["apt-get", "indextargets", "--format", "$(SITE) $(ORIGIN) $(LABEL)"]
        done = subprocess.run(query, capture_output=True, text=True, check=False, timeout=30)
        for line in done.stdout.splitlines():
            site, _, origin = line.partition(" ")
            if origin == "Debian Debian" and site.startswith(("http://", "https://")):
                return site.rstrip("/")
    return ""


def apt_options() -> str:
    """Return this system's proxy and clock settings for apt: the container reaches what the host does."""
    with suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=False, timeout=30)
        wanted = ("Acquire::http::Proxy", "Acquire::https::Proxy", "Acquire::Check-")
        return "".join(f"{line}\n" for line in done.stdout.splitlines() if line.startswith(wanted))
    return ""


def check_reply(reply: str | bytes) -> None:
    """Raise for an error that the engine reports inside a reply that looks fine."""
    for line in (reply.decode() if isinstance(reply, bytes) else reply).splitlines():
        if line.strip().startswith("{") and (error := json.loads(line).get("error")):
            raise EngineError(f"The engine refused an image: {error}")


def last_line(text: str) -> str:
    return ([line for line in text.strip().splitlines() if line.strip()] or ["no reason given"])[-1][:300]
