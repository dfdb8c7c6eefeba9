"""How containers were stopped: their signals and the waiting time between them, from the engine's events."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sandboxes.effects import Event

from .names import signal_name

#: Seconds `docker stop` waits where it is not told otherwise.
DEFAULT_WAIT = 10
#: The engine never sends the second signal early; a busy machine may send it a little late.
_EARLY = 0.1
#: A command run in a container that signals its first process, where the shell that is its argument begins one.
_FROM_INSIDE = re.compile(
    r"(?:^|^\S*\b(?:ba|a|da)?sh -\w*c |[;&|]\s*)(?:\S*/)?kill(?:\s+(?:-s\s*|-n\s*|-)(?P<signal>\w+))?\s+(?:--\s+)?1(?=[\s;&|]|$)"
)


def signals(events: Iterable[Event], container: str) -> str:
    """Give the signals of a container's last end, "TERM", "KILL" or "TERM KILL 3" (after 3 s); "" for none.

    Where the container was started again, the signals that ended it before count. `docker exec web kill -HUP 1` sends
    one as `docker kill` does.
    """
    ended: list[Event] = []
    current: list[Event] = []
    for event in events:
        if event.kind == "container" and event.subject == container:
            if event.action == "kill":
                current.append(event)
            elif signal := _from_inside(event.action):
                current.append(replace(event, attributes=(("signal", signal),)))
            elif event.action == "start":
                ended, current = current or ended, []
    return _say(current or ended)


def _from_inside(action: str) -> str:
    """Give the signal that a command run in a container sends to its first process, "" for none."""
    started, _, command = action.partition(": ")
    match = _FROM_INSIDE.search(command) if started == "exec_start" else None
    signal = (match["signal"] or "TERM") if match else ""
    return "" if signal in ("0", "l", "L") else signal


def _say(kills: list[Event]) -> str:
    said = [signal_name(dict(event.attributes).get("signal", "")) for event in kills]
    if len(said) >= 2 and said[-1] == "KILL" and said[-2] != "KILL":
        said.append(str(int(kills[-1].at - kills[-2].at + _EARLY)))
    return " ".join(said)


def waits_default(value: str) -> bool:
    """Tell whether the signals are those of a plain `docker stop`, whose waiting time nobody chose."""
    words = value.split()
    return (len(words) == 1 and words[0] != "KILL") or words[1:] == ["KILL", str(DEFAULT_WAIT)]


def same_signals(expected: str, found: str) -> bool:
    """Tell whether two ends were the same; a waiting time that nobody chose may differ.

    A process asked before it was ready to listen is killed after the usual wait: that is the same `docker stop`. One
    that ended by itself when asked, and is killed before it can, was not given its time.
    """
    if expected == found:
        return True
    wanted, got = expected.split(), found.split()
    if not wanted or not got or wanted[0] == "KILL" or wanted[0] != got[0]:
        return False
    if len(wanted) == 1:
        return _wait(got) >= DEFAULT_WAIT
    return waits_default(expected) and (len(got) == 1 or _wait(got) > 0)


def _wait(words: list[str]) -> int:
    """Give the seconds between the request and the kill; 0 for another story."""
    return int(words[2]) if len(words) == 3 and words[1] == "KILL" else 0


def has_event(events: Iterable[Event], container: str, actions: frozenset[str]) -> bool:
    """Tell whether one of `actions` happened to a container; `exec_start: ls` counts as `exec_start`."""
    return any(
        event.kind == "container" and event.subject == container and event.action.split(":", 1)[0] in actions
        for event in events
    )
