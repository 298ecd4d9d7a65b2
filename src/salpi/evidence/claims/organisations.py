"""Companies and products that no table knows: by the words in their names, by what they are said to do, by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from salpi.evidence.claims.entities import _NOT_ORG, Entity, without_legal
from salpi.evidence.claims.korean_names import HANGUL_PRODUCT, korean_companies
from salpi.evidence.claims.korean_spelling import spelled
from salpi.evidence.claims.name_forms import (
    ACTOR,
    APPOSED,
    APPOSED_PRODUCT,
    BODIES,
    CONTRIBUTES,
    CUE,
    HOLDER,
    KOREAN_PERSON,
    NOT_PRODUCT,
    OFFICES,
    ORGANISATION,
    OWNED,
    PRODUCT,
    PROSE,
    SAID_OF_PRODUCT,
    SELLS,
    SET_OFF_PRODUCT,
    SHORTHAND,
    SLUG,
    SOLD,
    SPOKEN,
    TICKED,
    TICKER,
    TITLED,
    UPPER_ORGANISATION,
)
from salpi.evidence.occurrences import Openings, Taken, at_words, before, capitals, different, each, opening, places, whole
from salpi.evidence.tokens import Pieces, pieces

_Named = tuple[int, int, Entity]


def _companies_by_form(text: str, starts: list[int], words: set[str]) -> Iterator[tuple[int, int, Entity]]:
    """Names that stand where only companies stand: apposition, title, owner of results, the head of a line in shorthand."""
    ticked, glossed = (before(starts, [match.start() for match in sign.finditer(text)]) for sign in (TICKED, _GLOSS))
    owners = before(starts, sorted(at for sign in _GENITIVES for at in places(text, sign)))
    forms = (
        each(TICKER, text, ticked),
        each(APPOSED, text, glossed),
        at_words(TITLED, text, _TITLES.among(words)),
        each(OWNED, text, owners),
        each(SHORTHAND, text, [0, *(at + 1 for at in places(text, "\n"))]),
    )
    for form in forms:
        for match in form:
            name = match["name"].strip(".'’-")
            parts = name.split(" ")
            while parts and (parts[0].lower() in _NOT_ORG or parts[0].lower() in PROSE):
                parts = parts[1:]
            if (
                not parts
                or parts[-1].lower() in _NOT_ORG
                or parts[-1].lower() in BODIES
                or len(parts[0]) < 3
                or _is_none(parts)
                or SPOKEN.fullmatch(parts[0])
                or _QUARTER.fullmatch(parts[0])
            ):
                continue
            kept = " ".join(parts)
            start = match.start("name") + len(name) - len(kept)
            yield start, start + len(kept), Entity(_proper(without_legal(kept)), "company")


def _repeated(text: str, found: list[_Named]) -> list[_Named]:
    """Every other place of the names that were recognised somewhere."""
    names: dict[str, Entity] = {}
    taken = Taken(text)
    for start, end, entity in found:
        taken.add(start, end)
        piece = text[start:end]
        if len(piece) >= 4 and (" " in piece or piece.lower() not in PROSE) and len(names) < _MOST_NAMES:
            names.setdefault(piece, entity)
    return [(start, end, names[text[start:end]]) for start, end in whole(text, names) if not taken.any(start, end)]


_HANGUL = re.compile("[가-힣]")
_MOST_NAMES = 60
"""A text with more unknown names than this is a list; the rest are known by their form alone."""
_SEAT = re.compile(r"[A-Z][\w.]*(?:[ ][A-Z][\w.]*)?-(?:[Bb]ased|listed|headquartered|owned|backed|born|led|run)[ ]")

_LED = re.compile(f"{SLUG.pattern}|{_SEAT.pattern}")


def _without_seat(text: str, start: int, end: int, entity: Entity) -> tuple[int, int, Entity]:
    """Fribourg-based Nyxia as Nyxia, BRIEF-Nyxia as well."""
    match = _LED.match(text, start, end)
    if match is None or not entity.name.startswith(match[0]):
        return start, end, entity
    return match.end(), end, Entity(entity.name[len(match[0]) :], entity.kind, entity.country)


def _whole_firm(text: str, start: int, end: int, entity: Entity) -> tuple[int, int, Entity]:
    """A company called after two people by its whole name, whichever of the two was found: "Quillmoor & Tarn"."""
    if entity.kind != "company":
        return start, end, entity
    left = _PARTNER_BEFORE.search(text, max(0, start - 30), start)
    if left is not None and left[1].lower() not in _NOT_ORG and left[1].lower() not in PROSE:
        start, entity = left.start(), Entity(f"{left[1]} & {entity.name}", "company", entity.country)
    right = _PARTNER_AFTER.match(text, end)
    if right is not None and right[1].lower() not in ("co", "company"):
        end, entity = right.end(), Entity(f"{entity.name} & {right[1]}", "company", entity.country)
    return start, end, entity


_PARTNER_BEFORE = re.compile(r"(?<![\w&-])(?<!& )([A-ZÀ-ÖØ-Þ][\w’-]*[a-zß-ÿ]) & $")
_PARTNER_AFTER = re.compile(r" & ([A-ZÀ-ÖØ-Þ][\w-]*\w)(?![\w-])")


def _stems(found: list[tuple[int, int, Entity]]) -> set[str]:
    return {entity.name.split(" ")[0] for _, _, entity in found if entity.kind == "company"}


_TITLES = Openings("biotech ", "drugmaker ", "drug maker ", "manufacturer ", "start-up ", "startup ", "peer ", "rival ", "competitor ", "subsidiary ", "developer ", "supplier ", "biopharma ", "maker ", "giant ", "company ", "group ", "firm ", "CDMO ", "CMO ")  # fmt: skip
"""The words of ``TITLED``."""
_GLOSS = re.compile(r", (?:an?|the|one of|which|whose|formerly|now|once)\b")
_GENITIVES = ("' ", "'s ", "’ ", "’s ")
_QUARTER = re.compile(r"[A-Z]?Q\d|FY\d+|H\d")
_INITIAL = re.compile(r"[A-Z]\.")
_CUE_ALONE = re.compile(CUE)
_UPPER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&.'-")
_PRODUCTS = Openings("antibody", "drug", "vaccine", "therapy", "biosimilar", "treatment", "pill", "injection", "medicine", "jab", "inhaler", "blockbuster", "brand")  # fmt: skip
"""The words of ``SAID_OF_PRODUCT``."""
_KINDS_OF_PRODUCT = Openings("sales of ", "Sales of ", "drug ", "therapy ", "vaccine ", "biosimilar ", "medicine ", "treatment ", "antibody ", "blockbuster ", "pill ", "injection ", "brand ", "anticoagulant ", "inhibitor ", "insulin ", "antibiotic ", "antiviral ", "antipsychotic ", "antidepressant ", "painkiller ", "contraceptive ", "inhaler ", "jab ", "tablet ", "seller ", "bestseller ")  # fmt: skip
"""The words of ``PRODUCT``."""
_SET_OFF = Openings(
    "seller, ",
    "bestseller, ",
    "copy, ",
    "version, ",
    "flagship product, ",
    "main product, ",
    "lead product, ",
    "top product, ",
)
"""The words of ``SET_OFF_PRODUCT``."""
_SALES = Openings("sales ", "Sales ", "revenue ", "Revenue ", "revenues ", "Revenues ")  # fmt: skip
_SOLD_AFTER = frozenset({"sales", "revenue", "revenues"})
"""The words of ``SELLS``."""
_GIVEN = Openings("contributed ", "chipped in ")
"""The words of ``CONTRIBUTES``."""
_NEXT = re.compile(r"[ ](?:[A-Z][a-z]+ (?:and|&) )?([A-Z][a-z]+)")
_OWNER = re.compile(r"(?:(?:North|South|New|Saudi|Hong|Sri|Costa|Puerto)[ ])?(?!St\.)[A-Z]\S*['’]s[ ](?=\S+ )")
"""Whose a company is: "Ireland's Shannonbridge Biologics"."""
_BIDS = frozenset(["Take", "Consider", "Meet", "Enter", "See", "Add", "Ask", "Call", "Compare", "Imagine", "Remember", "Recall", "Watch", "Like", "Unlike", "Introducing", "Inside", "Visit", "Contact", "Even", "Only", "Still", "Rival", "Tiny"])  # fmt: skip
"""What a reader is bid to do with a company, and other words before a name that begin a sentence."""
_MEDIA = frozenset({"weekly", "daily", "monthly", "morning"})


class _Finds:
    """What was recognised so far, in the order of the forms."""

    def __init__(self, text: str) -> None:
        self.all: list[_Named] = []
        self.taken = Taken(text)

    def add(self, start: int, end: int, entity: Entity) -> None:
        self.all.append((start, end, entity))
        self.taken.add(start, end)


def organisations(text: str, known: Pieces | None = None) -> list[_Named]:
    """Companies and products that no table knows, in order of place; ``known``: the words of the text."""
    words = different((known or pieces(text)).words)
    text = text.replace("\xa0", " ").replace("\u202f", " ")
    starts = capitals(text)
    finds = _Finds(text)
    _by_words(text, starts, finds)
    _by_deeds(text, starts, words, finds)
    for start, end, entity in _companies_by_form(text, starts, words):
        if not finds.taken.any(start, end):
            finds.add(start, end, entity)
    if not text.isascii() and _HANGUL.search(text):
        for match in HANGUL_PRODUCT.finditer(text):
            if not finds.taken.any(*match.span("name")):
                finds.add(*match.span("name"), Entity(spelled(match["name"]), "product", sounded=True))
        for start, end, entity in korean_companies(text):
            if not finds.taken.any(start, end):
                finds.add(start, end, entity)
    out = [_without_seat(text, *entry) for entry in finds.all]
    if " & " in text:
        out = list(
            {(start, end): (start, end, entity) for start, end, entity in (_whole_firm(text, *one) for one in out)}.values()
        )
    long = {entity.name.split(" ")[0]: entity for _, _, entity in out if entity.kind == "company" and " " in entity.name}
    alone = {entity.name for _, _, entity in out}
    for _, _, entity in out:
        one, _, other = entity.name.partition(" & ")
        if other and one not in alone and entity.kind == "company":
            long[other] = entity
    out = [(start, end, long.get(entity.name, entity) if entity.kind == "company" else entity) for start, end, entity in out]
    out += _repeated(text, out)
    out.sort(key=lambda entry: entry[0])
    return out


def _by_words(text: str, starts: list[int], finds: _Finds) -> None:
    """Companies by the words in their names."""
    for match in each(ORGANISATION, text, starts):
        name = match[0]
        first = name.split(" ")[0]
        start = match.start()
        while (first.lower() in _NOT_ORG or first.lower() in _MEDIA or first in _BIDS) and " " in name:
            start += len(first) + 1
            name = name[len(first) + 1 :]
            first = name.split(" ")[0]
        if (" " not in name and first.lower() in _NOT_ORG) or _CUE_ALONE.fullmatch(name):
            continue
        following = _NEXT.match(text, match.end())
        if following is not None and following[1].lower() in BODIES:
            continue  # "Irish Life Sciences Council"
        owner = _OWNER.match(name)
        if owner is not None:
            start, name = start + owner.end(), name[owner.end() :]
        finds.add(start, match.end(), Entity(_proper(without_legal(name)), "company"))
    for match in each(UPPER_ORGANISATION, text, _shouted(text, starts)):
        if not finds.taken.at(match.start()):
            lead = len(match[0]) - len(match[0].lstrip())
            finds.add(match.start() + lead, match.end(), Entity(without_legal(match[0].strip().title()), "company"))


def _shouted(text: str, starts: list[int]) -> list[int]:
    """Where a line or a part of one may begin with a word in capitals; blanks at the head of the line belong to it."""
    out: list[int] = []
    for at in starts:
        if text[at + 1 : at + 2] not in _UPPER:
            continue
        if text[max(0, at - 2) : at] in (", ", ": "):
            out.append(at)
            continue
        head = at
        while at - head < 12 and head and text[head - 1] == " ":
            head -= 1
        if head == 0 or text[head - 1] == "\n":
            out.append(head)
    return out


def _by_deeds(text: str, starts: list[int], words: set[str], finds: _Finds) -> None:
    """Companies and products by what is said of them."""
    made = [match.start() for match in at_words(SAID_OF_PRODUCT, text, _PRODUCTS.among(words))]
    for match in each(APPOSED_PRODUCT, text, before(starts, made)):
        if _may_be_product(match["name"].lower()) and match["name"] not in _stems(finds.all):
            finds.add(*match.span("name"), Entity(match["name"], "product"))
    for match in each(ACTOR, text, opening(text, starts)):
        _actor(match, finds)
    for match in each(HOLDER, text, starts):
        if match["name"].lower() not in _NOT_ORG and not finds.taken.at(match.start("name")):
            finds.add(*match.span("name"), Entity(match["name"], "company"))
    sold = not words.isdisjoint(_SOLD_AFTER)
    within = [at for at in starts if text[at - 1 : at] == " " and text[at + 1 : at + 2].islower()] if sold else []
    given = sorted(at for deed in _GIVEN.among(words) for at in places(text, deed))
    contributors = before(starts, given) if given else []
    for found in (
        at_words(PRODUCT, text, _KINDS_OF_PRODUCT.among(words)),
        at_words(SET_OFF_PRODUCT, text, _SET_OFF.among(words)),
        at_words(SOLD, text, _SALES.among(words)),
        each(SELLS, text, within),
        each(CONTRIBUTES, text, contributors),
    ):
        for match in found:
            if _may_be_product(match["name"].lower()) and not finds.taken.at(match.start("name")):
                finds.add(*match.span("name"), Entity(match["name"], "product"))


def _may_be_product(name: str) -> bool:
    return name not in NOT_PRODUCT and name not in _NOT_ORG and name not in PROSE


def _actor(match: re.Match[str], finds: _Finds) -> None:
    """A company by what it is said to do."""
    name, start = match["name"].strip(".'’-"), match.start("name")
    words = name.split(" ")
    if (
        _INITIAL.match(name)
        or SPOKEN.fullmatch(words[0])
        or (len(words) == 1 and name.endswith("s") and not name.islower() and name[1:].islower())  # "Investors said"
        or words[0].lower() in _NOT_ORG
        or words[-1].lower() in _NOT_ORG
        or words[-1].lower() in BODIES
        or _is_none(words)
        or finds.taken.at(start)
    ):
        return
    owner, owned, thing = name.partition("'s ")
    if owned:  # "Vertex's Casgevy": the owner is a company, what it owns a product or a unit
        finds.add(start + len(owner) + len(owned), start + len(name), Entity(thing, "product"))
    else:
        finds.add(start, start + len(name), Entity(without_legal(name), "company"))


def _is_none(words: list[str]) -> bool:
    """Whether some words are a person's name, a word that a sentence begins with, or one put together: "Fast-track"."""
    if len(words) == 1:
        return words[0].lower() in PROSE or _PUT_TOGETHER.fullmatch(words[0]) is not None
    return words[0].rstrip(".") in OFFICES or KOREAN_PERSON.fullmatch(" ".join(words)) is not None


_PUT_TOGETHER = re.compile(r"[A-Z][a-z]+-[a-z]+")


def _proper(name: str) -> str:
    """HELVION BIOLOGICS as Helvion Biologics."""
    if name.isupper() and len(name) > 5:
        return name.title()
    words = name.split(" ")
    shouting = len(words) > 1 and words[0].isupper() and words[1].isupper() and len(words[0]) > 4
    return " ".join(word.title() if word.isupper() and len(word) > 4 else word for word in words) if shouting else name
