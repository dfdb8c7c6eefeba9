"""Markdown in, facts out, each with its file and lines. Pure: no clock, no network, no database."""

from notes.errors import NoteError
from notes.reader import read_note
from notes.repair import MAX_NOTE_BYTES

__all__ = ["MAX_NOTE_BYTES", "NoteError", "read_note"]
