"""What a number can be about: countries, places, companies, products and clusters that are known, and companies that are not."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from salpi.evidence.claims.vocabulary import Vocabulary

if TYPE_CHECKING:
    from salpi.plan import Plan

EntityKind = Literal["country", "region", "city", "place", "company", "product", "cluster", "agency", "area", "run"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing; ``name`` is its canonical English name. An agency stands for its country."""

    name: str
    kind: EntityKind
    country: str = ""
    adjective: bool = False
    currency: str = ""


HOME = "@home"
"""The government of the country that a text is about."""


@lru_cache(maxsize=8)
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = files("salpi.evidence.claims").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _words(cell: str | None) -> list[str]:
    return [word.strip() for word in (cell or "").split(";") if word.strip()]


@lru_cache(maxsize=1)
def fiscal_years() -> dict[str, tuple[int, str]]:
    """Country → first month of its fiscal year and the calendar year it is named by."""
    return {row["name"]: (int(row["fiscal_start"]), row["fiscal_named"]) for row in _rows("countries.csv") if row["fiscal_start"]}


@lru_cache(maxsize=1)
def currencies() -> dict[str, str]:
    """Currency → the country it speaks for; shared currencies and the dollar speak for none."""
    found = {row["currency"]: row["name"] for row in _rows("countries.csv") if row["currency"]}
    return {code: name for code, name in found.items() if code not in ("USD", "EUR")}


@lru_cache(maxsize=1)
def materials() -> dict[str, str]:
    """Word → the material, consumable or product group whose home-made share a text may give; words in lower case."""
    return {
        word.lower(): row["name"]
        for row in _rows("areas.csv")
        if "material" in _words(row["kinds"])
        for word in (*_words(row["words_en"]), *_words(row["words_ko"]))
    }


def add_world(vocabulary: Vocabulary) -> None:
    """Countries, cities, agencies, areas and companies that any text may name."""
    for row in (*_rows("countries.csv"), *_rows("cities.csv")):
        kind: EntityKind = row["kind"]  # type: ignore[assignment]
        country = row.get("country") or (row["name"] if kind == "country" else "")
        entity = Entity(row["name"], kind, country, currency=row.get("currency", ""))
        for word in _words(row["words_en"]):
            vocabulary.add(word, "entity", entity, cased=row["name"] != "World")
        for word in _words(row["words_ko"]):
            vocabulary.add(word, "entity", entity, cased=True)
        for word in _words(row["adjectives"]):
            vocabulary.add(word, "entity", Entity(row["name"], kind, country, adjective=True), cased=True)
    for row in _rows("agencies.csv"):
        agency = Entity(row["country"], "agency", row["country"])
        for word in (*_words(row["words_en"]), *_words(row["words_ko"])):
            if word not in ("FDA",):
                vocabulary.add(word, "entity", agency, cased=True)
    for row in _rows("companies.csv"):
        company = Entity(row["name"], "company", row["country"])
        for word in (*_words(row["words_en"]), *_words(row["words_ko"])):
            vocabulary.add(word, "entity", company, cased=True)
    for word in ("government", "ministers", "the ministry", "the state", "treasury", "cabinet", "정부", "당국"):
        vocabulary.add(word, "entity", Entity(HOME, "agency"))
    for row in _rows("products.csv"):
        product = Entity(row["name"], "product")
        for word in (*_words(row["words_en"]), *_words(row["words_ko"])):
            vocabulary.add(word, "entity", product, cased=True)
    for row in _rows("areas.csv"):
        if "area" in _words(row["kinds"]) or "modality" in _words(row["kinds"]):
            for word in (*_words(row["words_en"]), *_words(row["words_ko"])):
                vocabulary.add(word, "area", Entity(row["name"], "area"))


_LEGAL = re.compile(
    r",?\s(?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|PLC|plc|AG|SA|S\.A|SE|GmbH|NV|N\.V|A/S|AB|Oyj|Oy|ASA|KK|K\.K|S\.p\.A|SpA|S\.r\.l|SAS|S\.A\.S|S\.L|B\.V|BV|KGaA|Pty|Pvt|Bhd|Berhad|LP|LLP|Sp\. z o\.o|d\.d|Holdings|Group)\.?$"
)


