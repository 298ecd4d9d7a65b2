"""What a reader gives back: the text, where it stands in the original, and what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salpi.evidence.record import Place


@dataclass(frozen=True)
class Parts:
    """``title``, ``publisher``, ``published`` only where the file's own metadata name them."""

    text: str
    encoding: str = "utf-8"
    places: tuple[Place, ...] = ()
    regions: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
