"""From a document to claims: quantities, each with indicator, subject, period, status, and what decided."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from salpi.evidence.claims.against import SHORTER, against
from salpi.evidence.claims.asides import LABEL, denied, may_slip, reported, slipped
from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.claims.coordination import apportion, baselines, lost, twin, value_of
from salpi.evidence.claims.entities import IN_ROWS, Entity, without_legal
from salpi.evidence.claims.forms import change
from salpi.evidence.claims.page import Page, Sentence, language
from salpi.evidence.claims.periods import mentions, year_of
from salpi.evidence.claims.table_cells import Cell
from salpi.evidence.claims.tables import Table, tables
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.court import Court, Judge, bar
from salpi.evidence.judges.decided import Decided
from salpi.evidence.judges.surroundings import PLAIN, Asked
from salpi.evidence.once import Remembering
from salpi.evidence.quantities.bare import Judge as UnitJudge
from salpi.evidence.quantities.namesakes import NAMESAKES, settle_namesakes
from salpi.evidence.quantities.scan import Found
from salpi.evidence.reading import Reading
from salpi.evidence.record import Claim, ClaimQualifier, Document, Lang

RATE_TOLERANCE = 0.12
"""Two readings of one amount agree where they imply the year's mean exchange rate within this share."""


def extract_claims(document: Document, catalogue: Catalogue) -> tuple[Claim, ...]:
    """All claims of a document, in order of place. Spans are offsets into ``document.text``."""
    return Extraction(document, catalogue).claims()


_BEFORE = re.compile(
    r"(?:(?P<at_least>at least|no less than|not less than|최소|적어도)"
    r"|(?P<up_to>up to|as much as|as many as|no more than|at most|below|under|less than"
    r"|within|최대|많게는)"
    r"|(?P<nearly>nearly|almost|close to|just under|거의)|(?P<over>over|more than|above|exceeding|in excess of)"
    r"|(?P<per_year>(?<![가-힣])(?:연간?|매년|해마다|한 해)(?= ))"
    r"|(?P<about>about|around|roughly|approximately|some|circa|c\.|ca\.|~|(?<![가-힣])약|대략))\s?$",
    re.I,
)
_AFTER = re.compile(
    r"\s?(?:(?P<per_year>a year(?! (?:ago|earlier|before|later|previously|prior|back|on)\b)|per year|per annum|/yr|/year|annually"
    r"|every year|each year)"
    r"|(?P<at_least>이상)|(?P<up_to>이하|이내|미만)"
    r"|(?P<over>이?\s?넘|을\s넘|를\s넘|여\s|남짓|초과)"
    r"|(?P<about>안팎|가량|정도|내외|수준|대(?=[\s에로를의가는도다이,.)]|$)|or so))",
    re.I,
)


TOGETHER = 48
"""How many numbers are looked at together."""


class Turn:
    """A number in its turn. ``asked``: None where it is the number before once more, in another currency."""

    def __init__(
        self, sentence: Sentence, one: Found, asked: Asked | None = None, baseline: float | None = None, cell: Cell | None = None
    ) -> None:
        self.sentence, self.one, self.asked, self.baseline, self.cell = sentence, one, asked, baseline, cell


