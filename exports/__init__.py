"""Questions written for other programs: one file or folder a format, all of them in EXPORTERS."""

from __future__ import annotations

from exports.anki import AnkiExporter
from exports.base import Deck, Exporter, ExportError, LeftOut, OldCard, Progress, Report, Review
from exports.gift import GiftExporter
from exports.json_bank import JsonExporter
from exports.moodle_xml import MoodleXmlExporter
from exports.qti import QtiExporter
from exports.sheets import HtmlExporter, MarkdownExporter
from exports.tables import TableExporter

__all__ = ["EXPORTERS", "Deck", "ExportError", "Exporter", "LeftOut", "OldCard", "Progress", "Report", "Review"]

_ALL: tuple[Exporter, ...] = (
    AnkiExporter(),
    MoodleXmlExporter(),
    GiftExporter(),
    QtiExporter(),
    TableExporter("csv", "CSV", ",", "text/csv; charset=utf-8"),
    TableExporter("tsv", "TSV", "\t", "text/tab-separated-values; charset=utf-8"),
    JsonExporter(),
    MarkdownExporter(),
    HtmlExporter(),
)

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in _ALL}
if len(EXPORTERS) != len(_ALL):
    raise RuntimeError("Two export formats share a name.")
