"""The page: every number rests on something, nothing is fetched, the markup is whole, both languages say everything."""

from __future__ import annotations

import re
from html import escape

import brief_fixture as fixture
import pytest
from brief_fixture import build
from brief_walk import Tree, dangling, unmarked, unsaid

from salpi.brief import BriefModel, figures, to_html
from salpi.brief.context import plain
from salpi.brief.html import unbroken
from salpi.brief.strings import STRINGS


def test_no_number_without_source_model_computation_or_assumption(page: str) -> None:
    tree = Tree(page)
    assert unmarked(tree) == []
    assert dangling(tree) == []


def test_a_difference_shows_no_more_digits_than_it_has() -> None:
    assert figures.signed(92_215.3, "USD", "en") == "+$92,000"
    assert figures.signed(-973_919.0, "USD", "ko") == "−97만 달러"


def test_a_percent_sign_never_starts_a_line() -> None:
    assert unbroken("6th; 10 % of 500 draws, &lt; 1 % of them") == "6th; 10\u00a0% of 500 draws, &lt;\u00a01\u00a0% of them"


def test_the_walk_finds_a_bare_number(page: str) -> None:
    spoiled = page.replace("</main>", "<p>Exports were 7.5 billion.</p></main>")
    assert unmarked(Tree(spoiled)) == ["Exports were 7.5 billion."]


def test_assumptions_and_unverified_figures_are_called_so(page: str, model: BriefModel) -> None:
    tree = Tree(page)
    assert unsaid(tree, model.words["assumption"], "data-assumption") == []
    assert unsaid(tree, model.words["unverified"], "data-unverified") == []
    assert "data-assumption" in page
    assert "data-unverified" in page


def test_markup_nests_and_ids_are_unique(page: str) -> None:
    tree = Tree(page)
    assert tree.problems == []
    ids = [n.attrs["id"] for n in tree.root.walk() if "id" in n.attrs]
    assert len(ids) == len(set(ids))
    targets = {n.attrs["href"] for n in tree.root.walk() if n.tag == "a" and (n.attrs.get("href") or "").startswith("#")}
    assert {t[1:] for t in targets if t} <= set(ids)


def test_no_request_leaves_the_page(page: str) -> None:
    for n in Tree(page).root.walk():
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            value = n.attrs.get(name) or ""
            if re.match(r"(https?:)?//", value):
                assert n.tag == "a", f"<{n.tag} {name}={value}>"
            assert not value.startswith("javascript:")
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    assert "url(" not in style[1]
    assert "@import" not in style[1]
    assert page.count("<script") == 1


def test_markup_in_the_data_is_text(page: str) -> None:
    assert escape(fixture.SOURCES["s-report"].title, quote=False) in page
    assert "<2025>" not in page
    assert "javascript:alert" not in page


def test_every_string_is_in_both_languages() -> None:
    for key, (en, ko) in STRINGS.items():
        assert en, key
        assert ko, key
        assert set(re.findall(r"\{(\w+)\}", en)) >= set(re.findall(r"\{(\w+)\}", ko)), key


def test_a_korean_page_is_korean(page: str, model: BriefModel) -> None:
    assert f'<html lang="{model.lang}">' in page
    if model.lang == "ko":
        texts = " ".join(plain(r.name) + plain(r.why) for g in model.groups for r in g.rows)
        assert not re.search(r"[A-Za-z]{4,}", texts)
        assert "억 달러" in page


def test_same_inputs_same_bytes() -> None:
    assert to_html(build("en")) == to_html(build("en"))


def test_every_current_target_has_a_row_and_replaced_ones_are_folded(page: str) -> None:
    rows = set(re.findall(r'<tr id="t-([^"]+)"', page))
    current = {t["id"] for t in fixture.SCORECARD["targets"] if not t["superseded_by"]}
    assert rows == current
    assert "exports.2027" not in rows


def test_a_measure_on_a_later_sector_is_never_a_zero(model: BriefModel) -> None:
    assert [i.id for i in model.idle] == ["training"]
    assert "training" not in [e.id for e in model.effects]


def test_every_chart_has_a_label_and_a_table(page: str) -> None:
    tree = Tree(page)
    for n in tree.root.walk():
        if n.tag == "svg":
            assert n.attrs.get("aria-label") or n.attrs.get("aria-hidden") == "true"
        if n.tag == "figure":
            assert any(c.tag == "details" for c in n.children)


def test_sources_are_numbered_in_order_and_only_cited_ones_listed(model: BriefModel) -> None:
    assert [s.number for s in model.sources] == list(range(1, len(model.sources) + 1))
    assert "Never cited" not in [s.title for s in model.sources]
    assert all(s.url.startswith("http") for s in model.sources if s.url)


def test_a_brief_without_run_or_effects_says_so() -> None:
    from salpi.brief import build_brief

    bare = build_brief(fixture.PLAN, None, fixture.SCORECARD, None, (), "en")
    page = to_html(bare)
    assert all(e.cells == () for e in bare.effects)
    assert bare.words["e_none"] in page
    assert unmarked(Tree(page)) == []


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_size(lang: str) -> None:
    assert len(to_html(build(lang)).encode()) < 1_500_000
