"""Records: frozen, equal by what they hold, read with everything looked at, and there without what reads them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest

from salpi.plan.schema import Indicator, Setting, Text
from salpi.plan.validate import ValidationError

BODY = {"name": {"en": "Exports"}, "unit": "USD", "kind": "flow", "definition": {"en": "as counted"}}


def test_a_record_is_frozen_and_equal_by_what_it_holds() -> None:
    one, other = Indicator.read(BODY), Indicator.read(dict(reversed(BODY.items())))
    assert one == other
    assert one != one.but(unit="EUR")
    assert hash(Text(en="a")) == hash(Text(ko=None, en="a"))
    with pytest.raises(FrozenInstanceError):
        one.unit = "EUR"
    with pytest.raises(FrozenInstanceError):
        del one.unit


def test_defaults_stand_where_nothing_is_given() -> None:
    made = Indicator(name=Text(en="Exports"), unit="USD", kind="flow", definition=Text(en="as counted"))
    assert made == Indicator.read(BODY)
    assert set(made.given()) == set(BODY)
    assert made.plain() == Indicator.read(BODY).plain()
    assert made.plain()["name"] == {"en": "Exports", "ko": None}


@pytest.mark.parametrize("body", [{"ko": "수출"}, {"en": "a", "fr": "b"}])
def test_what_is_missing_or_unknown_is_told(body: dict[str, str]) -> None:
    with pytest.raises(TypeError, match=r"unknown or missing: (en|fr)"):
        Text(**body)
    with pytest.raises(ValidationError):
        Text.read(body)


def test_reading_tells_all_that_is_wrong() -> None:
    with pytest.raises(ValidationError) as told:
        Indicator.read({**BODY, "unit": "", "kind": "heap", "lag_days": "soon"})
    assert {error["loc"] for error in told.value.errors()} == {("unit",), ("kind",), ("lag_days",)}


def test_fields_are_looked_at_together_however_a_record_is_made() -> None:
    with pytest.raises(ValueError, match="one `measure` or one `parameter`"):
        Setting(intensity=1.0)
    with pytest.raises(ValueError, match="`intensity`, `start` or `ramp_months`"):
        Setting(measure="m", intensity=1.0).but(intensity=None)


def test_a_plan_that_was_read_before_is_there_without_pydantic() -> None:
    code = "import sys, salpi; salpi.load_plan('korea'); sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