class Extraction(Remembering):
    """One document's way from its quantities to its claims; a judge attributes them in turn."""

    def __init__(
        self,
        document: Document,
        catalogue: Catalogue,
        judge: Callable[[Page, list[Sentence]], Judge] = Court,
        units: UnitJudge | None = None,
    ) -> None:
        super().__init__()
        self.document, self.catalogue = document, catalogue
        self.reading = Reading.of(document.text)
        self.page = Page(self.reading.text, catalogue, document.published, document.title, units or bar(catalogue).units)
        self.sentences = self.page.sentences()
        self.judge = judge(self.page, self.sentences)
        self.title = [hit for hit in self.page.hits if hit.start < 260 and hit.kind in PLAIN]
        self.languages: dict[int, Lang] = {}
        self.refuted = reported(self.reading.text)
        self.slips = may_slip(self.reading.text)
        self.peers = False  # whether the table at hand sets companies side by side

    @property
    def names(self) -> dict[str, Entity]:
        """The companies and products that the text has taught."""
        return self.once("names", self._find_names)

    def _find_names(self) -> dict[str, Entity]:
        text = self.reading.text
        return {
            text[hit.start : hit.end]: hit.value
            for hit in self.page.hits
            if hit.kind == "entity" and hit.value.kind in ("company", "product")
        }

    @property
    def named(self) -> re.Pattern[str] | None:
        """Finds them again in table cells."""
        return self.once("named", self._find_named)

    def _find_named(self) -> re.Pattern[str] | None:
        pieces = sorted((piece for piece in self.names if len(piece) > 2), key=lambda piece: (-len(piece), piece))[:400]
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, pieces))})(?![\w-])") if pieces else None

    def _tables(self) -> list[Table]:
        """The tables; pesos and crowns in their heads are those of the country that the text names."""
        found = tables(self.reading.text)
        cells = [cell.found for table in found for cell in table.cells]
        if any(cell.unit in NAMESAKES for cell in cells):
            settle_namesakes(self.reading.text, sorted([*self.page.found, *cells], key=lambda one: one.start))
            for table in found:
                table.cells = [cell for cell in table.cells if cell.found.unit is not None]
        return found

    def claims(self) -> tuple[Claim, ...]:
        """The claims, in order of place."""
        out: list[Claim] = []
        turns = self._turns()
        while some := [*islice(turns, TOGETHER)]:
            decided = iter(self.judge.decide([turn.asked for turn in some if turn.asked is not None]))
            for turn in some:
                out.append(self._twin(turn, out[-1]) if turn.asked is None else self._answered(turn, turn.asked, next(decided)))
        out.sort(key=lambda claim: claim.span)
        return tuple(out)

    def _turns(self) -> Iterator[Turn]:
        """All numbers in the order in which they are asked about."""
        found = self._tables()
        held, kept = 0, list[tuple[int, int]]()
        at = 0
        before: list[list[Hit]] = []
        for sentence in self.sentences:
            while at < len(found) and found[at].start <= sentence.start:
                yield from self._table(found[at], sentence)
                at += 1
            if at and sentence.start < found[at - 1].end:
                if at != held:
                    held, kept = (
                        at,
                        sorted([*((cell.found.start, cell.found.end) for cell in found[at - 1].cells), *found[at - 1].others]),
                    )
                sentence.found = [one for one in sentence.found if not _among(kept, one)]
                sentence.starts = [one.start for one in sentence.found]
            if sentence.found:
                yield from self._sentence(sentence, before)
            before = [[hit for hit in sentence.words if hit.kind in PLAIN], *before[:1]]
        for table in found[at:]:
            yield from self._table(table, None)

    def claim_of(self, one: Found, decided: Decided, baseline: float | None) -> Claim | None:
        """The claim of a number that was attributed elsewhere, read in its sentence; None where it stands in none."""
        sentence = next((sentence for sentence in self.sentences if sentence.start <= one.start < sentence.end), None)
        return None if sentence is None else self._claim(Asked(self.page, sentence, one, title=self.title), decided, baseline)

    def _sentence(self, sentence: Sentence, before: list[list[Hit]]) -> Iterator[Turn]:
        parted = apportion(sentence)
        froms = baselines(sentence) if len(sentence.found) > 1 else {}
        memo: dict[str, Any] = {}
        for at, one in enumerate(sentence.found):
            if at and twin(sentence, at):
                yield Turn(sentence, one)
            else:
                known = {} if at in parted else memo
                asked = Asked(self.page, parted.get(at, sentence), one, False, before, self.title, known)
                yield Turn(sentence, one, asked, froms.get(at))

    def _answered(self, turn: Turn, asked: Asked, decided: Decided) -> Claim:
        cell = turn.cell
        if cell is not None and cell.bracketed:
            losses = decided.base.startswith(("profit", "tradebalance"))
            if losses or cell.growth or decided.indicator is None:
                turn.one.value = -abs(turn.one.value)
        return self._claim(asked, decided, turn.baseline)

    def _claim(self, asked: Asked, decided: Decided, baseline: float | None) -> Claim:
        sentence, one = asked.sentence, asked.one
        value = value_of(one, self._sign(asked, decided))
        high = None if one.high is None else (-abs(one.high) if value < 0 <= one.high else one.high)
        said_no = self._said_no(sentence, one)
        start, end = self.reading.span(one.start, one.end)
        rules = {"quantity": one.rule, **decided.reasons}
        if said_no:
            rules["indicator"] = "denied"
        elif decided.form.rpartition(".")[2] in ("growth", "change") and (base := against(sentence, one)) is not None:
            rules["against"] = SHORTER[base]
        return Claim(
            doc=self.document.name,
            span=(start, end),
            text=self.document.text[start:end],
            value=_plain(value),
            unit=one.unit or "",
            high=None if high is None else _plain(high),
            indicator=None if said_no else decided.indicator,
            subject=None if said_no else decided.subject,
            period=None if said_no else decided.period,
            status=decided.status,
            qualifier=_qualifier(sentence, one),
            baseline=baseline,
            lang=self._language(one.start),
            score=round(decided.sure, 3),
            rules=rules,
        )

    def _said_no(self, sentence: Sentence, one: Found) -> bool:
        """Whether the text takes a number back, or tells what others reported before it answers them."""
        if denied(sentence, one) or (self.slips and slipped(sentence)):
            return True
        return bool(self.refuted) and any(a <= sentence.start < b for a, b in self.refuted)

    def _sign(self, asked: Asked, decided: Decided) -> int:
        """Which way a number points: growth and differences by their words, losses and deficits by theirs."""
        sentence, one = asked.sentence, asked.one
        last = decided.form.rpartition(".")[2]
        if one.signed or one.value < 0:
            return 1
        if last in ("growth", "change"):
            return asked.shape.sign if asked.kind == "%" else change(sentence, one) or 1
        if decided.base.startswith(("profit", "tradebalance")) and asked.kind == "money":
            return -1 if lost(sentence, one) else 1
        return 1

    def _language(self, at: int) -> Lang:
        """The language of the line at a place."""
        text = self.reading.text
        low = max(0, at - 2000)
        start = text.rfind("\n", low, at) + 1 or low
        known = self.languages.get(start)
        if known is None:
            end = text.find("\n", at, at + 2000)
            known = self.languages[start] = language(text[start : end if end >= 0 else at + 2000])
        return known

    def _twin(self, turn: Turn, first: Claim) -> Claim:
        """The same amount in another currency: the same claim, checked against the year's exchange rate."""
        sentence, one = turn.sentence, turn.one
        start, end = self.reading.span(one.start, one.end)
        value = -abs(one.value) if first.value < 0 else one.value
        warning = self._rate_warning(first, one)
        return replace(
            first,
            span=(start, end),
            text=self.document.text[start:end],
            value=_plain(value),
            unit=one.unit or "",
            high=None if one.high is None else _plain(one.high),
            qualifier=_qualifier(sentence, one),
            baseline=None,
            rules={**first.rules, "quantity": one.rule, "indicator": "same amount in another currency"},
            warnings=(warning,) if warning else (),
        )

    def _rate_warning(self, first: Claim, one: Found) -> str | None:
        rates, pair = self.catalogue.rates, self.catalogue.rates_pair
        if rates is None or pair is None or {first.unit, one.unit} != set(pair) or not first.value or not one.value:
            return None
        day, own = self.page.anchor.day, year_of(first.period)
        years = [year for year in (own, day.year if day else None) if year is not None]
        if not years:
            return None
        year = min(years)  # of an amount still to come, the rate of the day on which it is told
        home, trade = (abs(first.value), abs(one.value)) if first.unit == pair[0] else (abs(one.value), abs(first.value))
        implied = home / trade
        try:
            mean = rates.rate(year)
        except LookupError:
            return None
        if abs(implied / mean - 1) <= RATE_TOLERANCE:
            return None
        return f"the two currencies imply {_rate(implied)} {pair[0]} per {pair[1]}; the mean of {year} is {_rate(mean)}"

    def _table(self, table: Table, sentence: Sentence | None) -> Iterator[Turn]:
        labels = {cell.words.rstrip(" :").rpartition(" : ")[2] for cell in table.cells}
        self.peers = any(
            hit.kind == "entity" and hit.value.kind == "company"
            for label in labels
            for hit in self.catalogue.vocabulary.hits(label)
        )
        for cell in table.cells:
            yield self._cell(cell, sentence, table.caption)

    def _names_in(self, words: str, hits: list[Hit]) -> list[Hit]:
        """The hits of a cell's words, with the names that the text has taught and a row's label that can only be a name."""
        if self.named is not None:
            for match in self.named.finditer(words):
                if not any(hit.start < match.end() and match.start() < hit.end for hit in hits if hit.kind == "entity"):
                    hits.append(Hit(match.start(), match.end(), "entity", self.names[match[0]]))
        label = words.rstrip(" :").rpartition(" : ")[2]
        at = len(words.rstrip(" :")) - len(label)
        name = LABEL.match(label)
        if label in IN_ROWS:
            hits.append(Hit(at, at + len(label), "entity", IN_ROWS[label]))
        elif name is not None and not any(
            hit.end > at and hit.kind != "cue" and (hit.kind != "domain" or hit.start - at < 3) for hit in hits
        ):
            part = name["of"] is not None
            if (
                part
                or self.peers
                or not self.page.single
                or re.search(r"\b[Cc]ompany\b|\b[Ff]irm\b|회사|기업명|업체", words[:at])
            ):
                entity = Entity(without_legal(name["name"]), "product" if part else "company")
                hits.append(Hit(at + name.start("name"), at + name.end("name"), "entity", entity))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits

    def _cell(self, cell: Cell, sentence: Sentence | None, caption: str) -> Turn:
        """A cell is read like a sentence made of caption, column, row and number, whose words end where the number begins."""
        words, one = cell.words, cell.found
        start = one.start - len(words)
        hits = [
            hit._replace(start=hit.start + start, end=hit.end + start)
            for hit in self._names_in(words, self.catalogue.vocabulary.hits(words))
        ]
        times = [
            replace(mention, start=mention.start + start, end=mention.end + start)
            for mention in mentions(words, self.page.anchor)
        ]
        edge = start + (len(caption) if words.startswith(caption) else 0)
        hits = [
            hit
            for hit in hits
            if hit.start >= edge or hit.kind != "entity" or hit.value.kind in ("company", "product", "cluster")
        ]
        number, paragraph = (sentence.number, sentence.paragraph) if sentence is not None else (0, 0)
        text = words + self.reading.text[one.start : one.end]
        made = Sentence(start, one.end, language(words), text, hits, times, [one], paragraph, number, starts=[one.start])
        return Turn(made, one, Asked(self.page, made, one, True, [], self.title), cell=cell)


