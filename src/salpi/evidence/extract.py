"""From a document to claims: quantities, each with indicator, subject, period, status, and the rules that decided."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from salpi.evidence.claims import indicators, status, subjects, timing
from salpi.evidence.claims.asides import BUT, LABEL, NOT_AFTER, NOT_BEFORE, SLIP, WHOLE_FIRM, public_money, reported
from salpi.evidence.claims.catalogue import Catalogue, unit_class
from salpi.evidence.claims.coordination import apportion, baselines, lost, revised, twin, value_of
from salpi.evidence.claims.entities import Entity, without_legal
from salpi.evidence.claims.indicators import Choice, Memory
from salpi.evidence.claims.page import Page, Sentence, language
from salpi.evidence.claims.periods import mentions, year_of
from salpi.evidence.claims.subjects import Topics
from salpi.evidence.claims.tables import Cell, Table, tables
from salpi.evidence.claims.timing import Clock
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.quantities.scan import Found
from salpi.evidence.reading import Reading
from salpi.evidence.record import Claim, ClaimQualifier, ClaimStatus, Document, Lang

RATE_TOLERANCE = 0.12
"""Two readings of one amount agree where they imply the year's mean exchange rate within this share."""


def extract_claims(document: Document, catalogue: Catalogue) -> tuple[Claim, ...]:
    """All claims of a document, in order of place. Spans are offsets into ``document.text``."""
    reading = Reading.of(document.text)
    return _Extraction(document, catalogue, reading).claims()


_BEFORE = re.compile(
    r"(?:(?P<at_least>at least|no less than|not less than|최소|적어도)"
    r"|(?P<up_to>up to|as much as|as many as|no more than|at most|below|under|less than"
    r"|within|최대|많게는)"
    r"|(?P<nearly>nearly|almost|close to|just under|거의)|(?P<over>over|more than|above|exceeding|in excess of)"
    r"|(?P<about>about|around|roughly|approximately|some|circa|c\.|ca\.|~|약|대략))\s?$",
    re.I,
)
_AFTER = re.compile(
    r"\s?(?:(?P<per_year>a year|per year|per annum|/yr|/year|annually|every year|each year)"
    r"|(?P<at_least>이상)|(?P<up_to>이하|이내|미만)"
    r"|(?P<over>이?\s?넘|을\s넘|를\s넘|여\s|초과)|(?P<about>안팎|가량|정도|내외|or so))",
    re.I,
)
_DENIAL_REACH = 16.0
_TO_DATE = re.compile(r"cumulativ|누적|누계|to date|so far|지금까지|backlog|잔고", re.I)


