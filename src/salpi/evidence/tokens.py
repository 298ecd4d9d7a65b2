"""One pass over the words and figures of a text; says at which of them a rule is worth trying, so that no rule scans it all.

A word opens a mask, a time expression or a numeral only before certain others ("the" before "quarter", "Phase" before a figure):
each is looked up once per form, and the costly patterns are tried at the few places that are left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

_LETTERS = r"[^\W\d_]++"
_REST = rf"(?:[&/]{_LETTERS})*+(?:'{_LETTERS})?+"
_TOKEN = re.compile(
    rf"([A-Z]\.(?:[A-Z]\.){{1,3}}|[A-Za-z가-힣][A-Za-z가-힣]*+(?:{_LETTERS})?+{_REST}|\d\d*+|[+'](?=\d)|{_LETTERS}{_REST})"
)
"""A word, a figure or the sign before one; common letters are tried first, since a range of them is looked up faster than a class."""

_Set = frozenset[str]


def _words(text: str) -> _Set:
    return frozenset(text.split())


_FIGURE = "#"
"""How a figure, or the sign before one, is called in the sets of following words."""
_ANY: _Set = frozenset()
"""Nothing need follow."""
_MONTHS = _words(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sept sep oct nov dec
    """
)
_CARDINALS = _words("one two three four five six seven eight nine ten eleven twelve")
_NUMBERED = _words(
    """
    act acts agenda annex annexe appendices appendix apt arm arms art article articles bio bioeconomy bldg block
    blocks boeing booth booths box building buildings campus cases categories category chapter chapters class classes
    clause clauses cny cohort cohorts covid day decree directive district districts edition editions eur exhibit
    exhibits fig figure figures flight floor form forms formula fortune fund funds gate gates gen generation global
    gmp grade grades group groups hall halls highway hits horizon ich icp industry inr isin iso issue issues item
    items jpy k krw law laws level levels line lines mach measure measures module modules no nos note notes notice
    page pages panel panels paragraph cluster clusters pillar pillars update sheet slide paragraphs part parts ph phase phases pin plan plant plants pp reads regulation
    regulations resolution room rooms round rounds route rule rules s&p schedule schedules section sections series
    session sessions site sites stage stages ste step steps studies studio study subcommittee suite table tables tier
    tiers top tower track tracks type types units usd version versions views vision vol volume volumes wave waves web
    week zip zone zones
    """
)
_MASK_ALWAYS = _words(
    """
    tel telephone phone fax mobile hotline did kospi kosdaq nasdaq nyse nifty nikkei sensex bse nse tse hkex six ftse
    dax csi hang sti rsi fx usd/krw krw/usd usd/jpy eur/usd inr/usd usd/inr usd/cny ticker tickers code http https www
    fy cy id ref dial
    """
)
_MASK_HANGUL = ("오전", "오후", "조회", "댓글", "추천", "공감", "좋아요", "종목코드", "코드", "티커", "번호", "회의실", "코스피", "코스닥", "나스닥", "환율", "전화", "팩스", "문의", "연락처", "대표전화", "사업자번호", "등록번호", "접수번호", "우편번호")  # fmt: skip
_MASK_AFTER: dict[str, _Set] = {
    **dict.fromkeys(_NUMBERED, frozenset({_FIGURE, "no", "number"})),
    **dict.fromkeys(_MONTHS, frozenset({_FIGURE})),
    **dict.fromkeys(("q", "h"), frozenset({_FIGURE})),
    **dict.fromkeys(
        ("ten", "two", "three", "four", "five", "six", "seven", "eight", "nine", "twelve", "twenty"),
        _words("year years month months week weeks"),
    ),
    **dict.fromkeys(
        ("file", "registration", "serial", "account", "case", "order", "licence", "license"), frozenset({_FIGURE, "no", "number"})
    ),
    "in": _words("krw usd eur jpy cny inr"),
    **dict.fromkeys(("unit", "units"), _words("krw usd eur jpy cny inr") | {_FIGURE, "no", "number"}),
    "fiscal": frozenset({_FIGURE, "year"}),
    "hs": frozenset({_FIGURE, "code", "codes", "heading", "headings", "chapter", "chapters"}),
    "sars": frozenset({"cov"}),
    "sub": _words("committee committees"),
    **dict.fromkeys(_MASK_ALWAYS, _ANY),
}
_YEARLY = _words("year year's years quarter half month fiscal financial calendar business")
_TIME_AFTER: dict[str, _Set] = {
    "the": _words(
        "year year's twelve three six nine current previous past coming latest end close turn full whole quarter march june september"
        " december same prior preceding corresponding following next decade decade's half middle"
    )
    | {_FIGURE},
    "a": _words("year decade dozen quarter"),
    "one": _words("year"),
    "in": _words("the year twelve") | {_FIGURE},
    "by": _words("that then the end"),
    "to": _words("date the end") | _MONTHS,
    "at": _words("present the"),
    "as": _words("of it"),
    "up": _words("to"),
    "until": _words("now"),
    **dict.fromkeys(("so", "thus"), _words("far")),
    "right": _words("now"),
    "these": _words("days"),
    "before": _words("the"),
    **dict.fromkeys(("end", "close", "turn"), _words("of")),
    **dict.fromkeys(("from", "between"), _MONTHS | {_FIGURE}),
    "through": _MONTHS,
    "since": _words("january the"),
    "this": _YEARLY | _words("decade decade's"),
    **dict.fromkeys(("last", "next"), _YEARLY | _CARDINALS | {_FIGURE}),
    **dict.fromkeys(("past", "coming"), _CARDINALS | {_FIGURE}),
    "that": _words("time year date"),
    **dict.fromkeys(("later", "earlier", "late", "early"), _words("this last next the")),
    "first": _words("quarter half") | _CARDINALS | {_FIGURE},
    **dict.fromkeys(("second", "third", "fourth", "final", "opening"), _words("quarter half")),
    "same": _words("half quarter period month months nine six time"),
    **dict.fromkeys(
        (
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "fifteen",
            "twenty",
            "thirty",
        ),
        _words("year years month months"),
    ),
    "half": _words("year ended ending"),
    "interim": _words("results profit revenue report operating"),
    "quarter": _words("one two three four before earlier ended ending to through") | {_FIGURE},
    "middle": _words("of"),
    "within": _words("the") | _CARDINALS | {_FIGURE},
    **dict.fromkeys(("full", "business"), _words("year")),
    "year": _words("to ended ending through end before earlier ago"),
    "year's": _words("end"),
    **dict.fromkeys(
        ("previous", "prior", "preceding"), _words("fiscal financial calendar year quarter") | _CARDINALS | {_FIGURE}
    ),
    "corresponding": _words("period quarter half"),
    "decade": _words("end"),
    **dict.fromkeys(("q", "h"), frozenset({_FIGURE})),
    **dict.fromkeys(
        (*_MONTHS, "fiscal", "financial", "fy", "ytd", "current", "currently", "then", "now", "today", "presently", "nowadays"),
        _ANY,
    ),
}
_TIME_HANGUL = (
    "지난", "작년", "올", "금년", "내년", "내후년", "재작년", "이듬해", "이달", "이번", "이제까지", "전년", "전월", "전분기", "당해", "당분기", "연말", "연간", "연내",
    "상반기", "하반기", "같은", "동기", "현재", "현행", "현시점", "그동안", "다음", "여태", "오늘날", "최근", "직전", "지지난해", "지금", "반기",
    "반년", "앞으로", "향후", "한해", "앞해", "두", "세", "석", "네", "넉", "다섯", "여섯", "일곱", "여덟", "아홉", "열",
)  # fmt: skip
_TIME_HANGUL_WORDS = frozenset({"전", "당", "상", "하", "한", "앞"})
_BIG = _words("million billion trillion hundred thousand dozen lakh crore")
_PARTS = _words(
    "half third thirds fourth fourths quarter quarters fifth fifths sixth sixths seventh sevenths eighth eighths ninth ninths tenth tenths eleventh elevenths thirteenth thirteenths fifteenth fifteenths twelfth twelfths twentieth twentieths"
)
_NUMBERS = _words(
    """
    billion crore double doubled doubles doubling dozen eight eighteen eighteenth eightfold eighth eighths eighty
    eleven elevenfold eleventh fifteen fifteenfold fifteenth fifth fifths fifty fiftyfold first five fivefold forty
    fortyfold four fourfold fourteen fourteenth fourth half halve halved halves halving hundred hundredfold lakh
    million naught nine ninefold nineteen nineteenth ninety ninth nought one quadruple quadrupled quadruples quadrupling quarter
    quarters quintuple quintupled quintuples quintupling second seven sevenfold seventeen seventeenth seventh seventy
    sextupled sixtyfold seventyfold eightyfold ninetyfold six sixfold sixteen sixteenth sixth sixths sixty ten tenfold tenth tenths third thirds thirteen
    thirteenfold thirteenth thirty thirtyfold thousand three threefold thrice treble trebled trebles trebling trillion
    triple tripled triples tripling twelfth twelve twelvefold twentieth twenty twentyfold twice two twofold zero
    """
)
_NUMBER_AFTER: dict[str, _Set] = {
    **dict.fromkeys(_NUMBERS, _ANY),
    **dict.fromkeys(("a", "an"), _BIG | _PARTS | {"decade", "year", "month", "couple"}),
    "point": _words("oh nought naught zero one two three four five six seven eight nine"),
    "several": _BIG,
    "every": _PARTS,
}
_NUMBER_HANGUL = (
    "한", "한해", "앞해", "두", "세", "석", "네", "넉", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "스무", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔", "둘", "셋", "넷", "하나", "이틀", "사흘",
    "나흘", "닷새", "엿새", "보름", "반년", "일주일", "만", "천", "백", "십", "영이", "영입", "반이", "반을", "반밖에",
)  # fmt: skip
_NUMBER_SINO = re.compile(
    r"[일이삼사오육칠팔구][십백천만억조]|[일이삼사오육칠팔구]분의|[삼사오육칠팔구](?:할|퍼센트|개월|$)|[일이](?:퍼센트|$)|[영일이삼사오육칠팔구](?:점[영공일이삼사오육칠팔구]|점$)|영$"
    r"|일이|이삼|삼사|사오|오육|육칠|칠팔|팔구"
)
"""How words begin that may be Sino-Korean numerals."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The words and figures of a text, in order, and where each begins and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and figures of a text, and the places at which a mask, a time expression or a numeral in words may begin."""

    pieces: Pieces
    figures: list[tuple[int, int]]
    """Where the figures begin and end; they are in none of the lists that follow."""
    masks: list[int]
    times: list[int]
    numerals: list[int]
    hangul: list[int]
    """Words in Hangul that may begin a numeral."""