_QUALIFIER_ENDS = (
    *("least", "than", "최소", "적어도", "up to", "as much as", "as many as", "at most", "below", "under", "within", "최대"),
    *("많게는", "nearly", "almost", "close to", "거의", "over", "above", "exceeding", "in excess of", "about", "around"),
    *(
        "roughly",
        "approximately",
        "some",
        "circa",
        "c.",
        "ca.",
        "~",
        "약",
        "대략",
        "연",
        "연간",
        "매년",
        "해마다",
        "한 해",
        "한해",
        "해에",
    ),
)
"""How what ``_BEFORE`` finds ends."""
_QUALIFIER_BEGINS = frozenset("/aApPeEoO이미넘을를여초안가정내수대남")
"""How what ``_AFTER`` finds begins, but for blanks."""


def _qualifier(sentence: Sentence, one: Found) -> ClaimQualifier | None:
    a, b = one.start - sentence.start, one.end - sentence.start
    before, after = sentence.text[max(0, a - 16) : max(0, a)], sentence.text[b : b + 20]
    match = None
    if before.rstrip().casefold().endswith(_QUALIFIER_ENDS):
        match = _BEFORE.search(before)
    if match is not None and match["over"] is not None and _no_bound(before[: match.start()], one):
        match = None
    if match is None and after.lstrip()[:1] in _QUALIFIER_BEGINS:
        match = _AFTER.match(after)
    if match is None and "여" in sentence.text[max(0, a) : b] and _ODD_ONES.search(sentence.text, max(0, a), b) is not None:
        return "over"
    return match.lastgroup if match is not None else None  # type: ignore[return-value]