def without_legal(name: str) -> str:
    """A company's name without its legal suffix."""
    shorter = _LEGAL.sub("", name.strip())
    return without_legal(shorter) if shorter != name.strip() and shorter else shorter or name


def add_plan(vocabulary: Vocabulary, plan: Plan) -> None:
    """The entities of a plan's atlas, under the names its observations use."""
    _add_companies(vocabulary, plan)
    for cluster in plan.atlas.clusters:
        place = cluster.id.rpartition("-")[2].title()
        entity = Entity(f"{place} cluster", "cluster", plan.meta.subject)
        for word in (cluster.name, cluster.name_ko):
            if word:
                vocabulary.add(word, "entity", entity, cased=True)
    for product in plan.atlas.products:
        names = [part.strip() for part in re.split(r"[/(]", product.name) if part.strip()]
        entity = Entity(names[0].rstrip(")"), "product", plan.meta.subject)
        korean = [part.strip().rstrip(")") for part in re.split(r"[/(]", product.name_ko) if part.strip()]
        for part in names:
            own = Entity(part.rstrip(")"), "product", plan.meta.subject)
            if len(part) > 3:
                vocabulary.add(part.rstrip(")"), "entity", own, cased=True)
        for at, part in enumerate(korean):
            if len(part) > 1:
                own = Entity(names[at].rstrip(")"), "product", plan.meta.subject) if len(korean) == len(names) else entity
                vocabulary.add(part, "entity", own, cased=True)
    for reference in plan.atlas.references:
        brand = re.search(r"\(([^)]+)\)", reference.name)
        if brand is not None:
            vocabulary.add(brand[1], "entity", Entity(brand[1], "product"), cased=True)


def _add_companies(vocabulary: Vocabulary, plan: Plan) -> None:
    for company in plan.atlas.companies:
        english = [part.strip() for part in re.split(r"[()]", company.name) if part.strip()]
        body = any(word in company.type.casefold() for word in ("institute", "association", "organisation", "agency", "fund"))
        entity = (
            Entity(company.country, "agency", company.country)
            if body
            else Entity(without_legal(english[0]), "company", company.country)
        )
        for word in (*english, company.name_ko.split(" ")[0] if company.name_ko else ""):
            if len(word) > 1 and word not in ("Life Sciences",):
                vocabulary.add(word, "entity", entity, cased=True)
        short = re.sub(r" (?:Pharmaceuticals?|Pharm|Therapeutics|Biosciences|Biologics)$", "", english[0])
        if short != english[0] and " " not in short and len(short) >= 6:
            vocabulary.add(short, "entity", entity, cased=True)


