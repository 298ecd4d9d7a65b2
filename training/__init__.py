"""Fits the judges' weights on annotated documents: ``python -m training FOLDER ... --out FILE`` (see docs/evidence-claims.md)."""
