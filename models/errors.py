
"""What can go wrong when something is stored; the web shows these as a sentence, never as a crash."""

from __future__ import annotations


class StoreError(ValueError):
    """A request that cannot be stored as asked. Nothing was changed. `code` names the sentence to show."""

    code = "store"


class BadName(StoreError):
    """The name is empty once blanks and control characters are removed, or longer than the limit."""

    code = "name"


class LinkUsed(StoreError):
    """The instructor link is unknown, expired or was used before."""

    code = "link"


class AttemptClosed(StoreError):
    """The attempt was finished, so it takes no more answers."""

    code = "attempt-closed"


class NoSuchPosition(StoreError):
    """The attempt has no question at this position."""

    code = "position"


class AnswerTooLong(StoreError):
    """The answer is longer than the limit; `size` and `limit` are in bytes."""

    code = "answer-too-long"

    def __init__(self, size: int, limit: int) -> None:
        self.size, self.limit = size, limit
        super().__init__(f"the answer has {size} bytes; at most {limit} can be handed in. Nothing was stored")


class TooManyChecks(StoreError):
    """The learner has as many checks waiting as one may have; `limit` says how many."""

    code = "too-many-checks"

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"{limit} checks of yours are still waiting; wait for one of them, then check again")


class EmptyQuiz(StoreError):
    """A quiz needs a question, and each must be in the course's bank and not rejected or vanished."""

    code = "empty-quiz"


class StaleBank(StoreError):
    """Another note of the course was imported meanwhile; generate again from the notes there are now."""

    code = "stale-bank"