_CAP = r"(?:[A-Z][A-Za-z0-9&'’.-]*[A-Za-z0-9]|[A-Z][a-z]?)"
_CUE = (
    r"(?:Biologics|Bioepis|Biopharma(?:ceuticals?)?|Pharmaceuticals?|Pharma|Pharm|Therapeutics|Biosciences?|Bioscience|Biotech|Biotechnolog(?:y|ies)|Biotherapeutics|"
    r"Biosystems|Biopharm|Bio|Biomed|Biomedical|Genetics|Genomics|Vaccines|Oncology|Laborator(?:y|ies)|Labs|Medicines|Healthcare|Diagnostics|Life Sciences?|Sciences|"
    r"Chemicals?|Biosimilars|Immuno|Immunotherapeutics|Neuro|Medical|Inc\.?|Corp\.?|Ltd\.?|AG|GmbH|A/S|PLC|plc|SE|LLC|Co\.|S\.A\.|S\.p\.A\.|N\.V\.|B\.V\.|AB|ASA|Oyj|KK|Pty|Bhd|SAS|Sp\. z o\.o\.)"
)
_UPPER_CUE = r"(?:BIOLOGICS|BIOPHARMA(?:CEUTICALS?)?|PHARMACEUTICALS?|PHARMA|THERAPEUTICS|BIOSCIENCES?|BIOTECH|BIOTECHNOLOG(?:Y|IES)|GENETICS|GENOMICS|VACCINES|LABORATORIES|HEALTHCARE|DIAGNOSTICS|LIFE SCIENCES|SCIENCES|HOLDINGS?|INC\\.?|CORP\\.?|LTD\\.?|LIMITED|AG|GMBH|PLC|SE)"
UPPER_ORGANISATION = re.compile(
    rf"(?:^[ ]{{0,12}}|(?<=, )|(?<=: ))(?:[A-Z][A-Z0-9&.'-]+[ ]){{1,3}}?{_UPPER_CUE}(?:[ ]{_UPPER_CUE}){{0,2}}(?![A-Za-z])", re.M
)
ORGANISATION = re.compile(
    rf"(?<![\w-])(?:{_CAP}[ ]){{1,3}}?{_CUE}(?![\w])(?:[ ]{_CUE}(?![\w]))*|(?<![\w-])[A-Z][A-Za-z]{{2,}}(?:bio|gen|pharm|pharma|zyme|thera|vax|biotics|logics|biologics)(?![a-z])"
)
ACTOR = re.compile(
    r"(?:^|(?<=[.!?:;\n•*-] )|(?<=\n)|(?<=[*•] ))(?P<name>[A-Z][A-Za-z'’.-]+(?:[ ][A-Z][A-Za-z'’.-]+){0,3})(?=(?:,[^,.\n]{2,60},)?[ ](?:said|says|reported|posted|recorded|raised|expects?|plans?|has (?:said|reported|signed|agreed|raised|launched|announced|invested|installed|secured)|signs?|signed|inks?|files?|acquires?|acquired|to buy|to acquire|"
    r"launched|unveiled|announced|forecasts?|guided|guides?|runs?|operates?|employs?|hopes|aims|invested|agreed|licen[cs]ed|won|booked|earned|sells?|closed|closes|bagged|secured|landed|netted|opened|builds|broke|lifted|cut|completed|received|priced|took in|brought in|generated|had sales|filed|intends|aims|generated|employs|operates|hired|hires|shed|sheds|expanded|sold|produced|produces|exported|spent|spends|shipped|makes|owns|supplies|supplied|bought|listed|went public|trebled|tripled|doubled|halved|missed|beat|swung|narrowed|returned to|suffered|grew|turned|earns|earned|made a|will (?:spend|invest|build|pay|buy|acquire|hire|employ|receive|open|make|sell|cut|expand|add|raise|double)|is (?:planning|building|investing|cutting|buying)|capex|rev|Q\d|FY\d\d|\dQ|\dH|contract)(?![a-z]))"
)
PRODUCT = re.compile(
    r"\b(?:[Ss]ales of|drug|therapy|vaccine|biosimilar|medicine|treatment|antibody|blockbuster|pill|injection|brand)[ ](?P<name>[A-Z][a-z]{3,}[a-z0-9-]*)(?![A-Za-z]|[ ][A-Z])"
)
SOLD = re.compile(r"\b(?:[Ss]ales|[Rr]evenues?)[ ](?:for|of|from)[ ](?P<name>[A-Z][a-z]{3,}[a-z0-9-]*)(?![A-Za-z]|[ ][A-Z])")
HOLDER = re.compile(
    r"(?<![\w.-])(?P<name>[A-Z][a-z]+[A-Z][A-Za-z]*|[A-Z]{3,5})(?=[ ](?:is|has|had|will|sold|made|holds|operates|owns|counts|employs)[ ])"
)
CONTRIBUTES = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][a-z]{3,}[a-z0-9-]*)(?= (?:contributed|chipped in) (?:about |some |just |nearly |over )?(?:US|[A-Z]{3} ?)?[$€£¥\d])"
)
SELLS = re.compile(
    r"(?<=[a-z,0-9] )(?P<name>[A-Z][a-z]{3,}[a-z0-9-]*)(?=[ ](?:net[ ]|product[ ]|global[ ]|US[ ]|U\.S\.[ ])?(?:sales|revenues?)\b)"
)
_NOT_PRODUCT = frozenset(["samsung", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "asia", "africa", "north", "south", "east", "west", "latin", "total"])  # fmt: skip
_NOT_ORG = frozenset(["the", "a", "an", "in", "on", "at", "for", "of", "and", "but", "it", "its", "this", "that", "we", "our", "they", "these", "those", "there", "however", "meanwhile", "analysts", "officials", "overall", "exports", "imports", "sales", "revenue", "revenues", "growth", "shares", "government", "minister", "ministry", "prime", "president", "parliament", "congress", "industry", "company", "companies", "figures", "data", "capacity", "production", "output", "demand", "supply", "orders", "investment", "biosimilars", "drugs", "medicines", "pharma", "biotech", "venture", "funding", "money", "trade", "total", "net", "operating", "capital", "medical", "global", "world", "europe", "asia", "q", "key", "pharmaceutical", "pharmaceuticals", "mfds", "fda", "ema", "nih", "who", "oecd", "gdp", "cmo", "cdmo", "r&d", "us", "uk", "eu", "chemical", "bio", "biopharma", "research", "development", "markets", "market", "source", "note", "table", "page", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "he", "she", "i", "you", "his", "her", "him", "them", "my", "what", "here", "now", "today", "then", "such", "other", "another", "because", "although", "if", "when", "while", "as", "so", "no", "yes", "not", "reports", "reminder", "national", "cumulative", "average", "clinical", "health", "public", "private", "new", "first", "second", "third", "fourth", "last", "next", "import", "export", "domestic", "review", "approval", "talent", "jobs", "employment", "both", "all", "most", "many", "some", "each", "one", "two", "three", "four", "five", "six"])  # fmt: skip


