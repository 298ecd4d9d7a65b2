"""A document made ready: quantities, known words, entities, time expressions, and what the document is about as a whole."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from codecs import utf_16_be_encode
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from salpi.evidence.claims.breaks import breaks
from salpi.evidence.claims.catalogue import Catalogue, carried
from salpi.evidence.claims.entities import Entity, currencies, fiscal_years
from salpi.evidence.claims.fiscal import stated_fiscal
from salpi.evidence.claims.organisations import organisations
from salpi.evidence.claims.page_names import in_headline, of_two, short_names, without_pieces
from salpi.evidence.claims.periods import Anchor, Mention, mentions, year_of
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.documents.dates import dated, issued
from salpi.evidence.occurrences import at_words
from salpi.evidence.once import Remembering
from salpi.evidence.quantities.bare import Judge, settle
from salpi.evidence.quantities.scan import Found, scan
from salpi.evidence.sentences import sentences
from salpi.evidence.tokens import tokens

_HANGUL = re.compile(r"[가-힣][가-힣]*")  # in this form of a run the engine skips to its first letter
_NO_HANGUL = bytes({*range(256)} - {*range(0xAC, 0xD8)})
"""All but the first bytes of syllables in UTF-16, by which they are counted at once."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z]*")
_WORDS = frozenset({"measure", "domain", "block", "id"})
_PLAIN = frozenset({"measure", "domain", "block", "cue"})


