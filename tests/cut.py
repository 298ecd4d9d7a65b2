"""The bundled plan cut small, for tests that need a real run and not the whole model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

import salpi
from salpi.plan.schema import Measure

FEW = ("economy", "regulation", "manufacturing", "trials")


@contextmanager
def few_sectors() -> Iterator[salpi.Plan]:
    """Four sectors, three measures on each of them, ten years. Channels of the other sectors are nobody's as long as it lasts."""
    from salpi.decide import rests
    from salpi.model import channels, sectors, simulate

    with pytest.MonkeyPatch.context() as patch:
        for module in (sectors, channels, simulate, rests):
            patch.setattr(module, "SECTOR_NAMES", FEW)
        for cached in (channels.channels, sectors.sector, rests.feeding):
            cached.cache_clear()
        plan = salpi.load_plan("korea")
        horizon = plan.meta.horizon.but(end="2031-12")
        kept: dict[str, Measure] = {}
        for name in FEW:
            heard = {channel.id for channel in sectors.sector(name).channels}
            ours = [m for m in plan.measures.values() if any(e.channel in heard for e in m.effects)]
            kept |= {m.id: m for m in ours[:3]}
        yield replace(plan, meta=plan.meta.but(sectors=FEW, horizon=horizon), measures=kept)
    for cached in (channels.channels, sectors.sector, rests.feeding):
        cached.cache_clear()
