"""Many ids, some at a time: a statement takes only so many, and what it finds is held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_A_TIME = 500
"""Ids that one statement asks for."""


def portions(all: Sequence[T], size: int = AT_A_TIME) -> Iterator[Sequence[T]]:
    """A sequence in portions, in its order."""
    return (all[first : first + size] for first in range(0, len(all), size))
