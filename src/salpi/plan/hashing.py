"""The hash of a plan's content: the same for any order of files, rows and keys, any line ends, comments or quotes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter


@cache
def _any() -> TypeAdapter[Any]:
    """Made when first asked for: pydantic looks through every installed package for plugins then."""
    return TypeAdapter(Any)


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
    return _any().dump_python(value, mode="json", exclude_defaults=True, by_alias=True)
