"""One pass over the words and figures of a text; says at which of them a rule is worth trying, so that no rule scans it all."""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(r"(?:[A-Z]\.){2,4}|[^\W\d_]+(?:[&/][^\W\d_]+)*(?:'[^\W\d_]+)?|\d+|[+'](?=\d)")

_MASK_WORDS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "phase", "ph", "part", "stage", "plant", "series", "article", "articles", "art", "section", "chapter", "table", "figure", "fig", "room", "page", "pages", "pp", "vol", "volume", "version", "act", "law", "regulation", "directive", "type", "class", "grade", "annex", "case", "line", "level", "suite", "floor", "gate", "hall", "booth", "step", "item", "appendix", "ref", "id", "pin", "icp", "isin", "ticker", "tickers", "code", "fund", "building", "bldg", "block", "tower", "campus", "plan", "site", "unit", "cohort", "arm", "study", "group", "schedule", "rule", "form", "exhibit", "note", "issue", "edition", "day", "week", "generation", "gen", "covid", "sars-cov", "sars", "horizon", "industry", "web", "agenda", "vision", "annexe", "bio", "bioeconomy", "clause", "decree", "resolution", "notice", "tier", "category", "session", "panel", "track", "iso", "ich", "gmp", "formula", "studio", "wave", "round", "zone", "district", "route", "highway", "apt", "ste", "zip", "box", "flight", "no", "nos", "fiscal", "fy", "cy", "q", "h", "tel", "telephone", "phone", "fax", "mobile", "hotline", "dial-in", "dial", "did", "kospi", "kosdaq", "nasdaq", "nyse", "nifty", "nikkei", "sensex", "bse", "nse", "tse", "hkex", "six", "ftse", "dax", "csi", "hang", "sti", "rsi", "fx", "usd/krw", "krw/usd", "usd/jpy", "eur/usd", "inr/usd", "usd/inr", "usd/cny", "s&p", "fortune", "global", "top", "k", "mach", "boeing", "http", "https", "www", "ten", "two", "three", "four", "five", "six", "seven", "eight", "nine", "twenty", "phases", "parts", "stages", "plants", "sections", "chapters", "tables", "figures", "rooms", "units", "classes", "types", "acts", "laws", "rules", "notes", "issues", "lines", "levels", "steps", "items", "funds", "groups", "sites", "arms", "cohorts", "studies", "tiers", "rounds", "sessions"]
)
_MASK_HANGUL = ("제", "임상", "오전", "오후", "조회", "댓글", "추천", "공감", "좋아요", "종목코드", "코드", "티커", "번호", "회의실", "코스피", "코스닥", "나스닥", "환율", "전화", "팩스", "문의", "연락처", "대표전화", "사업자번호", "등록번호", "접수번호", "우편번호")  # fmt: skip
_TIME_WORDS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "half", "interim", "between", "from", "fiscal", "financial", "fy", "year", "twelve", "first", "second", "third", "fourth", "last", "final", "opening", "this", "next", "same", "the", "through", "so", "ytd", "since", "later", "earlier", "late", "early", "current", "currently", "coming", "in", "previous", "prior", "preceding", "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "by", "that", "then", "now", "today", "at", "presently", "right", "to", "q", "h"]
)
_TIME_HANGUL = tuple("지작올금내재이전당연상하같동현그다")
_NUMBER_WORDS = frozenset(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "trillion", "dozen", "lakh", "crore", "a", "an", "several", "half", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "sixth", "sixths", "seventh", "eighth", "eighths", "ninth", "tenth", "tenths", "double", "doubles", "doubled", "doubling", "twice", "twofold", "triple", "triples", "tripled", "tripling", "threefold", "treble", "trebled", "trebling", "thrice", "quadruple", "quadrupled", "quadrupling", "fourfold", "quintuple", "quintupled", "fivefold", "sixfold", "sevenfold", "eightfold", "ninefold", "tenfold", "halve", "halved", "halves", "halving", "first", "second", "fourth", "sixteenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"]
)

MASK, TIME, NUMBER, WORD = 1, 2, 4, 8


@dataclass(frozen=True)
class Tokens:
    """Words of a text, and the places at which a mask, a time expression or a numeral in words may begin."""

    words: list[re.Match[str]]
    masks: list[int]
    times: list[int]
    numerals: list[int]


_KNOWN: dict[str, int] = {}
_MAX_KNOWN = 200_000


def tokens(text: str) -> Tokens:
    """The tokens of ``text``."""
    words: list[re.Match[str]] = []
    masks: list[int] = []
    times: list[int] = []
    numerals: list[int] = []
    known = _KNOWN
    if len(known) > _MAX_KNOWN:
        known.clear()
    for match in TOKEN.finditer(text):
        word = match[0]
        flags = known.get(word)
        if flags is None:
            flags = known[word] = _flags(word)
        if flags & WORD:
            words.append(match)
        if flags & 7:
            start = match.start()
            if flags & MASK:
                masks.append(start)
            if flags & TIME:
                times.append(start)
            if flags & NUMBER:
                numerals.append(start)
    return Tokens(words, masks, times, numerals)


def _flags(word: str) -> int:
    if word[0].isdigit() or word[0] in "+'":
        return MASK | TIME | NUMBER if len(word) <= 400 else MASK
    flags = WORD
    lower = word.lower()
    if lower in _MASK_WORDS or word.startswith(_MASK_HANGUL):
        flags |= MASK
    if lower in _TIME_WORDS or lower.removesuffix("'s") in ("year",) or word[0] in _TIME_HANGUL:
        flags |= TIME
    if lower in _NUMBER_WORDS:
        flags |= NUMBER
    return flags
