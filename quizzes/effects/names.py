"""Names that mean the same thing written one way: images, generated names, commands, durations."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HUB = ("docker.io/library/", "index.docker.io/library/", "docker.io/", "index.docker.io/", "library/")
_SHELLS = frozenset({"sh", "bash", "ash", "dash"})
_GENERATED = re.compile(r"[a-z]+_[a-z]+\d?")
_PROGRAM_FOLDER = re.compile(r"^/(usr/local/|usr/)?s?bin/(?=[^/]+$)")
_SHELL_MARKS = re.compile(r"[;&|<>$`(){}*?\[\]\n\\'\"#~=!]")
#: `echo "hi"` is `echo hi`.
_PLAIN_QUOTES = re.compile(r"(['\"])([\w./:@%+,=-]+)\1")
_SLEEP = re.compile(r"\bsleep (\d{1,9})([smhd])\b")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
#: A loop of plain commands, in the form that is left after squeezing.
_LOOP = re.compile(
    r"(?P<test>while [^;]+|until false|for ?\(\(;\)\));do (?P<body>(?:(?!\b(?:if|case|for|while|until|break|exit)\b).)+);done"
)
_ALWAYS = re.compile(
    r"while (?:true|:|/bin/true|\(\( ?1 ?\)\)|\[\[? (?:1|true|1 ?=?=? ?1|1 -eq 1) \]\]?)|until false|for ?\(\(;\)\)"
)


def image_name(reference: str) -> str:
    """Write an image reference in full: `tomcat` -> `tomcat:latest`, `docker.io/library/x:1` -> `x:1`.

    An id or a digest stays as it is.
    """
    if not reference or reference.startswith("sha256:") or "@" in reference:
        return reference
    for prefix in _HUB:
        if reference.startswith(prefix):
            reference = reference[len(prefix) :]
            break
    last = reference.rsplit("/", 1)[-1]
    return reference if ":" in last else f"{reference}:latest"


def looks_like_id(reference: str) -> bool:
    """Tell whether an image reference is an id or the start of one."""
    return bool(re.fullmatch(r"(sha256:)?[0-9a-f]{4,64}", reference))


def is_generated(name: str, *scripts: str) -> bool:
    """Tell whether the engine invented a name (`silly_kirch`); one that a script spells out was given."""
    return bool(_GENERATED.fullmatch(name)) and not any(name in script for script in scripts)


def command_line(words: Sequence[str] | None) -> str:
    """Give a process's command as one comparable line.

    `/bin/bash` and `bash` are the same program, `sh -c "echo hi"` and `echo hi` the same command, and blanks
    around a script's separators say nothing.
    """
    if not words:
        return ""
    program = _PROGRAM_FOLDER.sub("", words[0])
    rest = list(words[1:])
    if program in _SHELLS and len(rest) >= 2 and rest[0] in ("-c", "-ec", "-lc"):
        script = _squeeze(rest[1])
        if not _SHELL_MARKS.search(script):
            return command_line(script.split())
        return f"sh -c {script}"
    return _seconds(" ".join(" ".join([program, *rest]).split()))


def is_script(words: Sequence[str]) -> bool:
    """Tell whether a process is a shell's script that hands no further arguments on: `sh -c echo`."""
    return len(words) == 3 and _PROGRAM_FOLDER.sub("", words[0]) in _SHELLS and words[1] == "-c"


def _squeeze(script: str) -> str:
    joined = re.sub(r"\s*\n\s*", ";", script.strip())
    joined = re.sub(r"\s+", " ", joined)
    joined = re.sub(r"\s*(;|&&|\|\||>>?|<|\|)\s*", r"\1", joined)
    joined = _PLAIN_QUOTES.sub(r"\2", joined)
    joined = _seconds(joined)
    joined = re.sub(r";+", ";", joined).rstrip(";")
    joined = re.sub(r"\b(do|then|else);", r"\1 ", joined)
    loop = _LOOP.fullmatch(joined)
    return _endless(loop.group("test"), loop.group("body")) if loop else joined


def _seconds(command: str) -> str:
    """Write how long a command sleeps in seconds: `sleep 10m` is `sleep 600`."""
    whole = _SLEEP.sub(lambda found: f"sleep {int(found[1]) * _UNITS[found[2]]}", command)
    return re.sub(r"\bsleep inf\b", "sleep infinity", whole)


def _endless(test: str, body: str) -> str:
    """Write a loop without end one way: a command that is its test is its first one, and a pause its last."""
    steps = ([] if _ALWAYS.fullmatch(test) else [test.removeprefix("while ")]) + re.split(";|&&", body)
    pauses = [place for place, step in enumerate(steps) if step.startswith("sleep ")]
    if len(pauses) == 1:
        steps = steps[pauses[0] + 1 :] + steps[: pauses[0] + 1]
    return f"while true;do {';'.join(steps)};done"


def signal_name(signal: str) -> str:
    """Give a signal's name without SIG: `15`, `SIGTERM` and `term` are `TERM`."""
    bare = signal.upper().removeprefix("SIG")
    return _SIGNALS.get(bare, bare)


_SIGNALS = {
    "1": "HUP",
    "2": "INT",
    "3": "QUIT",
    "6": "ABRT",
    "9": "KILL",
    "10": "USR1",
    "12": "USR2",
    "14": "ALRM",
    "15": "TERM",
    "18": "CONT",
    "19": "STOP",
    "20": "TSTP",
    "28": "WINCH",
    "5": "TRAP",
    "13": "PIPE",
}
