"""The ledger at size: taking in 10,000 distinct documents of 3 kB, and queries over a million claims. Synthetic, and called so.

``python benchmarks/ledger.py [--documents N] [--claims N] [--keep FILE] [--fake]`` prints times, medians and the highest memory.
``--fake`` uses an extractor that reads marked figures, so that what is timed is reading, reconciling and writing alone.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from salpi.evidence.extraction import Extracted, Passage
from salpi.evidence.ingest import default_extractor, ingest
from salpi.evidence.ledger import Filter, Ledger, query
from salpi.evidence.ledger.decisions import add_findings
from salpi.evidence.ledger.described import add_source
from salpi.evidence.ledger.documents import add_document
from salpi.evidence.ledger.journal import Entry, begin
from salpi.evidence.options import Options
from salpi.evidence.reconcile.finding import Finding
from salpi.evidence.record import Claim, Document
from salpi.evidence.search import terms
from salpi.plan import load_plan
from salpi.plan.schema import Source

NOW = "2026-01-01T00:00:00Z"
PROSE_EN = (
    "the ministry said on Thursday that shipments of medicines and devices grew while orders from abroad held up and plants "
    "ran at capacity as the regulator cut its review and companies raised money for trials in oncology and rare disease"
)
PROSE_KO = (
    "정부는 바이오의약품 수출을 늘리고 임상시험 승인을 앞당기기로 했다 기업은 공장을 새로 짓고 "
    "연구개발 투자를 확대한다 식약처는 심사 인력을 늘려 허가 기간을 줄인다 산업통상자원부는 무역금융을 지원한다"
)
WORDS_EN, WORDS_KO = PROSE_EN.split(), PROSE_KO.split()
FACTS = (
    ("exports.biohealth", "South Korea", "USD", 1.2e9),
    ("exports.pharma", "South Korea", "USD", 7e8),
    ("revenue", "Celltrion", "KRW", 9e11),
    ("revenue", "Samsung Biologics", "KRW", 1.1e12),
    ("orders.cdmo", "Samsung Biologics", "KRW", 1.3e12),
    ("trials.country_rank", "South Korea", "rank", 5),
    ("production.bio", "South Korea", "KRW", 2e12),
    ("capacity.cdmo", "Lonza", "L", 3e5),
    (None, "South Korea", "persons", 1234),
    (None, "South Korea", "%", 12.5),
    (None, "World", "count", 77),
    (None, "Seoul", "count", 8),
)
MARK = re.compile(r"(-?\d+(?:\.\d+)?(?:e\d+)?) \[([^|\]]*)\|([^|\]]*)\|([^|\]]*)\|([^|\]]*)\]")


def fake(document: Document) -> tuple[Claim, ...]:
    """Figures that are followed by what they are about, in brackets."""
    out = []
    for found in MARK.finditer(document.text):
        value, indicator, subject, period, unit = found.groups()
        claim = Claim(document.name, found.span(1), value, float(value), unit, indicator=indicator or None, subject=subject)
        out.append(replace(claim, period=period or None, lang=document.lang, score=0.9))
    return tuple(out)


def document(rng: random.Random, number: int, marked: bool) -> str:
    """About 3 kB of prose with some twenty figures, English or Korean; no two alike."""
    korean = number % 2 == 1
    words = WORDS_KO if korean else WORDS_EN
    lines = [f"Synthetic release {number}", f"Published: {2015 + number % 11}-{1 + number % 12:02d}-{1 + number % 28:02d}", ""]
    size = 0
    while size < 3000:
        indicator, subject, unit, base = rng.choice(FACTS)
        value = float(f"{base * rng.uniform(0.3, 3):.4g}")
        period = f"{rng.randint(2010, 2026)}-{rng.randint(1, 12):02d}"
        figure = f"{value:g} [{indicator or ''}|{subject}|{period}|{unit}]" if marked else _written(value, unit, korean)
        line = f"{' '.join(rng.choices(words, k=9))} {figure} {' '.join(rng.choices(words, k=6))}."
        lines.append(line)
        size += len(line.encode())
    return "\n".join(lines) + "\n"


def _written(value: float, unit: str, korean: bool) -> str:
    if unit in ("USD", "KRW"):
        if korean:
            return f"{value / 1e8:,.0f}억 {'달러' if unit == 'USD' else '원'}"
        return f"{'$' if unit == 'USD' else ''}{value / 1e9:,.3g} billion{'' if unit == 'USD' else ' won'}"
    names = {
        "%": "%",
        "persons": "명" if korean else " people",
        "L": "리터" if korean else " liters",
        "rank": "위" if korean else "th",
    }
    return f"{value:,.0f}{names.get(unit, '건' if korean else ' items')}"


def ingest_many(folder: Path, number: int, marked: bool) -> None:
    rng = random.Random(1)
    docs = folder / "docs"
    docs.mkdir()
    size = 0
    for at in range(number):
        body = document(rng, at, marked).encode()
        size += len(body)
        (docs / f"{at:05d}.txt").write_bytes(body)
    plan = load_plan()
    extractor = fake if marked else default_extractor(plan)
    with Ledger.open(str(folder / "many.sqlite")) as ledger:
        start, spent = time.perf_counter(), time.process_time()
        summary = ingest(ledger, plan, [str(docs)], lambda: NOW, extractor, Options(quality="B", actor="benchmark"))
        took, spent = time.perf_counter() - start, time.process_time() - spent
    print(
        f"ingest of {number:,} distinct documents ({size / number / 1e3:.1f} kB each, {summary.claims['found']:,} claims, "
        f"{'fake' if marked else 'built-in'} extractor): {took:.1f} s, {number / took:.0f} documents/s"
    )
    print(f"  the writing process computed for {spent:.1f} s")
    print(f"  {dict(summary.documents)} {dict(summary.claims)}")


def million(path: Path, number: int, a_document: int = 100) -> Ledger:
    """A ledger of synthetic claims, a hundred a document."""
    ledger = Ledger.open(str(path))
    start = time.perf_counter()
    rng = random.Random(2)
    for first in range(0, number, 100 * a_document):
        with ledger.writing() as c:
            pen = begin(c, Entry(NOW, "benchmark", "ingest"))
            add_source(pen, "synthetic", Source(title="synthetic", publisher="synthetic"))
            for at in range(first, min(first + 100 * a_document, number), a_document):
                found = _synthetic(rng, at // a_document, a_document)
                written = add_document(pen, found, "synthetic")
                findings = [_finding(rng) if claim.indicator else None for claim in found.claims]
                add_findings(pen, written.claims, findings)
    print(
        f"a ledger of {number:,} synthetic claims: written in {time.perf_counter() - start:.0f} s, "
        f"{path.stat().st_size / 1e6:,.0f} MB"
    )
    return ledger


def _finding(rng: random.Random) -> Finding:
    """One in two hundred has a rare verdict."""
    verdict = "rejected" if rng.random() < 0.005 else rng.choice(("repeated", "repeated", "repeated", "waiting"))
    return Finding(verdict, "known", "synthetic")


def _synthetic(rng: random.Random, number: int, claims: int) -> Extracted:
    made, passages, of, at = [], [], [], 0
    texts = []
    for index in range(claims):
        indicator, subject, unit, base = rng.choice(FACTS)
        words = rng.choices(WORDS_KO if index % 2 else WORDS_EN, k=12)
        figure = f"{base * rng.uniform(0.3, 3):.4g}"
        line = f"{' '.join(words)} {figure} {rng.randint(0, 9999)}."
        start = at + len(line) - len(figure) - len(line.rsplit(" ", 1)[1]) - 1
        made.append(
            Claim(
                f"{number}.txt",
                (start, start + len(figure)),
                figure,
                float(figure),
                unit,
                indicator=indicator,
                subject=subject,
                period=f"{rng.randint(2000, 2026)}-{rng.randint(1, 12):02d}",
                status="target" if rng.random() < 0.01 else "actual",
                score=rng.random(),
                lang="ko" if index % 2 else "en",
            )
        )
        passages.append(Passage(at, at + len(line), line, tuple(terms(line))))
        of.append(index)
        texts.append(line)
        at += len(line) + 1
    body = "\n".join(texts)
    return Extracted(Document(f"{number:064x}", f"{number}.txt", body), tuple(made), tuple(passages), tuple(of))


QUERIES: dict[str, Filter] = {
    "filtered: indicator, subject, period": Filter(indicator="exports.biohealth", subject="South Korea", period="2020-05"),
    "filtered: indicator": Filter(indicator="exports"),
    "filtered: subject, status": Filter(subject="Samsung Biologics", status="actual"),
    "filtered: waiting": Filter(verdict="waiting"),
    "filtered: waiting, indicator, as of": Filter(verdict="waiting", indicator="revenue", as_of="2026-06"),
    "filtered: a rare verdict": Filter(verdict="rejected"),
    "filtered: a verdict that no claim has": Filter(verdict="corrected"),
    "filtered: conflicting": Filter(verdict="conflicting"),
    "filtered: a rare status": Filter(status="target"),
    "filtered: a subject in another case": Filter(subject="celltrion"),
    "filtered: a document without its ending": Filter(document="4711"),
    "full text, English: one word": Filter(text="oncology"),
    "full text, English: three words": Filter(text="regulator capacity trials"),
    "full text, Korean: 수출": Filter(text="수출"),
    "full text, Korean: 바이오의약품 무역금융": Filter(text="바이오의약품 무역금융"),
    "full text and filter": Filter(text="바이오의약품", indicator="revenue", subject="Celltrion"),
    "full text and a rare verdict": Filter(text="수출", verdict="rejected"),
    "full text and a verdict that no claim has": Filter(text="수출", verdict="corrected"),
    "full text and a common verdict": Filter(text="oncology", verdict="waiting"),
    "full text and a rare status": Filter(text="수출", status="target"),
    "full text and a status that no claim has": Filter(text="수출", status="forecast"),
    "full text: a rare number": Filter(text="4711"),
    "full text: nothing found": Filter(text="zebra"),
}


def timed(ledger: Ledger, repeats: int = 15) -> None:
    for name, want in QUERIES.items():
        times, rows = [], 0
        for _ in range(repeats):
            start = time.perf_counter()
            with ledger.reading() as c:
                rows = len(query.claims(c, want, 100))
            times.append(time.perf_counter() - start)
        print(f"  {name}: median {1e3 * statistics.median(times):.1f} ms, worst {1e3 * max(times):.1f} ms ({rows} rows)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--fake", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.documents:
            ingest_many(Path(folder), given.documents, given.fake)
        if given.claims:
            path = given.keep or Path(folder) / "million.sqlite"
            with Ledger.open(str(path)) if path.exists() else million(path, given.claims) as ledger:
                timed(ledger)
    peak = {"this process": resource.RUSAGE_SELF, "a worker": resource.RUSAGE_CHILDREN}
    print(
        "highest memory: " + ", ".join(f"{name} {resource.getrusage(who).ru_maxrss / 1024:.0f} MiB" for name, who in peak.items())
    )


if __name__ == "__main__":
    main()
