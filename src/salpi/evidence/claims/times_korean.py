"""Time expressions in Korean."""

from __future__ import annotations

import re

from salpi.evidence.claims.intervals import (
    YEAR,
    Anchor,
    Read,
    cumulative,
    first_months,
    fiscal_year,
    full_year,
    last_half,
    recent_year,
    relative_part,
    year_of_part,
    years_around,
    years_on,
)

KOREAN = re.compile(
    rf"""(?P<ko>
        (?=[12])(?P<krange>(?P<kra>{YEAR})\s?(?:년)?\s?[~∼–-]\s?(?P<krb>{YEAR}|\d\d)\s?년)
      | (?=[\d같동앞작전지한])(?P<ksame>(?:지난해|작년|전년|(?:한|앞)\s?해(?:\s전)?|1년\s전)\s?(?:같은\s?(?:기간|달|분기|반기|때|철|시기|구간)|동기|동월|이맘때)(?!\s?(?:대비|보다|에\s?비해|비))|(?:같은\s?기간|동기)(?!\s?대비))
      | (?=[\d금올작지])(?P<kmonths>(?:(?P<kxw>올해|금년|지난해|작년|{YEAR}년)\s)?(?P<kxa>\d\d?)월부터\s?(?P<kxb>\d\d?)월까지)
      | (?=[12])(?P<kspan>(?P<ksa>{YEAR})년\s?(?P<ksam>\d\d?)월\s?[~∼–-]\s?(?P<ksb>{YEAR}년|올해|내년|이듬해)\s?(?P<ksbm>\d\d?)월)
      | (?=[12])(?P<kdots>(?P<kda>{YEAR})\.\s?(?P<kdam>\d\d?)\.?\s?[~∼–-]\s?(?P<kdb>{YEAR})\.\s?(?P<kdbm>\d\d?))
      | (?=[12])(?P<kfy>(?P<kfa>{YEAR})(?:\s?[~∼–-]\s?(?P<kfb>\d\d))?년?\s?(?:회계\s?연도|회기연도))
      | (?=[12])(?P<kyearend>(?P<kea>{YEAR})년부터\s?(?P<kea2>이듬해|{YEAR}년)까지|(?P<keb>{YEAR})년부터\s?(?P<ken>\d\d?)년간)
      | (?=[12금올작지])(?P<ktodate>(?P<ktw>올해|올|금년|지난해|작년|{YEAR}년)(?:는|에는|에만|에도|도|들어|\s들어)?\s(?P<ktm>[1-9]|1[0-2])월(?:\s?말)?까지)
      | (?=[연])(?P<kyear>연말|연간(?=으로는|\s?목표|\s?전망|\s?가이던스|\s?실적|\s?(?:매출|수출|영업이익|수주)(?:액)?\s?(?:목표|전망|가이던스|\s?실적)))
      | (?=[\d한])(?P<kago>(?:(?P<kagon>\d\d?)\s?년|한\s?해)\s?전(?=에는|에|엔|의|만\s해도|과|보다|[^가-힣]|$))
      | (?=[\d])(?P<kahead>(?P<kaheadn>\d\d?)\s?년\s?(?:이내|내(?![리내년])|안(?=에|으로)|뒤|후(?![년반])))
      | (?=[앞지최향])(?P<karound>(?P<kspanw>앞으로|향후|최근|지난)\s(?P<kspann>\d\d?)\s?년(?!\s?(?:대|전|만|[1-4]\s?분기|\d)))
      | (?=[\d네넉다두반석세아여열일])(?P<kfirst>(?P<kfirstn>\d\d?(?=\s?개월)|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열한|열)\s?(?:개월|달)\s?(?:간|동안|누적|누계|치|새|만에)|반년)
      | (?=[전직])(?P<kprevq>직?전\s?분기)(?!\s?(?:대비|보다|에\s?비해|비))
      | (?=[다당이지])(?P<kquarter>지난|이번|다음|당)\s?분기(?!\s?(?:대비|보다|에\s?비해|비))
      | (?=[다이전지])(?P<kmonth>지난달|전월|이달|이번\s?달|다음\s?달)(?!\s?대비)
      | (?=[그여오이지현])(?P<know>현재(?!의\s|보다|\s?대비)|지금까지|지금|현행|그동안|이제까지|여태|현시점|오늘날)
      | (?P<kbase>(?:(?P<ky>{YEAR}|(?<!\d)'?\d\d)\s?년(?:도)?(?!\s?(?:간|만|동안|전|차|뒤|후|이상|연속|새|째|걸|이\s?(?:걸|지나|소요|넘)|은\s버|생(?=[\s,.)이은의]|$)))|(?P<kw>지난\s한\s해|지난\s1년|최근\s?(?:사업연도|(?=매출액|연결\s?매출))|지지난해|지난해|작년|올해|금년|내년|내후년|재작년|이듬해|올|전년도|전년|당해|연내|올 들어)(?!\s?대비))?\s?
         (?:(?:의\s|에\s)?(?:(?P<kq>[1-4])\s?분기|(?P<kqa>[1-4])\s?[~∼-]\s?(?P<kqb>[1-4])\s?분기|(?P<kh>상|하)반기|(?P<khalf>반기)(?=\s|보고|$)|(?P<kma>\d\d?)\s?[~∼-]\s?(?P<kmb>\d\d?)월|(?:지난\s)?(?P<km>\d\d?)월(?!\s?\d\d?일)|(?P<kday>\d\d?월\s?\d\d?일)|(?P<kmax>[1-9]|1[0-2])월\s?말?까지))?)(?P<kcum>\s?(?:말\s)?(?:누적|누계|까지\s(?:누적|누계)))?
      )""",
    re.X,
)
"""Before each kind stands how it may begin: most are passed over by one look at a character."""
_KOREAN_YEARS = {
    "지난 한 해": -1,
    "지난 1년": -1,
    "지지난해": -2,
    "재작년": -2,
    "지난해": -1,
    "작년": -1,
    "올해": 0,
    "금년": 0,
    "올": 0,
    "올 들어": 0,
    "당해": 0,
    "연내": 0,
    "내년": 1,
    "이듬해": 1,
    "내후년": 2,
}


