"""What an English numeral counts: the noun after it, past its adjectives."""

from __future__ import annotations

import re

from salpi.evidence.quantities.numerals import CARDINALS
from salpi.evidence.quantities.units import PERSONS

_WORD = re.compile(r"(?:[ ]|\n(?=[a-z(])){0,2}(?:or so )?[-–]?[ ]?[(\"“]?([A-Za-z][A-Za-z&'-]*)(?:/[A-Za-z-]+)?\)?,?")
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "than",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "that",
        "who",
        "whose",
        "when",
        "where",
        "while",
        "after",
        "before",
        "since",
        "until",
        "during",
        "over",
        "under",
        "about",
        "around",
        "against",
        "between",
        "per",
        "its",
        "their",
        "his",
        "her",
        "our",
        "this",
        "these",
        "those",
        "it",
        "them",
        "which",
        "whom",
        "they",
        "he",
        "she",
        "we",
        "you",
        "not",
        "no",
        "more",
        "less",
        "fewer",
        "also",
        "only",
        "just",
        "even",
        "still",
        "already",
        "now",
        "then",
        "so",
        "if",
        "because",
        "although",
        "though",
        "said",
        "says",
        "say",
        "says",
        "according",
        "compared",
        "versus",
        "vs",
        "via",
        "into",
        "onto",
        "out",
        "up",
        "down",
        "off",
        "within",
        "without",
        "across",
        "through",
        "among",
        "including",
        "like",
        "such",
        "respectively",
        "was",
        "did",
        "does",
        "do",
        "here",
        "there",
        "abroad",
        "worldwide",
        "overseas",
        "nationwide",
    ]
)
_SOFT = frozenset(["more", "fewer", "additional", "new", "other", "further", "different", "extra", "of", "less", "such"])
_NOT_PLURAL = frozenset(
    [
        "this",
        "is",
        "was",
        "has",
        "does",
        "its",
        "us",
        "his",
        "basis",
        "status",
        "process",
        "access",
        "business",
        "press",
        "news",
        "less",
        "across",
        "plus",
        "thus",
        "always",
        "series",
    ]
)
_PLURAL = frozenset(
    [
        "people",
        "staff",
        "personnel",
        "firms",
        "companies",
        "data",
        "workforce",
        "men",
        "women",
        "children",
        "fda-approved",
        "headcount",
        "talent",
        "memoranda",
        "consortia",
        "phenomena",
        "aircraft",
    ]
)
_LISTS = frozenset(
    [
        "areas",
        "pillars",
        "ways",
        "reasons",
        "steps",
        "questions",
        "points",
        "themes",
        "axes",
        "things",
        "priorities",
        "lessons",
        "takeaways",
        "principles",
        "goals",
        "aims",
        "cents",
        "pence",
        "key",
        "main",
        "major",
        "core",
        "broad",
        "strands",
        "fronts",
        "aspects",
        "factors",
        "messages",
        "elements",
        "sides",
        "halves",
        "quarters",
        "times",
        "folds",
        "fold-increase",
        "thirds",
        "fifths",
        "numbers",
        "figures",
        "charts",
        "tables",
        "pages",
        "tracks",
    ]
)
_SIZED = re.compile(r"[ ]\d[\d,.]*[- ](?:lit(?:re|er)|L|kL|bed|seat|day|month|year|hectare|tonne|patient|person)(?=[ ])")
"""The size of each of the things that are counted: "two 15,000-litre reactors"."""
_MAIN = frozenset(["key", "main", "major", "core"])
"""A list that is only announced is short: of more than nine key items one speaks because they are counted."""
_UNIT = {
    "day": "days", "days": "days", "month": "months", "months": "months", "year": "years", "years": "years", "weeks": "weeks", "week": "weeks",
    "fortnights": "fortnights", "yrs": "years", "decades": "decades", "decade": "decades",
}  # fmt: skip
_SCHOLARLY = frozenset({"doctoral", "phd", "postdoctoral", "graduate", "master's"})
_TRAINING = re.compile(r"\btraining[ ]$")
_CANDIDATES = re.compile(r"[ ]candidates(?![a-z])")
_DEMONYM = re.compile(
    r"(?:Saud|Israel|Iraq|Pakistan|Bangladesh|Kuwait|Emirat|Qatar|Oman|Azer|Thai|Yemen)is?|(?:Dane|Swede|Finn|Pole|Czech|Briton|Greek|Turk"
    r"|Scot|Spaniard|Filipino|Argentine|Icelander|New Zealander|Netherlander|Arab|Croat|Serb|Slovak|Slovene)s"
    r"|(?:Germ|Americ|Kore|Mexic|Afric|Rom|Rwand|Ugand|Cub|Moroc|Puerto Ric)ans|Quebecers|Londoners|Berliners|New Yorkers|[A-Z][a-z]{2,10}ians|(?:Europe|Zimbabwe|Chile|Singapore)ans|(?:Chin|Japan|Taiwan|Vietnam|Portugu)ese|Irish|Dutch|Swiss|British"
)
"""People named by their country: "4,100 Saudis"."""
_GOES_ON = re.compile(r"[ ][a-z][a-z-]+[ ][a-z][a-z-]*(?:s|people|staff)(?![a-z])|[ ][a-z-]{3,}s(?![a-z])")
_KINDS = re.compile(r"[ ](?:[a-z-]+,[ ])*[a-z-]+,?[ ](?:and|or)[ ](?:[a-z-]+[ ]){0,2}[a-z-]{3,}s(?![a-z])")
"""The rest of a list of kinds before the noun: "biotech, medtech and pharma companies"."""
BREAK = re.compile(r"[.;:!?()|]|,(?! )|\n\n")


