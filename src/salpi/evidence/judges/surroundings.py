"""What stands around a number, as traits: words, known words by side and clause, neighbours, the sentences before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, TypeVar

from salpi.evidence.claims.catalogue import PHYSICAL_CLASSES, unit_class
from salpi.evidence.claims.forms import Shape, change, shape
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.roles import AFTER, BEFORE, BESIDE, in_role
from salpi.evidence.judges.senses import stem
from salpi.evidence.judges.traits import Trait, named
from salpi.evidence.judges.words import Window, Words
from salpi.evidence.once import Remembering
from salpi.evidence.quantities.scan import Found

T = TypeVar("T")
PLAIN = frozenset({"measure", "domain"})
"""The kinds of known words that ids are made of."""
_DIGITS = re.compile(r"\d+")
_ONE = (
    r"(?:head|person|patient|employee|worker|dose|vial|firm|company|start-up|startup|project|participant|student|researcher|household"
    r"|treatment|course|unit|share|litre|liter|gram|tonne)\b"
)
_EACH = re.compile(rf"\)?,?[ ](?:apiece|each(?! year| month| quarter)|(?:per|a|for each|for every)[ ]{_ONE})|\s?씩")
_FOR_EACH = re.compile(
    r"(?:인당|건당|개당|사당|명당|업체당|기업당|과제당|회당|주당|병당|리터당|가구당|품목당)[^,.\d]{0,14}$"
    r"|\b(?:per (?:head|capita|patient|person|share|dose)|each (?:firm|company|patient|project|start-up)"
    r"|average (?:grant|salary|pay|wage|price|deal))\b[^,.;\d]{0,30}$"
)
_SURVEYED = re.compile(
    r"(?:응답|설문|표본|조사\s?대상)(?:\s?(?:기업|업체|자|수))?\s?[:은는]?\s?\(?$"
    r"|\b(?:survey(?:ed)? of|poll(?:ed)? of|respondents?|surveyed|polled|interviewed|sample of|interviews? with|answers from)[ :]+"
    r"(?:more than |over |some |about )?$"
)
_ANSWERING = re.compile(
    r"[가-힣]{0,3}\s(?:대상|설문|조사|응답)|[을를]\s(?:대상|설문|조사)|[ ](?:respondents|firms surveyed|companies surveyed)"
)
_LACKING = re.compile(
    r"(?:의|이|가)?\s?(?:[가-힣]{0,6}\s?(?:인력|인재|전문가)(?:이|가|은|는)?\s)?(?:더\s)?(?:부족|모자라|모자란|미달)"
)
_SHORT = re.compile(
    r"\b(?:short of|shortage of|shortfall of|lack(?:s|ed|ing)?|deficit of|gap of|too few:?)[ ](?:about |around |some |over |nearly |more than )?$"
    r"|부족\s?인력[은:]?\s?(?:약\s)?$"
)
Standing = tuple[str, re.Pattern[str], re.Pattern[str], tuple[str, ...]]
_STANDING: tuple[Standing, ...] = (
    ("each", _FOR_EACH, _EACH, ("per", " a ", "each", "every", "apiece", "average", "당", "씩")),
    (
        *("surveyed", _SURVEYED, _ANSWERING),
        ("survey", "poll", "respon", "interview", "sample", "answers", "응답", "설문", "표본", "조사", "대상"),
    ),
    ("lacking", _SHORT, _LACKING, ("short", "lack", "deficit", "gap", "few", "부족", "모자", "미달")),
)
"""How a number can stand that no id covers: for each of many, of a survey, of what is lacking. Feature, before it, after it, words
of which a sentence has one where a number in it stands so."""


class Asked(Remembering):
    """A number as the judges see it. ``cell``: it stands in a table, and its sentence is made of caption, column and row.

    ``before``: measures and domains of the two sentences before; ``title``: of the head. ``memo``: what is the same for all numbers
    of the sentence, worked out once. ``measure``: the class of its unit; ``kind``: the same, but areas, weights and lengths are looked
    at as volumes are, which documents have shown.
    """

    def __init__(
        self,
        page: Page,
        sentence: Sentence,
        one: Found,
        cell: bool = False,
        before: Sequence[list[Hit]] = (),
        title: Sequence[Hit] = (),
        memo: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(memo)
        self.page, self.sentence, self.one, self.cell = page, sentence, one, cell
        self.before, self.title = before, title
        self.measure = unit_class(one.unit or "") or ""
        self.kind = "L" if self.measure in PHYSICAL_CLASSES else self.measure
        self._shape: Shape | None = None
        self._window: Window | None = None

    @property
    def shape(self) -> Shape:
        """The form of a percentage."""
        if self._shape is None:
            self._shape = shape(self.sentence, self.one)
        return self._shape

    @property
    def window(self) -> Window:
        """The words that are looked at around the number."""
        if self._window is None:
            a, b, start = self.one.start, self.one.end, self.sentence.start
            self._window = words_of(self).window(a - start, b - start, (BEFORE, 160), (AFTER, 100))
        return self._window


def bucket(value: float, edges: tuple[float, ...]) -> int:
    """In which stretch between the edges a value lies."""
    return bisect_left(edges, value)


def zone(sentence: Sentence, a: int, b: int, start: int, end: int) -> str:
    """Where a stretch stands seen from a number at ``a`` … ``b``: side, numbers between (0, 1, 2), breaks between (c, w, s)."""
    if end <= a:
        return _stretch(_LEFT, _until(sentence, end), _until(sentence, a))
    return _stretch(_RIGHT, _until(sentence, b), _until(sentence, start)) if start >= b else "I"


def words_of(asked: Asked) -> Words:
    """The words of a number's sentence."""
    found: Words | None = asked.memo.get("words")
    if found is None:
        found = asked.memo["words"] = Words.of(asked.sentence.text)
    return found


