"""Markdown says what the page says."""

from __future__ import annotations

import re

from salpi.brief import BriefModel, to_markdown
from salpi.brief.context import plain


def test_same_rows_and_sections_as_the_page(model: BriefModel) -> None:
    text = to_markdown(model)
    bare = re.sub(r"\\(.)", r"\1", text)
    for group in model.groups:
        for row in group.rows:
            assert f"**{plain(row.name)}" in bare
    for heading in ("know", "scorecard", "forecasts", "disputes", "effects", "gaps", "method", "unverified", "sources"):
        assert f"## {model.words['h_' + heading]}" in text
    for effect in model.effects:
        assert plain(effect.name) in bare


def test_tables_are_whole(model: BriefModel) -> None:
    width = None
    for line in to_markdown(model).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
        if cells is not None and width is not None:
            assert cells == width, line
        width = cells


def test_citations_point_into_the_list(model: BriefModel) -> None:
    body, _, sources = to_markdown(model).rpartition(f"## {model.words['h_sources']}")
    listed = {int(n) for n in re.findall(r"^(\d+)\. ", sources, re.M)}
    cited = {int(n) for group in re.findall(r" \[(\d+(?:, \d+)*)\]", body) for n in group.split(", ")}
    assert cited
    assert cited <= listed


def test_assumptions_are_called_so(model: BriefModel) -> None:
    assert f"*{model.words['assumption']}*" in to_markdown(model)
