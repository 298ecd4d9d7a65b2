"""A plan as one text, and the plan from that text: what another machine needs to run it, without the folder.

The text is canonical JSON of the plan's content, with the ledger's observations where they lie on top of it; only where in the
folder a thing stands is left out.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

from salpi.plan.model import Origins, Plan
from salpi.plan.validate import validator

_TYPES = {
    name: validator(kind)
    for name, kind in get_type_hints(Plan).items()
    if name in {f.name for f in fields(Plan)} - {"root", "origins"}
}


def to_text(plan: Plan) -> str:
    """The plan as JSON. The same plan gives the same text."""
    body = {name: kind.dump_python(getattr(plan, name), mode="json", exclude_defaults=True) for name, kind in _TYPES.items()}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_text(text: str) -> Plan:
    """The plan of a text that `to_text` made. Raises ValueError where it is none."""
    body: dict[str, Any] = json.loads(text)
    found = {name: kind.validate_python(body.get(name)) for name, kind in _TYPES.items()}
    return Plan(root=Path(), origins=Origins(), **found)