Spot = tuple[int, int, str, str, str, tuple[float, int], tuple[float, int]]
"""A known word of a sentence: start, end, name and value as features call it, the slot in which the nearest is kept (m, d for a
measure or domain, e for a name, "" for others), the breaks (their weight) and numbers before its start and before its end."""


def _until(sentence: Sentence, place: int) -> tuple[float, int]:
    """The breaks (their weight) and the numbers of a sentence that begin before a place."""
    breaks = sentence.breaks
    at = bisect_left(breaks, place) if breaks else 0
    return sentence.weights[at - 1] if at else 0.0, bisect_left(sentence.starts, place)


def _spots(sentence: Sentence) -> list[Spot]:
    out: list[Spot] = []
    breaks, weights, starts = sentence.breaks, [0.0, *sentence.weights], sentence.starts
    for start, end, kind, value in sentence.hits:
        if kind == "entity":
            value = f"e:{value.kind}{'~' if value.adjective else ''}"
        elif kind == "id":
            value = f"id:{value.id}"
        elif kind == "area":
            value = "area"
        slot = kind[0] if kind in _SLOTS else ""
        from_start = weights[bisect_left(breaks, start)], bisect_left(starts, start)
        from_end = weights[bisect_left(breaks, end)], bisect_left(starts, end)
        out.append((start, end, f"{kind[0]}:{value}", value, slot, from_start, from_end))
    return out


_SLOTS = PLAIN | {"entity"}
_PLACES = {side: [[f"{side}{between}{crossed}" for crossed in "cws"] for between in range(3)] for side in "LR"}
_LEFT, _RIGHT = _PLACES["L"], _PLACES["R"]


def _stretch(places: list[list[str]], low: tuple[float, int], high: tuple[float, int]) -> str:
    crossed, between = high[0] - low[0], high[1] - low[1]
    return places[between if between < 2 else 2][0 if crossed < 0.5 else 1 if crossed < 2.5 else 2]