_NATIVE = {
    "두": 2,
    "세": 3,
    "석": 3,
    "네": 4,
    "넉": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "열한": 11,
}


def read_korean(m: re.Match[str], anchor: Anchor) -> Read | None:
    return _other(m, anchor) if m["kbase"] is None else _base(m, anchor)


def _other(m: re.Match[str], anchor: Anchor) -> Read | None:
    """What is more than a year and a part of it."""
    now = anchor.this_year
    if m["krange"]:
        a, b = int(m["kra"]), full_year(m["krb"])
        return (f"{a}/{b}", "point", b) if b and a < b else None
    if m["kspan"]:
        a, word = int(m["ksa"]), m["ksb"]
        b = int(word[:4]) if word[0].isdigit() else (now or a) + (1 if word == "내년" else 0) if word != "이듬해" else a + 1
        if b < a:
            return None
        return f"{a}-{int(m['ksam']):02d}/{b}-{int(m['ksbm']):02d}", "point", b
    if m["kdots"]:
        a, b, first, last = int(m["kda"]), int(m["kdb"]), int(m["kdam"]), int(m["kdbm"])
        if not (1 <= first <= 12 and 1 <= last <= 12) or b < a:
            return None
        return (cumulative(a, last, first) if a == b else f"{a}-{first:02d}/{b}-{last:02d}"), "point", b
    if m["kfy"]:
        a = int(m["kfa"])
        if m["kfb"]:
            start = anchor.fiscal if anchor.fiscal != 1 else 4
            return f"{a}-{start:02d}/{a + 1}-{start - 1:02d}", "point", a + 1
        return fiscal_year(a, anchor), "point", a
    if m["kyearend"]:
        if m["keb"]:
            a, b = int(m["keb"]), int(m["keb"]) + int(m["ken"]) - 1
        else:
            a = int(m["kea"])
            b = a + 1 if m["kea2"] == "이듬해" else int(m["kea2"][:4])
        return (f"{a}/{b}", "point", b) if b > a else None
    if m["ktodate"]:
        word = m["ktw"]
        year = int(word[:4]) if word[0].isdigit() else now if word[0] in "올금" else now - 1 if now else None
        return (cumulative(year, int(m["ktm"])), "point", year) if year else (None, "unknown", None)
    if m["kmonths"]:
        first, last, word = int(m["kxa"]), int(m["kxb"]), m["kxw"]
        year = recent_year(last, anchor)
        if word and word[0].isdigit():
            year = int(word[:4])
        elif word and now:
            year = now if word[0] in "올금" else now - 1
        return (cumulative(year, last, first), "point", year) if 1 <= first < last <= 12 else None
    if m["kyear"]:
        return (str(now) if now else None), "point" if now else "unknown", now
    if m["kahead"]:
        return years_on(int(m["kaheadn"]), anchor)
    if m["karound"]:
        return years_around(int(m["kspann"]), anchor, m["kspanw"] in ("앞으로", "향후"))
    if m["kfirst"]:
        word = m["kfirstn"]
        if word is None:
            return last_half(anchor)
        return first_months(int(word) if word.isdigit() else _NATIVE[word], anchor)
    if m["kprevq"]:
        period, _, year = relative_part(anchor, -1, 3)
        return period, "quarter", year
    if m["kquarter"]:
        return relative_part(anchor, {"이번": 0, "당": 0, "다음": 1}.get(m["kquarter"], -1), 3)
    if m["kmonth"]:
        if anchor.day is None:
            return None, "unknown", None
        word = m["kmonth"].replace(" ", "")
        step = {"지난달": -1, "전월": -1, "이달": 0, "이번달": 0, "다음달": 1}[word]
        number = anchor.day.year * 12 + anchor.day.month - 1 + step
        return f"{number // 12}-{number % 12 + 1:02d}", "point", number // 12
    if m["ksame"]:
        return None, "again" if m["ksame"][0] in "같동" else "prior", None
    if m["know"]:
        return None, "now", None
    if m["kago"]:
        if (m["kagon"] or "1") == "1":
            return None, "prior", None
        year = now - int(m["kagon"]) if now else None
        return (str(year) if year else None), "ago", year
    return None


