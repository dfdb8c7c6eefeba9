"""The kinds of jobs there are. A new kind is one file here and one line in JOB_KINDS."""

from __future__ import annotations

from jobs.kinds.base import JobKind
from jobs.kinds.check import Check
from jobs.kinds.grade import Grade
from jobs.kinds.import_note import ImportNote
from jobs.kinds.prove import Prove

KINDS: tuple[JobKind, ...] = (Check(), Grade(), ImportNote(), Prove())

JOB_KINDS: dict[str, JobKind] = {kind.name: kind for kind in KINDS}

if len(JOB_KINDS) != len(KINDS):
    raise RuntimeError("two kinds of jobs have one name")
