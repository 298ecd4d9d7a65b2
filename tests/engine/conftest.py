"""What tests of the engine share."""

from __future__ import annotations

from typing import Any

import pytest

from salpi.engine import drawing, native, wasm
from salpi.engine.kernels import KernelError, _native


@pytest.fixture(scope="module", params=["native", "wasm"])
def call(request, tmp_path_factory) -> Any:
    """The kernel that draws numbers, lays paths and makes tables, in both readings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALPI_CACHE", str(tmp_path_factory.mktemp("cache")))
        try:
            source = drawing.SOURCE
            return _native(native.build(source)) if request.param == "native" else wasm.load(wasm.build(source))
        except KernelError as error:
            pytest.skip(f"needs a kernel: {error}")
