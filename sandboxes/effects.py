"""What a run did: plain frozen values. Pure; the one module of the room that other pure rooms may import.

Everything here was read from an engine that the learner may have replaced: treat every string as hostile
text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

#: The kernel's "end me first" that a sandbox has. Its engine cannot go below it, so every container shows it unasked.
OOM_SCORE_ADJ = 500


@dataclass(frozen=True)
class Job:
    """What to run in one fresh sandbox."""

    setup: str  # shell commands that prepare the engine; their effect is not judged
    script: str  # the learner's or the reference's shell commands
    files: tuple[tuple[str, str], ...] = ()  # (path below the work folder, text), there before the setup
    seconds: float = 30.0  # wall clock limit of the script
    output_limit: int = 64 * 1024  # bytes of the script's output kept; more is cut and said
    # (name, shell command): what the grader asks after the state has been read; 10 seconds each
    probes: tuple[tuple[str, str], ...] = ()
    # (name, shell command): what the grader asks before the script and again after it, to see what changed
    surveys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """One top-level command of a transcript."""

    command: str
    output: str  # stdout and stderr as they came
    exit_code: int
    seconds: float


@dataclass(frozen=True)
class Event:
    """One engine event during the script."""

    at: float  # seconds since the script began
    kind: str  # "container", "image", "volume", "network"
    action: str  # "kill", "die", "create", ...
    subject: str  # id of the object
    attributes: tuple[tuple[str, str], ...]  # sorted; signal, exitCode, name, image


@dataclass(frozen=True)
class Snapshot:
    """The engine's state at one moment and the files of the working directory.

    The parts are the JSON of the engine's API (version 1.41 or newer), so that the comparison, not the
    sandbox, decides what matters.
    """

    containers: tuple[dict[str, Any], ...]  # GET /containers/{id}/json of each, running or not, oldest first
    changes: dict[str, tuple[tuple[str, str], ...]]  # container id: (A, C or D; path) as `docker diff`
    logs: dict[str, str]  # container id: the last 4 KiB of its output
    images: tuple[dict[str, Any], ...]  # GET /images/{id}/json of each
    volumes: tuple[dict[str, Any], ...]  # GET /volumes
    volume_files: dict[str, tuple[tuple[str, str], ...]]  # volume name: (path, SHA-256 or link target)
    networks: tuple[dict[str, Any], ...]  # GET /networks/{id} of each
    files: tuple[FileEntry, ...]  # of the working directory
    logins: dict[str, str] = field(default_factory=dict)  # registry: base64 of the user:password kept for it


@dataclass(frozen=True)
class FileEntry:
    """One file, folder or link below the working directory."""

    path: str
    kind: Literal["file", "folder", "link", "other"]
    mode: int  # permission bits, 0o644
    size: int  # bytes
    digest: str  # SHA-256 of the content for a file of at most 1 MiB, the target for a link, else ""
    text: str = ""  # the content where it is UTF-8 text of at most 4 KiB
    owner: str = ""  # "uid:gid" as the sandbox's shell sees them
    twin: str = ""  # the first path that is the same file (a hard link), "" for that one itself
    modified: float = 0.0  # seconds of the sandbox's clock; 0 where nobody knows


@dataclass(frozen=True)
class Run:
    """What happened when a job ran. Never says whether it was right."""

    before: Snapshot  # after the setup
    after: Snapshot
    events: tuple[Event, ...]
    steps: tuple[Step, ...]  # the transcript, one entry a top-level command
    output: str  # of the whole script, cut at the job's limit
    truncated: bool  # the output was longer than the limit
    exit_code: int
    seconds: float  # of the script
    # timeout: over the job's limit; output: without end; engine: the learner stopped it, and `after` is empty
    ended: Literal["done", "timeout", "output", "engine"]
    engine: str  # "Docker 26.1.5"
    setup_exit_code: int = 0
    setup_output: str = ""
    probes: dict[str, str] = field(default_factory=dict)  # name: exit status, line end, output (4 KiB)
    # name: what was said before the script and after it, in the form of `probes` but of at most 64 KiB
    surveys: dict[str, tuple[str, str]] = field(default_factory=dict)
    left: tuple[str, ...] = ()  # command lines of the script's own processes that still ran at its end
    began: float = 0.0  # when the script began, on the sandbox's clock


class SandboxError(Exception):
    """The sandbox failed, so nothing is known of the answer: never the learner's mistake.

    `reason` is a sentence for the instructor; `retry` says whether another try may help.
    """

    def __init__(self, reason: str, *, retry: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.retry = reason, retry
