"""How runs show themselves in a notebook: small tables, no scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salpi.model.run import Run

YEARS_SHOWN = 8


def figure(value: float) -> str:
    """A number with three significant digits and a word for its magnitude."""
    for size, word in ((1e12, " tn"), (1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{value / size:.3g}{word}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def table(head: list[str], rows: list[list[str]], caption: str) -> str:
    """An HTML table; all text is escaped."""
    top = "".join(f"<th>{escape(h)}</th>" for h in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    title = f"<caption style='text-align:left'>{escape(caption)}</caption>"
    return f"<table>{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def run_html(run: Run) -> str:
    """Median and 90 % interval of each indicator over the coming years."""
    here = int(np.searchsorted(run.years, run.plan.as_of.year))
    columns = list(range(here, min(here + YEARS_SHOWN, len(run.years))))
    rows = []
    for key in run.indicators():
        q = run.quantiles(key)
        body = run.plan.indicators[key]
        cells = [f"{figure(q['p50'][i])} ({figure(q['p05'][i])}–{figure(q['p95'][i])})" for i in columns]
        rows.append([body.name.en, body.unit, *cells])
    spec = f"{run.draws} draws, seed {run.spec['seed']}, data to {run.spec['as_of']}"
    caption = f"{run.plan.meta.title.en}: median (90 % interval), {spec}"
    return table(["indicator", "unit", *(str(run.years[i]) for i in columns)], rows, caption)
