"""When a card is to be seen again: FSRS-6 with its published parameters. Pure; the moment is an argument.

A card is due when its learner would now recall it nine times of ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Literal

import fsrs

SCHEDULER = "FSRS-6"
Rating = Literal[1, 2, 3, 4]
#: again, hard, good, easy
RATINGS: tuple[Rating, ...] = (1, 2, 3, 4)
State = Literal["learning", "review", "relearning"]
_STATES: Mapping[State, fsrs.State] = {
    "learning": fsrs.State.Learning, "review": fsrs.State.Review, "relearning": fsrs.State.Relearning,
}
_NAMES: Mapping[fsrs.State, State] = {state: name for name, state in _STATES.items()}
#: A card of days that falls due within these hours is due: whoever learns in the morning sees the evening's too.
AHEAD = timedelta(hours=12)


@dataclass(frozen=True)
class Memory:
    """What is known of one learner's memory of one card."""

    state: State
    step: int | None  # of learning, from 0; None in state "review"
    stability: float  # days until it is recalled nine times of ten
    difficulty: float  # 1 to 10
    due: datetime
    last: datetime  # the last review


@dataclass(frozen=True)
class Queue:
    """The cards to see now, by id, in order."""

    learning: tuple[str, ...]  # steps of minutes, the longest due first
    review: tuple[str, ...]  # the longest due first
    new: tuple[str, ...]  # in the order of the notes, at most as many as are wanted

    @property
    def cards(self) -> tuple[str, ...]:
        """All of them; what has begun comes before what is new."""
        return (*self.learning, *self.review, *self.new)


def answered(memory: Memory | None, rating: Rating, at: datetime) -> Memory:
    """Give the memory after an answer; None is a card that was never seen."""
    card, _ = _scheduler().review_card(_card(memory), fsrs.Rating(rating), at)
    # A card that was answered has both; the library says so only in words.
    stability, difficulty = card.stability or 0.0, card.difficulty or 0.0
    return Memory(_NAMES[card.state], card.step, stability, difficulty, card.due, at)


def intervals(memory: Memory | None, at: datetime) -> dict[Rating, timedelta]:
    """Say for each rating after how long the card would come again."""
    return {rating: answered(memory, rating, at).due - at for rating in RATINGS}


def queue(ids: Iterable[str], memories: Mapping[str, Memory], at: datetime, new_cards: int) -> Queue:
    """Choose what to see now from the cards there are."""
    everything = tuple(ids)
    seen = sorted((card for card in everything if card in memories), key=lambda card: (memories[card].due, card))
    due = [card for card in seen if is_due(memories[card], at)]
    new = [card for card in everything if card not in memories][: max(0, new_cards)]
    return Queue(
        tuple(card for card in due if memories[card].state != "review"),
        tuple(card for card in due if memories[card].state == "review"), tuple(new),
    )


def is_due(memory: Memory, at: datetime) -> bool:
    """Tell whether a card is to be seen now."""
    ahead = AHEAD if memory.state == "review" else timedelta()
    return memory.due <= at + ahead and (memory.state != "review" or memory.last <= at - ahead)


@cache
def _scheduler() -> fsrs.Scheduler:
    # Fuzz would give the same answer another interval each time; neighbours are spread by their own histories.
    return fsrs.Scheduler(enable_fuzzing=False)


def _card(memory: Memory | None) -> fsrs.Card:
    if memory is None:
        return fsrs.Card(card_id=0)  # without a number it would wait a millisecond to make one of the clock
    return fsrs.Card(0, _STATES[memory.state], memory.step, memory.stability, memory.difficulty, memory.due, memory.last)
