"""The hash of a plan's content: the same for any order of files, rows and keys, any line ends, comments or quotes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from salpi.plan.shape import Model


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def content_hash(parts: Mapping[str, Any], rows: Mapping[str, Sequence[Any]]) -> str:
    """sha256 over ``parts`` (order of keys is free) and ``rows`` (order of rows is free too).

    Values that equal the schema's defaults are left out, so that a new optional key leaves old plans their hash.
    """
    digest = hashlib.sha256()
    for name in sorted(parts):
        digest.update(f"{name}\n{_canonical(_plain(parts[name]))}\n".encode())
    for name in sorted(rows):
        texts = sorted(_canonical(row) for row in _plain(list(rows[name])))
        digest.update(f"{name}\n{chr(10).join(texts)}\n".encode())
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return {name: _plain(given) for name, given in value.given().items()}
    if isinstance(value, Mapping):
        return {key: _plain(given) for key, given in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value
