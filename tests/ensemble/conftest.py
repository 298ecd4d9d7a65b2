from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import small

import salpi


@pytest.fixture(scope="package")
def plan() -> salpi.Plan:
    return small.plan()


@pytest.fixture(scope="package")
def changed(plan: salpi.Plan) -> salpi.Scenario:
    return salpi.scenario(plan, {"all": 0})
