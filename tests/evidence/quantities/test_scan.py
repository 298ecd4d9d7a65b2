"""Quantities: the same value in every style, exact spans, and no figure that measures nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salpi.evidence.quantities.bare import settle
from salpi.evidence.quantities.numerals import CARDINALS, english, korean
from salpi.evidence.quantities.scan import scan
from salpi.evidence.sentences import sentences


def found(text):
    return [(text[one.start : one.end], one.value, one.unit) for one in settle(text, scan(text), sentences(text))]


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("sales of $1,234,000,000 in 2024", "$1,234,000,000", 1.234e9, "USD"),
        ("sales of US$ 1.234 bn", "US$ 1.234 bn", 1.234e9, "USD"),
        ("sales of USD 1.234 billion", "USD 1.234 billion", 1.234e9, "USD"),
        ("sales of 1.234 billion dollars", "1.234 billion dollars", 1.234e9, "USD"),
        ("매출 12억 3,400만 달러", "12억 3,400만 달러", 1.234e9, "USD"),
        ("매출 12억3400만불", "12억3400만불", 1.234e9, "USD"),
        ("capex W1.98tn", "W1.98tn", 1.98e12, "KRW"),
        ("매출 4조 5,473억 원", "4조 5,473억 원", 4.5473e12, "KRW"),
        ("outlay of Rs 6,940 crore", "Rs 6,940 crore", 6.94e10, "INR"),
        ("a loss of PLN (38) million", "PLN (38) million", -3.8e7, "PLN"),
        ("수출 1,730억 크로네", "1,730억 크로네", 1.73e11, "DKK"),
        ("capacity of 784,000 liters", "784,000 liters", 784000, "L"),
        ("생산능력 60만4000리터", "60만4000리터", 604000, "L"),
        ("cut to 295 days", "295 days", 295, "days"),
        ("took ten weeks", "ten weeks", 70, "days"),
        ("점유율이 △2.4% 변동", "△2.4%", -2.4, "%"),
        ("rose by four percentage points", "four percentage points", 4, "pp"),
        ("11.1%p 높아졌다", "11.1%p", 11.1, "pp"),
        ("a third of the market", "a third", 100 / 3, "%"),
        ("three out of four firms agreed", "three out of four", 75, "%"),
        ("수출의 절반", "절반", 50, "%"),
        ("sales doubled last year", "doubled", 2, "x"),
        ("매출이 세 배로", "세 배", 3, "x"),
        ("직원 11만 명", "11만 명", 110000, "persons"),
        ("will train 110,000 field-ready specialists", "110,000", 110000, "persons"),
        ("세계 3위", "3위", 3, "rank"),
        ("ranked third worldwide", "third", 3, "rank"),
    ],
)
def test_value_and_span(text, span, value, unit):
    spans = found(text)
    assert [one[0] for one in spans] == [span]
    assert spans[0][1] == pytest.approx(value)
    assert spans[0][2] == unit


@pytest.mark.parametrize(
    "text",
    [
        "on 12 September 2025 at 15:13",
        "2025. 1. 1.(수) 09:00 담당 (044-203-4016)",
        "Phase 3 trial of ALT-B4 and ABL001 at Plant 7",
        "임상 3상, 제7공장, 제43회 콘퍼런스",
        "Ticker 207940, 068270. Room 402, page 3",
        "Tel. +353 1 603 4000, ICP 11047654",
        "https://example.org/2024/110000-jobs",
        "KOSPI 2,628, USD/KRW 1,382.5",
        "Law 14,874 and Article 12",
        "in fiscal 2023-24 and in the first half of 2024",
        "1234567890123456789012345",
    ],
)
def test_what_measures_nothing_is_no_quantity(text):
    assert found(text) == []


def test_from_to_is_two_quantities_and_a_range_is_one():
    assert [one[1] for one in found("cut from 406 to 295 days")] == [406, 295]
    (low,) = settle(text := "growth of 5 to 7 percent", scan(text), sentences(text))
    assert (low.value, low.high, low.unit) == (5, 7, "%")
    (low,) = settle(text := "worth $4-6 billion", scan(text), sentences(text))
    assert (low.value, low.high, low.unit) == (4e9, 6e9, "USD")


@given(st.integers(min_value=1, max_value=9_999_999))
def test_a_korean_compound_reads_back(tens_of_thousands):
    jo, rest = divmod(tens_of_thousands * 10_000, 10**12)
    eok, rest = divmod(rest, 10**8)
    man = rest // 10_000
    words = " ".join(f"{part:,}{unit}" for part, unit in ((jo, "조"), (eok, "억"), (man, "만")) if part)
    assert korean(words) == tens_of_thousands * 10_000
    assert korean(words.replace(" ", "")) == tens_of_thousands * 10_000
    assert [(one[1], one[2]) for one in found(f"규모는 {words} 원이다")] == [(tens_of_thousands * 10_000, "KRW")]


@given(st.integers(min_value=1, max_value=99), st.sampled_from([("thousand", 1e3), ("million", 1e6), ("billion", 1e9)]))
def test_english_number_words_read_back(number, scale):
    ones, tens = list(CARDINALS)[:20], list(CARDINALS)[20:]
    words = ones[number] if number < 20 else tens[number // 10 - 2] + ("" if number % 10 == 0 else f" {ones[number % 10]}")
    assert english([*words.split(), scale[0]]) == number * scale[1]


PIECES = st.sampled_from(
    [
        "$",
        "1,234",
        "5.6",
        "%",
        " 조 ",
        "억",
        "만 명",
        "2024",
        "Q3",
        " to ",
        "-",
        "~",
        "(",
        ")",
        "\n",
        " ",
        "three",
        "원",
        "percent",
        "|",
        "\t",
        "△",
        "'",
        "분기",
        "trillion won",
        "from ",
        "임상",
        "0" * 30,
        "①",
        "&nbsp;",
        "<b>",
        "½",
        "\u200f",
        "\ud800",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_no_text_breaks_the_scanner(text):
    for one in scan(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.value == one.value


@pytest.mark.parametrize(
    "text", ["1" * 2_000_000, "9," * 2_000, "1 to " * 2_000, "(" * 50_000, "억" * 20_000, "a " * 10_000, "from 5 " * 2_000]
)
def test_endless_input_ends(text):
    assert isinstance(scan(text), list)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ministry trained 4,200 people. Of these, 63 went abroad and the other 430 stayed.",
            [("63", "persons"), ("430", "persons")],
        ),
        ("There were 4,100 Danes at work in 2020. There are 9,800 today.", [("4,100", "persons"), ("9,800", "persons")]),
        ("Half of the medicines, 48 percent, are made here. By 2030 it shall be 60.", [("60", "%")]),
        ("The number of bioparks rose from nine to fourteen parks.", [("nine", "count"), ("fourteen", "count")]),
        ("The register holds 2.4 lakh volunteers and is to reach 10 lakh by 2031.", [("10 lakh", "persons")]),
        (
            "We make goods worth 40 trillion won and sell 12 billion dollars abroad. The plan lifts this to 90 trillion.",
            [("90 trillion", "KRW")],
        ),
        ("Patients: 1,204; sites: 87; countries: 11.", [("1,204", "persons"), ("87", "count"), ("11", "count")]),
        ("The A$1.2b budget is up from $900m.", [("$900m", "AUD")]),
        ("Q3 rev EUR 812m vs 790m, EBIT 94m", [("790m", "EUR"), ("94m", "EUR")]),
        ("Headcount up 12% to 3,402.", [("12%", "%"), ("3,402", "persons")]),
        ("Korea was seventh, up from fourth.", [("seventh", "rank"), ("fourth", "rank")]),
        ("We employ 92,000 people today, from 70,000 five years ago.", [("70,000", "persons")]),
    ],
)
def test_a_bare_figure_goes_on_from_what_was_counted(text, expected):
    got = [(span, unit) for span, _, unit in found(text)]
    assert set(expected) <= set(got)


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("Four of every five doses are imported.", "Four of every five", 80, "%"),
        ("기업 10곳 중 7곳이 답했다", "10곳 중 7곳", 70, "%"),
        ("후보물질 셋 중 하나는 국산이다", "셋 중 하나", 100 / 3, "%"),
        ("The review took two quarters.", "two quarters", 6, "months"),
        ("Output went up twelvefold.", "twelvefold", 12, "x"),
        ("It trebles our cash.", "trebles", 3, "x"),
        ("조업일수는 24일로 지난해보다 4일 많았다", "4일", 4, "days"),
        ("계약금만 739억\n2025년 4월 7일", "739억", 7.39e10, "KRW"),
    ],
)
def test_words_and_counters_beyond_the_plain(text, span, value, unit):
    assert (span, pytest.approx(value), unit) in found(text)


@pytest.mark.parametrize(
    "text",
    ["In the KOSPI, the index closed at 2,650.31.", "Accept all (112 vendors)", "10-yr 4.3", "The second, in 2024, failed."],
)
def test_market_levels_and_furniture_count_nothing(text):
    assert found(text) == []


def test_certain_ones_of_a_list_are_counted_not_shared():
    assert ("17곳", 17, "count") in found("글로벌 상위 제약사 20곳 가운데 17곳을 고객으로 두고 있다")


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("sales went up two and a half times", "two and a half times", 2.5, "x"),
        ("worth one-point-two billion dollars", "one-point-two billion dollars", 1.2e9, "USD"),
        ("exports of four hundred and ten million dollars", "four hundred and ten million dollars", 4.1e8, "USD"),
        ("it fell by nought point nine per cent", "nought point nine per cent", 0.9, "%"),
        ("prices rose point two five per cent", "point two five per cent", 0.25, "%"),
        ("wider by point seven of a percentage point", "point seven of a percentage point", 0.7, "pp"),
        ("a hundred and one point five per cent of it", "a hundred and one point five per cent", 101.5, "%"),
        ("it was minus two point one per cent", "two point one per cent", -2.1, "%"),
        ("a couple of hundred staff left", "a couple of hundred", 200, "persons"),
        ("three quarters of a billion dollars went there", "three quarters of a billion dollars", 7.5e8, "USD"),
        ("a half-billion-dollar plant", "a half-billion-dollar", 5e8, "USD"),
        ("a quarter of a million vials", "a quarter of a million", 250000, "count"),
        ("one and three-quarter billion euros", "one and three-quarter billion euros", 1.75e9, "EUR"),
        ("four and two-thirds per cent", "four and two-thirds per cent", 4 + 2 / 3, "%"),
        ("three million, four hundred thousand doses", "three million, four hundred thousand", 3.4e6, "count"),
        ("a hundred-and-twenty-thousand-litre plant", "a hundred-and-twenty-thousand-litre", 120000, "L"),
        ("sixty kilolitres more", "sixty kilolitres", 60000, "L"),
        ("a quarter-point cut", "a quarter-point", 0.25, "pp"),
        ("wider by thirty basis points", "thirty basis points", 0.3, "pp"),
        ("two point five times as much", "two point five times", 2.5, "x"),
        ("twenty-eight times larger", "twenty-eight times", 28, "x"),
        ("seventy-five cents a share", "seventy-five cents", 0.75, "USD"),
        ("forty hectares of it", "forty hectares", 40, "ha"),
        ("one dollar in five is spent here", "one dollar in five", 20, "%"),
        ("it was cut in half", "in half", 0.5, "x"),
        ("half a percentage point more", "half a percentage point", 0.5, "pp"),
        ("it grew by a factor of four", "four", 4, "x"),
        ("sales of $A24.1 billion", "$A24.1 billion", 2.41e10, "AUD"),
        ("guides to $10.65-10.85 billion for the year", "$10.65-10.85 billion", 1.065e10, "USD"),
        ("Guidance of £450-525m revenue", "£450-525m", 4.5e8, "GBP"),
        ("within six to eight weeks of it", "six to eight weeks", 42, "days"),
        ("to become a top-five player in the field", "five", 5, "rank"),
        ("350 biotech, medtech and pharma companies", "350", 350, "count"),
        ("There are 17 such districts in the land.", "17", 17, "count"),
        ("매출은 37억~39억 달러", "37억~39억 달러", 3.7e9, "USD"),
        ("총 1억4천500만 달러 계약", "1억4천500만 달러", 1.45e8, "USD"),
        ("승인은 스물두 종", "스물두 종", 22, "count"),
        ("열에 일곱은 국산이다", "열에 일곱", 70, "%"),
        ("9할을 수입한다", "9할", 90, "%"),
        ("계약 기간은 6년 6개월이다", "6년 6개월", 78, "months"),
        ("심사는 평균 27일까지 내려왔다", "27일", 27, "days"),
        ("한국은 6등이다", "6등", 6, "rank"),
        ("용량은 44만여ℓ", "44만여ℓ", 440000, "L"),
        ("Exports by country (USD million): Norland 1,240.", "1,240", 1.24e9, "USD"),
        ("자기자본대비(%): 39.02", "39.02", 39.02, "%"),
    ],
)
def test_numbers_in_parts_words_and_labels(text, span, value, unit):
    assert (span, pytest.approx(value), unit) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "(EUR 1 = USD 1.071)",
        "the shares gained by 0920 GMT",
        "measures 4, 9 and 17 of the plan",
        "hearings on 3 and 4 August",
        "Page 3 of 11",
        "시가 28일 내놓은 자료",
        "미국 232조 관세",
        "3등급 이상",
        "14차 5개년 계획",
        "세종 1공장",
        "All values in KRW 100 million.",
    ],
)
def test_rates_dates_and_numbers_of_things_are_no_quantities(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of approved protocols dropped by 15.6 percent to 711.", [("711", "count")]),
        ("Reviews took 428 days there and Norland's 405.", [("405", "days")]),
        ("Its workforce, currently 26, will grow.", [("26", "persons")]),
        ("The target price is 61,000 won, cut from 75,000.", [("75,000", "KRW")]),
        ("Among cities, Aarstad was second and Bellport, down from third, fifth.", [("second", "rank"), ("fifth", "rank")]),
        ("Danish crowns rose. Sales reached 3.2 billion crowns.", [("3.2 billion crowns", "DKK")]),
        ("Its share rose to 4.04%, a gain of 0.66 points.", [("0.66 points", "pp")]),
        ("Plants: 3 (Aarstad 2, Bellport 1)", [("2", "count"), ("1", "count")]),
    ],
)
def test_what_a_bare_figure_takes_up(text, expected):
    assert set(expected) <= {(span, unit) for span, _, unit in found(text)}
