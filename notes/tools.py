"""Names of command-line tools, so that a line of a listing is recognised as a command.

Docker's own commands come from its client (see notes.grammar); these are only names, nobody's options.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

_ROWS = json.loads((Path(__file__).parent / "data" / "tools.json").read_text(encoding="utf-8"))


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


#: Tools whose second word names what they do; the known ones serve to find slips.
SUBCOMMANDS: dict[str, frozenset[str]] = {tool: _words(lines) for tool, lines in _ROWS["subcommands"].items()}
#: Subcommands that have subcommands themselves.
NESTED: dict[str, frozenset[str]] = {name: _words(lines) for name, lines in _ROWS["nested"].items()}
#: Plug-ins that extend Docker's client and are not in its own help.
DOCKER_PLUGINS = _words(_ROWS["docker plugins"])
TOOLS = frozenset(SUBCOMMANDS) | _words(_ROWS["tools"])
#: Tools whose commands run in a plain Linux box without network: the stuff of practical tasks.
RUNNABLE = _words(_ROWS["runnable"])
#: Well-known images: to find a name that is one letter off.
IMAGES = _words(_ROWS["images"])
