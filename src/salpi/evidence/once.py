"""What is worked out when it is first asked for, and kept.

``functools.cached_property`` does so too, but not in a compiled module: there it is a property, worked out each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Remembering:
    """``memo``: what was worked out, by name; its own, or one that it shares."""

    def __init__(self, memo: dict[str, Any] | None = None) -> None:
        self.memo: dict[str, Any] = {} if memo is None else memo

    def once(self, name: str, make: Callable[..., T], *given: object) -> T:
        """What ``make`` gives the first time."""
        memo = self.memo
        if name not in memo:
            memo[name] = make(*given)
        found: T = memo[name]
        return found