def _base(m: re.Match[str], anchor: Anchor) -> Read | None:
    """A year, a part of one, or both."""
    now = anchor.this_year
    word = m["kw"]
    if word and word.startswith("최근"):
        return (str(now - 1), "point", now - 1) if now else (None, "unknown", None)
    if word == "이듬해":
        return None, "later", 1
    if word == "올" and not (m["kq"] or m["kh"] or m["km"] or m["kma"]):
        return None
    if word in ("전년", "전년도"):
        return None, "prior", None
    year = full_year(m["ky"]) if m["ky"] else now + _KOREAN_YEARS[word] if word and now is not None else None
    written = year is not None
    if m["ky"] and not 1950 <= (year or 0) <= 2100:
        return None
    if word and year is None:
        return None, "unknown", None
    if m["kday"]:
        month = int(re.match(r"\d+", m["kday"])[0])  # type: ignore[index]
        year = year or recent_year(month, anchor)
        return (f"{year}-{month:02d}" if year else None), "day", year
    if m["kq"] or m["kqb"]:
        last = int(m["kq"] or m["kqb"])
        year = year or year_of_part(anchor, last * 3)
        if year is None:
            return None, "unknown", None
        if m["kcum"] or m["kqa"]:
            first = int(m["kqa"]) * 3 - 2 if m["kqa"] else 1
            return cumulative(year, last * 3, first), "point", year
        return f"{year}-Q{last}", "point", year
    if m["kh"]:
        number = 1 if m["kh"] == "상" else 2
        year = year or year_of_part(anchor, number * 6)
        return f"{year}-H{number}" if year else None, "part" if year and not written else "point" if year else "unknown", year
    if m["khalf"]:
        return (f"{year}-H1", "point", year) if year and m["ky"] else None
    if m["kma"]:
        first, last = int(m["kma"]), int(m["kmb"])
        year = year or recent_year(last, anchor)
        return cumulative(year, last, first) if 1 <= first < last <= 12 else None, "point", year
    month_text = m["km"] or m["kmax"]
    if month_text:
        month = int(month_text)
        if not 1 <= month <= 12:
            return None
        year = year or recent_year(month, anchor)
        if m["kcum"] and year:
            return cumulative(year, month), "point", year
        return f"{year}-{month:02d}" if year else None, "point" if year else "unknown", year
    return (str(year), "point", year) if year else None
