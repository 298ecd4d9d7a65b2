"""Capitalised runs that may be names no table knows, with the longer forms that they stand for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from salpi.evidence.claims.entities import _NOT_ORG as NO_NAME
from salpi.evidence.claims.entities import Entity, country_names, currencies, short_forms, without_legal
from salpi.evidence.claims.korean_names import PARTICLES
from salpi.evidence.claims.korean_spelling import borrowed, korean_name
from salpi.evidence.claims.name_forms import BODIES, SEAT, SLUG, SPOKEN
from salpi.evidence.claims.page import Page
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.persons import people
from salpi.evidence.judges.senses import senses
from salpi.evidence.occurrences import each

_WORD = r"(?:[A-ZÀ-ÖØ-Þ](?:[\w’'&.]|-(?!-))*\w|[A-Z]|[a-z]?[A-Z][\w-]+)"
_RUN = re.compile(
    rf"(?:(?<![\w@/.-])|(?<=--)){_WORD}"
    rf"(?:(?:[ ](?:of|de|du|von|van|del|for|the)(?:[ ]the)?)?(?:[ ]?&[ ]?|[ ]|-)(?:{_WORD}|\d{{1,3}}(?![\d,.%])))*"
)
_HEAD = re.compile(
    r"[A-ZÀ-ÖØ-Þ](?:(?<![\w@/.-].)|(?<=--.)|(?<=[a-z].)(?:(?<![\w@/.-]..)|(?<=--..)))"  # in this form the engine skips to a capital
)
"""The first capital of a run; one small letter may stand before it."""
_CALENDAR = frozenset(["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])  # fmt: skip
"""Words that begin with a capital and are no names."""
_PLAIN = NO_NAME | frozenset(["from", "with", "mr", "ms", "dr", "mrs", "ceo", "cfo", "chief", "photo", "tel", "fax", "phone", "email", "contact", "phase", "plant", "usd", "krw", "eur", "won", "inc", "ltd", "co", "corp", "q1", "q2", "q3", "q4", "h1", "h2", "fy", "yoy", "after", "before", "since", "until", "all", "also", "among", "about", "group", "board", "figure", "under", "how", "still", "why", "when", "where", "whether", "nearly", "almost", "only", "even", "yet", "never", "always", "often", "frequently", "later", "earlier", "once", "twice", "early", "late", "despite", "although", "though", "unlike", "like", "through", "throughout", "across", "against", "between", "during", "within", "without", "beyond", "above", "below", "behind", "toward", "towards", "over", "into", "onto", "upon", "per", "via", "versus", "using", "based", "given", "compared", "including", "excluding", "according", "thus", "hence", "therefore", "instead", "rather", "perhaps", "maybe", "indeed", "besides", "moreover", "furthermore", "nevertheless", "nonetheless", "otherwise", "elsewhere", "everywhere", "nowhere", "everyone", "everybody", "nobody", "nothing", "something", "anything", "somebody", "someone", "anyone", "everything", "neither", "either", "nor", "or", "than", "because", "unless", "soon", "again", "just", "already", "ever", "quite", "very", "too", "today", "yesterday", "tomorrow", "tonight", "last", "next", "previous", "current", "former", "more", "less", "most", "least", "fewer", "much", "many", "few", "several", "some", "any", "each", "every", "other", "others", "another", "such", "same", "own", "well", "good", "thank", "thanks", "please", "dear", "hello", "ladies", "yes", "no", "shipments", "transfer", "continental", "relations", "chair", "overall", "roughly", "approximately", "around", "annual", "quarterly", "financial"])  # fmt: skip
"""Words that no name begins or ends with."""
_CODES = frozenset(
    [*currencies(), "USD", "EUR", "RMB", "CNY", "NT", "HK", "KOSPI", "KOSDAQ", "VAT", "EBIT", "EBITDA", "GDP", "CAGR"]
)
"""Signs of money and of the stock market."""
_OFFICES = frozenset(["Mr", "Ms", "Mrs", "Dr", "Prof", "Professor", "CEO", "CFO", "Minister", "Senator"])
_PERSON = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Prof|Professor|CEO|CFO|Minister|Senator|President|Chairman|Chairwoman|Director)\.?[ ]$"
    r"|(?:^|\n)[^\w\n]{0,3}(?:Reporting|Written|Interview) by[ ]$"
)
"""What stands before the name of a person."""
_PERSON_ENDS = frozenset(["Mr", "Ms", "rs", "Dr", "of", "or", "EO", "FO", "er", "nt", "an", "by"])
"""How these words end, the full stop and the blank apart."""
_LINKS = frozenset(["of", "the", "&"])
_DEPARTMENTS = frozenset(["Department", "Ministry", "Bureau", "Secretary", "Directorate"])
"""What the name of a part of a government begins with; no number is about it."""
_BODIES = frozenset(["academy", "society", "college", "school", "faculty", "centre", "center", "chamber", "federation", "league", "alliance", "network", "museum", "isle", "house", "city", "port", "bank", "institutes", "group", "rest"])  # fmt: skip
_TRADES = frozenset(["pharmaceutical", "pharmaceuticals", "pharma", "biopharma", "biotech", "bio", "medical"])
_PAPERS = frozenset(["sheet", "fact", "factsheet", "report", "notebook", "magazine", "newsletter", "bulletin", "statement", "release", "presentation", "prospectus", "briefing", "results", "update", "diary", "digest", "gazette"])  # fmt: skip
"""What is written by somebody and named after him: there his name ends."""
_DEEDS = frozenset(["announces", "reports", "posts", "signs", "wins", "opens", "launches", "says", "sees", "raises", "cuts", "gets", "expands", "completes", "receives", "secures", "acquires", "buys", "sells", "to", "is", "are", "was", "were", "will", "has", "have", "plans", "expects", "starts", "begins", "files", "closes", "names", "appoints", "enters", "unveils", "licenses"])  # fmt: skip
"""What a name in a headline is said to do: there the name ends."""
_SIGNS = _CALENDAR | _CODES
_NUMERALS = frozenset(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "hundred", "thousand"])  # fmt: skip
_NUMERAL = re.compile(rf"(?:{'|'.join(sorted(_NUMERALS))})(?:-\w+)?", re.I)
_BEGINS = re.compile(r"(?:^|[.!?:;\n•*>|\"“”(\[–—-])[\s\"“'‘(*_#>•-]*$")
"""What stands before the first word of a sentence, a line or a quotation."""
_LOWER = re.compile(r"[a-z](?<![A-Za-z].)[a-z-]+")  # in this form the engine skips to a small letter


def canonical(name: str) -> str:
    """A name without its legal suffix; one in capitals as it is usually written, one that goes on in Hangul in Latin letters."""
    name = without_legal(name)
    if "가" <= name[-1] <= "힣":
        return korean_name(name)
    if name.isupper() and len(name) > 5 and " " in name:
        name = " ".join(word if len(word) <= 3 else word.capitalize() for word in name.split(" "))
    return name


def runs(text: str, taken: list[tuple[int, int]], sums: Collection[int] = ()) -> list[tuple[int, int, str]]:
    """Start, end and words of what may be a name and lies in no stretch of ``taken``; a name ends where one of ``sums`` begins."""
    lower = set(_LOWER.findall(text))
    held = sorted(taken)
    known = {low for low, _ in held}
    out, plain, at = [], dict[str, bool](), 0
    heads = [head.start() for head in _HEAD.finditer(text)]
    for match in each(_RUN, text, [place - ("a" <= text[place - 1 : place] <= "z") for place in heads]):
        head, stop = match.span()
        while at < len(held) and held[at][1] <= head:
            at += 1
        if at < len(held) and held[at][0] <= head and stop <= held[at][1]:
            continue
        begin, piece = head, match[0]
        if "-" in piece and (slug := SLUG.match(text, head)) and slug.end() < stop:
            begin = slug.end()
            piece = text[begin:stop]
        words = piece.split(" ")
        if len(words) == 1 and ((low := piece.lower()) in lower or low.rstrip(".") in _PLAIN or piece in _SIGNS):
            continue
        byline = words[0] == "By" and text[max(0, head - 1) : head] in ("", "\n")
        if byline or words[0] in _OFFICES or _is_person(text, head):
            continue
        inside = head > 1 and text[head - 1] == " " and text[head - 2].isalnum()
        opening = not inside and _BEGINS.search(text[max(0, head - 12) : head]) is not None
        for start, name in _names_in(begin, words, opening, lower, known, sums):
            single = " " not in name
            if len(name) < 2 or (single and (len(name) < 3 or name.lower() in lower)):
                continue
            end = start + len(name)
            while at < len(held) and held[at][1] <= start:
                at += 1
            if at < len(held) and any(
                (low <= start and end <= high) or (start <= low and high <= end and high - low >= 0.6 * (end - start))
                for low, high in held[at : at + 4]
            ):
                continue
            opens = opening and single and start == begin and name[1:].islower() and name.lower() in senses().english
            plain[name] = plain.get(name, True) and opens
            out.append((start, end, name))
    return [one for one in out if not plain[one[2]]]


def _is_person(text: str, at: int) -> bool:
    """Whether what stands before a place makes what begins there the name of a person."""
    if text[at - 1 : at] == "\n":
        at -= 1  # the engine lets a line feed stand behind its end
    if text[at - 1 : at] != " " or not (text[at - 2 : at - 1] == "." or text[max(0, at - 3) : at - 1] in _PERSON_ENDS):
        return False
    return _PERSON.search(text[max(0, at - 20) : at]) is not None


def _names_in(
    start: int, words: list[str], opening: bool, lower: set[str], known: set[int], sums: Collection[int]
) -> Iterator[tuple[int, str]]:
    """The names in a run of capitalised words: without plain words before and after, an owner and what it owns apart."""
    first = 0
    while first < len(words):
        seat = -1
        for count in range(first, min(first + 3, len(words))):
            if "-" in words[count] and SEAT.search(words[count]):
                seat = count
        while first < len(words) and (
            seat >= first
            or _no_name(words[first])
            or (opening and first + 1 < len(words) and _only_opens(words[first], words[first + 1], lower))
        ):
            start += len(words[first]) + 1
            first += 1
        if first < len(words) and words[first] in _DEPARTMENTS:
            return
        stop, rest, later = _parted(start, words, first, sums)
        own = words[first:stop]
        if own and "가" <= own[-1][-1:] <= "힣":
            own[-1] = _without_hangul(own[-1])
        while own and _no_end(own[-1]) and not _trade(own, start, known):
            own.pop()
        name = " ".join(own).strip(" .,'’")
        yield start, name.removesuffix("'s").removesuffix("’s")
        start, first, opening = rest, later, False


def _parted(start: int, words: list[str], first: int, sums: Collection[int]) -> tuple[int, int, int]:
    """Which word ends the first name from the word ``first`` on, and where and with which word the next one begins."""
    place, last = start, len(words)
    for at in range(first, last):
        word = words[at]
        if place in sums or (at > first and word.lower() in _DEEDS):
            return at, place, last  # "Helixa Announces FDA Approval", "Sejong for W326bn"
        if at > first and word == "of" and not _body(words[at - 1]):
            return at, place + 3, at + 1  # "Aspen of South Africa", "Results of Helixa"
        place += len(word) + 1
        if word.endswith(("'s", "’s")) or "가" <= word[-1:] <= "힣":
            return at + 1, place, at + 1
    return last, place, last


def _without_hangul(word: str) -> str:
    """A word without a Korean particle; nothing of one that goes on in Hangul, if not as a borrowed name does: CG온콜로지."""
    latin = _LATIN.match(word)
    if latin is None:
        return ""
    rest = word[latin.end() :]
    return (
        latin[0]
        if _PARTICLES.fullmatch(rest)
        else word
        if latin[0].isalpha() and latin[0].isupper() and len(rest) > 2 and borrowed(rest)
        else ""
    )


_LATIN = re.compile(r"[^가-힣]+")
_PARTICLES = re.compile(PARTICLES)
_MONEY = frozenset([*currencies(), "USD", "EUR"])


def _no_name(word: str) -> bool:
    """Whether no name begins with a word."""
    lower = word.lower()
    return (
        lower.rstrip(".") in _PLAIN
        or word in _SIGNS
        or (lower.partition("-")[0] in _NUMERALS and _NUMERAL.fullmatch(word) is not None)
        or (("'" in word or "’" in word) and SPOKEN.fullmatch(word) is not None)
    )


def _only_opens(word: str, following: str, lower: set[str]) -> bool:
    """Whether a word is a plain one that a sentence begins with before a name: "Rival Siegfried"."""
    if not word[1:].islower() or not word.isascii():
        return False
    first, second = word.lower(), following.lower()
    plain = first in lower or senses().english.get(first) is not None
    return plain and senses().english.get(second) is None and second not in lower and following[:1].isupper()


def _body(word: str) -> bool:
    """Whether what a word names goes on with "of": "University of Oxford", "Bank of Korea"."""
    return word.lower() in BODIES or word.lower() in _BODIES


def _trade(words: list[str], start: int, known: set[int]) -> bool:
    """Whether the last of some words says a company's trade after its name: "Halvorsen-Pike Pharmaceuticals"."""
    if len(words) < 2 or words[-1].lower() not in _TRADES:
        return False
    before = words[-2]
    return not _no_end(before) and before.lower() not in senses().english and _place_of(words, start) not in known


