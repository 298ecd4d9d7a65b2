"""What a name means in a ledger: the indicators, subjects and documents that it stands for, by look-ups in an index."""

from __future__ import annotations

import os
from pathlib import PurePath

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from salpi.evidence.ledger import tables as t


def indicators_of(c: Connection, name: str, every: bool = False) -> list[str]:
    """The ids that claims have of an indicator: its own, with a definition (``@``), derived from it (``.``); ``every``: all that
    begin with its name. One look-up each.
    """
    k = t.claims.c.indicator
    out: list[str] = []
    found = c.execute(select(func.min(k)).where(k >= name)).scalar()
    while found is not None and found.startswith(name):
        if every or found[len(name) : len(name) + 1] in ("", "@", "."):
            out.append(found)
        found = c.execute(_NEXT, {"after": found}).scalar()
    return out


_NEXT = select(func.min(t.claims.c.indicator)).where(t.claims.c.indicator > bindparam("after"))


def subjects_of(c: Connection, name: str) -> list[str]:
    """The subjects that claims have of a name, whatever its case: as given and in the usual spellings, else among all."""
    k = t.claims.c.subject
    forms = dict.fromkeys((name, name.title(), name.upper(), name.capitalize(), name.lower()))
    if found := [form for form in forms if c.execute(select(k).where(k == form).limit(1)).first()]:
        return found
    wanted, one = name.casefold(), c.execute(select(func.min(k))).scalar()
    while one is not None:
        if one.casefold() == wanted:
            found.append(one)
        one = c.execute(_NEXT_SUBJECT, {"after": one}).scalar()
    return found


_NEXT_SUBJECT = select(func.min(t.claims.c.subject)).where(t.claims.c.subject > bindparam("after"))


def documents_of(c: Connection, name: str) -> list[int]:
    """The documents of a name, a path or address at which they ever stood, or the beginning of a sha256; else those of the name
    without its ending.
    """
    d = t.documents.c
    places = (name, os.path.abspath(name))
    versions = select(t.versions.c.document).where(t.versions.c.origin.in_(places))
    same = [d.name == name, d.origin.in_(places), d.id.in_(versions)]
    if len(name) >= 8 and all(char in "0123456789abcdef" for char in name):
        same.append(and_(d.sha256 >= name, d.sha256 < name + "g"))
    found = list(c.execute(select(d.id).where(or_(*same))).scalars())
    if found:
        return found
    like = select(d.id, d.name).where(d.name.startswith(name + ".", autoescape=True))
    return [row.id for row in c.execute(like) if PurePath(row.name).stem == name]