_KIND_OF_COMPANY = (
    r"(?:biotech(?:nology)?(?: (?:company|firm|group))?|biopharma|drugmaker|drug maker|company|firm|maker|manufacturer|producer|developer|group|CDMO|CMO|"
    r"start-up|startup|supplier|specialist|house|unit|subsidiary|arm|contract manufacturer|vaccine maker|spin-off|spinout|affiliate|conglomerate|player)"
)
_CAPS = r"[A-Z][A-Za-z0-9'’.-]*[A-Za-z0-9](?:[ ][A-Z][A-Za-z0-9'’.-]*[A-Za-z0-9]){0,2}"
APPOSED = re.compile(
    rf"(?<![\w.-])(?<!\b[Ii]n )(?<!\b[Aa]t )(?<!\bfrom )(?P<name>{_CAPS})(?=(?: \([^()]{{2,24}}\))?, (?:(?:an?|the|one of|which|whose|formerly|now|once)\b[^,.;\n$€£¥\d]{{0,60}}?\b{_KIND_OF_COMPANY}\b|"
    r"which (?:makes|sells|runs|operates|employs|booked|posted|develops|supplies|said|reported|owns|has|had|listed|plans|went)\b))"
)
TITLED = re.compile(
    r"\b(?:biotech|drugmaker|drug maker|manufacturer|start-up|startup|peer|rival|competitor|subsidiary|developer|supplier|biopharma|maker|giant|company|group|firm|CDMO|CMO)"
    rf"[ ](?P<name>{_CAPS})(?![\w-])"
)
OWNED = re.compile(
    rf"(?<![\w.-])(?P<name>{_CAPS})['’]s?[ ](?:[a-z0-9-]+[ ]){{0,3}}?(?:revenues?|sales|turnover|profit|operating|net|capex|capital|order|orders|backlog|pipeline|plants?|factory|headcount|workforce|guidance|capacity|R&D|"
    r"results?|board|shares?|management|chief|CEO|CFO|chairman|utilisation|utilization|upfront)\b"
)
TICKER = re.compile(
    r"(?<![\w.-])(?P<name>[A-Z][A-Za-z0-9&'’.-]+(?:[ ][A-Z&][A-Za-z0-9&'’.-]*){0,3}),?(?= \((?:(?:NASDAQ|Nasdaq|NYSE|KOSDAQ|Kosdaq|KOSPI|KRX|TSE|LSE|AIM|SIX|HKEX|SEHK|SSE|SZSE|NSE|BSE|ASX|TSX|XETRA|FRA|OMX|Euronext[^:()]{0,12})\s?:\s?[A-Z0-9.]{1,8}|[A-Z0-9]{2,6}\.[A-Z]{1,3}\)))"
)
SHORTHAND = re.compile(
    r"^[ \t•*■□▪–-]{0,6}(?P<name>[A-Z][A-Za-z0-9&'’.-]+(?:[ ][A-Z][A-Za-z0-9&'’.-]+){0,2})(?:[ ]\([^()\n]{2,16}\))?(?:[:,]? (?=(?:FY|[1-4]Q|Q[1-4]|[12]H|H[12]|9M|6M|3M|rev|sales|OP\b|op\b|capex|orders?|backlog|guid)))",
    re.M,
)
APPOSED_PRODUCT = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][a-z]{3,}[a-z0-9-]*)(?=,? (?:\([^()]{2,40}\),? )?(?:its|the|their|an?|our|whose)? ?[^,.;\n]{0,50}\b(?:antibody|drug|vaccine|therapy|biosimilar|treatment|pill|injection|medicine|jab|inhaler|blockbuster|brand)(?:,| (?:sold|brought|earned|made|contributed|generated|grew|rose|fell)))"
)
_PROSE = frozenset(["transcript", "update", "note", "highlights", "outlook", "results", "earnings", "summary", "table", "key", "financial", "weekly", "daily", "monthly", "morning", "evening", "digest", "briefing", "review", "bulletin", "product", "products", "service", "services", "royalty", "royalties", "licence", "license", "licensing", "collaboration", "operating", "contract", "contracts", "order", "orders", "export", "vaccine", "vaccines", "segment", "quarterly", "adjusted", "core", "underlying", "reported", "consolidated", "organic", "interim", "group", "board", "shareholders", "patients", "generics", "annual", "full-year", "half-year", "dividend", "headcount", "staff", "employment", "workforce", "backlog", "guidance", "income", "expenses", "loss", "losses", "cash", "debt", "margin", "margins", "turnover", "approvals", "pipeline", "plants", "licences", "deals", "talks", "shipments", "volume", "prices", "price", "tariff", "tariffs", "payments", "grants", "biologic", "biopharmaceutical", "biopharmaceuticals", "drug", "device", "devices", "according", "although", "among", "analysts", "both", "despite", "during", "each", "even", "every", "following", "from", "german", "global", "half", "here", "however", "including", "indeed", "instead", "its", "like", "local", "looking", "many", "meanwhile", "more", "most", "much", "nearly", "net", "of", "on", "once", "only", "our", "over", "overall", "part", "president", "r", "recent", "region", "sales", "shares", "since", "so", "still", "such", "that", "their", "then", "these", "they", "third", "those", "thus", "today", "total", "two", "under", "until", "up", "well", "when", "where", "while", "why", "with", "yet", "year", "years", "you", "your"])  # fmt: skip


