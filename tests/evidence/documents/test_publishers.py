"""A wrong publisher is worse than none: whom a text quotes, credits, lists or shows is no publisher of it."""

from __future__ import annotations

import pytest

from salpi.evidence.documents import Raw, read
from salpi.evidence.documents.organisations import key, known, spelled
from salpi.evidence.documents.publisher import named, publisher
from salpi.evidence.documents.titles import says_nothing, without_site


@pytest.mark.parametrize(
    "text",
    [
        "수출이 늘었다\n\n식품의약품안전처 보도자료에 따르면 수출은 9% 늘었다.\n",
        "바이오 투자 늘어\n[사진=연합뉴스] 송도\n투자가 늘었다.\n",
        "바이오 투자 늘어\n(자료=한국바이오협회)\n투자가 늘었다.\n",
        "바이오 투자 늘어\n사진 ⓒ 뉴시스 무단전재 금지\n",
        "[서울=홍길동 기자] 수출이 늘었다.\n",
        "[현장] 송도를 가다\n송도는 붐볐다.\n",
        "산업통상부·보건복지부 공동 보도자료\n□ 산업통상부(장관 김○○)는 대책을 냈다.\n",
        "보도자료\n□ 산업통상부(장관 김○○)와 보건복지부(장관 이○○)는 대책을 냈다.\n",
        "보도자료\n수출 늘어\n담당 부서 산업통상부 수출입과\n담당 부서 보건복지부 보건산업정책과\n",
        "오늘의 소식\n(서울=연합뉴스) 홍길동 기자 = 첫째.\n\n(세종=뉴스1) 김철수 기자 = 둘째.\n",
        "PFIZER (NYSE: PFE) - Sales rose to $15 billion.\n",
        "BASEL (Switzerland) - Exports rose.\n",
        "QUESTION (Reuters): What is the share?\n",
        "PRESS RELEASE - FOR IMMEDIATE RELEASE\nA and B sign a pact\n",
        "MEDIA RELEASE - Singapore, 19 February 2024\nOutput rose\n",
        "Two firms sign a pact\nSEOUL, May 13, 2026 /PRNewswire/ -- Signed.\nAbout Alpha\nA.\nAbout Beta\nB.\n",
        "Output rises\nAccording to the Ministry of Health and Welfare, output rose.\n",
        "STAT\nOutput rose by six per cent in the year.\n",
        "산업부 | 2026-01-15 11:20\n수출이 늘었다.\n",
        "기획재정부 2023. 7. 27. 세법개정안 관련 기사\n공제가 늘어난다.\n",
        "알림 > 보도자료\n수출이 늘었다.\n",
        "보도자료\n정부 보도자료\n수출이 늘었다.\n",
    ],
)
def test_nobody_is_meant_beyond_doubt(text: str) -> None:
    assert publisher(text) is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("경기도 보도자료 (2024년 9월 24일) 담당 바이오산업과 031-000-0000\n수출 늘어\n", "경기도"),
        ("보도자료\n수출 늘어\n담당 부서 <총괄> 산업통상부 책임자\n담당 부서 보건복지부\n", "산업통상부"),
        ("U.S. FOOD AND DRUG ADMINISTRATION\nReport to Congress\n", "U.S. Food and Drug Administration"),
        ("수출 늘어\n청주=뉴스중원 2024-11-06 10:12\n", "뉴스중원"),
        ("TOKYO, Feb 6, 2025 (Kyodo News) -- Exports rose.\n", "Kyodo News"),
        ("Exports rise\n\n© 2023 The Liffey Observer. All rights reserved.\n", "The Liffey Observer"),
    ],
)
def test_who_is_meant(text: str, who: str) -> None:
    assert publisher(text) == who


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("https://www.facebook.com/yakup", None),
        ("@yakup", None),
        ("네이버 뉴스", None),
        ("PR Newswire", None),
        ("N/A", None),
        ("관리자", None),
        ("x" * 500, None),
        ("Copyright (c) 2024 약업신문. All rights reserved.", "약업신문"),
        ("산업통상부 바이오융합산업과 (044-203-4391)", "산업통상부"),
        ('"Institute of Bioprocess Studies"', "Institute of Bioprocess Studies"),
        (None, None),
    ],
)
def test_a_name_is_one_that_can_publish(said: str | None, name: str | None) -> None:
    assert named(said) == name


def test_names_of_one_organisation() -> None:
    assert known("식품의약품안전처") is known("Ministry of Food and Drug Safety") is known("mfds")
    assert known("Ministry of Trade, Industry and Energy") is known("산업통상부")
    assert known("Somebody Else") is None
    assert key("The Korea Herald") == key("Korea Herald")
    assert spelled("MINISTRY OF HEALTH AND WELFARE") == "Ministry of Health and Welfare"


def page(head: str, body: str = "") -> bytes:
    words = "<p>Exports of medicines reached 15 billion dollars in the year, the office said in a long statement.</p>"
    return f"<html><head>{head}</head><body>{body}{words}</body></html>".encode()


@pytest.mark.parametrize(
    ("head", "title", "who"),
    [
        ('<meta property="og:site_name" content="Paper"><title>Exports rise - Paper</title>', "Exports rise", "Paper"),
        ("<title>Exports rise &lt; Industry &lt; Article - 헬스코리아뉴스</title>", "Exports rise", "헬스코리아뉴스"),
        ("<title>Exports rise | Nobody knows</title>", "Exports rise | Nobody knows", None),
        (
            '<script type="application/ld+json">{"publisher": {"name": "Paper"}, "x": "<p>"}</script>',
            "A heading of the page",
            "Paper",
        ),
        ('<script type="application/ld+json">{"@graph": [{"publisher": "Paper"}]}</script>', "A heading of the page", "Paper"),
        ('<script type="application/ld+json">[[[[[[[[[{"publisher": "Paper"}]]]]]]]]]</script>', "A heading of the page", None),
        ('<script type="application/ld+json">{"publisher": </script>', "A heading of the page", None),
        ('<meta property="article:publisher" content="https://www.facebook.com/x">', "A heading of the page", None),
        ('<meta property="og:article:author" content="약업신문 | 네이버">', "A heading of the page", "약업신문"),
        ("<title>보도자료</title>", "A heading of the page", None),
    ],
)
def test_a_page_says_its_title_and_publisher(head: str, title: str, who: str | None) -> None:
    document = read(Raw("p.html", page(head, "<h2>A heading of the page</h2>")))
    assert (document.title, document.publisher) == (title, who)


@pytest.mark.parametrize(
    "name", ["보도자료", "식품의약품안전처", "Microsoft Word - final.docx", "제목 없음", "0617_final_v3", "Press Release", "2024"]
)
def test_titles_that_say_nothing(name: str) -> None:
    assert says_nothing(name)
    assert not says_nothing("Exports of the year")


def test_a_site_is_cut_off_a_title_only_where_it_is_known() -> None:
    assert without_site("Exports rise | EMA", None) == ("Exports rise", "EMA")
    assert without_site("Exports rise - a first look", None) == ("Exports rise - a first look", None)
