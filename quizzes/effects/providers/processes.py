"""Processes by their command line: which ended, which run on, which were stopped in place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..names import command_line
from ..provider import Found, Provider, View, Words
from ..spots import Spot
from ..spots import forbidden_extra as _forbidden

_PROGRAMS = frozenset({
    "kill", "pkill", "killall", "pgrep", "pidof", "ps", "jobs", "fg", "bg", "disown", "nohup", "setsid", "sleep",
    "nice", "renice", "timeout", "top", "wait",
})  # fmt: skip

ASPECTS = (
    _forbidden("process.ended", "processes", 2, 2),
    _forbidden("process.started", "processes", 2, 2),
    _forbidden("process.state", "processes", 3, 2),
)


@dataclass(frozen=True)
class _Process:
    pid: int
    parent: int
    state: str
    command: str


def changes(view: View) -> Found:
    """List what happened to the processes; what a process started itself is not told apart from it."""
    if view.engine:
        return
    was, now = _processes(view, after=False), _processes(view, after=True)
    before, after = Counter(row.command for row in was), Counter(row.command for row in now)
    after.update(command_line(line.split(" ")) for line in view.run.left)
    pids = {row.pid for row in was} - {1}  # whose children are nobody else's
    heads = {row.command for row in was if row.parent not in pids}
    for command in sorted((before - after).keys() & heads):
        yield Spot("process.ended", command), str((before - after)[command])
    for command in sorted((after - before).keys()):
        yield Spot("process.started", command), str((after - before)[command])
    states = {row.pid: row.state for row in was}
    for row in sorted(now, key=lambda row: (row.command, row.pid)):
        if row.pid in states and states[row.pid] != row.state:
            yield Spot("process.state", row.command), row.state


def _processes(view: View, *, after: bool) -> list[_Process]:
    rows = view.survey("processes", after)
    return [process for row in rows if (process := _process(row))] if isinstance(rows, list) else []


def _process(row: object) -> _Process | None:
    match row:
        case [int(pid), int(parent), str(state), str(command)]:
            return _Process(pid, parent, state, command_line(command.split(" ")))
    return None


_EN = Words(
    {
        "who.process": "process {label}",
        "process.ended.missing": "process {label} still runs; it should have ended.",
        "process.ended.different": "of the processes {label}, {found} ended; it should be {expected}.",
        "process.ended.extra": "process {label} was ended, but should have gone on.",
        "process.started.missing": "process {label} does not run.",
        "process.started.different": "process {label} runs {found} times; it should run {expected} times.",
        "process.started.extra": "process {label} was started and still runs, which the task does not ask for.",
        "process.state.missing": "process {label} was not touched; it should be {expected}.",
        "process.state.different": "process {label} is {found}; it should be {expected}.",
        "process.state.extra": "process {label} is {found} now, but should have stayed as it was.",
    },
    {"process.ended": "{who} ended", "process.started": "{who} running", "process.state": "state of {who}"},
    {"stopped": "stopped (SIGSTOP)"},
)
_ZH = Words(
    {
        "who.process": "进程 {label}",
        "process.ended.missing": "进程 {label} 还在运行，它应当已经结束。",
        "process.ended.different": "进程 {label} 结束了 {found} 个，应当结束 {expected} 个。",
        "process.ended.extra": "进程 {label} 被结束了，它应当继续运行。",
        "process.started.missing": "进程 {label} 没有在运行。",
        "process.started.different": "进程 {label} 有 {found} 个在运行，应当有 {expected} 个。",
        "process.started.extra": "进程 {label} 被启动并且还在运行，题目没有这个要求。",
        "process.state.missing": "进程 {label} 没有变化，它应当{expected}。",
        "process.state.different": "进程 {label} 现在{found}，应当{expected}。",
        "process.state.extra": "进程 {label} 现在{found}，它应当保持原样。",
    },
    {"process.ended": "{who}的结束", "process.started": "{who}的运行", "process.state": "{who}的状态"},
    {"stopped": "暂停（SIGSTOP）"},
)

PROCESSES = Provider(
    "processes",
    ASPECTS,
    changes,
    {"en": _EN, "zh": _ZH},
    survey="processes",
    asked=lambda programs: bool(programs & _PROGRAMS),
)
