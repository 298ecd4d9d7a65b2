"""The judges' weights: names of features and what each adds to a candidate; fitted elsewhere, here only read."""

from __future__ import annotations

import io
import json
import math
import zipfile
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from salpi.evidence.judges.index import Index
from salpi.evidence.judges.nets import Choosing, Layer, Measuring
from salpi.evidence.judges.rows import Rows
from salpi.evidence.judges.tables import Floats, Sums

NAME = "weights.npz"
CALIBRATION = "calibration.json"
STEPS = 31


@dataclass(frozen=True)
class Weights:
    """All judges' weights with the ids and forms that they were fitted for."""

    bases: tuple[str, ...]
    concepts: tuple[str, ...]
    forms: tuple[str, ...]
    measuring: Measuring  # a number's surroundings → concepts of an id, forms
    shared: Sums  # what holds for any id
    subject: Choosing
    period: Choosing
    status: Layer  # no hidden one: what names add to each status
    unit: Choosing
    slope: float = 1.0
    offset: float = 0.0
    sounded: float = 0.0

    def honest(self, sure: float, sounded: bool = False) -> float:
        """The probability that all fields are right, where the judges say ``sure``: they were fitted on what they are sure of.

        A line between log-odds, fitted on documents that the weights had not seen (``training/calibrate.py``); it lies lower for a
        subject whose English name is only how its Korean one sounds, since its owner may spell it in another way.
        """
        sure = min(max(sure, 1e-9), 1 - 1e-9)
        return 1 / (1 + math.exp(-self.offset - self.sounded * sounded - self.slope * math.log(sure / (1 - sure))))


def pack(tables: dict[str, Any], meta: dict[str, Any]) -> bytes:
    """One archive of names and arrays, the same bytes for the same weights."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name: str, data: bytes) -> None:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)

        add("meta.json", json.dumps(meta, ensure_ascii=False, sort_keys=True).encode())
        for name, (names, array) in sorted(tables.items()):
            add(f"{name}.names", "\n".join(names).encode())
            if isinstance(array, tuple):  # sparse: shape, flat places, values
                shape, places, values = array
                add(f"{name}.shape", json.dumps(shape).encode())
                add(f"{name}.places", np.diff(places, prepend=0).astype("<u4").tobytes())
                add(f"{name}.values", values.astype("<f2").tobytes())
            else:  # rows in a few steps, each row with its own: finer ones say the same and take twice the room
                scales = np.maximum(np.abs(array).max(axis=1), 1e-6).astype("<f2") / np.float16(STEPS)
                add(f"{name}.shape", json.dumps(array.shape).encode())
                add(f"{name}.scales", scales.tobytes())
                add(
                    f"{name}.bytes",
                    np.rint(array / scales.astype(np.float32)[:, None]).clip(-STEPS, STEPS).astype("i1").tobytes(),
                )
    return out.getvalue()


def unpack(data: bytes) -> Weights:
    """The weights from their archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        meta = json.loads(archive.read("meta.json"))

        def names(name: str) -> Index:
            return Index(archive.read(f"{name}.names"))

        def dense(name: str) -> Floats:
            shape = json.loads(archive.read(f"{name}.shape"))
            flat = np.zeros(shape[0] * shape[1], np.float32)
            places = np.cumsum(np.frombuffer(archive.read(f"{name}.places"), "<u4"), dtype=np.int64)
            flat[places] = np.frombuffer(archive.read(f"{name}.values"), "<f2")
            return flat.reshape(shape)

        def rows(name: str) -> Rows:
            """With a last column that counts."""
            count, columns = json.loads(archive.read(f"{name}.shape"))
            steps = np.frombuffer(archive.read(f"{name}.bytes"), "i1").reshape(count, columns)
            scales = np.frombuffer(archive.read(f"{name}.scales"), "<f2").astype(np.float32)
            return Rows(steps, scales, np.ones((count, 1), np.float32))

        def choosing(name: str) -> Choosing:
            own, about = Layer(names(name), rows(name)), Layer(names(f"{name}.asked"), rows(f"{name}.asked"))
            bias, out = dense(f"{name}.layer")
            return Choosing(own, about, bias, out)

        return Weights(
            tuple(meta["bases"]),
            tuple(meta["concepts"]),
            tuple(meta["forms"]),
            Measuring(names("around"), rows("around"), dense("around.bias")[0], dense("around.bases"), dense("around.forms")),
            Sums(dict(zip(archive.read("shared.names").decode().split("\n"), dense("shared")[:, 0].tolist(), strict=True))),
            choosing("subject"),
            choosing("period"),
            Layer(names("status"), Rows.of(dense("status"))),
            choosing("unit"),
        )


@lru_cache(maxsize=1)
def bundled() -> Weights:
    """The weights that are shipped, read once for each process."""
    folder = files("salpi.evidence.judges")
    line = json.loads(folder.joinpath(CALIBRATION).read_text(encoding="utf-8"))
    return replace(unpack(folder.joinpath(NAME).read_bytes()), **line)
