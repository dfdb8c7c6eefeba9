"""The registry of what a run can change. To add one, see `quizzes.effects.provider`."""

from __future__ import annotations

from ..provider import Provider
from .docker import DOCKER
from .files import FILES
from .git import GIT
from .processes import PROCESSES

PROVIDERS: tuple[Provider, ...] = (DOCKER, FILES, PROCESSES, GIT)
