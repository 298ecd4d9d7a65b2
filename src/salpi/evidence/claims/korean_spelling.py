"""Korean names in Latin letters: native words by their sounds, borrowed ones as they are spelled where they come from."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

_INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_MEDIALS = ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"]  # fmt: skip
_FINALS = ["", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"]  # fmt: skip

SUFFIXES = {
    "바이오로직스": "Biologics", "바이오로직": "Biologic", "바이오사이언스": "Bioscience", "바이오텍": "Biotech", "바이오팜": "Biopharm", "바이오파마": "Biopharma", "바이오": "Bio",
    "테라퓨틱스": "Therapeutics", "테라퓨틱": "Therapeutics", "제약": "Pharmaceutical", "약품": "Pharmaceutical", "파마": "Pharma", "팜": "Pharm",
    "생명과학": "Life Sciences", "라이프사이언스": "Life Sciences", "사이언스": "Science", "헬스케어": "Healthcare", "메디칼": "Medical", "메디컬": "Medical",
    "로직스": "Logics", "홀딩스": "Holdings", "케미칼": "Chemical", "켐바이오": "Chembio", "메드텍": "Medtech", "메디텍": "Meditech", "온콜로지": "Oncology",
    "제네틱스": "Genetics", "인베스트먼트": "Investment", "벤처스": "Ventures", "파트너스": "Partners", "캐피탈": "Capital", "솔루션": "Solution",
    "리서치": "Research", "디지털": "Digital", "디지탈": "Digital", "테크놀로지": "Technology", "테크놀로지스": "Technologies", "이노베이션": "Innovation",
    "젠": "gen", "셀": "cell", "메드": "med", "진": "gene",
}  # fmt: skip
"""What a Korean company's name ends with → the word or, in small letters, the end of a word."""
LONGEST_FIRST = sorted(SUFFIXES, key=len, reverse=True)
ELEMENTS = {
    "메디카": "medica", "메딕스": "medics", "메디": "medi", "메드": "med", "노바": "nova", "지노": "geno", "제노": "geno", "제네": "gene", "제니": "geni", "이뮨": "immun",
    "온코": "onco", "뉴로": "neuro", "네오": "neo", "바이오": "bio", "바이옴": "biome", "백스": "vax", "셀": "cell", "젠": "gen", "켐": "chem", "큐어": "cure",
    "테라": "thera", "텍": "tech", "테크": "tech", "팜": "pharm", "랩스": "labs", "랩": "lab", "스템": "stem", "맵": "map", "벳": "vet", "카디오": "cardio",
    "헬릭스": "helix", "플랜트": "plant", "브릿지": "bridge", "브리지": "bridge", "스트림": "stream", "네스트": "nest", "베리": "berry", "하임": "heim",
    "에코": "eco", "유니": "uni", "리뉴": "renew", "조인": "join", "바이탈": "vital", "하트": "heart", "라인": "line", "딥": "deep", "파인": "fine",
    "노스": "north", "사우스": "south", "이스트": "east", "웨스트": "west", "필드": "field", "랜드": "land", "게이트": "gate", "브룩": "brook",
    "스톤": "stone", "우드": "wood", "워터": "water", "리버": "river", "라이프": "life", "헬스": "health", "케어": "care", "큐브": "cube",
    "링크": "link", "웨이브": "wave", "스카이": "sky", "스타": "star", "포인트": "point", "마이크로": "micro", "메가": "mega", "오메가": "omega",
    "알파": "alpha", "베타": "beta", "델타": "delta", "그린": "green", "블루": "blue", "퍼스트": "first", "누벨": "nouvel", "리보": "ribo", "라디오": "radio",
    "라디": "radi", "프로테": "prote", "옵티": "opti", "오르카": "orca", "에이펙스": "apex", "에이스": "ace", "레인": "rain", "레이": "ray", "넥스트": "next",
    "메타": "meta", "인사이트": "insight", "로보": "robo", "파로스": "pharos", "가드": "guard", "시드": "seed", "아크": "arc", "센트럴": "central",
}  # fmt: skip
"""Borrowed parts of names in this trade → as they are spelled."""
_ELEMENT = re.compile("|".join(sorted(ELEMENTS, key=len, reverse=True)))
_LETTERS = {
    "에이치": "H", "더블유": "W", "에이": "A", "브이": "V", "에프": "F", "에스": "S", "엑스": "X", "와이": "Y", "아이": "I", "제이": "J", "케이": "K",
    "비": "B", "씨": "C", "디": "D", "이": "E", "지": "G", "엘": "L", "엠": "M", "엔": "N", "오": "O", "피": "P", "큐": "Q", "알": "R", "티": "T", "유": "U",
    "앤": "&",
}  # fmt: skip
_LETTER = "|".join(_LETTERS)
_SPELLED = re.compile(rf"(?=.*(?:에이치|더블유|브이|에프|에스|엑스|제이|케이|씨|엘|엠|엔|큐))(?:{_LETTER}){{2,5}}")
"""A stem that is spelled by the names of letters: 에스케이."""
_FOREIGN = re.compile("[스크트프브그드](?=.)|.[크트프브드]$|[카커코쿠키큐케캐타터투티테퍼푸페패][가-힣]|.[카코]$|스$")
"""Sounds by which a borrowed word is known."""