_BODIES = frozenset(["act", "union", "commission", "fund", "ministry", "plan", "programme", "program", "agency", "council", "committee", "bill", "strategy", "institute", "university", "bank", "association", "authority", "office", "parliament", "senate", "congress", "assembly", "court", "department", "bureau", "board", "forum", "conference", "summit", "exchange", "initiative", "project", "mission", "republic", "kingdom", "state", "states", "government", "cluster", "valley", "park", "city", "centre", "center", "hospital", "europe", "america", "asia", "street", "journal", "times", "news", "press", "daily", "partners"])  # fmt: skip
"""Last words of names that are no companies."""


_CAPITAL = re.compile(r"(?<![\w-])[A-Z]")


def _each(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """Like ``pattern.finditer(text)``, for a pattern that can begin only at one of ``starts``."""
    last = 0
    for start in starts:
        if start >= last and (match := pattern.match(text, start)) is not None:
            last = match.end()
            yield match


def _companies_by_form(text: str, capitals: list[int]) -> Iterator[tuple[int, int, Entity]]:
    """Names that stand where only companies stand: apposition, title, owner of results, the head of a line in shorthand."""
    for pattern in (TICKER, APPOSED, TITLED, OWNED, SHORTHAND):
        for match in pattern.finditer(text) if pattern in (TITLED, SHORTHAND) else _each(pattern, text, capitals):
            name = match["name"].strip(".'’-")
            words = name.split(" ")
            while words and (words[0].lower() in _NOT_ORG or words[0].lower() in _PROSE):
                words = words[1:]
            if (
                not words
                or words[-1].lower() in _NOT_ORG
                or words[-1].lower() in _BODIES
                or len(words[0]) < 3
                or re.fullmatch(r"[A-Z]?Q\d|FY\d+|H\d", words[0])
            ):
                continue
            kept = " ".join(words)
            start = match.start("name") + len(name) - len(kept)
            yield start, start + len(kept), Entity(_proper(without_legal(kept)), "company")


def _repeated(text: str, found: list[tuple[int, int, Entity]]) -> list[tuple[int, int, Entity]]:
    """Every other place of the names that were recognised somewhere."""
    names: dict[str, Entity] = {}
    for start, end, entity in found:
        piece = text[start:end]
        if len(piece) >= 4 and (" " in piece or piece.lower() not in _PROSE) and len(names) < _MOST_NAMES:
            names.setdefault(piece, entity)
    if not names:
        return []
    pattern = re.compile(
        rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})(?![\w-]|[ ][A-Z][a-z])"
    )
    taken = [(start, end) for start, end, _ in found]
    starts = sorted(taken)
    out = []
    for match in pattern.finditer(text):
        at = bisect_right(starts, (match.start(), len(text)))
        if (at and starts[at - 1][1] > match.start()) or (at < len(starts) and starts[at][0] < match.end()):
            continue
        out.append((match.start(), match.end(), names[match[0]]))
    return out


