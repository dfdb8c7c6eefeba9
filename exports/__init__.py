"""Questions written for other programs: one file or folder a format, all of them in EXPORTERS."""

from __future__ import annotations

from exports.anki import AnkiExporter
from exports.base import Deck, Exporter, ExportError, LeftOut, Progress, Report, Review

__all__ = ["EXPORTERS", "Deck", "ExportError", "Exporter", "LeftOut", "Progress", "Report", "Review"]

_ALL: tuple[Exporter, ...] = (
    AnkiExporter(),
)

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in _ALL}
if len(EXPORTERS) != len(_ALL):
    raise RuntimeError("Two export formats share a name.")
