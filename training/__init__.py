"""Fits the judges' weights on annotated documents: ``python -m training FOLDER ... --out FILE`` (see docs/evidence-claims.md)."""

import os

os.environ["SALPI_COMPILED"] = "0"  # what listens to the judges stands in for classes that compiled modules hold to