_MOST_NAMES = 60
"""A text with more unknown names than this is a list; the rest are known by their form alone."""
PRONOUN = re.compile(
    r"\b[Tt]he (?:(?:Danish|Swiss|Korean|Indian|Chinese|Japanese|German|French|British|American|US|Irish|Belgian) )?(?:company|firm|drugmaker|drug maker|biotech|contract manufacturer|CDMO|start-up|startup|drug developer|pharmaceutical company|biopharmaceutical company|issuer|registrant)\b(?!['’]s (?:partner|rival))"
    r"|\b[Tt]he [Gg]roup\b|\bManagement\b"
    r"|(?<![가-힣])(?:이 회사|이 업체|이 기업|회사\s?측|회사|동사|당사|같은 회사)(?=(?:은|는|이|가|의|도|에서|측은|측이)?[\s,])"
)


_SEAT = re.compile(r"[A-Z][\w.]*(?:[ ][A-Z][\w.]*)?-(?:based|listed|headquartered|owned|backed|born)[ ]")


def _without_seat(text: str, start: int, end: int, entity: Entity) -> tuple[int, int, Entity]:
    """Fribourg-based Nyxia as Nyxia."""
    match = _SEAT.match(text, start, end)
    if match is None or not entity.name.startswith(match[0]):
        return start, end, entity
    return match.end(), end, Entity(entity.name[len(match[0]) :], entity.kind, entity.country)


def _stems(found: list[tuple[int, int, Entity]]) -> set[str]:
    return {entity.name.split(" ")[0] for _, _, entity in found if entity.kind == "company"}


_SUFFIXES = {
    "바이오로직스": "Biologics", "바이오사이언스": "Bioscience", "바이오텍": "Biotech", "바이오팜": "Biopharm", "바이오파마": "Biopharma", "바이오": "Bio",
    "테라퓨틱스": "Therapeutics", "테라퓨틱": "Therapeutics", "제약": "Pharmaceutical", "약품": "Pharmaceutical", "파마": "Pharma", "팜": "Pharm",
    "생명과학": "Life Sciences", "사이언스": "Science", "헬스케어": "Healthcare", "메디칼": "Medical", "메디컬": "Medical", "로직스": "Logics",
    "홀딩스": "Holdings", "케미칼": "Chemical", "젠": "gen", "셀": "cell", "메드": "med", "진": "gene",
}  # fmt: skip
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_MEDIALS = ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"]  # fmt: skip
_FINALS = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]


def romanised(word: str) -> str:
    """A Korean word in Latin letters, syllable by syllable (Revised Romanisation without assimilation)."""
    out = ""
    for letter in word:
        code = ord(letter) - 0xAC00
        out += _INITIALS[code // 588] + _MEDIALS[code % 588 // 28] + _FINALS[code % 28] if 0 <= code < 11172 else letter
    return out[:1].upper() + out[1:]


def korean_name(word: str) -> str:
    """An English name for a Korean company that no table knows: its stem spelled out, the word for its trade translated."""
    for suffix in sorted(_SUFFIXES, key=len, reverse=True):
        if word.endswith(suffix) and len(word) > len(suffix):
            stem, english = romanised(word[: -len(suffix)]), _SUFFIXES[suffix]
            return stem + english if english.islower() else f"{stem} {english}"
    return romanised(word)


_HANGUL_NAME = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>(?:[가-힣]{2,7}|[A-Z]{2,4}[가-힣]{0,5}?)(?:바이오로직스|바이오사이언스|바이오텍|바이오팜|바이오파마|바이오|테라퓨틱스|테라퓨틱|제약|약품|파마|생명과학|사이언스|헬스케어|메디칼|메디컬|로직스|홀딩스|케미칼))"
    r"(?=(?:은|는|이|가|의|과|와|도|에|으로|측|을|를)?(?:[\s,·(:…'’]|$))"
)
_HANGUL_GLOSSED = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{2,12})\s?\((?P<english>[A-Z][A-Za-z0-9&. -]{2,30})\)(?=(?:은|는|이|가|의|과|와|도|에|으로|측)?[\s,·])"
)
_HANGUL_LED = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{2,10})\s?\((?:대표(?:이사)?|사장|회장|코스닥|코스피|종목코드|\d{6})[^()]{0,20}\)"
)
_NO_NAME = frozenset(["국내", "해외", "글로벌", "미국", "중국", "일본", "유럽", "한국", "인도", "세계", "다국적", "대형", "중소", "국산", "토종", "전통", "상위", "주요", "일부", "신생", "벤처", "합성", "바이오", "혁신", "개량", "전문", "일반", "원료", "의", "생물", "동물", "화학", "복제", "케이", "첨단", "스마트", "모바일", "데이터", "인공지능", "재생", "원격", "동네", "개인", "정부", "공공", "민간", "소재", "그린", "레드", "화이트", "디지털", "국가", "차세대", "정밀", "해양"])  # fmt: skip


