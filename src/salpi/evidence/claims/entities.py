"""What a number can be about: countries, places, companies, products and clusters that are known, and companies that are not."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from salpi.evidence.claims.vocabulary import Vocabulary

if TYPE_CHECKING:
    from salpi.plan import Plan
    from salpi.plan.schema import Company as AtlasCompany

EntityKind = Literal["country", "region", "city", "place", "company", "product", "cluster", "agency", "area", "run"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing; ``name`` is its canonical English name. An agency stands for its country. ``sounded``: nothing gives the English
    name, which is how the Korean one sounds.
    """

    name: str
    kind: EntityKind
    country: str = ""
    adjective: bool = False
    currency: str = ""
    sounded: bool = False


HOME = "@home"
"""The government of the country that a text is about."""


IN_ROWS = {
    "경기": Entity("Gyeonggi", "region", "South Korea"),
    **dict.fromkeys(("전국", "전국 합계", "전국 계"), Entity(HOME, "agency")),
}
"""What heads the row of a table and means something else in a sentence: 경기 is also a game, and the state of trade."""


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


def own_names(plan: Plan) -> dict[str, Entity]:
    """Companies that any text may name and a plan calls otherwise: name → the plan's one that it begins ("Hypera" for Hypera Pharma)."""
    own = [_company(company, _subjects(plan)) for company in plan.atlas.companies]
    found: dict[str, Entity] = {}
    for row in _rows("companies.csv"):
        name = row["name"]
        longer = [entity for entity in own if entity.name.startswith(name + " ")]
        if len(longer) == 1 and all(entity.name != name for entity in own):
            found[name] = longer[0]
    return found


def add_world(vocabulary: Vocabulary, own: Mapping[str, Entity] = MappingProxyType({})) -> None:
    """Countries, cities, agencies, areas and companies that any text may name; ``own``: what a plan calls some of them."""
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
        company = own.get(row["name"]) or Entity(row["name"], "company", row["country"])
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


_NO_DRUGS = frozenset(["Holdings", "Healthcare", "Group", "Capital", "Ventures", "Venture", "Partners", "Industries"])
_PLAIN_FIRST = frozenset(["Beijing", "Cell", "Global", "Green", "Korea", "Merck", "National", "Samsung", "United"])
"""Beginnings of companies' names that are words, places or the names of several houses."""


@lru_cache(maxsize=1)
def short_forms() -> dict[str, Entity]:
    """A group's name → the one of its companies that makes drugs, where only one does: "Lotte" for Lotte Biologics."""
    found: dict[str, list[Entity]] = {}
    groups = Counter(row["name"].partition(" ")[0] for row in _rows("companies.csv"))
    for row in _rows("companies.csv"):
        first, *rest = row["name"].split(" ")
        if groups[first] > 1 and rest and first.isalpha() and first not in _PLAIN_FIRST and rest[-1] not in _NO_DRUGS:
            found.setdefault(first, []).append(Entity(row["name"], "company", row["country"]))
    own = {word for row in _rows("companies.csv") for word in _words(row["words_en"])}
    return {first: entities[0] for first, entities in found.items() if len(entities) == 1 and first not in own}


_LEGAL = re.compile(
    r",?\s(?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|PLC|plc|AG|SA|S\.A|SE|GmbH|NV|N\.V|A/S|AB|Oyj|Oy|ASA|KK|K\.K|S\.p\.A|SpA|S\.r\.l|SAS|S\.A\.S|S\.L|B\.V|BV|KGaA|Pty|Pvt|Bhd|Berhad|LP|LLP|Sp\. z o\.o|d\.d|Holdings|Group|INC|CORP|CORPORATION|CO|LTD|LIMITED|GMBH|OYJ|OY|SPA|HOLDINGS|GROUP)\.?$"
)
_LONGEST_LEGAL = 20


def without_legal(name: str) -> str:
    """A company's name without its legal suffixes."""
    while True:
        bare = name.strip()
        suffix = _LEGAL.search(bare, max(0, len(bare) - _LONGEST_LEGAL))
        if suffix is None:
            return bare or name
        if suffix.start() == 0:
            return name
        name = bare[: suffix.start()]


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


def _subjects(plan: Plan) -> frozenset[str]:
    return frozenset(row.subject for row in plan.observations)


_BODY = ("institute", "association", "organisation", "agency", "fund")