_OR_MORE = re.compile(r"[ ]or (?:more|fewer|less)(?=[ ])")


def counted(text: str, end: int) -> tuple[str, int] | None:
    """``persons``, ``count`` or a unit of time, and where the noun ends; None where the numeral counts nothing.

    Up to four modifiers may stand between numeral and noun; a list that is only announced ("three key areas") counts nothing.
    """
    at, seen = end, 0
    sized = _SIZED.match(text, end) if text[end + 1 : end + 2].isdecimal() else None
    if sized is not None:
        at = sized.end()
    elif (more := _OR_MORE.match(text, end)) is not None:
        at = more.end()
    while seen < 5:
        match = _WORD.match(text, at)
        if match is None:
            return None
        word = match[1].lower().removesuffix("'s").rstrip("'")
        if word in _UNIT and seen <= 3 and (seen == 0 or word.endswith("s")):
            return _UNIT[word], match.end(1)
        if word in PERSONS:
            following = _WORD.match(text, match.end())
            if (
                following is not None
                and seen == 0
                and following[1].lower() in ("days", "months", "groups", "organisations", "organizations")
            ):
                return "count", following.end(1)
            if word in ("members",):
                return "count", match.end(1)
            return "persons", match.end(1)
        if word in _SCHOLARLY and _CANDIDATES.match(text, match.end()):
            return "persons", match.end() + len(" candidates")
        if match[1][0].isupper() and _DEMONYM.fullmatch(match[1]):
            return "persons", match.end(1)
        if word in CARDINALS:
            return None  # another number begins
        if word == "ones":
            return None  # of what was named before
        if word == "places" and seen and _TRAINING.search(text, max(0, match.start(1) - 24), match.start(1)):
            return "persons", match.end(1)
        if word in _LISTS and not (seen == 0 and word in _MAIN and text[end - 2 : end].isdigit()):
            return None
        if word in ("and", "or") and seen and _GOES_ON.match(text, match.end()):
            at, seen = match.end(), seen + 1
            continue
        if word in _STOP and not (word in _SOFT and seen < 2):
            return None
        if _plural(word):
            return _head(text, match)
        if text[match.end() - 1 : match.end()] == "," and (seen or not _KINDS.match(text, match.end())):
            return None
        if text[match.end() : match.end() + 1] in ".;:!?|\t":
            return None
        at, seen = match.end(), seen + 1
    return None


def _plural(word: str) -> bool:
    return word in _PLURAL or (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "ous"))
        and word not in _NOT_PLURAL
        and "'" not in word
    )


def _head(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The last noun of a run decides: "clinical trials participants" are people."""
    following = _WORD.match(text, match.end()) if text[match.end(1) : match.end(1) + 1] == " " else None
    if following is not None and following[1].lower() in PERSONS and following[1].lower().endswith(("s", "e")):
        return "persons", following.end(1)
    return "count", match.end(1)
