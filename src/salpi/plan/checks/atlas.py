"""Entities: each once, on the globe, with units where there are amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from salpi.plan.checks.context import Context, known_unit
from salpi.plan.problems import Problem, nearest
from salpi.plan.schema import ATLAS
from salpi.plan.shape import fields_of
from salpi.units import currency


def check_atlas_ids_unique(c: Context) -> Iterator[Problem]:
    """An id stands once in a file."""
    for stem in ATLAS:
        seen: dict[str, int] = {}
        for at, row in enumerate(getattr(c.plan.atlas, stem)):
            first = seen.setdefault(row.id, at)
            if first != at:
                line = c.plan.origins.where(stem, first)[1]
                yield c.problem((stem, at), (), f"'{row.id}' stands twice", f"first on line {line}", "remove or rename one")


def check_unverified_fields(c: Context) -> Iterator[Problem]:
    """`unverified` names columns of its own row."""
    for stem, model in ATLAS.items():
        for at, row in enumerate(getattr(c.plan.atlas, stem)):
            for name in re.split(r"[;,\s]+", row.unverified.strip()) if row.unverified else ():
                if name and name not in fields_of(model):
                    what = f"`unverified` names '{name}', which is no column"
                    yield c.problem(
                        (stem, at),
                        (),
                        what,
                        "",
                        "name columns, separated by ;",
                        nearest=nearest(name, fields_of(model)),
                    )


def check_places(c: Context) -> Iterator[Problem]:
    """Latitude and longitude lie on the globe."""
    for at, row in enumerate(c.plan.atlas.clusters):
        if row.lat is not None and abs(row.lat) > 90:
            yield c.problem(("clusters", at), (), f"`lat` {row.lat:g} of '{row.id}'", "latitude lies in -90 to 90", "correct it")
        if row.lon is not None and abs(row.lon) > 180:
            yield c.problem(
                ("clusters", at), (), f"`lon` {row.lon:g} of '{row.id}'", "longitude lies in -180 to 180", "correct it"
            )


def check_sales_units(c: Context) -> Iterator[Problem]:
    """Sales are money, with the year that they were made in."""
    for at, row in enumerate(c.plan.atlas.products):
        for key in ("sales", "sales2"):
            value, unit, year = (getattr(row, f"{key}_{part}") for part in ("value", "unit", "year"))
            if value is None:
                continue
            if not unit or not known_unit(unit) or currency(unit) is None:
                what = f"`{key}_unit` '{unit}' of '{row.id}' is no money"
                yield c.problem(("products", at), (), what, "money needs its currency", "write KRW, USD or the like")
            if year is None:
                yield c.problem(("products", at), (), f"`{key}_value` of '{row.id}' without `{key}_year`", "", "give the year")


def check_counts(c: Context) -> Iterator[Problem]:
    """A pipeline count has a number or a share, and a share lies in 0 to 100."""
    for at, row in enumerate(c.plan.atlas.pipelines):
        if row.count is None and row.share_pct is None:
            yield c.problem(
                ("pipelines", at), (), f"'{row.id}' has neither `count` nor `share_pct`", "", "give one, or remove it"
            )
        if row.share_pct is not None and not 0 <= row.share_pct <= 100:
            what = f"`share_pct` {row.share_pct:g} of '{row.id}'"
            yield c.problem(("pipelines", at), (), what, "a share lies in 0 to 100", "correct it")
