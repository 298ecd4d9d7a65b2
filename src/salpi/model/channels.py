"""The channels of the model: where sectors listen to policy, and what waits for a sector that is not written yet."""

from __future__ import annotations

from functools import lru_cache

from salpi.engine.declare import Channel
from salpi.model.sectors import SECTOR_NAMES, sector

LATER = {
    "finance": "finance",
    "talent": "talent",
    "biodata": "biodata",
    "automation": "automation",
    "clusters": "clusters",
    "localisation": "localisation",
    "governance": "governance",
}
"""First word of a channel → the sector that will listen to it. Effects on these are *not modelled yet*, never zero."""


@lru_cache(maxsize=1)
def channels() -> dict[str, Channel]:
    """Every channel that a sector listens to, by id."""
    found: dict[str, Channel] = {}
    for name in SECTOR_NAMES:
        for channel in sector(name).channels:
            if channel.id in found:
                raise ValueError(f"channel {channel.id!r} is declared twice; one sector listens, others read its outputs")
            found[channel.id] = channel
    return found


def listens(channel: str) -> str | None:
    """The sector that listens to a channel, or None."""
    for name in SECTOR_NAMES:
        if any(c.id == channel for c in sector(name).channels):
            return name
    return None


def is_later(channel: str) -> bool:
    """True for a channel whose sector is not modelled yet."""
    return channel not in channels() and channel.split(".", 1)[0] in LATER


def known(channel: str) -> bool:
    """True for a channel that a sector listens to, or will."""
    return channel in channels() or is_later(channel)
