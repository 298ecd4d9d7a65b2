"""``python -m training.calibrate FOLDER ... [--out FILE]``: how sure the judges may be, by documents new to their weights.

The judges' probabilities are those of a model that has seen its examples; on new text they are too sure. Where weights were
fitted without some annotated folders, this fits a line between the log-odds of what they said there and those of being right
in every field, with a lower one for subjects whose English name is only how the Korean one sounds.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.extract import extract_claims
from salpi.evidence.judges.court import SOUNDED
from salpi.evidence.judges.weights import CALIBRATION, bundled
from salpi.evidence.record import Claim
from salpi.plan import load_plan
from training.examples import Row, documents, good

FIELDS = ("indicator", "subject", "period", "status")


def right(claim: Claim, rows: list[Row]) -> bool | None:
    """Whether all fields of a claim are as recorded; None where what it overlaps is optional."""
    met = [row for row in rows if row["span"][0] < claim.span[1] and claim.span[0] < row["span"][1]]
    if any(row.get("optional") for row in met):
        return None
    return any(
        row["unit"] == claim.unit
        and abs(row["value"] - claim.value) <= 0.005 * max(abs(row["value"]), 1e-12)
        and all(str(getattr(claim, key)).casefold() in {str(value).casefold() for value in good(row, key)} for key in FIELDS)
        for row in met
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).resolve().parents[1] / "src/salpi/evidence/judges" / CALIBRATION
    )
    args = parser.parse_args()
    catalogue, weights = Catalogue.of(load_plan("korea")), bundled()
    said, sounded, was = list[float](), list[bool](), list[bool]()
    for folder in args.folders:
        for document, rows in documents(folder):
            for claim in extract_claims(document, catalogue):
                answer = right(claim, rows) if claim.indicator else None
                if answer is not None:
                    sure = min(max(claim.score, 0.0005), 0.9995)
                    sounded.append(claim.rules["subject"].endswith(SOUNDED))
                    said.append((np.log(sure / (1 - sure)) - weights.offset - weights.sounded * sounded[-1]) / weights.slope)
                    was.append(answer)
    odds, by_sound, hit = np.array(said), np.array(sounded, float), np.array(was, float)

    def loss(x: np.ndarray) -> float:
        return float(np.logaddexp(0.0, -(2 * hit - 1) * (x[0] * odds + x[1] + x[2] * by_sound)).sum())

    found = minimize(loss, np.array([1.0, 0.0, 0.0]), method="Nelder-Mead").x
    line = {name: round(float(value), 3) for name, value in zip(("slope", "offset", "sounded"), found, strict=True)}
    args.out.write_text(json.dumps(line) + "\n", encoding="utf-8")
    sure = 1 / (1 + np.exp(-(found[0] * odds + found[1] + found[2] * by_sound)))
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        at = (sure >= low) & (sure < high)
        if at.any():
            print(f"said {low:.2f} to {min(high, 1):.2f}: {int(at.sum())} claims, right {hit[at].mean():.2f}")


if __name__ == "__main__":
    main()
