"""Speed of extraction on distinct text as dense as the practice set, beside quantulum3's where it is installed.

python benchmarks/extract.py [copies]

Once on copies of the practice set with other figures, whose words it has met, and once on the documents of ``tests/gold/own``,
which have words of their own.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from salpi.cli import begin

begin()  # as the command does, before NumPy is imported
from salpi import compiled  # noqa: E402
from salpi.evidence.claims.catalogue import Catalogue  # noqa: E402
from salpi.evidence.extract import extract_claims  # noqa: E402
from salpi.evidence.record import Document  # noqa: E402
from salpi.plan import load_plan  # noqa: E402

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
PRACTICE = GOLD / "practice"


def distinct(text: str, seed: int) -> str:
    """The text with other digits: no two copies share their numbers."""
    chance = random.Random(seed)
    return "".join(
        str((int(char) + chance.randrange(1, 9)) % 10) if char in "123456789" and chance.random() < 0.4 else char for char in text
    )


def read(documents: list[str], catalogue: Catalogue, what: str) -> float:
    """Megabytes a second of one core."""
    size, claims, start = sum(len(text.encode()) for text in documents) / 1e6, 0, time.process_time()
    for number, text in enumerate(documents):
        claims += len(extract_claims(Document("0", str(number), text), catalogue))
    spent = time.process_time() - start
    print(f"salpi, {what}: {size:.3f} MB, {claims} claims in {spent:.2f} s of one core: {size / spent:.3f} MB/s")
    return size / spent


def main(copies: int) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(PRACTICE.glob("*.txt"))]
    documents = [distinct(text, seed) for seed in range(copies) for text in texts]
    catalogue = Catalogue.of(load_plan("korea"))
    for text in texts:
        extract_claims(Document("0", "warm", text), catalogue)
    print("what reads documents is compiled" if compiled.use() else "what reads documents is not compiled: `make compiled`")
    speed = read(documents, catalogue, "other figures")
    read([path.read_text(encoding="utf-8") for path in sorted((GOLD / "own").glob("*/*.txt"))], catalogue, "other words")
    other = quantulum(documents[: len(texts)])
    if other is not None:
        print(f"quantulum3 (quantities alone): {other:.4f} MB/s; salpi is {speed / other:.0f} times as fast")


def quantulum(documents: list[str]) -> float | None:
    """Megabytes a second of quantulum3 on the same text; None where it is not installed."""
    try:
        from quantulum3 import parser
    except ImportError:
        print("quantulum3 is not installed: pip install quantulum3", file=sys.stderr)
        return None
    parser.parse("5 km")
    start = time.process_time()
    for text in documents:
        parser.parse(text)
    return sum(len(text.encode()) for text in documents) / 1e6 / (time.process_time() - start)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