def _company(company: AtlasCompany, subjects: Container[str]) -> Entity:
    """What a plan's company stands for: itself; a public body of which the plan holds no figures stands for its country."""
    name = without_legal(_parts(company.name)[0])
    if any(word in company.type.casefold() for word in _BODY) and name not in subjects and company.name not in subjects:
        return Entity(company.country, "agency", company.country)
    return Entity(name, "company", company.country)


def _parts(name: str) -> list[str]:
    return [part.strip() for part in re.split(r"[()]", name) if part.strip()]


def _add_companies(vocabulary: Vocabulary, plan: Plan) -> None:
    subjects = _subjects(plan)
    for company in plan.atlas.companies:
        english, entity = _parts(company.name), _company(company, subjects)
        for word in (*english, company.name_ko.split(" ")[0] if company.name_ko else ""):
            if len(word) > 1 and word not in ("Life Sciences",):
                vocabulary.add(word, "entity", entity, cased=True)
        short = re.sub(r" (?:Pharmaceuticals?|Pharm|Therapeutics|Biosciences|Biologics)$", "", english[0])
        if short != english[0] and " " not in short and len(short) >= 6:
            vocabulary.add(short, "entity", entity, cased=True)


_NOT_ORG = frozenset(["the", "a", "an", "in", "on", "at", "for", "of", "and", "but", "it", "its", "this", "that", "we", "our", "they", "these", "those", "there", "however", "meanwhile", "analysts", "officials", "overall", "exports", "imports", "sales", "revenue", "revenues", "growth", "shares", "government", "minister", "ministry", "prime", "president", "parliament", "congress", "industry", "company", "companies", "figures", "data", "capacity", "production", "output", "demand", "supply", "orders", "investment", "biosimilars", "drugs", "medicines", "pharma", "biotech", "venture", "funding", "money", "trade", "total", "net", "operating", "capital", "medical", "global", "world", "europe", "asia", "q", "key", "pharmaceutical", "pharmaceuticals", "mfds", "fda", "ema", "nih", "who", "oecd", "gdp", "cmo", "cdmo", "r&d", "us", "uk", "eu", "chemical", "bio", "biopharma", "research", "development", "markets", "market", "source", "note", "table", "page", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "he", "she", "i", "you", "his", "her", "him", "them", "my", "what", "here", "now", "today", "then", "such", "other", "another", "because", "although", "if", "when", "while", "as", "so", "no", "yes", "not", "reports", "reminder", "national", "cumulative", "average", "clinical", "health", "public", "private", "new", "first", "second", "third", "fourth", "last", "next", "import", "export", "domestic", "review", "approval", "talent", "jobs", "employment", "both", "all", "most", "many", "some", "each", "one", "two", "three", "four", "five", "six"])  # fmt: skip


_THE = r"(?:(?:Danish|Swiss|Korean|Indian|Chinese|Japanese|German|French|British|American|US|Irish|Belgian) )?(?:company|firm|drugmaker|drug maker|biotech|contract manufacturer|CDMO|start-up|startup|drug developer|pharmaceutical company|biopharmaceutical company|issuer|registrant)\b(?!['’]s (?:partner|rival))|[Gg]roup\b"
PRONOUN = re.compile(
    "|".join(
        [
            *(rf"{the} (?<!\w{the} )(?:{_THE})" for the in ("The", "the")),
            r"Management(?<!\wManagement)\b",
            *(
                rf"{firm}(?<![가-힣]{firm})(?=(?:은|는|이|가|의|도|에서|측은|측이)?[\s,])"
                for firm in ("이 회사", "이 업체", "이 기업", "회사", "회사측", r"회사\s측", "동사", "당사", "같은 회사")
            ),
        ]
    )
)
"""A company by a word for it; each begins with a letter, so that the places where it may begin are found fast."""


@lru_cache(maxsize=1)
def country_words() -> frozenset[str]:
    """What countries are called, in any language."""
    rows = _rows("countries.csv")
    return frozenset(word for row in rows for cell in (row["words_en"], row["words_ko"]) for word in _words(cell))


@lru_cache(maxsize=1)
def country_names() -> set[str]:
    """Names of all countries and regions."""
    rows = (*_rows("countries.csv"), *_rows("cities.csv"))
    return {row["name"] for row in rows if row["kind"] in ("country", "region")}
