"""One catalogue for all tests of evidence."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.catalogue import Catalogue
from salpi.plan import load_plan


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.of(load_plan("korea"))
