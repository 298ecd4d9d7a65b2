"""What surrounds a figure without unit: the words before it, the quantities read before it, the one that follows."""

from __future__ import annotations

import re

from salpi.evidence.once import Remembering
from salpi.evidence.quantities.cues import FAR_LABEL, is_told, last_label, last_noun
from salpi.evidence.quantities.found import Found

COUNTED = frozenset({"count", "persons", "L", "days", "months"})
SHARES = frozenset({"%", "pp"})
UNITS = frozenset({"days", "months", "years", "count", "persons", "%", "pp", "L", "x", "rank"})
"""All units that are no currency."""
PARTS = frozenset({"fraction in words", "part of a whole", "multiple in words", "fold", "part of a point"})
"""Rules for parts and multiples: of these no other figure takes its unit."""
_OF_THOSE = re.compile(r"[ ](?:of (?:them|those|these|which|whom)|in all)(?![a-z])")


class Place(Remembering):
    """Where the figure ``found[at]`` stands: in the sentence ``text[start:end]``, before ``following``."""

    def __init__(self, found: list[Found], at: int, start: int, end: int) -> None:
        super().__init__()
        self.start, self.end = start, end
        self.following = found[at + 1] if at + 1 < len(found) and found[at + 1].start < end else None
        """The next figure of the sentence, with or without a unit."""


class Nearby(Place):
    """The surroundings of a bare figure.

    The lists hold quantities that had a unit when the surroundings were looked at, in the order of the text.
    """

    def __init__(self, text: str, found: list[Found], at: int, start: int, end: int) -> None:
        super().__init__(found, at, start, end)
        self._text, self._one = text, found[at]
        self._read = [other for other in found[max(0, at - 8) : at] if other.unit is not None]
        self.same = [other for other in self._read[-3:] if other.start >= start]
        """Those of the same sentence."""
        self.before = [other for other in self.same if other.rule not in PARTS]
        """Those of them that lend their unit."""
        self.lead = text[max(start, self._one.start - 80) : self._one.start]
        """The words before the figure in its sentence, eighty characters at most."""
        self.ended = self.lead.endswith((" ", " \n"))
        """Whether these end as every cue ends that is a word; the engine lets a line feed stand behind its end."""

    @property
    def told(self) -> bool:
        """Whether a label or a sentence leads to the figure as to its number."""
        return self.once("told", self._find_told)

    def _find_told(self) -> bool:
        return is_told(self.lead)

    @property
    def lead_label(self) -> re.Match[str] | None:
        """The noun in the lead with which a label or a sentence leads to the figure."""
        return self.once("lead_label", self._find_lead_label)

    def _find_lead_label(self) -> re.Match[str] | None:
        return last_label(self.lead) if self.told else None

    @property
    def label(self) -> re.Match[str] | None:
        """The same; to a figure of twenty and more a noun further off may lead too."""
        return self.once("label", self._find_label)

    def _find_label(self) -> re.Match[str] | None:
        one = self._one
        if self.lead_label is not None or not self.told or one.value < 20 or one.rule != "figure":
            return self.lead_label
        return FAR_LABEL.search(self._text[max(self.start, one.start - 170) : one.start])

    @property
    def last(self) -> Found | None:
        """The last of the same sentence that counts something, lasts or is a share."""
        return self.once("last", self._find_last)

    def _find_last(self) -> Found | None:
        return next((other for other in reversed(self.before) if other.unit in COUNTED or other.unit in SHARES), None)

    @property
    def like(self) -> Found | None:
        """The same, unless it is a share and the figure can be none: too large for one, or "of those"."""
        return self.once("like", self._find_like)

    def _find_like(self) -> Found | None:
        last = self.last
        if last is None or last.unit not in SHARES:
            return last
        return None if outgrows(self._one, last) or _OF_THOSE.match(self._text, self._one.end, self._one.end + 9) else last

    @property
    def wide(self) -> list[Found]:
        """Those of the last four hundred characters that lend their unit."""
        return self.once("wide", self._find_wide)

    def _find_wide(self) -> list[Found]:
        return [other for other in self._recent if other.rule not in PARTS]

    @property
    def earlier(self) -> list[Found]:
        """Those of the sentences before, in the same paragraph."""
        return self.once("earlier", self._find_earlier)

    def _find_earlier(self) -> list[Found]:
        text, start = self._text, self.start
        return [one for one in self._read if start - 260 < one.start < start and text.find("\n\n", one.end, start) < 0]

    @property
    def money(self) -> list[Found]:
        """The amounts of money before."""
        return self.once("money", self._find_money)

    def _find_money(self) -> list[Found]:
        return [other for other in self._read if other.unit not in UNITS and self._one.start - other.end < 1200]

    @property
    def nearest(self) -> Found | None:
        """The last quantity of a like size that counts or measures; a like size is within thirty times."""
        return self.once("nearest", self._find_nearest)

    def _find_nearest(self) -> Found | None:
        value = self._one.value
        for other in reversed(self._recent):
            if other.unit in COUNTED and value and other.value and 1 / 30 < abs(value / other.value) < 30:
                return other
        return None

    @property
    def topic(self) -> str | None:
        """The unit of what was spoken of: of the noun or the quantity of its size that was named last before the figure."""
        return self.once("topic", self._find_topic)

    def _find_topic(self) -> str | None:
        kept = self.nearest
        unit, at = (kept.unit, kept.start) if kept is not None else (None, -1)
        noun = last_noun(self._text, max(0, self._one.start - 220), self._one.start)
        if noun is not None and noun.start() > at:
            unit = "persons" if noun["people"] else "L" if noun["volume"] else "count"
        return unit

    @property
    def _recent(self) -> list[Found]:
        return self.once("recent", self._find_recent)

    def _find_recent(self) -> list[Found]:
        return [other for other in self._read if self._one.start - other.end < 400]


def alike(one: Found, other: Found, times: float = 300.0) -> bool:
    """Whether two amounts may be of one currency by their size."""
    low, high = sorted((abs(one.value) or 1.0, abs(other.value) or 1.0))
    return high / low < times


def fits(one: Found, other: Found) -> bool:
    """An index level or a code is no count: the figure must be of a like size where nothing else speaks for it."""
    if one.value == 0 or other.value == 0:
        return True
    return 1 / 300 < abs(one.value / other.value) < 300


def outgrows(one: Found, share: Found) -> bool:
    """Whether a whole number is too large to be a share set against another."""
    return one.value > max(100.0, 1.6 * abs(share.value)) and one.value == int(one.value)
