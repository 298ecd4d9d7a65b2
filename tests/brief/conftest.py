"""Models of the invented plan in both languages, built once."""

from __future__ import annotations

import pytest
from brief_fixture import build

from salpi.brief import BriefModel, to_html


@pytest.fixture(scope="session", params=["en", "ko"])
def model(request: pytest.FixtureRequest) -> BriefModel:
    return build(request.param)


@pytest.fixture(scope="session")
def page(model: BriefModel) -> str:
    return to_html(model)