@dataclass(slots=True)
class _Form:
    """What one form of a word may begin, and before which words; None where it begins none of a kind."""

    low: str
    mask: _Set | None = None
    time: _Set | None = None
    number: _Set | None = None
    hangul: bool = False
    figure: bool = False
    waits: bool = False  # for what follows it


_DIGITS = _Form(_FIGURE, figure=True)
"""The form of all figures: of these there is no end."""
_MAX_KNOWN = 200_000
SHORT = 4
"""Figures of so many digits are kept among the words that were met."""


class _Known(dict[str, _Form | None]):
    """The forms of the words that were met, None where they begin nothing; a new one is learnt when it is looked up."""

    def __missing__(self, word: str) -> _Form | None:
        form = _DIGITS if word.isdecimal() else _form(word)
        if form is not _DIGITS or len(word) <= SHORT:  # of long figures there is no end
            self[word] = form
        return form


_KNOWN = _Known()


def pieces(text: str) -> Pieces:
    """The words and figures of ``text``."""
    parts = _TOKEN.split(text)  # what lies between, a token, what lies between, …
    reached = list(accumulate(map(len, parts)))
    return Pieces(parts[1::2], reached[:-1:2], reached[1::2])


def tokens(text: str) -> Tokens:
    """The tokens of ``text``."""
    found = pieces(text)
    words, starts, ends = found.words, found.starts, found.ends
    known = _KNOWN
    if len(known) > _MAX_KNOWN:
        known.clear()
    forms = [*map(known.__getitem__, words)]
    figures: list[tuple[int, int]] = []
    masks: list[int] = []
    times: list[int] = []
    numerals: list[int] = []
    hangul: list[int] = []
    last = len(words) - 1
    for at, form in enumerate(forms):
        if form is None:
            continue
        start = starts[at]
        if form.low is _FIGURE:
            if form.figure:
                figures.append((start, ends[at]))
            elif words[at] in "+'":
                masks.append(start)
                if words[at] == "'":
                    times.append(start)
            else:
                words[at] = ""  # "①의약품" is neither
            continue
        if form.waits and at < last:
            following = forms[at + 1]
            low = words[at + 1].lower() if following is None else following.low
            if form.mask and low in form.mask:
                masks.append(start)
            if form.time and low in form.time:
                times.append(start)
            if form.number and low in form.number:
                numerals.append(start)
        if form.mask is _ANY:
            masks.append(start)
        if form.time is _ANY:
            times.append(start)
        if form.number is _ANY:
            numerals.append(start)
        if form.hangul:
            hangul.append(start)
    return Tokens(found, figures, masks, times, numerals, hangul)


def _form(word: str) -> _Form | None:
    if word[0].isdigit() or word[0] in "+'":
        return _Form(_FIGURE, figure=word[0].isdecimal())
    lower = word.lower()
    mask, time, number = _MASK_AFTER.get(lower), _TIME_AFTER.get(lower), _NUMBER_AFTER.get(lower)
    hangul = False
    if not word.isascii():
        if mask is None and word.startswith(_MASK_HANGUL):
            mask = _ANY
        if mask is None and (word.startswith(("임상", "제")) or word.endswith("제")):
            mask = frozenset({_FIGURE})
        if time is None and (word.startswith(_TIME_HANGUL) or word in _TIME_HANGUL_WORDS):
            time = _ANY
        hangul = word.startswith(_NUMBER_HANGUL) or _NUMBER_SINO.match(word) is not None
    if mask is None and time is None and number is None and not hangul:
        return None
    return _Form(lower, mask, time, number, hangul, waits=bool(mask or time or number))