_USUAL = {"명": "myung", "경": "kyung", "현": "hyun", "림": "lim", "령": "ryung", "웅": "woong", "광": "kwang", "성": "sung", "정": "jung", "선": "sun", "영": "young", "풍": "poong", "신": "shin"}  # fmt: skip
"""Syllables that most Korean companies spell in another way than the rules."""


def romanised(word: str) -> str:
    """A Korean word in Latin letters, syllable by syllable (Revised Romanisation without assimilation)."""
    out = ""
    for letter in word:
        code = ord(letter) - 0xAC00
        out += _INITIALS[code // 588] + _MEDIALS[code % 588 // 28] + _FINALS[code % 28] if 0 <= code < 11172 else letter
    return out[:1].upper() + out[1:]


def _double_l(word: str) -> bool:
    """Whether a syllable that ends in l stands before one that begins with it, as in borrowed words only: 솔라."""
    codes = [ord(letter) - 0xAC00 for letter in word]
    return any(
        0 <= one < 11172 and 0 <= other < 11172 and _FINALS[one % 28] == "l" and _INITIALS[other // 588] == "r"
        for one, other in pairwise(codes)
    )


def _borrowed(word: str, before: str = "") -> str:
    """A borrowed word by its sounds, after some letters: no vowel between consonants, c for k, one l for two."""
    out = before
    for at, letter in enumerate(word):
        code = ord(letter) - 0xAC00
        if not 0 <= code < 11172:
            out += letter
            continue
        first, vowel, last = _INITIALS[code // 588], _MEDIALS[code % 588 // 28], _FINALS[code % 28]
        if first == "r" and out.endswith("l"):
            first = ""
        elif first == "r" and not out:
            first = "l"
        if first == "s" and out.endswith("k") and vowel == "eu":
            out, first = out[:-1], "x"  # 릭스: -rix
        liquid = at + 1 < len(word) and 0 <= (after := ord(word[at + 1]) - 0xAC00) < 11172 and _INITIALS[after // 588] == "r"
        if first == "k" and (vowel in ("a", "o", "u", "eo", "yu") or (vowel == "eu" and liquid)):
            first, vowel = "c", "u" if vowel == "yu" else vowel
        ends = at == len(word) - 1 and not last and first in ("s", "l", "r", "t", "m", "b", "d")
        vowel = "er" if vowel == "eo" and ends else {"eo": "o", "ae": "a"}.get(vowel, vowel)
        if vowel == "eu" and first in ("s", "k", "c", "t", "p", "b", "d", "g", "r", "x", "j"):
            first, vowel = "z" if first == "j" else first, ""
        if first == "s" and vowel in ("ya", "yo", "yu"):
            first, vowel = "sh", vowel[1:]
        out += first + vowel + last
    return out[len(before) :]


@lru_cache(maxsize=1)
def _brands() -> dict[str, str]:
    """Stem of a known company's Korean name → its spelling, where both names end with the same word: 에이프릴바이오, AprilBio."""
    out: dict[str, str] = {}
    text = files("salpi.evidence.claims").joinpath("companies.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for word in (row["words_ko"] or "").split(";"):
            suffix = next((each for each in LONGEST_FIRST if word.strip().endswith(each) and SUFFIXES[each][0].isupper()), "")
            english = re.fullmatch(rf"([A-Z][\w-]+?)\s?{SUFFIXES.get(suffix, '-')}s?", row["name"], re.I)
            stem = word.strip().removesuffix(suffix)
            if suffix and english is not None and len(stem) > 1:
                out.setdefault(stem, english[1].rstrip("-"))
    return out


def spelled(stem: str) -> str:
    """The stem of a name as its owner may spell it: a known brand, letters, borrowed parts, or the sounds of a native word."""
    if stem in _brands():
        return _brands()[stem]
    if _SPELLED.fullmatch(stem):
        return _lettered(stem)
    if stem.endswith("진") and len(stem) > 2 and borrowed(stem[:-1]):
        return spelled(stem[:-1]) + "gene"
    out, at = "", 0
    letters = _SPELLED.match(stem)
    if letters is not None and _ELEMENT.fullmatch(stem, letters.end()):
        out, at = _lettered(letters[0]), letters.end()
    for match in _ELEMENT.finditer(stem, at):
        out += _between(stem[at : match.start()], out, match[0])
        out += ELEMENTS[match[0]]
        at = match.end()
    out += _between(stem[at:], out)
    return out[:1].upper() + out[1:]


def _between(word: str, before: str, after: str = "") -> str:
    """What stands beside borrowed parts: a native word keeps its sounds."""
    if not word or not "가" <= word[0] <= "힣":
        return word
    if word == "진" and len(after) > 1:
        return "gene"
    if borrowed(word):
        return _borrowed(word, before)
    if word.endswith("엔") and len(word) > 2:
        return _native(word[:-1]) + "N"
    return _native(word)


def borrowed(word: str) -> bool:
    """Whether a word sounds as one that Korean has borrowed, or holds a part of a name that it has."""
    led = word[0] in "라러로루리레래" and word[:2] != "라온"
    return led or _FOREIGN.search(word) is not None or _double_l(word) or _ELEMENT.search(word) is not None


def _native(word: str) -> str:
    """A native word as companies write it: its sounds, some syllables in the way that is older than the rules."""
    return "".join(_USUAL.get(letter) or romanised(letter).lower() for letter in word)


def _lettered(word: str) -> str:
    """Names of letters as the letters; the sign for "and" only between two."""
    return re.sub(_LETTER, lambda match: _LETTERS[match[0]], word[:-1] + "엔" if word.endswith("앤") else word)


_LATIN = re.compile(r"[A-Z&]{2,}(?=[가-힣]{2})")


@lru_cache(maxsize=1024)
def korean_name(word: str) -> str:
    """An English name for a Korean company that no table knows: its stem spelled out, the word for its trade translated."""
    word = word.strip()
    latin = _LATIN.match(word)
    if latin is not None and not any(word[latin.end() :] == suffix for suffix in LONGEST_FIRST):
        return f"{latin[0]} {korean_name(word[latin.end() :])}"  # CG온콜로지
    for suffix in LONGEST_FIRST:
        if word.endswith(suffix) and len(word) > len(suffix):
            english = SUFFIXES[suffix]
            if english.islower():
                return spelled(word[: -len(suffix)]) + english
            stem = word[: -len(suffix)]
            return f"{korean_name(stem) if _is_trade(stem) else spelled(stem)} {english}"
    return spelled(word)


def _is_trade(stem: str) -> bool:
    """Whether a stem ends with a trade itself: 한빛메디칼 in 한빛메디칼사이언스."""
    return any(stem.endswith(suffix) and len(stem) > len(suffix) + 1 for suffix in LONGEST_FIRST if SUFFIXES[suffix][0].isupper())
