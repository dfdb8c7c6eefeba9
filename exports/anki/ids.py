"""The identities by which Anki recognises what it already has. Nothing here may ever change its result."""

from __future__ import annotations

import hashlib

_NAMESPACE = "noteproof"


def note_guid(library: str, question_id: str, note_type: str) -> str:
    """Give a card's identity: the question in its library.

    A question that needs another note type is another card: Anki does not move a note from one type to
    another.
    """
    return _digest("note", library, question_id, note_type)[:20]


def deck_id(library: str, path: tuple[str, ...]) -> int:
    """Give a positive 48-bit number."""
    return int(_digest("deck", library, *path)[:12], 16) or 1


def _digest(*words: str) -> str:
    return hashlib.sha256("\x1f".join((_NAMESPACE, *words)).encode("utf-8", "surrogatepass")).hexdigest()
