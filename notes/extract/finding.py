"""What every extractor yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from notes.facts import Fact, Suspicion
from notes.note import Note

Finding = Fact | Suspicion
Extractor = Callable[[Note], Iterator[Finding]]
