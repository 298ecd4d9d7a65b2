"""The bundled plan's brief, run with few draws: whole, cited, in Korean where it says Korean."""

from __future__ import annotations

import io
import re

import pytest
from brief_walk import Tree, dangling, unmarked, unsaid

from salpi.api import load_plan
from salpi.brief import BriefModel, build_brief, to_html, to_markdown, to_pdf
from salpi.brief.context import plain
from salpi.decide.effects import effects
from salpi.model.simulate import simulate

DRAWS = 48

pytestmark = pytest.mark.xdist_group("korea")


@pytest.fixture(scope="module")
def briefs() -> dict[str, BriefModel]:
    from salpi.decide.scorecard import scorecard

    plan = load_plan("korea")
    run = simulate(plan, draws=DRAWS)
    card, conflicts = scorecard(plan, run), plan.conflicts()
    moved = effects(plan, run, plan.meta.headline[:2], draws=8).to_json()
    return {lang: build_brief(plan, run, card, moved, conflicts, lang) for lang in ("en", "ko")}  # type: ignore[arg-type]


@pytest.fixture(params=["en", "ko"])
def korea(request: pytest.FixtureRequest, briefs: dict[str, BriefModel]) -> BriefModel:
    return briefs[request.param]


def test_no_number_without_source_or_the_word_assumption(korea: BriefModel) -> None:
    page = to_html(korea)
    tree = Tree(page)
    assert tree.problems == []
    assert unmarked(tree) == []
    assert dangling(tree) == []
    assert unsaid(tree, korea.words["assumption"], "data-assumption") == []
    assert unsaid(tree, korea.words["unverified"], "data-unverified") == []
    assert len(page.encode()) < 1_500_000


def test_every_section_has_something_to_say(korea: BriefModel) -> None:
    assert sum(len(g.rows) for g in korea.groups) >= 45
    assert len(korea.headlines) >= 5
    assert len(korea.charts) >= 4
    assert len(korea.disputes) == 8
    assert korea.effect_targets
    assert korea.effects
    assert korea.idle
    assert korea.sectors
    assert len(korea.sources) > 100
    assert to_markdown(korea).count("\n| ") > 150


def test_names_are_korean(briefs: dict[str, BriefModel]) -> None:
    names = [plain(r.name) for g in briefs["ko"].groups for r in g.rows]
    names += [plain(e.name) for e in briefs["ko"].effects] + [plain(i.name) for i in briefs["ko"].idle]
    assert [n for n in names if not re.search("[가-힣]", n)] == []


def test_pdf_draws_every_glyph(korea: BriefModel) -> None:
    import pypdf

    pages = pypdf.PdfReader(io.BytesIO(to_pdf(korea))).pages
    fonts = {str(f.get_object()["/BaseFont"]) for p in pages for f in p["/Resources"]["/Font"].values()}
    assert fonts
    assert all("SalpiSans" in f for f in fonts), fonts
    text = "".join("".join(p.extract_text().split()) for p in pages)
    assert "\ufffd" not in text
    for group in korea.groups:
        assert "".join(plain(group.name).split()) in text
