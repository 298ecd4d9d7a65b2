"""A value a thousand times off those around it, and a fraction for percents; what the series itself does is left alone."""

from __future__ import annotations

from collections.abc import Callable

Changed = Callable[..., list[str]]
ROWS = "observations.csv"
SHARE = (
    "indicators.yaml",
    "",
    "share:\n  name: {en: Share, ko: 비중}\n  unit: '%'\n  kind: rate\n  definition: {en: x, ko: x}\n",
)


def row(period: str, value: str, indicator: str = "exports.bio@agency", unit: str = "USD") -> tuple[str, str, str]:
    return ROWS, "", f"{indicator},Land,{period},{value},,{unit},actual,2026-02-14,lag,sourced,high,trade,\n"


def test_millions_for_units_among_many_values(changed: Changed) -> None:
    assert changed(row("2022", "850000000"), (ROWS, "2025,1120000000", "2025,1120")) == [
        "observations.csv:4: 'exports.bio@agency' Land 2025 is 1,120 USD: the values around it are near 900,000,000 USD; "
        "write it out in USD, or list '2025' under `shocks` of the indicator if it is so"
    ]


def test_it_is_a_warning_where_only_two_say_so(changed: Changed) -> None:
    (line,) = changed((ROWS, "2025,1120000000", "2025,1120"))
    assert line.startswith("observations.csv:4: warning: 'exports.bio@agency' Land 2025 is 1,120 USD")


def test_a_pulse_that_the_plan_names_is_none(changed: Changed) -> None:
    known = ("indicators.yaml", "  lag_days: 45\n", "  lag_days: 45\n  shocks: [2025]\n")
    assert changed(known, row("2022", "850000000"), (ROWS, "2025,1120000000", "2025,1120")) == []


def test_growth_of_a_series_is_no_slip(changed: Changed) -> None:
    assert changed(*(row(str(2010 + n), str(10**n)) for n in range(1, 9))) == []


def test_another_unit_is_taken_into_account(changed: Changed) -> None:
    assert changed(row("2022", "0.85", unit="billion USD")) == []


def test_a_fraction_for_percents(changed: Changed) -> None:
    years = [row(str(year), str(40 + year - 2020), "share", "%") for year in (2021, 2022, 2023)]
    (line,) = changed(SHARE, *years, row("2024", "0.45", "share", "%"))
    assert line == (
        "observations.csv:12: 'share' Land 2024 is 0.45 %: the values around it are near 42 %; write 45 if a fraction was meant"
    )
    (line,) = changed(SHARE, years[0], row("2024", "0.45", "share", "%"))
    assert ": warning: " in line


def test_percents_that_are_small_are_none(changed: Changed) -> None:
    assert changed(SHARE, *(row(str(year), "2.1", "share", "%") for year in (2021, 2022)), row("2024", "0.9", "share", "%")) == []


def test_a_target_in_millions(changed: Changed) -> None:
    (line,) = changed(("targets.yaml", "value: 1.5e+9", "value: 1500"))
    assert line == (
        "targets.yaml:6: warning: `value` 1,500 USD is far from the latest figure: 'exports.bio@agency' 2025 is "
        "1,120,000,000 USD; write it out in USD"
    )


def test_a_period_that_is_none_stops_no_check(changed: Changed) -> None:
    (line,) = changed((ROWS, "Land,2025,1120000000", "Land,2025/26,1120000000"))
    assert "`period` '2025/26' is no period" in line
