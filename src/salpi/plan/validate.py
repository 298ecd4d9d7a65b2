"""Validators of records and of what is made of them, built by pydantic when they are first asked for."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

_MADE: dict[Any, TypeAdapter[Any]] = {}


def validator(annotation: Any) -> TypeAdapter[Any]:
    """What reads one kind of thing: a record, or a mapping or list of records."""
    if annotation not in _MADE:
        _MADE[annotation] = TypeAdapter(annotation)
    return _MADE[annotation]


__all__ = ["ValidationError", "validator"]
