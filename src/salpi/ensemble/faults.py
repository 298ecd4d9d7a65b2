"""What stops an ensemble, in words."""

from __future__ import annotations


class EnsembleFault(RuntimeError):
    """An ensemble that cannot be run, in one line each: what, where, how to mend it."""
