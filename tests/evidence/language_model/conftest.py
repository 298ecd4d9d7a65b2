"""A fake endpoint, and a language model that asks it with a cache of the test's own and time that does not pass by waiting."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake_endpoint import SECRET, Fake, fake_endpoint

from salpi.evidence.language_model.beside import LanguageModel
from salpi.evidence.language_model.client import Clock
from salpi.evidence.language_model.endpoint import Bounds, endpoint


@dataclass
class Waits:
    """Notes how long the client would have slept."""

    seconds: list[float] = field(default_factory=list)


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_endpoint() as made:
        yield made


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def model(korea, fake, waits, tmp_path, monkeypatch):
    """``model()`` is a language model with a key at the fake endpoint; ``model(answer=0.5)`` has other bounds."""
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path / "cache"))

    def make(url: str | None = None, **bounds: float) -> LanguageModel:
        named = endpoint("test-model", url or fake.url, {"SALPI_ENDPOINT_KEY": SECRET}, replace(Bounds(), **bounds))
        return replace(LanguageModel.of(named, korea), clock=Clock(sleep=waits.seconds.append))

    return make
