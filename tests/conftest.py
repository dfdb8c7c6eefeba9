"""What every test may use, and the rule that nothing is skipped in CI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.engine import engine, sandbox_image, sandboxes  # noqa: F401 - fixtures for every test

ROOT = Path(__file__).resolve().parent.parent
# How long an example takes says something of the machine, nothing of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
SHARED_NOTES = ROOT.parent / "shared" / "notes"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """In CI a skipped test is a failed one: something that must be there was not."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI nothing may be: {report.longrepr}"


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """Our own sample notes."""
    return sorted((ROOT / "samples").glob("*.md"))