def _place_of(words: list[str], start: int) -> int:
    """Where the last word but one begins."""
    return start + sum(len(word) + 1 for word in words[:-2])


def _no_end(word: str) -> bool:
    return (
        word.lower() in _PAPERS
        or word.rstrip(".'").lower() in _PLAIN
        or word.strip(".") in _CALENDAR
        or word.isdigit()
        or word in _LINKS
    )


def linked(names: Iterable[str], places: Collection[str] = ()) -> dict[str, str]:
    """Each name → the one longer name that begins with it or whose initials it is; itself where there is none or several.

    ``places``: names of countries; "Viatris Korea" is another company than "Viatris".
    """
    alone = set(names)  # "Reach & Medtrex" are two where both are named alone
    longest = sorted(alone, key=lambda name: (-len(name), name))
    written = [
        (full, full.lower(), "".join(word[0] for word in full.replace("-", " ").split() if word[0].isupper())) for full in longest
    ]
    out = {}
    for name in longest:
        size, begun = len(name), (f"{name.lower()} ", f"{name.lower()}-")
        short = 2 <= size <= 6 and name.isupper()
        fuller = []
        for full, lowered, initials in written:
            if len(full) <= size:
                break
            if lowered.startswith(begun):
                rest = full[size + 1 :]
                if rest not in places and rest[:1] not in "&(":
                    fuller.append(full)
            elif (short and initials == name) or (
                full.endswith(name)
                and (
                    (full.endswith(" & " + name) and full.removesuffix(" & " + name) not in alone)
                    or (
                        full.endswith(" " + name)
                        and full.partition(" ")[0].lower() in _BEFORE
                        and full.count(" ") == name.count(" ") + 1
                    )
                )
            ):
                fuller.append(full)
        tops = [full for full in fuller if not any(other.startswith(full + " ") for other in fuller)]
        out[name] = tops[0] if len(tops) == 1 or (tops and " " in name) else name
    return out