def _known_word(name: str, place: str) -> tuple[str, ...]:
    """A known word at its place, on its side; a measure or a domain also by itself."""
    return (f"{name}@{place}", f"{name}@{place[0]}", *((name,) if name[0] in "md" else ()))


def _nearest(key: str, value: str, far: int) -> tuple[str, ...]:
    return f"n{key}:{value}", f"n{key}:{value}@{far}"


def _nearest_two(
    left_measure: str | None, right_measure: str | None, left_domain: str | None, right_domain: str | None
) -> tuple[str, ...]:
    both = (f"m+d:{left_measure or right_measure}+{left_domain or right_domain}",)
    return (*both, f"Lm+d:{left_measure}+{left_domain}") if left_measure and left_domain else both


def _nearest_names(left: str | None, right: str | None) -> tuple[str, ...]:
    return (f"ne:{left}+{right}", f"nLe:{left}", f"nRe:{right}")


def _known(asked: Asked, out: list[Trait]) -> None:
    """Known words by side and clause; the nearest measure and domain of each side, and what the nearest names are names of."""
    sentence, a, b = asked.sentence, asked.one.start, asked.one.end
    from_a, from_b = _until(sentence, a), _until(sentence, b)
    nearest: dict[str, tuple[float, str]] = {}
    far: float
    for start, end, name, value, slot, from_start, from_end in asked.once("spots", _spots, sentence):
        if end <= a:
            side, far, place = "L", float(a - end), _stretch(_LEFT, from_end, from_a)
        elif start >= b:
            side, far, place = "R", (start - b) * 1.5, _stretch(_RIGHT, from_b, from_start)
        else:
            side, place, far = "I", "I", 0.0
        out.append((_known_word, name, place))
        if slot:
            key = side + slot
            known = nearest.get(key)
            if known is None or far < known[0]:
                nearest[key] = far, value
    left, right = nearest.pop("Le", None), nearest.pop("Re", None)
    if left or right or "Ie" in nearest:
        out.append((_nearest_names, left and left[1], right and right[1]))
        nearest.pop("Ie", None)
    for key, (far, value) in nearest.items():
        out.append((_nearest, key, value, bisect_left(_NEAR, far)))
    out.append((_nearest_two, *[found and found[1] for found in map(nearest.get, ("Lm", "Rm", "Ld", "Rd"))]))


_NEAR = (2, 8, 20, 50)


def in_roles(asked: Asked) -> list[Trait]:
    """The words around a number in all their roles."""
    first, stop, again, last = asked.window
    words = words_of(asked).words
    left, right = words[first:stop], words[again:last]
    return [
        *((in_role, 0, word) for word in left),
        *((in_role, 1, word) for word in right),
        *((in_role, role, word) for role, word in zip(BESIDE[0], reversed(left), strict=False)),
        *((in_role, role, word) for role, word in zip(BESIDE[1], right, strict=False)),
    ]


def _two(sign: str, first: str, second: str) -> tuple[str, ...]:
    return (f"w{sign}={stem(first)}_{stem(second)}",)


def _number_before(kind: str, asked: str, gap: str | None) -> tuple[str, ...]:
    out = (f"pq={'same' if kind == asked else kind}", f"pq={kind}@{'far' if gap is None else 'near'}")
    return out if gap is None else (*out, "pg=" + _DIGITS.sub("#", gap.strip().lower()))


def _number_after(kind: str, gap: str | None) -> tuple[str, ...]:
    return (f"nq={kind}",) if gap is None else (f"nq={kind}", "ng=" + _DIGITS.sub("#", gap.strip().lower()))


