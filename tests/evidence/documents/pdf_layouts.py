"""Pages with tables that have no rules, and pages without tables, set by typst: what each shows, and the claims it makes.

``OPEN`` were looked at while the rules were written; ``SHUT`` were written before them and looked at when they were done.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files

import typst

PAGE = """
#set page(width: 595pt, height: 842pt, margin: 60pt)
#set text(font: ("Libertinus Serif", "Salpi Sans"), size: 10pt)
#set table(stroke: none, inset: (x: 4pt, y: 3pt))
"""
"""What all pages begin with."""

Figure = tuple[str, float, str, str | None, str | None]
"""A figure as it is printed, its value in base units, its unit, its indicator and its period."""


@dataclass(frozen=True)
class Layout:
    """The source of a page and its figures; none: the page holds no table."""

    source: str
    figures: tuple[Figure, ...] = ()
    holds: tuple[str, ...] = ()  # rows that must be read, as they are

    def pdf(self) -> bytes:
        with as_file(files("salpi.brief") / "static" / "fonts") as fonts:
            made: bytes = typst.compile(
                (PAGE + self.source).encode(), font_paths=[str(fonts)], ignore_system_fonts=True, format="pdf"
            )
        return made


PROSE = (
    "Output of the bio industry rose in 2024 for the third year in a row, as plants that were built during the pandemic found new work. "
    "Some 1,250 firms answered the survey, 38 more than in 2023, and 412 of them sell abroad. Orders came from 27 countries, and the largest "
    "of them was worth 310 million dollars over five years. Officials expect growth of 6.5 percent in 2025, after 9.1 percent in the year "
    "before, though much depends on prices in the United States, where 44 percent of all exports went. "
)


def grid(columns: str, align: str, rows: list[str]) -> str:
    """A table without rules: its rows are cells parted by ``|``."""
    cells = ", ".join(f"[{cell.strip()}]" for row in rows for cell in row.split("|"))
    return f"#table(columns: {columns}, align: {align}, {cells})\n"


def placed(*words: tuple[float, float, str], size: float = 10) -> str:
    """Words put on the page one by one, in that order: the first number is where they end (begin, where it is negative)."""
    out = []
    for x, y, text in words:
        if x < 0:
            out.append(f"#place(top + left, dx: {-x}pt, dy: {y}pt, text(size: {size}pt)[{text}])")
        else:
            out.append(f"#place(top + right, dx: -{475 - x}pt, dy: {y}pt, text(size: {size}pt)[{text}])")
    return "\n".join(out) + "\n"


OPEN: dict[str, Layout] = {
    "bulletin": Layout(
        "Table 3. Exports of biopharmaceuticals, by destination (USD million)\n\n"
        + grid(
            "(1fr, 60pt, 60pt, 60pt)",
            "(left, right, right, right)",
            [
                "Destination | 2022 | 2023 | 2024",
                "United States | 1,204 | 1,377 | 1,512",
                "European Union | 2,310 | 2,098 | 2,455",
                "Japan | 402 | 388 | 415",
                "Total | 3,916 | 3,863 | 4,382",
            ],
        )
        + "\nNote: totals may not add up. Source: customs.\n\n"
        + PROSE,
        tuple(
            (text, float(text.replace(",", "")) * 1e6, "USD", "exports.biopharma", year)
            for row in ("1,204 1,377 1,512", "2,310 2,098 2,455", "402 388 415", "3,916 3,863 4,382")
            for text, year in zip(row.split(), ("2022", "2023", "2024"), strict=True)
        ),
        ("| United States | 1,204 | 1,377 | 1,512 |",),
    ),
    "two heads, Korean": Layout(
        "표 2. 의약품 수출입 현황\n#align(right)[(단위: 백만 달러)]\n"
        "#table(columns: (1fr, 55pt, 55pt, 55pt, 55pt), align: (left, right, right, right, right), "
        "[구분], table.cell(colspan: 2, align: center)[2023년], table.cell(colspan: 2, align: center)[2024년], "
        "[], [수출], [수입], [수출], [수입], "
        "[의약품], [7,560], [8,120], [9,260], [8,410], [의료기기], [5,790], [4,930], [5,810], [5,020], "
        "[화장품], [8,470], [1,280], [10,180], [1,310])\n자료: 관세청",
        (
            ("7,560", 7.56e9, "USD", "exports.pharma", "2023"),
            ("9,260", 9.26e9, "USD", "exports.pharma", "2024"),
            ("8,120", 8.12e9, "USD", "imports.pharma", "2023"),
            ("5,790", 5.79e9, "USD", "exports.meddevice", "2023"),
            ("5,810", 5.81e9, "USD", "exports.meddevice", "2024"),
        ),
    ),
    "company results": Layout(
        "Consolidated results (KRW billion)\n"
        + grid(
            "(150pt, 60pt, 60pt, 70pt)",
            "(left, right, right, right)",
            [
                "| Q1 2025 | Q1 2024 | Change (%)",
                "Revenue | 1,299 | 947 | 37.2",
                "Operating profit | 487 | 221 | 120.4",
                "Research and development expenses, including amortised costs | (92) | (81) | 13.6",
                "Operating profit of subsidiaries | (14) | 22 | –",
            ],
        ),
        (
            ("1,299", 1.299e12, "KRW", "revenue", "2025-Q1"),
            ("947", 9.47e11, "KRW", "revenue", "2024-Q1"),
            ("37.2", 37.2, "%", "revenue.growth", "2025-Q1"),
            ("487", 4.87e11, "KRW", "profit.operating", "2025-Q1"),
        ),
        ("| Research and development expenses, including amortised costs | (92) | (81) | 13.6 |",),
    ),
    "table in a column": Layout(
        "#columns(2, gutter: 16pt)[\n"
        + "#set par(justify: true)\n"
        + PROSE * 3
        + "\n#colbreak()\nTable 1. Biotech patents filed (number)\n"
        + grid(
            "(1fr, 40pt, 40pt)",
            "(left, right, right)",
            [
                "Country | 2023 | 2024",
                "Korea | 3,120 | 3,344",
                "Japan | 5,980 | 6,012",
                "China | 12,450 | 13,800",
                "India | 870 | 955",
            ],
        )
        + PROSE * 2
        + "]",
        tuple(
            (text, float(text.replace(",", "")), "count", None, year)
            for row in ("3,120 3,344", "5,980 6,012", "12,450 13,800", "870 955")
            for text, year in zip(row.split(), ("2023", "2024"), strict=True)
        ),
        ("| China | 12,450 | 13,800 |",),
    ),
    "prose": Layout("#set par(justify: true)\n" + PROSE * 6),
    "lists": Layout(
        "Contents\n\n"
        + "".join(
            f"#block[{at}. Part {name} #h(1fr) {page}]\n"
            for at, (name, page) in enumerate(zip("ABCDEF", (3, 7, 12, 18, 25, 31), strict=True), 1)
        )
        + "\n"
        + "\n".join(
            f"+ Firms in region {name} have {n} plants and {n * 7} partners"
            for name, n in zip("ABCDE", (12, 14, 21, 33, 8), strict=True)
        )
    ),
    "years down": Layout(
        "Employment in the bio industry (thousand persons)\n"
        + grid(
            "(50pt, 70pt, 70pt)",
            "(left, right, right)",
            [
                "Year | Production workers | Research staff",
                "2021 | 38.2 | 17.45",
                "2022 | 40.1 | 18.02",
                "2023 | 41.0 | 18.9",
                "2024 | 42.3 | 19.33",
            ],
        )
        + "Notes: (1) end of year. (2) 2024 preliminary.",
        tuple(
            (text, round(float(text) * 1000), "persons", "jobs.bio", year)
            for year, row in (("2021", "38.2 17.45"), ("2022", "40.1 18.02"), ("2023", "41.0 18.9"), ("2024", "42.3 19.33"))
            for text in row.split()
        ),
    ),
    "column by column": Layout(
        placed(
            (-10, 0, "Table 7. Production of biologics (KRW 100 million)"),
            *(
                (-10, 20 + 16 * at, text)
                for at, text in enumerate(("Group", "Vaccines", "Antibodies", "Blood fractions", "Toxins"))
            ),
            *((260, 20 + 16 * at, text) for at, text in enumerate(("2022", "9,012", "13,450", "", "2,110"))),
            *((360, 20 + 16 * at, text) for at, text in enumerate(("2023", "8,754", "15,020", "4,408", "2,433"))),
            *((460, 20 + 16 * at, text) for at, text in enumerate(("2024", "8,930", "17,730", "4,512", ""))),
        ),
        tuple(
            (text, float(text.replace(",", "")) * 1e8, "KRW", "production.biopharma", year)
            for year, row in (
                ("2022", "9,012 13,450 2,110"),
                ("2023", "8,754 15,020 4,408 2,433"),
                ("2024", "8,930 17,730 4,512"),
            )
            for text in row.split()
        ),
        ("| Blood fractions |  | 4,408 | 4,512 |", "| Toxins | 2,110 | 2,433 |  |"),
    ),
}

SHUT: dict[str, Layout] = {
    "centred, wrapped heads": Layout(
        "Table 12: Venture capital investment in biotech\n\n"
        + grid(
            "(110pt, 62pt, 62pt, 62pt, 62pt)",
            "(left, center, center, center, center)",
            [
                "Country | Amount in 2023 (USD million) | Amount in 2024 (USD million) | Number of deals in 2024 | Share of total (%)",
                "Korea | 870 | 1,015 | 112 | 4.2",
                "United Kingdom | 1,920 | 2,240 | | 9.2",
                "Israel | 610 | | 64 | 2.1",
                "Denmark | 95 | 1,300 | 41 | 5.4",
            ],
        ),
        (
            *(
                (text, value, "USD", "investment.vc", "2023")
                for text, value in (("870", 8.7e8), ("1,920", 1.92e9), ("610", 6.1e8), ("95", 9.5e7))
            ),
            *(
                (text, value, "USD", "investment.vc", "2024")
                for text, value in (("1,015", 1.015e9), ("2,240", 2.24e9), ("1,300", 1.3e9))
            ),
            *((text, float(text), "count", None, "2024") for text in ("112", "64", "41")),
            *((text, float(text), "%", None, None) for text in ("4.2", "9.2", "2.1", "5.4")),
        ),
        ("| United Kingdom | 1,920 | 2,240 |  | 9.2 |", "| Israel | 610 |  | 64 | 2.1 |"),
    ),
    "company, Korean": Layout(
        "연결 영업실적 (단위: 억원)\n"
        + grid(
            "(120pt, 75pt, 75pt, 75pt)",
            "(left, right, right, right)",
            [
                "구분 | 2025년 1분기 | 2024년 1분기 | 증감률(%)",
                "매출액 | 12,983 | 9,469 | 37.1",
                "영업이익 | 4,867 | 2,213 | 119.9",
                "당기순이익 (비지배지분에 귀속되는 순이익을 모두 포함) | 3,755 | 1,794 | 109.3",
                "연구개발비 | 921 | 1,004 | △8.3",
            ],
        ),
        (
            ("12,983", 1.2983e12, "KRW", "revenue", "2025-Q1"),
            ("9,469", 9.469e11, "KRW", "revenue", "2024-Q1"),
            ("37.1", 37.1, "%", "revenue.growth", "2025-Q1"),
            ("4,867", 4.867e11, "KRW", "profit.operating", "2025-Q1"),
            ("2,213", 2.213e11, "KRW", "profit.operating", "2024-Q1"),
            ("921", 9.21e10, "KRW", "rnd.spend", "2025-Q1"),
        ),
        ("| 연구개발비 | 921 | 1,004 | △8.3 |",),
    ),
    "sideways": Layout(
        "#rotate(90deg, reflow: true)[#block(width: 460pt)[Table A1. Imports of pharmaceuticals (EUR million)\n"
        + grid(
            "(1fr, 60pt, 60pt, 60pt)",
            "(left, right, right, right)",
            [
                "Origin | 2021 | 2022 | 2023",
                "Germany | 1,540 | 1,622 | 1,703",
                "Ireland | 980 | 1,043 | 1,120",
                "Switzerland | 2,045 | 2,244 | 2,390",
            ],
        )
        + "]]",
        tuple(
            (text, float(text.replace(",", "")) * 1e6, "EUR", "imports.pharma", year)
            for row in ("1,540 1,622 1,703", "980 1,043 1,120", "2,045 2,244 2,390")
            for text, year in zip(row.split(), ("2021", "2022", "2023"), strict=True)
        ),
        ("| Ireland | 980 | 1,043 | 1,120 |",),
    ),
    "side by side": Layout(
        "#grid(columns: (1fr, 1fr), gutter: 20pt, [Exports of medical devices (USD million)\n"
        + grid(
            "(1fr, 45pt, 45pt)",
            "(left, right, right)",
            ["Region | 2023 | 2024", "Asia | 2,010 | 2,144", "Europe | 1,345 | 1,402", "Americas | 1,190 | 1,233"],
        )
        + "], [Bio companies (number)\n"
        + grid(
            "(1fr, 45pt, 45pt)",
            "(left, right, right)",
            ["Region | 2023 | 2024", "Seoul | 540 | 566", "Gyeonggi | 610 | 648", "Daejeon | 233 | 240"],
        )
        + "])",
        (
            ("2,144", 2.144e9, "USD", "exports.meddevice", "2024"),
            ("1,345", 1.345e9, "USD", "exports.meddevice", "2023"),
            ("566", 566, "count", "companies.biotech", "2024"),
            ("233", 233, "count", "companies.biotech", "2023"),
        ),
        ("| Gyeonggi | 610 | 648 |", "| Europe | 1,345 | 1,402 |"),
    ),
    "two columns of prose": Layout(
        "#columns(2, gutter: 14pt)[\n#set par(justify: true)\n"
        + PROSE * 7
        + "\n"
        + "\n".join(
            f"- In 20{y} there were {n} plants with {m} people"
            for y, n, m in ((20, 41, 8200), (21, 44, 8750), (22, 47, 9100), (23, 52, 9900))
        )
        + "]"
    ),
    "one column of numbers, Korean": Layout(
        "의약품 수출액 추이\n#align(right)[(단위: 억 달러)]\n"
        + grid(
            "(1fr, 90pt)",
            "(left, right)",
            ["연도 | 의약품 수출액", "2020년 | 69.4", "2021년 | 70.4", "2022년 | 80.9", "2023년 | 75.6", "2024년 | 92.6"],
        )
        + "자료: 산업통상자원부",
        tuple(
            (text, round(float(text) * 1e8), "USD", "exports.pharma", year)
            for text, year in (("69.4", "2020"), ("70.4", "2021"), ("80.9", "2022"), ("75.6", "2023"), ("92.6", "2024"))
        ),
    ),
    "sections and fillers": Layout(
        "Annex B. Biopharmaceutical trade (USD million)\n"
        + grid(
            "(140pt, 60pt, 60pt, 60pt)",
            "(left, right, right, right)",
            [
                "Item | 2023 | 2024 | Change",
                "Exports | | |",
                "#h(8pt) Biopharmaceuticals | 4,100 | 4,710 | 14.9%",
                "#h(8pt) Vaccines | n/a | 320 | –",
                "Imports | | |",
                "#h(8pt) Biopharmaceuticals | 2,050 | 2,130 | 3.9%",
                "#h(8pt) Vaccines | 711 | 690 | -3.0%",
            ],
        )
        + "n/a = not available. In 2024 the survey covered 98 percent of all firms.",
        (
            ("4,100", 4.1e9, "USD", "exports.biopharma", "2023"),
            ("4,710", 4.71e9, "USD", "exports.biopharma", "2024"),
            ("2,130", 2.13e9, "USD", "imports.biopharma", "2024"),
        ),
        ("| Item | 2023 | 2024 | Change |",),
    ),
    "contents and addresses": Layout(
        "Annual Report 2024\n\n"
        + "".join(
            f"#block[{name} #box(width: 1fr, repeat[.]) {page}]\n"
            for name, page in (("Chair's letter", 2), ("Markets", 9), ("Plants", 17), ("Risk", 40), ("Accounts", 58))
        )
        + "\nOffices: 12 Main Street, 04524 Seoul, +82 2 555 0199 \\ 7 Bay Road, 138600 Singapore, +65 6555 0144 \\ 3 Quai Nord, 1201 Geneva, +41 22 555 0100\n\n"
        + "References\n\n"
        + "\n".join(
            f"[{at}] Author, A. and Writer, B. ({year}). On plants and yields. Journal of Bio {vol}({at}), {page}–{page + 9}.\n"
            for at, (year, vol, page) in enumerate(((2019, 12, 101), (2020, 13, 55), (2021, 15, 220), (2022, 9, 14)), 1)
        )
    ),
}