_BEFORE = frozenset(["laboratório", "laboratórios", "laboratorio", "laboratorios", "laboratoires", "laboratoire", "grupo", "groupe", "gruppo", "institut", "instituto", "istituto"])  # fmt: skip
"""Words before the name proper of a company."""


def unknown(page: Page) -> tuple[list[Hit], dict[str, str]]:
    """The possible names of a page that are in no table, in order, those of a known company under its entity; name → full name.

    Companies that only this page knows are among the names that stand for fuller ones.
    """
    taken = [(mention.start, mention.end) for mention in page.times]
    companies: list[Entity] = []
    plain: dict[int, int] = {}
    for start, end, kind, value in page.hits:
        if kind == "entity" or kind == "area":
            taken.append((start, end))
            if value.kind == "company" and kind == "entity":
                companies.append(value)
        else:
            plain.setdefault(start, end)  # the longest at a place comes first
    sums = {one.start for one in page.found if one.unit in _MONEY}
    found = [one for one in runs(page.text, taken, sums) if not _of_plain_words(page.text, one[0], one[1], plain)]
    persons = people(page.text, found, {company.name for company in companies}) if found else set()
    found = [each for each in found if each[2] not in persons]
    known = {company.name.lower(): company for company in companies}
    new = [canonical(name) for _, _, name in found]
    links = linked([*new, *(company.name for company in companies if not company.country)], country_names())
    for name, fuller in links.items():
        if name == fuller and name in short_forms():
            links[name] = short_forms()[name].name
            known.setdefault(links[name].lower(), short_forms()[name])
    out = []
    for start, end, name in found:
        full = links[canonical(name)]
        out.append(Hit(start, end, "entity", known.get(full.lower()) or Entity(full, "run")))
    return out, {name: full for name, full in links.items() if name != full}


def _of_plain_words(text: str, start: int, end: int, plain: dict[int, int]) -> bool:
    """Whether a run is made of the field's plain words alone, or begins a phrase of them: "Operating Profit", "Ethanol production"."""
    at = start
    while at < end:
        until = plain.get(at, 0)
        if not until or (until > end and at > start):
            return False
        at = until
        while at < end and text[at] in " -'’s&":
            at += 1
    return True
