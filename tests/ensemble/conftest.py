"""What the tests of ensembles share."""

from __future__ import annotations

import pytest
import small

import salpi


@pytest.fixture(scope="package")
def plan() -> salpi.Plan:
    return small.plan()


@pytest.fixture(scope="package")
def changed(plan: salpi.Plan) -> salpi.Scenario:
    """A scenario without any measure."""
    return salpi.scenario(plan, {"all": 0})