_ODD_ONES = re.compile(r"[\d천백십만억조]\s?여\s?(?=[명개건곳종])")
"""Inside a Korean number, "and some more": 4,300여 개."""


def _no_bound(before: str, one: Found) -> bool:
    """Whether "over" says how long something goes on, or over what something grew: "$5bn over five years", "up 9% over $2bn"."""
    return (one.unit in ("years", "months") and _LASTING.search(before) is None) or before.rstrip().endswith(
        ("%", "percent", "cent")
    )


_LASTING = re.compile(
    r"\b(?:t[oa]kes?|took|taken|lasts?|lasted|lasting|just|well|little|for|is|was|averag\w+|of|by|to|at|from|now)\s$|^$"
)


def _among(spans: list[tuple[int, int]], one: Found) -> bool:
    """Whether a quantity is that of a table cell, whose numbers stand at ``spans`` (sorted)."""
    at = bisect_left(spans, (one.start - 30, 0))
    while at < len(spans) and spans[at][0] < max(one.end, one.start + 1):
        if spans[at][1] > one.start:
            return True
        at += 1
    return False


def _rate(value: float) -> str:
    """An exchange rate as people print it: 1,390; 5.6; 0.18."""
    if value >= 100:
        return f"{value:,.0f}"
    digits = f"{value:.2g}"
    return f"{value:.{1 - int(digits.partition('e')[2])}f}" if "e" in digits else digits


def _plain(value: float) -> int | float:
    """Binary noise off: 4.1e11 rather than 409999999999.99994."""
    if abs(value) < 1e12 and value == (whole := int(value)):
        return whole
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e18 else rounded
