"""Hints: a nudge that there is something to do. Losing one costs a moment, never the work: workers look by themselves."""

from __future__ import annotations


def hint(job_id: int) -> None:
    """Tell the workers of a job that was committed. Never raises: the row is the truth."""
