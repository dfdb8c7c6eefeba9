"""Runs commands in a throw-away container with its own Docker engine.

Says what happened, never whether it was right.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sandboxes.base import Sandboxes

# name: module and class. Loaded when opened, so that the pure rooms can import sandboxes.effects without
# `docker`.
SANDBOXES = {
    "docker": "sandboxes.nested:NestedSandboxes",
    "scripted": "sandboxes.scripted:ScriptedSandboxes",
}


def open_sandboxes(kind: str = "docker", **settings: Any) -> Sandboxes:
    """Open the sandboxes of this kind; `settings` are the parameters of its class.

    :raise KeyError: no such kind
    """
    module, _, name = SANDBOXES[kind].partition(":")
    return cast("Sandboxes", getattr(import_module(module), name)(**settings))
