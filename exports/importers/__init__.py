"""Questions read from files: ours and other programs'; one file a format, all of them in IMPORTERS."""

from __future__ import annotations

from collections.abc import Callable

from exports.importers.bank import read_json, read_yaml
from exports.importers.base import Imported, ReadError
from exports.importers.gift import read_gift
from exports.importers.moodle_xml import read_moodle_xml
from exports.importers.qti import read_qti

__all__ = ["IMPORTERS", "Imported", "ReadError"]

#: Name -> function of the file's bytes and name. Each raises ReadError for a file it cannot read at all.
IMPORTERS: dict[str, Callable[[bytes, str], Imported]] = {
    "json": read_json,
    "yaml": read_yaml,
    "moodle-xml": read_moodle_xml,
    "gift": read_gift,
    "qti": read_qti,
}
