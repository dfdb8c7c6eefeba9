"""New files that an answer should not have made: more than was asked, where that tells a wrong answer from a right one.

A file for the way (a list, a first archive) may stay where it was made. Two kinds may not: one in a folder that the
reference makes or fills, and, where the task leaves something out, one that the answer's script does not even name,
so that it came with others.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from .request import excludes
from .spots import Spot

#: What editors and `sed -i.bak` leave beside a file.
_COPIES = (".bak", ".orig", "~", ".swp")


def is_stray(spot: Spot, reference: Mapping[Spot, str], script: str, text: str) -> bool:
    """Whether a file that only the answer made is too much; `reference` holds what the reference changed."""
    if spot.aspect != "file.content" or spot.label.endswith(_COPIES):
        return False
    made = [other.label for other in reference if other.aspect == "file.content"]
    if not made:
        return False
    return _beside(spot.label, made) or (excludes(text) and posixpath.basename(spot.label) not in script)


def _beside(path: str, made: Iterable[str]) -> bool:
    """Whether a path lies in a folder, below the work folder, that is among the made ones or holds one."""
    folders = {above for other in made for above in (other, posixpath.dirname(other)) if above}
    return any(path.startswith(f"{folder}/") for folder in folders)
