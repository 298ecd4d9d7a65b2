"""Exchange rates stand the right way up, and are there where amounts in two currencies meet."""

from __future__ import annotations

from collections.abc import Callable

Changed = Callable[..., list[str]]
ROWS = "observations.csv"
WON = (
    "indicators.yaml",
    "",
    "sales:\n  name: {en: Sales, ko: 매출}\n  unit: KRW\n  price: nominal\n  kind: flow\n  definition: {en: x, ko: x}\n",
)
WON_ROW = (ROWS, "", "sales,Land,2025,5000000000,,KRW,actual,2026-02-14,lag,sourced,high,trade,\n")


def rate(year: int, value: float) -> tuple[str, str, str]:
    return ROWS, "", f"fx.krw_usd,Land,{year},{value},,KRW/USD,actual,{year + 1}-01-02,lag,sourced,high,trade,\n"


def test_a_rate_upside_down(changed: Changed) -> None:
    (line,) = changed(rate(2022, 1292), rate(2023, 1305), rate(2025, 0.000703))
    assert line == (
        "observations.csv:11: 'fx.krw_usd' 2025 is 0.000703 KRW/USD: the values around it are near 1,300, so that it seems to "
        "stand upside down; write 1,420 if KRW/USD is meant"
    )


def test_rates_that_move_are_none(changed: Changed) -> None:
    assert changed(rate(2022, 900), rate(2023, 1305), rate(2025, 2100)) == []


def test_two_currencies_without_rates(changed: Changed) -> None:
    no_rates = ("plan.yaml", ", rates: fx.krw_usd", "")
    assert changed(no_rates) == []
    assert changed(no_rates, WON, WON_ROW) == [
        "plan.yaml:9: warning: amounts in KRW and in USD, but no `rates`: they cannot be compared; name an indicator in KRW/USD "
        "with a value a year"
    ]


def test_rates_without_a_value(changed: Changed) -> None:
    (line,) = changed(
        WON, WON_ROW, (ROWS, "fx.krw_usd,Land,2024,1364,,KRW/USD,actual", "fx.krw_usd,Land,2024,1364,,KRW/USD,forecast")
    )
    assert line.startswith("plan.yaml:9: warning: rates 'fx.krw_usd' have no yearly actual value: KRW and USD cannot be compared")
