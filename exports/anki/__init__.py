"""Decks for Anki: cards that import cleanly and update in place."""

from __future__ import annotations

from exports.anki.exporter import AnkiExporter

__all__ = ["AnkiExporter"]