_HANGUL_PRODUCT = re.compile(
    r"(?:치료제|신약|백신|항암제|시밀러|톡신|제제|주사제|의약품|복합제|진통제|수면제|독감백신|제품|브랜드)(?:인)?\s?['‘\"“](?P<name>[가-힣A-Za-z]{2,10}(?:정|주)?)(?:\([^()]{1,30}\))?['’\"”]"
)


_BRACKET = re.compile(r"\s?\(")
_TRADE = re.compile("바이오|테라퓨틱|제약|약품|파마|생명과학|사이언스|헬스케어|메디칼|메디컬|로직스|홀딩스|케미칼")
_LETTER = re.compile(r"[가-힣A-Za-z]")


def _run_start(text: str, at: int) -> int:
    """Where the run of letters begins in which a place lies; no further back than a name is long."""
    stop = max(0, at - 16)
    while at > stop and _LETTER.match(text[at - 1]) is not None:
        at -= 1
    return at


def _korean_companies(text: str) -> Iterator[tuple[int, int, Entity]]:
    """Korean names of companies that no table knows: by the word for a trade at their end, an English gloss, a chief executive."""
    glossed = sorted({_run_start(text, bracket.start()) for bracket in _BRACKET.finditer(text)})
    traded = sorted({_run_start(text, trade.start()) for trade in _TRADE.finditer(text)})
    for pattern, starts in ((_HANGUL_GLOSSED, glossed), (_HANGUL_LED, glossed), (_HANGUL_NAME, traded)):
        for match in _each(pattern, text, starts):
            name = match["name"]
            stem = name
            for suffix in sorted(_SUFFIXES, key=len, reverse=True):
                if name.endswith(suffix):
                    stem = name[: -len(suffix)]
                    break
            if not stem or stem in _NO_NAME or stem.endswith("의") or (pattern is _HANGUL_NAME and len(stem) < 2):
                continue
            if pattern is _HANGUL_GLOSSED:
                english = match["english"].strip()
                if (english.isupper() and len(english) <= 5) or not ORGANISATION.match(english + " "):
                    continue  # an abbreviation, a molecule, an agency
                yield match.start("name"), match.end("name"), Entity(without_legal(english), "company")
            else:
                yield match.start("name"), match.end("name"), Entity(korean_name(name), "company", "")


_NEXT = re.compile(r"[ ](?:[A-Z][a-z]+ (?:and|&) )?([A-Z][a-z]+)")
_MEDIA = frozenset({"weekly", "daily", "monthly", "morning"})


