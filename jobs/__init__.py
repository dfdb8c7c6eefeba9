"""Work that outlives a request. The database row is the truth, a message is only a hint.

- answers: `hand_in`, what a handler calls with an answer
- lease: who may work on a row, and for how long
- kinds: what there is to do; JOB_KINDS is the registry
- run: one job from claim to result
- engine: the sandboxes of this worker, there or not
- worker: `python -m jobs`, a process that looks for work by itself
- sweeper: jobs that nobody remembers
- hints, celery_app: a nudge through a broker, where there is more than one machine
"""

from jobs.answers import hand_in

__all__ = ["hand_in"]
