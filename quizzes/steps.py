"""Steps that put themselves in order, so that asking for it asks for nothing."""

from __future__ import annotations

import re

from notes.facts import SequenceFact

FEW = 3
TAIL = 4  # letters of a name that its last step repeats
_WAITS = re.compile(r"等待|等\s?\d|waits?\b", re.I)


def tells_its_order(fact: SequenceFact) -> bool:
    """Tell whether three steps put themselves in order: one waits, so it stands between the two others, or the last
    says again what the whole is for.
    """
    if len(fact.steps) != FEW:
        return False
    *_, last = fact.steps
    goal = fact.name.rstrip("。.")[-TAIL:]
    return bool(_WAITS.match(fact.steps[1])) or (len(goal) == TAIL and last.rstrip("。.").endswith(goal))
