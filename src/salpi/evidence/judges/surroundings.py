"""What stands around a number, as names of features: words, known words by side and clause, neighbours, the sentences before."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from salpi.evidence.claims.catalogue import unit_class
from salpi.evidence.claims.forms import change, shape
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.quantities.scan import Found

TOKEN = re.compile(r"[A-Za-z]+(?:[&'/-][A-Za-z]+)*|[가-힣]+|\d[\d,.]*|[^\s\w]")
_ENDING = re.compile(r"(?:'s|ies|ing|ed|es|s|ly)$")
_DIGITS = re.compile(r"\d+")
_EACH = re.compile(
    r"\)?,?[ ](?:apiece|each(?! year| month| quarter)|(?:per|a|for each|for every)[ ](?:head|person|patient|employee|worker|dose|vial|firm"
    r"|company|start-up|startup|project|participant|student|researcher|household|treatment|course|unit|share|litre|liter|gram|tonne)\b)|\s?씩"
)
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
_STANDING = (("each", _FOR_EACH, _EACH), ("surveyed", _SURVEYED, _ANSWERING), ("lacking", _SHORT, _LACKING))
"""How a number can stand that no id covers: for each of many, of a survey, of what is lacking. Feature, before it, after it."""


@dataclass(slots=True)
class Asked:
    """A number as the judges see it. ``cell``: it stands in a table, and its sentence is made of caption, column and row."""

    page: Page
    sentence: Sentence
    one: Found
    cell: bool = False
    before: list[list[Hit]] = field(default_factory=list)  # known words of the two sentences before
    title: list[Hit] = field(default_factory=list)
    memo: dict[str, Any] = field(default_factory=dict)  # what is the same for all numbers of the sentence, worked out once
    kind: str = ""  # of its unit

    def __post_init__(self) -> None:
        self.kind = unit_class(self.one.unit or "") or ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without case and, in English, without its ending."""
    word = word.lower()
    return _ENDING.sub("", word) if len(word) > 4 and word.isascii() else word


def bucket(value: float, edges: tuple[float, ...]) -> int:
    """In which stretch between the edges a value lies."""
    return next((at for at, edge in enumerate(edges) if value <= edge), len(edges))


def zone(sentence: Sentence, a: int, b: int, start: int, end: int) -> str:
    """Where a stretch stands seen from a number at ``a`` … ``b``: side, numbers between (0, 1, 2), breaks between (c, w, s)."""
    if end <= a:
        side, low, high = "L", end, a
    elif start >= b:
        side, low, high = "R", b, start
    else:
        return "I"
    breaks, weights, starts = sentence.breaks, sentence.weights, sentence.starts
    first, last = bisect_left(breaks, low), bisect_left(breaks, high)
    crossed = (weights[last - 1] if last else 0.0) - (weights[first - 1] if first else 0.0)
    between = bisect_left(starts, high) - bisect_left(starts, low)
    return (
        side + ("0" if between <= 0 else "1" if between == 1 else "2") + ("c" if crossed < 0.5 else "w" if crossed < 2.5 else "s")
    )


def _known(asked: Asked, out: list[str]) -> None:
    """Known words by side and clause; the nearest measure and domain of each side."""
    sentence, a, b = asked.sentence, asked.one.start, asked.one.end
    nearest: dict[str, tuple[float, str]] = {}
    for hit in sentence.hits:
        kind = hit.kind
        if kind == "entity":
            value = f"e:{hit.value.kind}{'~' if hit.value.adjective else ''}"
        elif kind == "id":
            value = f"id:{hit.value.id}"
        elif kind == "area":
            value = "area"
        else:
            value = hit.value
        place = zone(sentence, a, b, hit.start, hit.end)
        name = f"{kind[0]}:{value}"
        out += (f"{name}@{place}", f"{name}@{place[0]}")
        if kind in ("measure", "domain"):
            out.append(name)
            far = a - hit.end if hit.end <= a else (hit.start - b) * 1.5 if hit.start >= b else 0.0
            key = f"{place[0]}{kind[0]}"
            if key not in nearest or far < nearest[key][0]:
                nearest[key] = (far, value)
    for key, (far, value) in nearest.items():
        out += (f"n{key}:{value}", f"n{key}:{value}@{bucket(far, (2, 8, 20, 50))}")
    near = {key: value for key, (_, value) in nearest.items()}
    if "Lm" in near and "Ld" in near:
        out.append(f"Lm+d:{near['Lm']}+{near['Ld']}")
    out.append(f"m+d:{near.get('Lm') or near.get('Rm')}+{near.get('Ld') or near.get('Rd')}")


