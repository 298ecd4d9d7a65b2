"""Shared by all tests: what is absent is skipped with a clear line, and with CI set a skip is a failure."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from salpi import compiled

sys.path[:0] = [str(Path(__file__).parent / name) for name in ("golden", "elsewhere")]
sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

settings.register_profile("salpi", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("salpi")  # no test asserts a time; under CI the same examples each time

NEEDED_IN_CI = "needs "


def pytest_collection_modifyitems(config, items):
    """Where compiled modules are in use, tests that patch them are left to a run without (``make unit`` has both)."""
    if compiled.use():
        left = [item for item in items if item.get_closest_marker("uncompiled")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


os.environ["SALPI_LEDGER"] = str(Path(tempfile.gettempdir()) / "salpi-tests-have-no-ledger" / "none.sqlite")
# the ledger of whoever runs the tests is not looked at; a test that wants one names its own


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A skip that says "needs X" (a program that is not installed) fails under CI: there it must be installed."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") and isinstance(report.longrepr, tuple) and NEEDED_IN_CI in report.longrepr[2]:
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {report.longrepr[2]}"
