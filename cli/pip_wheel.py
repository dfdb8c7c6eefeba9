"""Put pip into an environment that was made without it, with the standard library alone.

Run by ./run where Python has no ensurepip and nobody is root: `python3 cli/pip_wheel.py VENV`. The index is the one
that pip itself is told to use (PIP_INDEX_URL or a pip.conf); without one, exit status 1.
"""

from __future__ import annotations

import configparser
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

WHEEL = "pip-25.3-py3-none-any.whl"
SHA256 = "9655943313a94722b7774661c21049070f6bbb0a1516bf02f7c8d5d9201514cd"
CONFIGS = ("~/.config/pip/pip.conf", "~/.pip/pip.conf", "/etc/pip.conf")


def index_url() -> str | None:
    """Give the index that pip is configured to use, None if none is named."""
    if url := os.environ.get("PIP_INDEX_URL"):
        return url
    for path in CONFIGS:
        config = configparser.ConfigParser()
        config.read(os.path.expanduser(path))
        if url := config.get("global", "index-url", fallback=None):
            return url
    return None


def fetch(index: str) -> bytes:
    """Download the pinned wheel. Links of a mirror may be relative: joined with the page's address.

    :raise SystemExit: the index has no such wheel, or another one than the pinned
    """
    page = index.rstrip("/") + "/pip/"
    with urlopen(page, timeout=60) as reply:
        links = re.findall(r'href="([^"#]+)', reply.read().decode())
    link = next((link for link in links if link.endswith(WHEEL)), None)
    if link is None:
        raise SystemExit(f"{index} has no {WHEEL}")
    with urlopen(urljoin(page, link), timeout=60) as reply:
        wheel: bytes = reply.read()
    if hashlib.sha256(wheel).hexdigest() != SHA256:
        raise SystemExit(f"{WHEEL} is not the file that was pinned")
    return wheel


def main(venv: str) -> None:
    """Install the pinned pip into the environment at `venv`."""
    index = index_url()
    if index is None:
        raise SystemExit("no index is configured")
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder, WHEEL)
        wheel.write_bytes(fetch(index))
        python = Path(venv, "bin", "python")
        subprocess.run([python, f"{wheel}/pip", "install", "--no-index", str(wheel)], check=True)


if __name__ == "__main__":
    main(sys.argv[1])
