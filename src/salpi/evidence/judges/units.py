"""What a bare figure measures: "44 stipends this year; abroad, 37". The grammar's rules propose, the quantities around lend, words tell.

A figure that measures nothing is a candidate like the others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from salpi.evidence.judges.nets import Candidate, Choosing
from salpi.evidence.judges.roles import BESIDE, in_role
from salpi.evidence.judges.tables import best
from salpi.evidence.judges.traits import Trait, named
from salpi.evidence.judges.words import TOKEN, shown
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.nearby import UNITS, Place
from salpi.evidence.quantities.won import LEFT_OUT

ALWAYS = (None, "count", "persons", "days", "%", "rank")
"""What any figure may measure; other units are lent."""
_DIGITS = re.compile(r"\d+")
_RATIOS = (0.003, 0.03, 0.3, 0.6, 1.0, 1.6, 3.0, 30.0, 300.0)
_BEFORE, _AFTER = 12, 8
"""How many words are seen on each side."""
_FAR, _WIDE = 400, 1200
"""How many characters back quantities lend their unit, and currencies."""


@dataclass(slots=True)
class Bare:
    """A figure without a unit: as it was read (``one``), what a rule made of it (``proposed``), the quantities that may lend theirs.

    ``lenders`` by where they stand: ``p0`` is the one before in the sentence, ``e0`` the one before the sentence, ``n0`` the next.
    """

    text: str
    one: Found
    proposed: Found
    near: Place
    lenders: list[tuple[str, Found]]


def bare(text: str, found: list[Found], at: int, near: Place, one: Found) -> Bare:
    """The figure ``found[at]``, which the rules have been asked about; ``one`` is what it was before."""
    proposed = found[at]
    lenders: list[tuple[str, Found]] = []
    same = earlier = 0
    currency = False
    for other in reversed(found[max(0, at - 12) : at]):
        if other.unit is None or one.start - other.end > _WIDE:
            continue
        money = other.unit not in UNITS
        if other.start >= near.start:
            if same < 3:
                lenders.append((f"p{same}", other))
            same += 1
        elif one.start - other.end < _FAR and earlier < 3:
            lenders.append((f"e{earlier}", other))
            earlier += 1
        elif money and not currency:
            lenders.append(("m", other))
        currency = currency or money
    following = near.following
    if following is not None and following.unit is not None:
        lenders.append(("n0", following))
    return Bare(text, one, proposed, near, lenders)


def candidates(asked: Bare) -> dict[str | None, Candidate]:
    """Unit → what speaks for it."""
    one, proposed = asked.one, asked.proposed
    mine, whole = proposed.unit, _whole(one)
    rule = proposed.rule if mine is not None else "none"
    lent: dict[str | None, list[Trait]] = {}
    for place, other in asked.lenders:
        ratio = bisect_left(_RATIOS, abs(one.value / other.value)) if other.value else -1
        trait = (_lent, place, _class(other.unit), ratio, other.rule, whole == _whole(other))
        lent.setdefault(other.unit, []).append(trait)
    out: dict[str | None, Candidate] = {}
    for unit in (*ALWAYS, mine, *lent):
        if unit not in out and (rule != LEFT_OUT or _class(unit) == "money"):  # left out is money, of one currency or another
            alone = _by_itself(unit, rule, unit == mine)
            out[unit] = Candidate((), [*lent[unit], *alone.traits]) if unit in lent else alone
    return out


@lru_cache(maxsize=4_000)
def _by_itself(unit: str | None, rule: str, mine: bool) -> Candidate:
    """What speaks for a unit that nothing around lends."""
    return Candidate((), ((_proposed, _class(unit), rule, mine),))


def about(asked: Bare) -> list[Trait]:
    """What the figure itself says: the words around it, how it is written, what stands between it and its neighbours."""
    text, one, near = asked.text, asked.one, asked.near
    left = shown(TOKEN.findall(text, max(near.start, one.start - 120), one.start)[-1 - _BEFORE :])[-_BEFORE:]
    right = shown(TOKEN.findall(text, one.end, min(near.end, one.end + 80))[:_AFTER])
    out: list[Trait] = [(in_role, 0, word) for word in left]
    out += [(in_role, 1, word) for word in right]
    out += [(in_role, role, word) for role, word in zip(BESIDE[0], reversed(left), strict=False)]
    out += [(in_role, role, word) for role, word in zip(BESIDE[1], right, strict=False)]
    size = len(str(int(abs(one.value)))) if abs(one.value) < 1e18 else 0
    out.append(
        (_written, size, _whole(one), one.rule, one.scaled, text[one.end : one.end + 1], text[max(0, one.start - 1) : one.start])
    )
    for place, other in asked.lenders:
        if place == "p0":
            out.append((_beside, "p", _class(other.unit), text[other.end : one.start]))
        elif place == "n0":
            out.append((_beside, "n", _class(other.unit), text[one.end : other.start]))
        elif place == "e0":
            out.append((named, f"e:{_class(other.unit)}"))
    if not left:
        out.append((named, "first"))
    return out


def _class(unit: str | None) -> str:
    return "none" if unit is None else unit if unit in UNITS else "money"


def _whole(one: Found) -> bool:
    return one.value == int(one.value) if abs(one.value) < 1e15 else True


def _lent(place: str, kind: str, ratio: int, rule: str, alike: bool) -> tuple[str, ...]:
    """A quantity around has this unit: where, how large, how it was read."""
    return (
        f"{place}", f"{place}|{kind}", f"{place[0]}|{kind}", f"{place}r{ratio}", f"{place}r{ratio}|{kind}", f"{place}:{rule}", f"{place}w{int(alike)}",
    )  # fmt: skip


def _proposed(kind: str, rule: str, mine: bool) -> tuple[str, ...]:
    """The unit itself, and whether a rule has proposed it or another."""
    return (f"u={kind}", f"u={kind}|{rule}", f"mine={rule}") if mine else (f"u={kind}", f"u={kind}|not {rule}", "other")


def _written(size: int, whole: bool, rule: str, scaled: bool, after: str, before: str) -> tuple[str, ...]:
    return (
        "",
        f"size={size}",
        f"whole={int(whole)}",
        f"rule={rule}",
        f"scaled={int(scaled)}",
        f"after={after!r}",
        f"before={before!r}",
    )


def _beside(side: str, kind: str, gap: str) -> tuple[str, ...]:
    """What stands between a figure and its neighbour, if that is little."""
    between = _DIGITS.sub("#", " ".join(gap.lower().split())) if len(gap) < 25 else "far"
    return f"{side}q={kind}", f"{side}g={between}", f"{side}g={between}|{kind}"


class UnitJudge:
    """Decides what bare figures measure, each when those before it are decided."""

    def __init__(self, net: Choosing) -> None:
        self.net = net

    def __call__(self, text: str, found: list[Found], at: int, near: Place, one: Found) -> None:
        """Give ``found[at]`` the unit that it has most probably. ``one``: what it was before the rules were asked."""
        asked = bare(text, found, at, near, one)
        known = candidates(asked)
        if len(known) < 2:
            return
        place, sure = best(self.net.scores([*known.values()], about(asked)))
        take(found[at], one, [*known][place], [other for _, other in asked.lenders])
        found[at].sure = sure


def take(figure: Found, one: Found, unit: str | None, lenders: Sequence[Found] = ()) -> None:
    """Give a figure a unit: as the rules made it if it is theirs, else as it was read (``one``), money in the magnitude of the
    nearest of ``lenders``: "KRW 150 billion this year; something like 130".
    """
    if figure.unit == unit:
        return
    figure.become(one)
    figure.unit = unit
    if unit is None:
        return
    figure.rule = "judged by what is around"
    lender = None if unit in UNITS or one.scaled else next((other for other in lenders if other.unit == unit), None)
    if lender is not None and lender.scale >= 1e3 and _alike(one.value, lender.value / lender.scale):
        figure.scale = lender.scale
        figure.multiply(lender.scale)


def _alike(one: float, other: float) -> bool:
    """Whether two figures may be of one magnitude."""
    return other != 0 and 1 / 200 < abs(one / other) < 200
