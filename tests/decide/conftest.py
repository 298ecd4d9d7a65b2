"""A real run of a small cut of the bundled plan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import salpi
from cut import few_sectors


@pytest.fixture(scope="module")
def small() -> Iterator[salpi.Plan]:
    with few_sectors() as plan:
        yield plan


@pytest.fixture(scope="module")
def run(small: salpi.Plan) -> salpi.Run:
    return small.simulate(draws=40)
