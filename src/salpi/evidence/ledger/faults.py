"""What can go wrong with a database, as one line that says how to mend it, without a password in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from salpi.evidence.place import LedgerFault, without_password

__all__ = ["DataFault", "LedgerFault", "guarded", "shown_url"]


class DataFault(LedgerFault):
    """What was to be written is nothing that the ledger can hold; the ledger itself is sound. ``what``: without its address."""

    def __init__(self, shown: str, what: str) -> None:
        super().__init__(f"{shown}: {what}")
        self.what = what


_LIMIT = "54000"
"""PostgreSQL's code of a limit of its own: a value too long for an index, a row too large."""
_KNOWN = (
    (
        "database or disk is full|no space left|disk full|could not extend file|file too large",
        "the disk is full: nothing of the document was kept; free space and run the same command again",
    ),
    (
        "readonly database|read-only transaction|attempt to write a readonly",
        "it cannot be written: the file or its folder is read-only; change that, or give another --ledger",
    ),
    (
        "database is locked|lock timeout|lock_timeout",
        "another process has been writing for too long; wait for it to end and run the same command again",
    ),
    (
        "not a database|file is encrypted|malformed|database disk image",
        "the file is no ledger, or it is damaged; give another --ledger or restore a copy",
    ),
    ("unable to open database file", "the file cannot be opened: is its folder there, and may you write in it?"),
    (
        "password authentication failed|no password supplied|authentication failed",
        "the server refuses user or password; check them in the address",
    ),
    ("database .* does not exist", "the server has no database of that name; create it first"),
    ("role .* does not exist", "the server knows no such user; check the address"),
    (
        "connection refused|could not connect|could not translate host|failed to resolve|connection timeout|connection failed",
        "the server cannot be reached; is it running, and is the address right?",
    ),
    (
        "server closed the connection|terminating connection|connection is lost|consuming input failed|admin ?shutdown",
        "the server ended the connection; run the same command again",
    ),
    ("disk i/o error", "the disk fails or is full (input/output error); nothing of the document was kept"),
    ("permission denied", "permission is denied; check the user's rights"),
)
"""What the databases say, and what it means to the user."""


def explain(error: SQLAlchemyError, url: URL) -> LedgerFault:
    """One line for a database's error."""
    shown = shown_url(url)
    text = str(error.orig if isinstance(error, DBAPIError) and error.orig is not None else error)
    for pattern, what in _KNOWN:
        if re.search(pattern, text, re.IGNORECASE):
            return LedgerFault(f"{shown}: {what}")
    first = text.strip().splitlines()[0] if text.strip() else type(error).__name__
    orig = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(error, (DataError, IntegrityError)) or getattr(orig, "sqlstate", None) == _LIMIT:
        return DataFault(shown, first)
    return LedgerFault(f"{shown}: {_without_secret(first, url)}")


def shown_url(url: URL | str) -> str:
    """A ledger's address as it may be shown: a file's path, or the server's without the password."""
    if isinstance(url, str):
        return without_password(url)
    if url.get_backend_name() == "sqlite":
        name = url.database or "(memory)"
        return unquote(name.removeprefix("file:")) if name.startswith("file:") else name
    return url.set(query={}).render_as_string(hide_password=True)


def _without_secret(text: str, url: URL) -> str:
    text = text.replace(str(url.password), "***") if url.password else text
    return re.sub(r"password=\S+", "password=***", text)


@contextmanager
def guarded(url: URL) -> Iterator[None]:
    """Turn database errors into LedgerFault."""
    try:
        yield
    except SQLAlchemyError as error:
        raise explain(error, url) from None