def _beside(words: list[str], side: str, sign: str, out: list[str]) -> None:
    """The words next to a number, nearest first: by place, as a set, and the pieces of Korean ones."""
    for at, word in enumerate(words):
        if word[0].isdigit():
            word = "#"
        known = stem(word)
        if at < 3:
            out.append(f"w{sign}{at + 1}={known}")
        out.append(f"{side}w={known}")
        if "가" <= word[0] <= "힣":
            out += [f"{side}k={word[i : i + n]}" for n in (2, 3) for i in range(len(word) - n + 1)]
            if side == "l":
                out.append(f"le={word[-1]}")
                if at == 0:
                    out += (f"le0={word[-1]}", f"le0={word[-2:]}")
            elif at == 0:
                out += (f"r0={word[:1]}", f"r0={word[:2]}")


def _spread(words: list[str], side: str, out: list[str]) -> None:
    """The set of words on one side of a number, and the beginnings of Korean ones."""
    for word in dict.fromkeys(words):
        if word[0].isdigit():
            continue
        out.append(f"b{side}={stem(word)}")
        if "가" <= word[0] <= "힣" and len(word) > 2:
            out.append(f"b{side}2={word[:2]}")


def _neighbours(asked: Asked, out: list[str]) -> None:
    """The numbers before and after in the sentence."""
    sentence, one, text, base = asked.sentence, asked.one, asked.sentence.text, asked.sentence.start
    at = bisect_left(sentence.starts, one.start)
    out.append(f"pos={min(at, 4)}/{min(len(sentence.starts), 5)}")
    if at > 0:
        other = sentence.found[at - 1]
        kind = unit_class(other.unit or "")
        gap = text[other.end - base : one.start - base]
        out += (f"pq={'same' if kind == asked.kind else kind}", f"pq={kind}@{'near' if len(gap) < 12 else 'far'}")
        if len(gap) < 12:
            out.append("pg=" + _DIGITS.sub("#", gap.strip().lower()))
    if at + 1 < len(sentence.starts):
        other = sentence.found[at + 1]
        gap = text[one.end - base : other.start - base]
        out.append(f"nq={unit_class(other.unit or '')}")
        if len(gap) < 12:
            out.append("ng=" + _DIGITS.sub("#", gap.strip().lower()))


def _spoken(asked: Asked) -> list[str]:
    """What the sentences before and the document's head speak of."""
    out: list[str] = []
    for at, hits in enumerate(asked.before):
        spoken = [hit for hit in hits if hit.kind in ("measure", "domain")]
        out += [f"P{at}:{hit.value}" for hit in spoken]
        last = next((hit for hit in reversed(spoken) if hit.kind == "measure"), None)
        if last is not None:
            out.append(f"P{at}last:{last.value}")
    out += [f"T:{hit.value}" for hit in asked.title]
    return out


def surroundings(asked: Asked) -> list[str]:
    """The features of a number, by name."""
    sentence, one = asked.sentence, asked.one
    a, b, text = one.start - sentence.start, one.end - sentence.start, sentence.text
    size = len(str(int(abs(one.value)))) if one.value and abs(one.value) < 1e18 else 0
    out = ["bias", f"lang={sentence.lang}", f"unit={one.unit}", f"u={asked.kind}", f"qrule={one.rule}", f"mag={size}"]
    if one.counted:
        out.append("counted=" + stem(str(one.counted)[:12]))
    _known(asked, out)
    left, right = TOKEN.findall(text[max(0, a - 60) : a])[-5:], TOKEN.findall(text[b : b + 60])[:5]
    _beside(left[::-1], "l", "-", out)
    _beside(right, "r", "+", out)
    if len(left) > 1:
        out.append(f"w-21={stem(left[-2])}_{stem(left[-1])}")
    if len(right) > 1:
        out.append(f"w+12={stem(right[0])}_{stem(right[1])}")
    _spread(TOKEN.findall(text[max(0, a - 160) : a])[-16:], "l", out)
    _spread(TOKEN.findall(text[b : b + 100])[:10], "r", out)
    _neighbours(asked, out)
    for name, before, after in _STANDING:
        if (after is not None and after.match(text, b)) or (before is not None and before.search(text[max(0, a - 50) : a])):
            out.append(name)
    if sentence.bullet:
        out.append("bullet")
    if asked.cell:
        out.append("cell")
    if "spoken" not in asked.memo:
        asked.memo["spoken"] = _spoken(asked)
    out += asked.memo["spoken"]
    if asked.kind == "%":
        form = shape(sentence, one)
        out += (f"sh={form.form}", f"shr={form.rule}", f"sh={form.form}{form.sign}")
    else:
        moved = change(sentence, one)
        if moved is not None:
            out += ("chg", f"chg{moved}", f"chg{asked.kind}")
    return out
