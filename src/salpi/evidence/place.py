"""Where the ledger is (as given, else SALPI_LEDGER, else a file of the user's), and the fault that it may be in.

Light: nothing of a database is imported.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

VARIABLE = "SALPI_LEDGER"


class LedgerFault(Exception):
    """A ledger that cannot be opened, read or written; the message is one line."""


def address(given: str | None) -> str:
    """The ledger's address. Raises LedgerFault for an empty one, and where the user has no folder for one."""
    if given is not None and not given.strip():
        raise LedgerFault("--ledger is empty; write a file's path or postgresql://user@host/name")
    if given or (given := os.environ.get(VARIABLE)):
        return given
    from platformdirs import user_data_path

    try:
        return str(user_data_path("salpi") / "ledger.sqlite")
    except RuntimeError:  # neither HOME nor an entry in passwd
        raise LedgerFault(f"you have no home folder in which a ledger could be; give --ledger FILE, or set {VARIABLE}") from None


def without_password(given: str) -> str:
    """An address as it may be shown."""
    return re.sub(r"(//[^:/@\s]*):[^@\s]*@", r"\1:***@", given)


def is_there(given: str | None = None) -> bool:
    """Whether a ledger may be there: a file that exists, or what only an attempt can tell: a server, a file out of reach."""
    try:
        place = address(given)
    except LedgerFault:
        return False
    try:
        return "://" in place or Path(place).is_file()
    except (OSError, ValueError):
        return True
