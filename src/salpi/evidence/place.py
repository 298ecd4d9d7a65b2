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
    """The ledger's address."""
    if given or (given := os.environ.get(VARIABLE)):
        return given
    from platformdirs import user_data_path

    return str(user_data_path("salpi") / "ledger.sqlite")


def without_password(given: str) -> str:
    """An address as it may be shown."""
    return re.sub(r"(//[^:/@\s]*):[^@\s]*@", r"\1:***@", given)


def is_there(place: str) -> bool:
    """Whether a ledger may be there: a file that exists, or a server (which only an attempt can tell)."""
    return "://" in place or Path(place).is_file()