class _Extraction:
    """One document's way through the rules; holds what was spoken of last."""

    def __init__(self, document: Document, catalogue: Catalogue, reading: Reading) -> None:
        self.document, self.catalogue, self.reading = document, catalogue, reading
        self.page = Page(reading.text, catalogue, document.published, document.title)
        self.languages: dict[int, Lang] = {}
        self.memory = Memory({})
        self.topics = Topics()
        self.clock = Clock(headline=self.page.headline)
        self.title = self._title()
        self.names: dict[str, Entity] = {
            reading.text[hit.start : hit.end]: hit.value
            for hit in self.page.hits
            if hit.kind == "entity" and hit.value.kind in ("company", "product")
        }
        pieces = sorted((piece for piece in self.names if len(piece) > 2), key=len, reverse=True)[:400]
        self.named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, pieces))})(?![\w-])") if pieces else None
        self.last = Choice(None)
        self.refuted: list[tuple[int, int]] | None = None
        self.slips = False
        self.peers = False  # whether the table at hand sets companies side by side

    def _title(self) -> list[Hit]:
        """Known words of the document's first lines."""
        return [hit for hit in self.page.hits if hit.start < 260 and hit.kind in ("domain", "measure")]

    def claims(self) -> tuple[Claim, ...]:
        text = self.reading.text
        found = tables(text)
        held, kept = 0, list[int]()
        out: list[Claim] = []
        at = 0
        for sentence in self.page.sentences():
            while at < len(found) and found[at].start <= sentence.start:
                out += self._table(found[at], sentence)
                at += 1
            inside = any(table.start <= sentence.start < table.end for table in found[max(0, at - 1) : at])
            if inside:
                if at != held:
                    held, kept = at, sorted(cell.found.start for cell in found[at - 1].cells)
                sentence.found = [one for one in sentence.found if not _among(kept, one)]
                sentence.starts = [one.start for one in sentence.found]
            out += self._sentence(sentence)
        for table in found[at:]:
            out += self._table(table, None)
        out.sort(key=lambda claim: claim.span)
        return tuple(out)

    def _sentence(self, sentence: Sentence) -> list[Claim]:
        out: list[Claim] = []
        parted = apportion(sentence) if sentence.found else {}
        froms = baselines(sentence) if len(sentence.found) > 1 else {}
        changed = bool(sentence.found) and revised(sentence)
        previous: Claim | None = None
        subjects.remember(self.page, sentence, self.topics)
        self._product_named(sentence)
        for at, one in enumerate(sentence.found):
            if previous is not None and twin(sentence, at):
                claim = self._twin(sentence, one, previous)
            else:
                claim = self._claim(parted.get(at, sentence), one, froms.get(at), changed, froms, at)
            out.append(claim)
            previous = claim
        if changed:
            for at in froms:
                if at > 0 and out[at - 1].period is None and out[at - 1].indicator == out[at].indicator:
                    out[at - 1] = replace(
                        out[at - 1], period=out[at].period, rules={**out[at - 1].rules, "period": "period of the revision"}
                    )
        for mention in sentence.times:
            if mention.by and mention.period:
                self.clock.aim, self.clock.aimed = mention.period, sentence.number
        spoken = tuple(
            hit for hit in sentence.hits if hit.kind in ("measure", "domain") and hit.value not in ("share", "ranking")
        )
        if not sentence.found and spoken and not sentence.bullet:
            points = [mention for mention in sentence.times if mention.kind == "point" and mention.period and not mention.by]
            if len(points) == 1 and points[0].period is not None and not timing.is_future(self.page, points[0].period):
                self.clock.set(points[0].period, sentence.number, sentence.paragraph)
        if spoken:
            self.memory.topics, self.memory.spoken = spoken, sentence.number
        return out

    def _product_named(self, sentence: Sentence) -> None:
        for hit in sentence.names:
            if hit.value.kind == "product":
                self.topics.product = hit.value

    def _claim(
        self, sentence: Sentence, one: Found, baseline: float | None, changed: bool, froms: dict[int, float], at: int
    ) -> Claim:
        choice = indicators.choose(self.catalogue, sentence, one, self.memory, self.title)
        return self._attribute(sentence, one, choice, baseline, changed, froms, at)

    def _attribute(
        self,
        sentence: Sentence,
        one: Found,
        choice: Choice,
        baseline: float | None,
        changed: bool,
        froms: dict[int, float],
        at: int,
    ) -> Claim:
        choice = self._by_subject(sentence, one, choice)
        subject = subjects.resolve(self.page, sentence, one, choice, self.topics)
        choice = self._after_subject(sentence, choice, subject.name)
        choice = self._yearly(choice, sentence)
        if (
            subject.rule == "named in the sentence"
            and choice.id is not None
            and subject.name is not None
            and choice.base not in ("sales.product", "trials.city_rank")
        ):
            self.topics.last, self.topics.paragraph = subject.name, sentence.paragraph
        flow, stock = self._is_flow(sentence, one, choice), self._is_stock(choice) or self._to_date(sentence, one, choice)
        when = timing.resolve(self.page, sentence, one, choice, self.clock, flow, stock, subject.name)
        paired = any(other.unit == one.unit and other is not one for other in sentence.found)
        standing = status.resolve(
            self.page, sentence, one, choice, when, changed and (at in froms or at - 1 in froms or at + 1 in froms), paired
        )
        period = when.period
        if changed and at + 1 in froms and period is None and self.clock.sentence == sentence.number:
            period = self.clock.flow
        if choice.base in ("deal.value", "deal.upfront") and choice.form == "level":
            period = self._signed(sentence, period, when)
        if (
            standing.rule == "what used to be"
            and stock
            and when.mention is not None
            and re.match(r"\s?부터", sentence.text[when.mention.end - sentence.start :])
        ):
            period = None
        if (
            period is None
            and standing.status == "actual"
            and choice.concept in ("capex", "invest", "orders")
            and choice.form in ("level", "growth")
            and self.page.single
            and not self._to_date(sentence, one, choice)
            and when.rule == "no time said"
        ):
            period = self.clock.at(sentence.number) or self.clock.headline
        if (
            period is None
            and standing.status == "forecast"
            and choice.base == "capex"
            and self.page.single
            and when.rule in ("no time said", "period of the revision")
        ):
            year = self.page.anchor.this_year
            period = self.clock.aim if sentence.number - self.clock.aimed <= 3 else str(year) if year else None
        value = value_of(one, self._sign(sentence, one, choice))
        high = None if one.high is None else (-abs(one.high) if value < 0 <= one.high else one.high)
        denied = self._denied(sentence, one) or self._refuted(sentence)
        id = None if denied else choice.id
        told = period is not None and not status_is_aim(standing.status)
        moves = told and flow and when.moves and when.rule in timing.SETS_CLOCK
        if period is not None and (moves or (when.rule == "carried" and sentence.paragraph != self.clock.paragraph)):
            self.clock.set(period, sentence.number, sentence.paragraph, subject.name)
        elif period is not None and status_is_aim(standing.status):
            self.clock.aim, self.clock.aimed = period, sentence.number
        self.clock.said = (sentence.number, period, standing.status)
        if choice.id is not None:
            if subject.rule != "named beside the number" or choice.subject is None:
                choice.subject = subject.name
            if choice.concept == "market" and subject.rule == "named in the sentence":
                self.topics.market, self.topics.marketed = subject.name, sentence.paragraph
        self._remember(sentence, one, choice if not denied else Choice(None))
        rules = {
            "quantity": one.rule,
            "indicator": "denied" if denied else choice.rule,
            "subject": subject.rule,
            "period": when.rule,
            "status": standing.rule,
        }
        certain = 0.4 + 0.6 * choice.score if id is not None else 0.5
        score = round(
            min(1.0, max(0.0, certain * (0.5 + 0.5 * subject.score) * (0.6 + 0.4 * when.score) * (0.6 + 0.4 * standing.score))), 3
        )
        return self._record(sentence, one, value, high, id, subject.name, period, standing.status, baseline, score, rules)

    def _record(
        self,
        sentence: Sentence,
        one: Found,
        value: float,
        high: float | None,
        id: str | None,
        subject: str | None,
        period: str | None,
        standing: ClaimStatus,
        baseline: float | None,
        score: float,
        rules: dict[str, str],
    ) -> Claim:
        start, end = self.reading.span(one.start, one.end)
        lang = self._language(one.start)
        return Claim(
            doc=self.document.name,
            span=(start, end),
            text=self.document.text[start:end],
            value=_plain(value),
            unit=one.unit or "",
            high=None if high is None else _plain(high),
            indicator=id,
            subject=subject,
            period=period,
            status=standing,
            qualifier=self._qualifier(sentence, one),
            baseline=baseline,
            lang=lang,
            score=score,
            rules=rules,
        )

    def _language(self, at: int) -> Lang:
        """The language of the line at a place."""
        text = self.reading.text
        start = max(text.rfind("\n", max(0, at - 2000), at) + 1, at - 2000)
        known = self.languages.get(start)
        if known is None:
            end = text.find("\n", at, at + 2000)
            known = self.languages[start] = language(text[start : end if end >= 0 else at + 2000])
        return known

    def _by_subject(self, sentence: Sentence, one: Found, choice: Choice) -> Choice:
        """Ids that differ by whom they are said of: sales of a product, a company's outlay, a city's rank."""
        ids = self.catalogue.ids
        if choice.base == "revenue" and "sales.product" in ids:
            whole_firm = WHOLE_FIRM.search(
                sentence.text[max(0, choice.at - sentence.start - 24) : max(0, choice.at - sentence.start)]
            )
            product = whole_firm is None and self._product(sentence, one)
            if product or self._sold(sentence, choice):
                return _rebased(choice, "sales.product")
            whole = self._market(sentence, choice)
            if whole is not None:
                return whole
        if (
            choice.base == "sales.product"
            and choice.rule != "amount beside a product"
            and "revenue" in ids
            and self.topics.product is None
            and not any(hit.value.kind == "product" for hit in sentence.names)
        ):
            return replace(_rebased(choice, "revenue"), concept="revenue")  # sales of all products
        if choice.base == "budget.bio" and choice.concept == "budget" and {"rnd.spend", "capex"} <= ids:
            names = [
                hit
                for hit in sentence.names
                if hit.end <= one.start and hit.value.kind in ("company", "country", "agency") and not hit.value.adjective
            ]
            if names and names[-1].value.kind == "company":  # a company's own budget
                if re.search(r"R&D|[Rr]esearch|연구", sentence.text):
                    return replace(_rebased(choice, "rnd.spend"), concept="rnd")
                if re.search(r"\b(?:plant|factory|project|site|facility|campus)\b|공장|시설|설비|캠퍼스", sentence.text):
                    return replace(_rebased(choice, "capex"), concept="capex")
        if (
            choice.concept == "trials"
            and choice.unit == "rank"
            and "trials.city_rank" in ids
            and any(hit.kind == "entity" and hit.value.kind == "city" for hit in sentence.hits)
        ):
            cities = [hit for hit in sentence.hits if hit.kind == "entity" and hit.value.kind == "city" and hit.end <= one.start]
            countries = [
                hit for hit in sentence.hits if hit.kind == "entity" and hit.value.kind == "country" and hit.end <= one.start
            ]
            if (
                cities
                and (not countries or cities[-1].start > countries[-1].start)
                and sentence.far(cities[-1].end, one.start) < 6
            ):
                return _rebased(choice, "trials.city_rank")
        return choice

    def _sold(self, sentence: Sentence, choice: Choice) -> bool:
        """Whether what "was sold" is the product the paragraph is about."""
        word = sentence.text[choice.at - sentence.start :] if choice.at >= sentence.start else ""
        return (
            re.match(r"팔|판매액|판매고|처방", word) is not None
            and self.topics.product is not None
            and self.topics.produced == sentence.paragraph
            and not any(hit.value.kind == "company" for hit in sentence.names if hit.end <= choice.at)
        )

    def _market(self, sentence: Sentence, choice: Choice) -> Choice | None:
        """Sales of a whole class of goods in the world are its market: "global biosimilar sales"."""
        if any(hit.value.kind in ("company", "product") for hit in sentence.names if hit.end <= choice.at):
            return None
        world = [hit for hit in sentence.names if hit.value.name == "World" and 0 <= choice.at - hit.end <= 24]
        world += [hit for hit in sentence.names if hit.value.name == "World" and 0 < hit.start - choice.at <= 40]
        if not world:
            return None
        classes = [hit for hit in sentence.words if hit.kind == "domain" and -60 <= hit.start - choice.at <= 24]
        for hit in sorted(classes, key=lambda hit: abs(hit.start - choice.at)):
            for entry in self.catalogue.entries.get("market", ()):
                if entry.unit == "money" and entry.concepts == {"market", hit.value}:
                    return replace(
                        _rebased(choice, entry.id), concept="market", domain=hit.value, at=max(choice.at, world[0].end)
                    )
        return None

    def _product(self, sentence: Sentence, one: Found) -> bool:
        named = [
            hit for hit in subjects.named(self.page, sentence, self.topics, True) if hit.value.kind in ("product", "company")
        ]
        products = [hit for hit in named if hit.value.kind == "product"]
        if not products:
            return False
        products = [
            hit
            for hit in products
            if not re.search(
                r"(?:including|such as|like|e\.g\.|maker of|포함한)[ ]$",
                sentence.text[max(0, hit.start - sentence.start - 14) : hit.start - sentence.start],
            )
        ]
        named = [hit for hit in named if hit.value.kind != "product" or hit in products]
        if not products:
            return False
        nearest = min(
            named,
            key=lambda hit: (
                sentence.far(min(hit.end, one.start), max(one.start, hit.start))
                + (1.5 if hit.start > one.start else 0)
                + (0.8 if hit.value.kind == "company" else 0)
            ),
        )
        return bool(nearest.value.kind == "product")

    def _after_subject(self, sentence: Sentence, choice: Choice, subject: str | None) -> Choice:
        """Investment of a company is its capital expenditure; that of a country is the sector's."""
        ids = self.catalogue.ids
        if (
            choice.base == "rnd.spend"
            and "budget.bio" in ids
            and subject in self._countries()
            and any(
                (hit.kind == "measure" and hit.value in ("budget", "pledge"))
                or (hit.kind == "entity" and hit.value.kind == "agency")
                for hit in sentence.hits
            )
        ):
            return _rebased(choice, "budget.bio")  # public research money
        if (
            choice.base == "capex"
            and choice.concept not in ("invest",)
            and subject in self._countries()
            and "investment.bio" in ids
        ):
            public = "budget.bio" in ids and any(
                (hit.kind == "measure" and hit.value in ("budget", "pledge"))
                or (hit.kind == "entity" and hit.value.kind == "agency")
                for hit in sentence.hits
            )
            return _rebased(choice, "budget.bio" if public else "investment.bio")
        if (
            choice.base == "budget.bio"
            and "rnd.spend" in ids
            and choice.concept == "budget"
            and subject not in self._countries()
            and re.search(r"R&D|[Rr]esearch|연구", sentence.text)
        ):
            return _rebased(choice, "rnd.spend")
        if choice.concept == "pledge" and choice.base == "budget.bio" and "capex" in ids and subject not in self._countries():
            return _rebased(choice, "capex")
        if choice.concept == "invest" and choice.base in ("capex", "investment.bio") and {"capex", "investment.bio"} <= ids:
            country = subject in self._countries()
            wanted = "investment.bio" if country else "capex"
            if country and "budget.bio" in ids and choice.form == "level" and public_money(sentence, choice):
                return replace(_rebased(choice, "budget.bio"), concept="budget")
            if wanted != choice.base:
                choice = _rebased(choice, wanted)
            own = indicators.growth_entry(self.catalogue, choice) if choice.form == "growth" else None
            return replace(choice, id=own) if own else choice
        return choice

    def _yearly(self, choice: Choice, sentence: Sentence) -> Choice:
        """What is counted within a year, where the catalogue has an id for that beside the stock to date."""
        if (
            choice.form == "level"
            and f"{choice.base}.year" in self.catalogue.ids
            and re.search(
                r"올해|지난해|작년|한 해|\bthis year\b|\blast year\b|\balone\b|\bin (?:19|20)\d\d\b|\d{4}년(?!까지|\s?말)",
                sentence.text,
            )
            and not re.search(r"지금까지|누적|to date|so far|by the end|in total", sentence.text)
        ):
            return _rebased(choice, f"{choice.base}.year")
        return choice

    def _countries(self) -> set[str]:
        from salpi.evidence.claims.entities import country_names

        return country_names()

    def _is_flow(self, sentence: Sentence, one: Found, choice: Choice) -> bool:
        if choice.id is None:
            return choice.form == "growth"
        kind = self.catalogue.kinds.get(choice.base or "", "flow")
        if self._to_date(sentence, one, choice):
            return False
        if choice.form in ("growth", "share"):
            return kind == "flow"
        if choice.concept == "deal" and choice.unit == "count":
            return True
        return kind == "flow" and choice.concept not in (
            "tradefinance",
            "budget",
            "capex",
            "invest",
            "fund",
            "deal",
            "upfront",
            "orders",
            "send",
            "newjobs",
            "plant",
            "companies",
            "enrol",
            "participants",
            "train",
            "pledge",
        )

    def _to_date(self, sentence: Sentence, one: Found, choice: Choice) -> bool:
        """Whether a flow is summed up to the day: an order backlog, cumulative orders."""
        return (
            choice.form == "level"
            and _TO_DATE.search(sentence.text[max(0, one.start - sentence.start - 50) : one.end - sentence.start + 12])
            is not None
        )

    def _is_stock(self, choice: Choice) -> bool:
        """Whether the number is a state, which a time far off in its sentence says nothing of."""
        if choice.id is None or choice.form in ("growth", "share"):
            return choice.id is None
        return self.catalogue.kinds.get(choice.base or "", "flow") != "flow" or choice.concept in (
            "tradefinance",
            "budget",
            "fund",
            "deal",
            "upfront",
        )

    def _signed(self, sentence: Sentence, period: str | None, when: timing.Timing) -> str | None:
        """Deals take the month of signature where the text is its news, or the year it names."""
        if period is not None and when.rule != "carried" and when.rule != "headline":
            return period
        day = self.page.anchor.day
        if day is None or re.search(r"앞서|\bearlier\b|\bpreviously\b|지금까지|누적|\bto date\b", sentence.text):
            return None
        if sentence.paragraph == self.clock.paragraph and self.clock.first is not None:
            return self.clock.first
        return f"{day.year}-{day.month:02d}"

    def _sign(self, sentence: Sentence, one: Found, choice: Choice) -> int:
        if choice.form in ("growth", "change"):
            return -1 if choice.sign < 0 and one.value > 0 else 1
        if choice.concept in ("profit", "tradebalance") and unit_class(one.unit or "") == "money" and one.value > 0:
            return -1 if lost(sentence, one) else 1
        return 1

    def _refuted(self, sentence: Sentence) -> bool:
        """Whether the sentence stands under the heading of press reports that the text then sets right, or tells of a slip."""
        if self.refuted is None:
            self.refuted = reported(self.reading.text)
            self.slips = SLIP.search(self.reading.text) is not None
        if not self.refuted and not self.slips:
            return False
        return any(start <= sentence.start < end for start, end in self.refuted) or SLIP.search(sentence.text) is not None

    def _denied(self, sentence: Sentence, one: Found) -> bool:
        a, b = one.start - sentence.start, one.end - sentence.start
        if NOT_AFTER.match(sentence.text, b) or NOT_BEFORE.search(sentence.text[max(0, a - 24) : a]):
            return True
        for hit in sentence.cues:
            if hit.value == "deny":
                if hit.end <= one.start and BUT.search(sentence.text[hit.end - sentence.start : a]):
                    continue
                far = sentence.far(hit.end, one.start) if hit.end <= one.start else sentence.far(one.end, hit.start)
                if far < _DENIAL_REACH:
                    return True
        return False

    def _remember(self, sentence: Sentence, one: Found, choice: Choice) -> None:
        kind = unit_class(one.unit or "")
        if kind is None:
            return
        if choice.id is None:
            self.memory.by_class[kind] = (Choice(None), sentence.number)
            return
        self.memory.by_class[kind] = (choice, sentence.number)
        if kind == "%" and choice.base is not None and choice.unit not in ("%", ""):
            self.memory.by_class[choice.unit] = (replace(choice, id=choice.base, form="level", sign=1), sentence.number)
        if choice.concept is not None:
            self.memory.concept = choice.concept
            if (
                kind == "%"
                and choice.form in ("share", "level")
                and one.unit == "%"
                and (choice.form == "share" or choice.concept in ("trials", "pipeline"))
            ):
                self.memory.share, self.memory.shared = choice, sentence.number
            self.memory.domain = choice.domain or self.memory.domain
        self.memory.sentence, self.memory.paragraph = sentence.number, sentence.paragraph

    def _qualifier(self, sentence: Sentence, one: Found) -> ClaimQualifier | None:
        a, b = one.start - sentence.start, one.end - sentence.start
        before, after = sentence.text[max(0, a - 16) : max(0, a)], sentence.text[b : b + 12]
        match = _BEFORE.search(before) or _AFTER.match(after)
        return match.lastgroup if match is not None else None  # type: ignore[return-value]

    def _twin(self, sentence: Sentence, one: Found, first: Claim) -> Claim:
        """The same amount in another currency: the same claim, checked against the year's exchange rate."""
        rules = {**first.rules, "quantity": one.rule, "indicator": "same amount in another currency"}
        warning = self._rate_warning(first, one)
        value = -abs(one.value) if first.value < 0 else one.value
        claim = self._record(
            sentence, one, value, one.high, first.indicator, first.subject, first.period, first.status, None, first.score, rules
        )
        return replace(claim, warnings=(warning,)) if warning else claim

    def _rate_warning(self, first: Claim, one: Found) -> str | None:
        rates, pair = self.catalogue.rates, self.catalogue.rates_pair
        if rates is None or pair is None or {first.unit, one.unit} != set(pair) or not first.value or not one.value:
            return None
        day = self.page.anchor.day
        year = day.year if day else year_of(first.period)
        if year is None:
            return None
        home, trade = (abs(first.value), abs(one.value)) if first.unit == pair[0] else (abs(one.value), abs(first.value))
        implied = home / trade
        try:
            mean = rates.rate(year)
        except LookupError:
            return None
        if abs(implied / mean - 1) <= RATE_TOLERANCE:
            return None
        return f"the two currencies imply {implied:,.0f} {pair[0]} per {pair[1]}; the mean of {year} is {mean:,.0f}"

    def _table(self, table: Table, sentence: Sentence | None) -> list[Claim]:
        memory = Memory({})
        first: str | None = None
        row: tuple[int, Choice] = (-1, Choice(None))
        kept = replace(self.clock)
        out: list[Claim] = []
        labels = {cell.words.rstrip(" :").rpartition(" : ")[2] for cell in table.cells}
        self.peers = any(
            hit.kind == "entity" and hit.value.kind == "company"
            for label in labels
            for hit in self.catalogue.vocabulary.hits(label)
        )
        for cell in table.cells:
            self.clock.flow = self.clock.first = None
            out.append(self._cell(cell, sentence, memory, table.caption, row))
            if not cell.growth:
                row = (cell.row, self.last)
            if first is None and self.clock.flow is not None:
                first = self.clock.flow
        self.clock = kept
        if first is not None:
            self.clock.flow = self.clock.first = self.clock.headline = first
            self.clock.paragraph, self.clock.sentence = (sentence.paragraph, sentence.number) if sentence is not None else (0, 0)
        return out

    def _names_in(self, words: str, hits: list[Hit]) -> list[Hit]:
        """The hits of a cell's words, with the names that the text has taught and a row's label that can only be a name."""
        if self.named is not None:
            for match in self.named.finditer(words):
                if not any(hit.start < match.end() and match.start() < hit.end for hit in hits if hit.kind == "entity"):
                    hits.append(Hit(match.start(), match.end(), "entity", self.names[match[0]]))
        label = words.rstrip(" :").rpartition(" : ")[2]
        at = len(words.rstrip(" :")) - len(label)
        name = LABEL.match(label)
        if name is not None and not any(
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

    def _cell(self, cell: Cell, sentence: Sentence | None, memory: Memory, caption: str, row: tuple[int, Choice]) -> Claim:
        """A cell is read like a sentence made of caption, column, row and number."""
        words = cell.words
        one = cell.found
        # The words end where the number begins, so that distances in them are distances to it.
        start = one.start - len(words)
        hits = [
            hit._replace(start=hit.start + start, end=hit.end + start)
            for hit in self._names_in(words, self.catalogue.vocabulary.hits(words))
        ]
        times = [
            replace(mention, start=mention.start + start, end=mention.end + start)
            for mention in mentions(words, self.page.anchor)
        ]
        number = sentence.number if sentence is not None else 0
        paragraph = sentence.paragraph if sentence is not None else 0
        made = Sentence(
            start,
            one.end,
            language(words),
            words + self.reading.text[one.start : one.end],
            hits,
            times,
            [one],
            paragraph,
            number,
            starts=[one.start],
        )
        edge = start + (len(caption) if words.startswith(caption) else 0)
        kept = [
            hit
            for hit in made.hits
            if hit.start >= edge or hit.kind != "entity" or hit.value.kind in ("company", "product", "cluster")
        ]
        made = replace(made, hits=kept)
        inner = replace(made, hits=[hit for hit in made.hits if hit.start >= edge])
        memory.by_class.clear()
        choice = indicators.choose(self.catalogue, inner, one, memory, [])
        if choice.id is None:
            choice = indicators.choose(self.catalogue, made, one, memory, [])
        if cell.growth and row[0] == cell.row and row[1].base is not None and one.unit in ("%", "pp"):
            suffix = ".growth" if one.unit == "%" else ".change"
            choice = replace(row[1], id=row[1].base + suffix, form="growth", sign=1, rule="growth of the row")
        self.last = choice
        if choice.concept is not None:
            memory.concept, memory.domain = choice.concept, choice.domain or memory.domain
            memory.sentence = number
        if cell.bracketed and (choice.concept in ("profit", "tradebalance") or cell.growth or choice.id is None):
            one.value = -abs(one.value)
        return self._attribute(made, one, choice, None, False, {}, 0)


def _among(starts: list[int], one: Found) -> bool:
    """Whether a quantity is that of a table cell, whose numbers begin at ``starts`` (sorted)."""
    at = bisect_left(starts, one.start - 14)
    return at < len(starts) and starts[at] < max(one.end, one.start + 1)


def _rebased(choice: Choice, base: str) -> Choice:
    old = choice.base or ""
    id = base + (choice.id or old)[len(old) :] if choice.id and choice.id.startswith(old) else base
    return replace(choice, id=id, base=base)


def status_is_aim(standing: str) -> bool:
    """Targets and forecasts do not set the period that the text speaks of next."""
    return standing in ("target", "forecast")


def _plain(value: float) -> float:
    """Binary noise off: 4.1e11 rather than 409999999999.99994."""
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e18 else rounded
