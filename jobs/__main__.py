"""python -m jobs: a worker process."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import timedelta

from jobs.engine import Engine
from jobs.kinds import JOB_KINDS
from jobs.lease import LEASE
from jobs.settings import worker_app
from jobs.worker import GRACE, WorkerProcess


def main(arguments: Sequence[str] | None = None) -> int:
    """Work until SIGTERM or Ctrl-C; jobs under way get the grace to end, then they are given back."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s worker %(message)s", stream=sys.stderr)
    lease = timedelta(seconds=options.lease)
    worker = WorkerProcess(
        worker_app(), Engine(), kinds=options.kind, threads=options.threads, lease=lease
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run(grace=options.grace)
    if any(thread.name.startswith("job thread") for thread in threading.enumerate()):
        # A job that did not end in time was given back; its thread must not keep the process.
        sys.stderr.flush()
        os._exit(0)
    return 0


def parser() -> argparse.ArgumentParser:
    """Describe the options."""
    described = argparse.ArgumentParser(
        prog="python -m jobs", description="Do Noteproof's jobs until stopped."
    )
    described.add_argument("--kind", action="append", choices=sorted(JOB_KINDS), default=[],
                           help="do only this kind; may be given again (default: all)")
    described.add_argument("--threads", type=int, choices=range(1, 65), default=2, metavar="N",
                           help="jobs at once, 1 to 64 (default: %(default)s)")
    described.add_argument("--lease", type=float, default=LEASE.total_seconds(), metavar="SECONDS",
                           help="another worker takes over when this one is silent for so long "
                                "(default: %(default)s)")
    described.add_argument("--grace", type=float, default=GRACE, metavar="SECONDS",
                           help="wait for jobs under way when told to stop (default: %(default)s)")
    return described


if __name__ == "__main__":
    sys.exit(main())
