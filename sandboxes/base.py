"""What every kind of sandbox can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sandboxes.effects import Job, Run

# A run passes through these, in this order; a learner who waits is shown where it stands.
PHASES = ("waiting", "starting", "setup", "running", "reading")

OnPhase = Callable[[str], None]


class Sandboxes(Protocol):
    """Somewhere to run jobs, each in a sandbox of its own. Safe to call from several threads at once."""

    def run(self, job: Job, on_phase: OnPhase | None = None) -> Run:
        """Run a job in a fresh sandbox and say what happened.

        Ends within its limits, whatever the script does.

        :raise SandboxError: the sandbox failed, so nothing is known of the answer
        """

    def warm(self, n: int) -> None:
        """Keep so many sandboxes ready, because somebody looks at practical tasks. Returns at once."""

    def close(self) -> None:
        """End all sandboxes. Runs that are under way fail with SandboxError."""
