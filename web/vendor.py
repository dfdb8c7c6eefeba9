"""Fetch the front-end files again and write them below static/vendor/ with their licences and vendor.json.

    python -m web.vendor

Only needed to move to another version: the files are committed, and neither running nor testing needs Node.
Uses the ordinary npm client, so the registry and proxy it is set up with apply.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "vendor"


@dataclass(frozen=True)
class Vendored:
    """One file of one npm package."""

    package: str
    version: str
    path: str  # inside the package
    file: str  # our name for it
    licence: str  # SPDX
    licence_path: str  # inside the package
    licence_file: str  # our name for it


VENDORED = (
    Vendored("@picocss/pico", "2.1.1", "css/pico.min.css", "pico.min.css", "MIT", "LICENSE.md", "pico.LICENSE.md"),
    Vendored("htmx.org", "4.0.1", "dist/htmx.min.js", "htmx.min.js", "0BSD", "LICENSE", "htmx.LICENSE"),
)


def fetch(item: Vendored, folder: Path = FOLDER) -> dict[str, str]:
    """Write the file and its licence, and give its row for vendor.json.

    :raise subprocess.CalledProcessError: npm could not fetch the package
    """
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["npm", "pack", "--silent", f"{item.package}@{item.version}"], cwd=scratch, check=True)
        archive = next(Path(scratch).glob("*.tgz"))
        data = _member(archive, item.path)
        (folder / item.file).write_bytes(data)
        (folder / item.licence_file).write_bytes(_member(archive, item.licence_path))
    return row(item, data)


def row(item: Vendored, data: bytes) -> dict[str, str]:
    """Give what vendor.json says of one file."""
    return {"file": item.file, "package": item.package, "version": item.version, "path": item.path,
            "licence": item.licence, "licence_file": item.licence_file, "sha256": hashlib.sha256(data).hexdigest()}


def _member(archive: Path, path: str) -> bytes:
    with tarfile.open(archive) as packed:
        member = packed.extractfile(f"package/{path}")
        if member is None:
            raise FileNotFoundError(f"{archive.name} has no {path}")
        # Source maps are not vendored, so the browser must not be sent looking for one.
        lines = member.read().splitlines(keepends=True)
        return b"".join(line for line in lines if not line.startswith(b"//# sourceMappingURL"))


def main() -> None:
    """Fetch everything and write vendor.json."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = [fetch(item) for item in VENDORED]
    (FOLDER / "vendor.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
