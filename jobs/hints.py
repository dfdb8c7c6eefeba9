"""Hints: a nudge that there is work. Losing one costs a moment, never the work."""

from __future__ import annotations

import logging

from flask import current_app

log = logging.getLogger(__name__)


def hint(job_id: int) -> None:
    """Tell the workers of a job that was committed. Never raises: the row is the truth.

    Without the setting BROKER there is nothing to do: workers look at the table five times a second.
    """
    if not current_app.config.get("BROKER"):
        return
    from jobs.celery_app import (
        send,  # Celery takes a quarter of a second to import and few installations need it
    )

    try:
        send(current_app.config["BROKER"], job_id)
    except Exception as error:  # whatever the broker's client raises: the sweeper hints again
        log.warning("the broker did not take the hint for job %d: %s", job_id, error)
