"""Whether what reads documents is compiled here; tests that need it are skipped with the reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from salpi import compiled

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT))

import hatch_compile  # noqa: E402


def _why_not() -> str | None:
    if hatch_compile.missing():
        return f"needs a C compiler and Python's headers (gcc, python3-dev): {hatch_compile.missing()}"
    try:
        compiled.manifest()
    except compiled.NotCompiled as why:
        return f"needs the compiled modules (`make compiled`): {why}"
    return None


in_use = pytest.mark.skipif(_why_not() is not None, reason=str(_why_not()))
