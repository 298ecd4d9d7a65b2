"""The scorer's figures on every annotated set: practice, our own, and the seeds where they are there.

The judges of claims learn from *practice*, *open*, *fresh*, *dense*, *shut* and the sets of ``learn``, so only *held*,
*judged* and *committee* (and the seeds) say how good unseen text is read: they are scored, never learned from, and the first
three never looked at.

python tests/gold/figures.py [--errors SET]
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import score  # noqa: E402

from salpi.evidence.claims.catalogue import Catalogue  # noqa: E402
from salpi.evidence.extract import extract_claims  # noqa: E402
from salpi.evidence.record import Document  # noqa: E402
from salpi.plan import load_plan  # noqa: E402

SEEDS = HERE.parents[1].parent / "shared" / "gold" / "seeds"


def sets() -> Iterator[tuple[str, Path]]:
    """Name and folder of each set; its gold file has the folder's name."""
    yield "practice", HERE / "practice"
    for folder in sorted((HERE / "own").iterdir()):
        if folder.is_dir():
            yield f"own/{folder.name}", folder
    if SEEDS.is_dir():
        yield "seeds", SEEDS
    else:
        print("seeds: not here, left out", file=sys.stderr)


def predicted(folder: Path, catalogue: Catalogue) -> list[dict[str, Any]]:
    """What extraction finds in the documents of a folder, as the scorer wants it."""
    found: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.txt")):
        data = path.read_bytes()
        document = Document(hashlib.sha256(data).hexdigest(), path.name, data.decode("utf-8"))
        found += [{**asdict(claim), "span": list(claim.span)} for claim in extract_claims(document, catalogue)]
    return found


def main(argv: list[str]) -> None:
    catalogue = Catalogue.of(load_plan("korea"))
    wanted = argv[1] if argv[:1] == ["--errors"] else None
    print(f"{'set':<12}{'scope':<7}{'level':<11}{'P':>7}{'R':>7}{'F1':>7}{'gold':>6}")
    for name, folder in sets():
        gold = score.load(str(folder.with_suffix(".jsonl")))
        tally, errors = score.score(gold, predicted(folder, catalogue))
        for scope, rows in score.summary(tally).items():
            for level, row in rows.items():
                figures = f"{row['precision']:>7.3f}{row['recall']:>7.3f}{row['f1']:>7.3f}{row['tp'] + row['fn']:>6}"
                print(f"{name:<12}{scope:<7}{level:<11}{figures}")
        if name == wanted:
            score.show_errors(errors)


if __name__ == "__main__":
    main(sys.argv[1:])