def _neighbours(asked: Asked, out: list[Trait]) -> None:
    """The numbers before and after in the sentence."""
    sentence, one, text, base = asked.sentence, asked.one, asked.sentence.text, asked.sentence.start
    at, count = bisect_left(sentence.starts, one.start), len(sentence.starts)
    out.append((named, f"pos={at if at < 4 else 4}/{count if count < 5 else 5}"))
    if at > 0:
        other = sentence.found[at - 1]
        gap = text[other.end - base : one.start - base] if one.start - other.end < 12 else None
        out.append((_number_before, unit_class(other.unit or ""), asked.kind, gap))
    if at + 1 < count:
        other = sentence.found[at + 1]
        gap = text[one.end - base : other.start - base] if other.start - one.end < 12 else None
        out.append((_number_after, unit_class(other.unit or ""), gap))


def _spoken_of(back: int, value: str, last: bool) -> tuple[str, ...]:
    return (f"P{back}:{value}", f"P{back}last:{value}") if last else (f"P{back}:{value}",)


def _headed(value: str) -> tuple[str, ...]:
    return (f"T:{value}",)


def spoken(asked: Asked) -> list[Trait]:
    """The traits that all numbers of a sentence share: what the sentences before and the document's head speak of."""
    return [*spoken_before(asked), *headed(asked)]


def spoken_before(asked: Asked) -> list[Trait]:
    """What the sentences before speak of."""
    out: list[Trait] = []
    for at, hits in enumerate(asked.before):
        last = None
        for hit in hits:
            if hit.kind == "measure":
                last = hit
        out += [(_spoken_of, at, hit.value, hit is last) for hit in hits]
    return list(dict.fromkeys(out))


def headed(asked: Asked) -> list[Trait]:
    """What the document's head speaks of."""
    return list(dict.fromkeys((_headed, hit.value) for hit in asked.title))


def _itself(lang: str, unit: str | None, kind: str, rule: str, size: int) -> tuple[str, ...]:
    return "bias", f"lang={lang}", f"unit={unit}", f"u={kind}", f"qrule={rule}", f"mag={size}"


def _counting(noun: str) -> tuple[str, ...]:
    return ("counted=" + stem(noun.strip().rpartition(" ")[2]),)


def _formed(form: str, rule: str, sign: int) -> tuple[str, ...]:
    return f"sh={form}", f"shr={rule}", f"sh={form}{sign}"


def _moved(sign: int, kind: str) -> tuple[str, ...]:
    return "chg", f"chg{sign}", f"chg{kind}"


def _standing(text: str) -> list[Standing]:
    """How a number in a sentence can stand, by the sentence's words."""
    return [one for one in _STANDING if any(map(text.__contains__, one[3]))]


def surroundings(asked: Asked) -> list[Trait]:
    """The traits of a number, but for its words in their roles."""
    sentence, one = asked.sentence, asked.one
    a, b, text = one.start - sentence.start, one.end - sentence.start, sentence.text
    size = len(str(int(abs(one.value)))) if one.value and abs(one.value) < 1e18 else 0
    out: list[Trait] = [(_itself, sentence.lang, one.unit, asked.kind, one.rule, size)]
    if one.counted > one.end:
        out.append((_counting, text[b : one.counted - sentence.start]))
    _known(asked, out)
    words = words_of(asked).words
    first, stop, again, last = asked.window
    if stop - first > 1:
        out.append((_two, "-21", words[stop - 2], words[stop - 1]))
    if last - again > 1:
        out.append((_two, "+12", words[again], words[again + 1]))
    _neighbours(asked, out)
    for name, before, after, _ in asked.once("standing", _standing, text):
        if after.match(text, b) or before.search(text[max(0, a - 50) : a]):
            out.append((named, name))
    if sentence.bullet:
        out.append((named, "bullet"))
    if asked.cell:
        out.append((named, "cell"))
    if asked.kind == "%":
        form = asked.shape
        out.append((_formed, form.form, form.rule, form.sign))
    else:
        moved = change(sentence, one)
        if moved is not None:
            out.append((_moved, moved, asked.kind))
    return out
