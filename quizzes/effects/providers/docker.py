"""A Docker engine: containers, images, volumes and networks. Its snapshot tells all, nothing more is asked.

Its sentences are in `wording_en` and `wording_zh`, and what is cosmetic of it in `goals`.
"""

from __future__ import annotations

from ..changes import engine_changes
from ..engine_aspects import ENGINE
from ..provider import Provider

DOCKER = Provider("docker", ENGINE, engine_changes)
