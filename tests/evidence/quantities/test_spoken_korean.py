"""Korean numbers in words, and figures whose unit Korean talk leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.evidence.quantities.bare import settle
from salpi.evidence.quantities.numerals import native, sino, sino_range
from salpi.evidence.quantities.scan import scan


def found(text: str) -> list[tuple[str, float, str | None]]:
    sentences, start = [], 0
    for part in text.split(". "):
        sentences.append((start, start + len(part) + 2))
        start += len(part) + 2
    return [(text[one.start : one.end], one.value, one.unit) for one in settle(text, scan(text), sentences)]


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("상주 업체는 예순여덟 곳이다", "예순여덟 곳", 68, "count"),
        ("회원사는 백일흔두 곳이다", "백일흔두 곳", 172, "count"),
        ("허가까지 열석 달이 걸린다", "열석 달", 13, "months"),
        ("품목은 서른두 종으로 늘었다", "서른두 종", 32, "count"),
        ("원숭이 1,300마리를 기른다", "1,300마리", 1300, "count"),
        ("지원자 사백이십 명을 뽑았다", "사백이십 명", 420, "persons"),
        ("수출이 작년 백오십일억 불에 그쳤다", "백오십일억 불", 1.51e10, "USD"),
        ("이백오십억 불까지 늘린다", "이백오십억 불", 2.5e10, "USD"),
        ("원료의 구십 퍼센트가 수입이다", "구십 퍼센트", 90, "%"),
        ("지원금 오십억 원을 받았다", "오십억 원", 5e9, "KRW"),
        ("탱크 하나가 만5천 리터짜리다", "만5천 리터", 15000, "L"),
        ("정원 백 명을 채웠다", "백 명", 100, "persons"),
        ("물량의 사분의 일을 맡는다", "사분의 일", 25, "%"),
        ("몫은 이십오분의 일이다", "이십오분의 일", 4, "%"),
        ("값은 원조의 삼 할까지 내렸다", "삼 할", 30, "%"),
        ("전체 환자의 셋 중 하나다", "셋 중 하나", 100 / 3, "%"),
        ("처방전 열 장 가운데 넉 장이 국산이다", "열 장 가운데 넉 장", 40, "%"),
        ("스무 번에 한 번 바꾼다", "스무 번에 한 번", 5, "%"),
        ("지원자 백에 셋을 뽑았다", "백에 셋", 3, "%"),
        ("매출이 네 배 반으로 뛰었다", "네 배 반", 4.5, "x"),
        ("이익은 반 토막이 났다", "반 토막", 0.5, "x"),
        ("2030년까지 다섯 손가락 안에 들겠다", "다섯 손가락", 5, "rank"),
    ],
)
def test_numbers_in_words(text: str, span: str, value: float, unit: str) -> None:
    assert (span, pytest.approx(value), unit) in found(text)


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("용량은 구만육천 리터다", "구만육천 리터", 96000, "L"),
        ("사만 명이 일한다", "사만 명", 40000, "persons"),
        ("환자 만 이천 명이 참여했다", "만 이천 명", 12000, "persons"),
        ("매출이 이 점 오 배로 늘었다", "이 점 오 배", 2.5, "x"),
        ("이익률은 십이 점 삼 퍼센트다", "십이 점 삼 퍼센트", 12.3, "%"),
        ("성장률은 영점오 퍼센트다", "영점오 퍼센트", 0.5, "%"),
        ("금리를 영 점 이 오 퍼센트포인트 내렸다", "영 점 이 오 퍼센트포인트", 0.25, "pp"),
        ("일점오조 원을 쓴다", "일점오조 원", 1.5e12, "KRW"),
        ("3만 육천 명에게 접종했다", "3만 육천 명", 36000, "persons"),
        ("총 2조 삼천억 원이다", "2조 삼천억 원", 2.3e12, "KRW"),
        ("국비는 8천 오백억 원이다", "8천 오백억 원", 8.5e11, "KRW"),
        ("벤처 이백여 곳이 모였다", "이백여 곳", 200, "count"),
        ("설문에 이백예순두 곳이 답했다", "이백예순두 곳", 262, "count"),
        ("병원 백한 곳이 참여한다", "백한 곳", 101, "count"),
        ("천 오백 명을 뽑는다", "천 오백 명", 1500, "persons"),
        ("이백 오십 만 달러를 냈다", "이백 오십 만 달러", 2.5e6, "USD"),
        ("이십 삼 퍼센트가 줄었다", "이십 삼 퍼센트", 23, "%"),
        ("사천만 호주 달러를 출자했다", "사천만 호주 달러", 4e7, "AUD"),
        ("총 일조 오천억을 들인다", "일조 오천억", 1.5e12, "KRW"),
        ("연구원(삼백 명)을 둔다", "삼백 명", 300, "persons"),
        ("백신 칠백만 도즈를 공급한다", "칠백만 도즈", 7e6, "count"),
    ],
)
def test_numbers_in_words_of_any_size(text: str, span: str, value: float, unit: str) -> None:
    assert found(text) == [(span, pytest.approx(value), unit)]


def test_two_digits_that_follow_each_other_are_both_ends() -> None:
    (one,) = scan("기업 이삼십 개를 돕는다")
    assert (one.value, one.high, one.unit) == (20, 30, "count")
    assert sino_range("백이삼십") == (120, 130)
    assert sino_range("이사") is None


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("일본이 허가한 약은 열아홉, 우리는 그보다 적다", "열아홉", 19, "count"),
        ("연구원은 마흔하나예요", "마흔하나", 41, "persons"),
        ("직원 열일곱 명의 평균 나이는 쉰둘이다", "쉰둘", 52, "years"),
        ("2030년까지 블록버스터 둘을 낸다", "둘", 2, "count"),
        ("여기서 일하는 분이 6만2천인데 더 는다", "6만2천", 62000, "persons"),
        ("순위로는 열네 번째예요", "열네 번째", 14, "rank"),
        ("시장 크기는 세계 열셋째에 머문다", "열셋째", 13, "rank"),
        ("나라별로는 13번째에 해당한다", "13번째", 13, "rank"),
        ("미국에 이어 두 번째로 크다", "두 번째", 2, "rank"),
        ("서류 하나에 31일 걸렸습니다. 작년엔 27일. 줄긴 했죠", "27일", 27, "days"),
        ("통상 30일이 걸린다", "30일", 30, "days"),
        ("10년짜리 계약이다", "10년", 10, "years"),
        ("석 주는 길고 3주면 된다", "3주", 21, "days"),
        ("수출은 6.1억弗이다", "6.1억弗", 6.1e8, "USD"),
        ("용량은 78만 4천, 그다음이 25만 리터다", "78만 4천", 784000, None),
    ],
)
def test_numerals_that_stand_for_what_they_count(text: str, span: str, value: float, unit: str | None) -> None:
    if unit is None:
        assert (span, value) in [(text[one.start : one.end], one.value) for one in scan(text)]
    else:
        assert (span, pytest.approx(value), unit) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "첫째, 세제. 둘째, 사람",
        "넷. 코스닥 이야기",
        "두 회사를 비교했다",
        "둘을 더한 값이다",
        "머크, 다나허 넷이 쥐고 있다",
        "올해 둘째 공장을 짓는다",
        "이 건은 삼 년 전에 끝났다",
        "단위: 백만 달러",
        "작년 같은 아홉 달보다 많다",
        "석 달 치 실적이다",
        "이익이 크게 불었다",
        "영입한 사람은 많다",
        "5월 30일이지만 춥다",
        "오만 가지 생각이 든다",
        "이만 줄인다",
        "이천 명물인 쌀과 사천 건설 현장",
        "만일의 사태에 대비한다",
        "이 점이 오점이다",
        "이 점 이 부분이 문제다",
        "이사 명단을 냈다",
        "이만기와 사만다가 만났다",
    ],
)
def test_what_measures_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("수출은 2021년 87억 달러로 가장 많았고 작년에 82억이다", "USD"),
        ("생산은 작년 4조 위안, 2035년에 16조라고 한다", "CNY"),
        ("8,800만 유로(1,280억)에 계약했다", "KRW"),
        ("수출은 87억 달러. 영업이익은 82억이다", "KRW"),
        ("계약금 500만 달러를 받아 매출 300억을 올렸다", "KRW"),
        ("이익은 1,077억으로 241억 불었습니다", "KRW"),
    ],
)
def test_a_sum_without_currency_goes_on_in_that_before_it(text: str, unit: str) -> None:
    assert found(text)[-1][2] == unit


_TENS = dict(zip("열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split(), range(10, 100, 10), strict=True))  # noqa: SIM905
_ONES = dict(zip("하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉".split(), range(1, 10), strict=True))  # noqa: SIM905


@given(st.sampled_from(sorted(_TENS)), st.sampled_from(sorted(_ONES)), st.booleans())
def test_native_numerals_add_up(tens: str, ones: str, hundred: bool) -> None:
    assert native(("백" if hundred else "") + tens + ones) == 100 * hundred + _TENS[tens] + _ONES[ones]


@given(st.integers(1, 99_999_999))
def test_sino_korean_numerals_are_read_back(number: int) -> None:
    assert sino(_written(number)) == number


def _written(number: int) -> str:
    if number >= 10_000:
        above = _written(number // 10_000)
        return above + "만" + (_written(number % 10_000) if number % 10_000 else "")
    out = ""
    for size, word in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        digit = number // size % 10
        if digit:
            out += ("" if digit == 1 and word else "일이삼사오육칠팔구"[digit - 1]) + word
    return out


@pytest.mark.parametrize("words", ["이사", "십백", "삼삼", "이만삼억"])
def test_words_that_make_no_number(words: str) -> None:
    assert sino(words) is None
