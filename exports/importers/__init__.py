"""Questions read from files: ours and other programs'; one file a format, all of them in IMPORTERS."""

from __future__ import annotations

from collections.abc import Callable

from exports.importers.bank import read_json, read_yaml
from exports.importers.base import Imported, ReadError
from exports.importers.gift import read_gift
from exports.importers.moodle_xml import read_moodle_xml
from exports.importers.qti import read_qti

__all__ = ["IMPORTERS", "Imported", "ReadError", "importer_for"]

#: Name -> function of the file's bytes and name. Each raises ReadError for a file it cannot read at all.
IMPORTERS: dict[str, Callable[[bytes, str], Imported]] = {
    "json": read_json,
    "yaml": read_yaml,
    "moodle-xml": read_moodle_xml,
    "gift": read_gift,
    "qti": read_qti,
}

_SUFFIXES = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".xml": "moodle-xml", ".gift": "gift", ".gift.txt": "gift",
             ".zip": "qti"}


def importer_for(file: str) -> str:
    """Name the importer for a file of this name; "" when it is none for questions."""
    return next((name for suffix, name in _SUFFIXES.items() if file.lower().endswith(suffix)), "")