def organisations(text: str) -> list[tuple[int, int, Entity]]:
    """Companies that no table knows, by the words in their names or by what they are said to do."""
    text = text.replace("\xa0", " ").replace("\u202f", " ")
    out: list[tuple[int, int, Entity]] = []
    capitals = [match.start() for match in _CAPITAL.finditer(text)]
    for match in _each(ORGANISATION, text, capitals):
        name = match[0]
        first = name.split(" ")[0]
        start = match.start()
        while (first.lower() in _NOT_ORG or first.lower() in _MEDIA) and " " in name:
            start += len(first) + 1
            name = name[len(first) + 1 :]
            first = name.split(" ")[0]
        if (" " not in name and first.lower() in _NOT_ORG) or re.fullmatch(_CUE, name):
            continue
        following = _NEXT.match(text, match.end())
        if following is not None and following[1].lower() in _BODIES:
            continue  # "Irish Life Sciences Council"
        out.append((start, match.end(), Entity(_proper(without_legal(name)), "company")))
    for match in UPPER_ORGANISATION.finditer(text):
        if not any(a <= match.start() < b for a, b, _ in out):
            lead = len(match[0]) - len(match[0].lstrip())
            out.append((match.start() + lead, match.end(), Entity(without_legal(match[0].strip().title()), "company")))
    for match in _each(APPOSED_PRODUCT, text, capitals):
        name = match["name"].lower()
        if name not in _NOT_PRODUCT and name not in _NOT_ORG and name not in _PROSE and match["name"] not in _stems(out):
            out.append((match.start("name"), match.end("name"), Entity(match["name"], "product")))
    for match in ACTOR.finditer(text):
        name = match["name"].strip(".'’-")
        if re.match(r"[A-Z]\.", name):
            continue
        words = name.split(" ")
        if len(words) == 1 and name.endswith("s") and name.islower() is False and name[1:].islower():
            continue  # "Investors said"
        if (
            words[0].lower() in _NOT_ORG
            or words[-1].lower() in _NOT_ORG
            or words[-1].lower() in _BODIES
            or any(a <= match.start("name") < b for a, b, _ in out)
        ):
            continue
        owner, owned, thing = name.partition("'s ")
        if owned:  # "Vertex's Casgevy": the owner is a company, what it owns a product or a unit
            at = match.start("name") + len(owner) + len(owned)
            out.append((at, match.start("name") + len(name), Entity(thing, "product")))
            continue
        out.append((match.start("name"), match.start("name") + len(name), Entity(without_legal(name), "company")))
    for match in _each(HOLDER, text, capitals):
        if match["name"].lower() not in _NOT_ORG and not any(a <= match.start("name") < b for a, b, _ in out):
            out.append((match.start("name"), match.end("name"), Entity(match["name"], "company")))
    for pattern in (PRODUCT, SOLD, SELLS, CONTRIBUTES):
        for match in _each(pattern, text, capitals) if pattern is CONTRIBUTES else pattern.finditer(text):
            if (
                match["name"].lower() not in _NOT_PRODUCT
                and match["name"].lower() not in _NOT_ORG
                and match["name"].lower() not in _PROSE
            ) and not any(a <= match.start("name") < b for a, b, _ in out):
                out.append((match.start("name"), match.end("name"), Entity(match["name"], "product")))
    for start, end, entity in _companies_by_form(text, capitals):
        if not any(a < end and start < b for a, b, _ in out):
            out.append((start, end, entity))
    if not text.isascii():
        for match in _HANGUL_PRODUCT.finditer(text):
            if not any(a < match.end("name") and match.start("name") < b for a, b, _ in out):
                out.append((match.start("name"), match.end("name"), Entity(romanised(match["name"]), "product")))
        for start, end, entity in _korean_companies(text):
            if not any(a < end and start < b for a, b, _ in out):
                out.append((start, end, entity))
    out = [_without_seat(text, *entry) for entry in out]
    long = {entity.name.split(" ")[0]: entity for _, _, entity in out if entity.kind == "company" and " " in entity.name}
    out = [(start, end, long.get(entity.name, entity) if entity.kind == "company" else entity) for start, end, entity in out]
    out += _repeated(text, out)
    out.sort(key=lambda entry: entry[0])
    return out


def _proper(name: str) -> str:
    """HELVION BIOLOGICS as Helvion Biologics."""
    if name.isupper() and len(name) > 5:
        return name.title()
    words = name.split(" ")
    shouting = len(words) > 1 and words[0].isupper() and words[1].isupper() and len(words[0]) > 4
    return " ".join(word.title() if word.isupper() and len(word) > 4 else word for word in words) if shouting else name


@lru_cache(maxsize=1)
def country_names() -> set[str]:
    """Names of all countries and regions."""
    rows = (*_rows("countries.csv"), *_rows("cities.csv"))
    return {row["name"] for row in rows if row["kind"] in ("country", "region")}
