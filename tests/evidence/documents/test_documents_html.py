"""Of HTML the article is read, and every span leads back to the raw page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.evidence.documents import Raw, Refused, read, readable

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Site | Exports up</title>
<meta property="og:title" content="Bio exports &amp; more"><meta property="og:site_name" content="Daily Bio">
<meta property="article:published_time" content="2025-10-31T09:00:00+09:00">
<script>var price = 999; if (a < b) { document.write("<p>77 percent</p>") }</script><style>p { width: 88px }</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li>Top 100 stories</li></ul></nav>
<article><h1>Bio exports up 8 percent</h1>
<p>Exports reached US&#36;15&nbsp;billion in 2024, the <b>ministry</b> of trade said on Thursday,
as the industry grew faster than most.</p>
<p>Exports reached US&#36;15&nbsp;billion in 2024, the <b>ministry</b> of trade said on Thursday,
as the industry grew faster than most.</p>
<table><tr><th>Item</th><th>USD million</th></tr><tr><td>Pharma</td><td>1,234</td></tr></table>
<!-- 55 comments -->
<p>지난해 수출은 <em>55억</em> 달러로 늘었다고 산업통상자원부가 밝혔다.
정부는 무역금융을 지원하기로 했다고 설명했다.</p></article>
<aside><p>Subscribe for 9 dollars a month</p></aside><footer>Copyright 2025, 400 pages</footer></body></html>
"""


def _read(page: str, name: str = "a.html"):
    return read(Raw(name, page.encode()))


def test_the_raw_page_is_the_text_and_the_article_is_read():
    document = _read(PAGE)
    assert document.text == PAGE
    plain = readable(document).text
    assert plain.count("US$15\xa0billion in 2024, the ministry of trade") == 2, "repeated paragraphs stay"
    assert " | Pharma | 1,234" in plain
    assert "55억 달러로" in plain
    for furniture in ("999", "77 percent", "88px", "Top 100", "9 dollars", "400 pages", "55 comments"):
        assert furniture not in plain


def test_what_the_page_says_of_itself():
    document = _read(PAGE)
    assert (document.title, document.publisher, document.published) == ("Bio exports & more", "Daily Bio", date(2025, 10, 31))
    assert document.media == "text/html"


def test_spans_lead_back_to_the_page_also_through_entities_and_tags():
    document = _read(PAGE)
    view = readable(document)
    for plain, raw in (
        ("$15\xa0billion", "&#36;15&nbsp;billion"),
        ("1,234", "1,234"),
        ("55억 달러", "55억</em> 달러"),
        ("8 percent", "8 percent"),
    ):
        at = view.text.index(plain)
        start, end = view.span(at, at + len(plain))
        assert document.text[start:end] == raw


def test_a_page_without_an_article_element():
    body = "<div>Exports of the bio industry grew by 8 percent</div><div>to 15 billion dollars in 2024.</div>"
    page = f"<html><body>{body}</body></html>"
    assert readable(_read(page)).text.split("\n")[:2] == [
        "Exports of the bio industry grew by 8 percent",
        "to 15 billion dollars in 2024.",
    ]


def test_a_page_that_a_script_writes_is_refused():
    with pytest.raises(Refused, match="holds no text that is read"):
        _read("<!doctype html><html><body><script>document.write('15 billion')</script></body></html>")


def test_a_declared_korean_encoding():
    page = PAGE.replace('charset="utf-8"', 'charset="euc-kr"')
    document = read(Raw("k.html", page.replace("\xa0", " ").encode("cp949")))
    assert document.encoding == "cp949"
    assert "55억 달러로" in readable(document).text


markup = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<td>",
                "</td>",
                "<tr>",
                "<b>",
                "</b>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "&nbsp;",
                "&#36;",
                "&amp",
                "&#x110000;",
                "<",
                ">",
                '"',
                "<a href='",
                '<p class="',
                "<!",
                "<nav>",
                "</nav>",
                "<br/>",
                "<style>",
                "&#55357;",
                "\n",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=40,
)


@given(markup)
def test_any_markup_is_read_or_refused_and_spans_are_in_the_page(parts):
    page = "<html><body>" + "".join(parts)
    try:
        document = read(Raw("f.html", page.encode("utf-8", "ignore")))
    except Refused:
        return
    view = readable(document)
    for at in range(0, len(view.text), 7):
        start, end = view.span(at, min(at + 5, len(view.text)))
        assert 0 <= start <= end <= len(document.text)
    letters = [at for at, char in enumerate(view.text) if char.isalnum()]
    for at in letters[:50]:
        start, end = view.span(at, at + 1)
        raw = document.text[start:end]
        assert raw == view.text[at] or raw.startswith("&")
        first, last = view.back(start, end)
        assert first <= at < last
        assert view.span(first, last) == (start, end)


def test_cells_over_several_columns_are_followed_by_empty_ones():
    rows = (
        "<tr><td></td><td colspan=3>Three Months Ended<br>September 30,</td></tr>"
        "<tr><td>Revenue</td><td>$</td><td>45,120</td><td></td></tr>"
    )
    plain = readable(_read(PAGE.replace("</article>", f"<table>{rows}</table></article>"))).text
    assert "\n |  | Three Months Ended September 30, |  | \n" in plain, "a break in a short cell is a blank"
    assert "\n | Revenue | $ | 45,120" in plain


def test_lines_of_a_page_that_is_laid_out_in_one_cell_stay_lines():
    body = "<br>".join(f"Exports rose {at} percent in the {at}th month of the year, the ministry said." for at in range(2, 9))
    plain = readable(_read(f"<html><body><table><tr><td>{body}</td></tr></table></body></html>")).text
    assert plain.count("\n") >= 7
