"""Traits: what is seen of a number or a candidate, as a function with its values that is called once for each distinct pair.

Texts repeat themselves: the word before a number, the place of a name, the tense of a verb. A trait such as ``(word_before,
"exports")`` is a small tuple that costs next to nothing to make and to look up; its function spells it out as names of features
only when it is met for the first time, and tables remember where these names stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Trait = tuple[Any, ...]
"""A function from the values after it to names of features."""


def spell(trait: Trait) -> tuple[str, ...]:
    """The names of a trait's features."""
    found: tuple[str, ...] = trait[0](*trait[1:])
    return found


def named(*names: str) -> tuple[str, ...]:
    """For traits that are their own names: ``(named, "cell")``."""
    return names


def spelled(traits: Iterable[Trait]) -> list[str]:
    """The names of several traits' features, in order."""
    return [name for trait in traits for name in spell(trait)]
