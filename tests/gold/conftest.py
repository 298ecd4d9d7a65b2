"""One catalogue for all tests of the annotated documents."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from salpi.evidence.claims.catalogue import Catalogue
from salpi.plan import load_plan


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.of(load_plan("korea"))