@dataclass(slots=True, init=False)
class Sentence:
    """One sentence with what is known in it, each list in order of place."""

    start: int
    end: int
    lang: Literal["en", "ko"]
    text: str
    hits: list[Hit]
    times: list[Mention]
    found: list[Found]
    paragraph: int
    number: int
    breaks: list[int]
    weights: list[float]  # running sums over ``breaks``
    starts: list[int]
    bullet: bool
    against: dict[int, bool]  # start of a number → whether something is compared with it
    heading: bool  # a heading of aims or plans stands over it
    aim: str | None  # the period that the heading aims at
    asides: list[tuple[int, int]] | None  # stretches set in, found when first asked for
    words: list[Hit] = field(init=False)  # measures, domains, what blocks, whole phrases
    cues: list[Hit] = field(init=False)
    names: list[Hit] = field(init=False)

    def __init__(  # by hand: compiled it is several times as fast as one that is made
        self,
        start: int,
        end: int,
        lang: Literal["en", "ko"],
        text: str,
        hits: list[Hit],
        times: list[Mention],
        found: list[Found],
        paragraph: int,
        number: int,
        breaks: list[int] | None = None,
        weights: list[float] | None = None,
        starts: list[int] | None = None,
        bullet: bool = False,
        against: dict[int, bool] | None = None,
        heading: bool = False,
        aim: str | None = None,
        asides: list[tuple[int, int]] | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.lang = lang
        self.text = text
        self.hits = hits
        self.times = times
        self.found = found
        self.paragraph = paragraph
        self.number = number
        self.breaks = [] if breaks is None else breaks
        self.weights = [] if weights is None else weights
        self.starts = [] if starts is None else starts
        self.bullet = bullet
        self.against = {} if against is None else against
        self.heading = heading
        self.aim = aim
        self.asides = asides
        words: list[Hit] = []
        cues: list[Hit] = []
        names: list[Hit] = []
        for hit in hits:
            kind = hit[2]
            if kind == "cue":
                cues.append(hit)
            elif kind == "entity":
                names.append(hit)
            elif kind in _WORDS:
                words.append(hit)
        self.words, self.cues, self.names = words, cues, names

    def far(self, a: int, b: int) -> float:
        """How far two places are apart, in the reader's sense: characters, breaks between clauses, quantities between."""
        if a > b:
            a, b = b, a
        breaks, weights, starts = self.breaks, self.weights, self.starts
        low = bisect_left(breaks, a)
        high = bisect_left(breaks, b, low)
        crossed = weights[high - 1] - (weights[low - 1] if low else 0.0) if high > low else 0.0
        between = bisect_left(starts, b) - bisect_left(starts, a)
        return (b - a) / (14.0 if self.lang == "en" else 7.0) + crossed + 0.7 * between

    def strong(self, a: int, b: int) -> bool:
        """Whether a strong break lies between two places."""
        low, high = bisect_left(self.breaks, a), bisect_left(self.breaks, b)
        return any(self.weights[at] - (self.weights[at - 1] if at else 0.0) >= 2.9 for at in range(low, high))

    def of(self, *kinds: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.kind in kinds]


_ELSEWHERE = re.compile(r"\s?(?:에|으로|로|행|산|과|와|을|를|계)(?=[\s,])|\s[가-힣]{2,4}에\s")
_ASIDE_AFTER = re.compile(r"(?:와|과|로부터|에|에게)(?=\s)")
_ASIDE_BEFORE = re.compile(r"\b(?:with|from|to|by|and)[ ]$")
_BASED = re.compile(r"-(?:based|listed|headquartered|owned|backed|born|made|trained)")
_LISTED = re.compile(r"\s*(?:[-*•■□○●▶▪·–—①-⑳]|\(?\d{1,2}[.)]|[가-하][.)])\s?\S|\s{2,}\S")
_HEADING = re.compile(
    r"\s*[^\w\s]{1,3}\s?(?:[가-힣A-Za-z·& ]{0,20}?(?P<word>목표|추진\s?과제|추진\s?계획|추진\s?전략|[Tt]argets?|[Gg]oals?|[Oo]bjectives?|TARGETS?|GOALS?)|[가-힣A-Za-z·& ]{2,24})\s?(?:[:：>]|$)"
)
"""A marked line that heads a list; ``word`` where the list is one of aims."""
_BUDGET_OF = re.compile(
    r"(?P<next>[Nn]ext year's|내년도?)(?=\s[^.\n\d]{0,30}?(?:budget|예산))|(?P<year>20\d\d)(?:년도?)?(?=\s(?:[^.\n\d]{0,24}?)(?:budget|예산안))|\b[Bb]udget (?:proposal )?for (?P<later>20\d\d)"
)
_BUDGETS = ("Next year's", "next year's", "내년", "20", "Budget", "budget")
"""What ``_BUDGET_OF`` begins with."""
_BULLET = re.compile(r"\s*[-*•■□○●▶·–—]\s?\S|\s*\d{1,2}[.)]\s")
_COMING = re.compile(
    r"[^.,;]{0,16}(?:하는|할\s|예정|계획|착공|완공)|[^.,;]{0,30}\b(?:will|due|to open|expected|planned|due|slated|scheduled)\b"
)
_COMING_BEFORE = re.compile(
    r"\b(?:by|opening in|due in|starting in|launching in|from|will[^.;,]{0,40}in|opens?(?: in)?|starts?(?: in)?|scheduled for|takes? effect (?:in|from|on)|(?:comes?|enters?) into (?:force|effect) (?:in|from|on)|begins? (?:in|on)|slated for|effective(?: from)?|applies from|apply from)[ ]$"
)


def _listed(text: str, head: int) -> bool:
    """Whether the line that begins at a place is one of a list."""
    char = text[head : head + 1]
    return not (char.isascii() and char.isalpha()) and _LISTED.match(text, head) is not None


def _aligned(text: str, base: int, times: list[Mention], anchor: Anchor) -> list[Mention]:
    """Halves and months without a year: of the year that stands beside them; yet to come where they are said to be."""
    if anchor.day is None or not times:
        return times
    out: list[Mention] = []
    for mention in times:
        period, year = mention.period, mention.year
        if period is not None and year == anchor.day.year and mention.kind == "part":
            beside = next((other for other in out if other.kind == "part" and other.year == year - 1), None)
            if beside is not None:
                mention = replace(mention, period=f"{year - 1}{period[4:]}", year=year - 1)
        elif (
            period is not None
            and len(period) == 7
            and (year == anchor.day.year - 1 or (year == anchor.day.year and anchor.day.month - _first_month(period) > 5))
            and str(year) not in text[mention.start - base : mention.end - base]
        ):
            after, before = text[mention.end - base :], text[max(0, mention.start - base - 50) : mention.start - base]
            words = text[mention.start - base : mention.end - base]
            if not re.search(r"지난|작년|전|last|previous", words) and (_COMING.match(after) or _COMING_BEFORE.search(before)):
                mention = replace(mention, period=f"{year + 1}{period[4:]}", year=year + 1)
        out.append(mention)
    return out


def _first_month(period: str) -> int:
    """The first month of a part of a year, ``2025-01`` or ``2025-Q1``."""
    part = period[5:]
    return 3 * int(part[1]) - 2 if part[0] == "Q" else 6 * int(part[1]) - 5 if part[0] == "H" else int(part)


def _up_to(starts: list[int], end: int, at: int) -> int:
    """How many of some places, in order, stand before ``end``; ``at`` of them do."""
    last = len(starts)
    while at < last and starts[at] < end:
        at += 1
    return at


def language(text: str) -> Literal["en", "ko"]:
    """ko where a fifth of the letters or more are Hangul."""
    if text.isascii():
        return "en"
    hangul = len(utf_16_be_encode(text, "surrogatepass")[0][::2].translate(None, _NO_HANGUL))
    if not hangul:
        return "en"
    if 5 * hangul >= len(text):
        return "ko"  # even if the rest were letters
    return "ko" if hangul * 4 >= len("".join(_LATIN.findall(text))) else "en"


_TERMS = frozenset({"months", "ahead", "span"})


def _without_times(text: str, found: list[Found], times: list[Mention]) -> list[Found]:
    """Spans of time inside a time expression ("the first nine months", "two years ago") are no quantities; a term is ("within two years")."""
    starts = [mention.start for mention in times]
    kept = []
    for one in found:
        if one.unit in ("days", "months", "years") or one.rule == "fraction in words":
            at = bisect_right(starts, one.start) - 1
            if (
                at >= 0
                and times[at].end >= one.end
                and times[at].kind not in _TERMS
                and not text.startswith("ithin", times[at].start + 1)
            ):
                continue
        kept.append(one)
    return kept


_SPEAKS = {"country": 2.0, "agency": 3.0, "city": 1.5, "place": 1.0, "company": 0.4, "region": 1.5}
"""How much a name says of the country whose news a text is, by its kind."""


class Page(Remembering):
    """A text with everything that attribution looks at. ``memo``: what is the same for all of it."""

    def __init__(
        self,
        text: str,
        catalogue: Catalogue,
        published: date | None = None,
        title: str | None = None,
        units: Judge | None = None,
    ) -> None:
        """``units`` decides what figures measure that the grammar is in doubt about."""
        super().__init__()
        self.text = text
        self.catalogue = catalogue
        self.title = title
        self.korean = not text.isascii() and _HANGUL.search(text) is not None  # whether it holds Hangul at all
        self.lang = language(text[:20_000])
        self.spans = sentences(text)
        known = tokens(text)
        self.found = [one for one in settle(text, scan(text, known), self.spans, units) if carried(one.unit, catalogue)]
        hits = catalogue.vocabulary.hits(text, known.pieces)
        hits = [
            hit
            for hit in hits
            if hit.kind != "entity" or (text[hit.end : hit.end + 1] != "$" and not _BASED.match(text, hit.end))
        ]
        if self.korean:
            hits = without_pieces(text, hits)
        named = [(hit.start, hit.end) for hit in hits if hit.kind == "entity"]
        starts = [start for start, _ in named]
        unknown = organisations(text, known.pieces)
        heads = {start for start, _, _ in unknown}
        plain = {(hit.start, hit.end) for hit in hits if hit.start in heads and hit.kind in _PLAIN}
        known_hits = len(hits)
        for start, end, entity in unknown:
            if (
                (start, end) in plain
                or of_two(text, start, end, named, starts)
                or (in_headline(text, start, end) and not _LISTED.match(text, end))
            ):
                continue
            at = bisect_right(starts, start) - 1
            covered = at >= 0 and named[at][1] > start and named[at][1] - named[at][0] >= (end - start) * 0.6
            later = at + 1 < len(named) and named[at + 1][0] < end and named[at + 1][1] >= end
            if not covered and not later:
                hits.append(Hit(start, end, "entity", entity))
        hits += short_names(text, hits)
        if len(hits) > known_hits:
            hits.sort(key=lambda hit: (hit.start, -hit.end))
        self.hits = hits
        self.country = self._country()
        usual = fiscal_years().get(self.country or "", (1, "end"))
        fiscal, called = stated_fiscal(text, usual[1]) or usual
        day = published or dated(text)
        self.anchor = Anchor(day, day.year if day else issued(text), fiscal, called, fiscal != 1 and "FY" in text)
        self.times = mentions(text, self.anchor, known)
        self.found = _without_times(text, self.found, self.times)

    def sentences(self) -> list[Sentence]:
        """Sentences that hold a quantity, in order."""
        out: list[Sentence] = []
        found, hits, times = self.found, self.hits, self.times
        found_starts = [one.start for one in found]
        hit_starts = [hit.start for hit in hits]
        time_starts = [mention.start for mention in times]
        at = hit_at = time_at = 0
        text = self.text
        paragraph, last_end = 0, 0
        bulleted, line_of = False, -1
        over, aim = False, None  # whether a heading of aims stands over the list, and the period aimed at
        for number, (start, end) in enumerate(self.spans):
            if text.find("\n", last_end - 1 if last_end else 0, start + 1) >= 0:
                paragraph += 1
            last_end = end
            low = _up_to(found_starts, start, at)
            at = _up_to(found_starts, end, low)
            mine = found[low:at]
            hit_low = _up_to(hit_starts, start, hit_at)
            hit_at = _up_to(hit_starts, end, hit_low)
            time_low = _up_to(time_starts, start, time_at)
            time_at = _up_to(time_starts, end, time_low)
            piece = text[start:end]
            made = Sentence(
                start,
                end,
                language(piece) if self.korean else "en",
                piece,
                hits[hit_low:hit_at],
                _aligned(piece, start, times[time_low:time_at], self.anchor) if time_low < time_at else [],
                mine,
                paragraph,
                number,
            )
            if paragraph != line_of:
                marked = not piece[:1].isalpha()  # it may begin with a mark or a number
                heading = _HEADING.match(piece) if marked else None
                if heading is not None:
                    over = heading["word"] is not None
                    aim = next((mention.period for mention in made.times if mention.by), None) if over else None
                elif over and not _listed(text, text.rfind("\n", 0, start + 1) + 1):
                    over, aim = False, None
                bulleted, line_of = marked and _BULLET.match(piece) is not None, paragraph
            if over:
                made.heading, made.aim = True, aim
            made.bullet = bulleted
            if mine:
                made.breaks, made.weights = breaks(piece, start)
                made.starts = found_starts[low:at]
            out.append(made)
        return out

    @property
    def _budgets(self) -> list[tuple[int, str]]:
        """Where the text speaks of the budget of a year, and that year."""
        return self.once("budgets", self._find_budgets)

    def _find_budgets(self) -> list[tuple[int, str]]:
        now = self.anchor.this_year
        out = list[tuple[int, str]]()
        if "udget" not in self.text and "예산" not in self.text:
            return out
        for match in at_words(_BUDGET_OF, self.text, _BUDGETS):
            year = match["year"] or match["later"] or (str(now + 1) if now else None)
            if year is not None:
                out.append((match.start(), year))
        return out

    def budget_before(self, at: int) -> str | None:
        """The year of the budget last spoken of, within a page's reach."""
        budgets = self._budgets
        last = bisect_left(budgets, (at, "")) - 1
        return budgets[last][1] if last >= 0 and budgets[last][0] > at - 900 else None

    @property
    def company(self) -> Entity | None:
        """The company that the document is about: the first one in its head, or the one it names most."""
        return self._companies[0]

    @property
    def _companies(self) -> tuple[Entity | None, defaultdict[str, float]]:
        return self.once("companies", self._find_companies)

    def _find_companies(self) -> tuple[Entity | None, defaultdict[str, float]]:
        companies = [hit for hit in self.hits if hit.kind == "entity" and hit.value.kind == "company"]
        if not companies:
            return None, defaultdict(float)
        weights: defaultdict[str, float] = defaultdict(float)
        kept: dict[str, Entity] = {}
        for place, hit in enumerate(companies):
            aside = _ASIDE_AFTER.match(self.text, hit.end, hit.end + 4) or _ASIDE_BEFORE.search(
                self.text[max(0, hit.start - 6) : hit.start]
            )
            weights[hit.value.name] += (
                (0.4 if aside else 1) + (3 if hit.start < 160 and not aside else 0) + (3 if place == 0 else 0)
            )
            kept.setdefault(hit.value.name, hit.value)
        return kept[max(weights, key=weights.__getitem__)], weights

    @property
    def headline(self) -> str | None:
        """The period in the document's first lines, where it is one that has begun and no day."""
        return self.once("headline", self._find_headline)

    def _find_headline(self) -> str | None:
        for mention in self.times:
            if mention.start > 220:
                break
            year = year_of(mention.period)
            if (
                mention.kind in ("point", "part")
                and mention.period
                and not mention.by
                and (self.anchor.this_year is None or year is None or year <= self.anchor.this_year)
            ):
                line = self.text[: mention.start].count("\n")
                own = self.anchor.day is not None and mention.period == f"{self.anchor.day.year}-{self.anchor.day.month:02d}"
                if line <= 3 and not own and not (len(mention.period) == 4 and line > 1):
                    return mention.period
        return None

    @property
    def place(self) -> str | None:
        """The cluster that the document is about, where its first line names one."""
        return self.once("place", self._find_place)

    def _find_place(self) -> str | None:
        head = self.text[:160]
        for hit in self.hits:
            if hit.start > 120:
                break
            if hit.kind == "entity" and hit.value.kind == "cluster":
                return str(hit.value.name)
            if (
                hit.kind == "entity"
                and hit.value.kind in ("city", "place")
                and re.match(
                    r"\S{0,3}\s?(?:바이오|메디컬)?\s?(?:메디컬\s?)?(?:클러스터|특화단지|단지)|[ ](?:[A-Za-z-]+[ ]){0,3}(?:[Cc]luster|[Pp]ark|CLUSTER)",
                    head[hit.end :],
                )
            ):
                return f"{hit.value.name} cluster"
        return None

    @property
    def single(self) -> bool:
        """Whether the document is about one company: named in its head, and the one it names most."""
        return self.once("single", self._find_single)

    def _find_single(self) -> bool:
        if self.company is None or self.place is not None:
            return False
        weights = self._companies[1]
        top = self.company.name
        head = any(
            hit.start < (100 if self.lang == "ko" else 180) and hit.kind == "entity" and hit.value.name == top
            for hit in self.hits
        )
        return head and weights[top] * 2.2 >= sum(weights.values())

    def _country(self) -> str | None:
        """The country whose news this is: named, by its people, ministries, cities or money."""
        weights: defaultdict[str, float] = defaultdict(float)
        for hit in self.hits:
            if hit.kind != "entity" or (not hit.value.country and hit.value.name != "European Union"):
                continue
            entity: Entity = hit.value
            near = 2.0 if hit.start < 400 else 1.0
            if self.lang == "ko" and _ELSEWHERE.match(self.text, hit.end):
                near *= 0.25  # where something goes or happens, not whose news it is
            name = entity.country or entity.name
            speaks = 1.5 if entity.adjective and entity.kind == "country" else _SPEAKS.get(entity.kind, 0.3)
            weights[name] += near * speaks
        countries = currencies()
        for one in self.found:
            if one.unit in countries:
                weights[countries[one.unit]] += 0.7
        if self.lang == "ko":
            weights["South Korea"] += 5  # a text in Korean is about Korea unless it says otherwise
        return max(weights, key=weights.__getitem__) if weights else self.catalogue.home
