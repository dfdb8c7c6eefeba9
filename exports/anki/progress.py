"""A learner's schedule as Anki keeps it, for decks written with their progress."""

from __future__ import annotations

import json

from exports.base import Progress

#: Without it Anki takes the file for one of its first scheduler's and shifts the ratings of learning steps.
SCHEDULE_VERSION = 2
#: Anki counts the days of a schedule from the creation of the collection, which genanki fixes.
_COLLECTION_CREATED = 1_411_124_400
_DAY = 86_400
_DECAY = 0.1542  # of FSRS-6, as Anki stores it with each card
_RETENTION = 0.9

#: mod, type, queue, due, ivl, factor, reps, lapses, data
Schedule = tuple[int, int, int, int, int, int, int, int, str]
#: id, cid, ease, ivl, lastIvl, factor, time, type
ReviewRow = tuple[int, int, int, int, int, int, int, int]


def schedule_of(progress: Progress, card: int, changed: int) -> tuple[Schedule, list[ReviewRow]]:
    """Give the columns of a card that was reviewed, and its reviews."""
    last = progress.reviews[-1].at // 1000
    memory = {"s": round(progress.stability, 4), "d": round(progress.difficulty, 3), "dr": _RETENTION,
              "decay": _DECAY, "lrt": last}
    day = max(0, progress.due - _COLLECTION_CREATED) // _DAY
    lapses = sum(review.rating == 1 and review.kind == 1 for review in progress.reviews)
    rows = [(review.at, card, review.rating, review.interval, review.interval_before, 2500,
             min(review.took, 60_000), review.kind) for review in progress.reviews]
    schedule = (max(changed, last), 2, 2, day, max(1, progress.interval), 2500, len(rows), lapses,
                json.dumps(memory, separators=(",", ":")))
    return schedule, rows
