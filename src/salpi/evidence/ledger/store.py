"""A ledger: one database, opened by address, brought to the present schema, read and written in whole transactions."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from salpi.evidence.ledger.faults import LedgerFault, guarded, shown_url
from salpi.evidence.place import address

HEAD = "0001"
"""The schema's version; a test holds it against the migrations."""
VERSIONS, OURS = "alembic_version", ("entries", "claims", "passage_words")
"""Where Alembic keeps the version, as it does for other programs; tables that every version of the schema has beside it."""
FOREIGN = "is the database of another program: it holds tables, but no ledger; give another --ledger"
DRIVERS = {"sqlite": "pysqlite", "postgresql": "psycopg"}
BUSY_SECONDS = 120
"""So long a writer waits for another process: a few documents are one short transaction."""
LOCK = 0x5A1B1ED6E5
"""Key of the advisory lock with which PostgreSQL lets one writer in at a time, as SQLite does by itself."""


def parse(given: str) -> URL:
    """An address as SQLAlchemy reads it: a path is a SQLite file, PostgreSQL is spoken to by psycopg. Raises LedgerFault."""
    try:
        url = URL.create("sqlite", database=given) if "://" not in given else make_url(given)
    except (ArgumentError, ValueError):
        raise LedgerFault(
            f"{shown_url(given)}: is no address of a ledger; write a file's path or postgresql://user@host/name"
        ) from None
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    kind, _, driver = url.drivername.partition("+")
    if kind not in DRIVERS:
        raise LedgerFault(f"{shown_url(given)}: a ledger is kept in SQLite or PostgreSQL, not in {kind}")
    if driver not in ("", DRIVERS[kind]):
        raise LedgerFault(f"{shown_url(given)}: {kind} is spoken to by {DRIVERS[kind]}, not by {driver}; leave +{driver} out")
    if kind == "sqlite" and (not url.database or ":memory:" in url.database or "memory" in url.query.get("mode", "")):
        raise LedgerFault(f"{shown_url(given)}: would be lost when the command ends; write a file's path")
    return url


_ONE_WRITER = text(f"SELECT pg_advisory_xact_lock({LOCK})")


class Ledger:
    """An open ledger. Use ``Ledger.open``; then ``with ledger.reading() as c`` or ``with ledger.writing() as c``."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.url = engine.url

    @classmethod
    def open(cls, given: str | None = None, create: bool = True) -> Ledger:
        """Open a ledger, or make it, and bring it to the present schema.

        ``create`` False: one that is not there is a fault (a query must not leave an empty file behind). Raises LedgerFault.
        """
        url = parse(address(given))
        path = url.database if url.get_backend_name() == "sqlite" else None
        if path and not path.startswith("file:"):
            _prepare(Path(path), create)
            url = _read_only(url)
        with _driver(url), guarded(url):
            ledger = cls(_engine(url))
            ledger._migrate(create)
        return ledger

    def close(self) -> None:
        """Give up the connections."""
        self.engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def sqlite(self) -> bool:
        """Whether the database is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @property
    def shown(self) -> str:
        """The address without a password."""
        return shown_url(self.url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger. Raises LedgerFault."""
        with guarded(self.url), self.engine.connect() as connection:
            if not self.sqlite:  # whose transactions see one state by themselves
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self, connection: Connection | None = None) -> Iterator[Connection]:
        """A transaction that no other writer runs beside: all of it is kept, or nothing. Raises LedgerFault.

        Who writes many times passes the connection that ``writer`` gives.
        """
        if connection is None:
            with self.writer() as own, self.writing(own) as c:
                yield c
            return
        with guarded(self.url), connection.begin():
            if not self.sqlite:
                connection.execute(_ONE_WRITER)
            yield connection

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """A connection for many transactions. Raises LedgerFault."""
        with guarded(self.url), self.engine.connect().execution_options(salpi_write=True) as connection:
            yield connection

    def _migrate(self, create: bool) -> None:
        """To the present schema from any earlier one; what holds no ledger gets the tables if it is empty. Raises LedgerFault."""
        with self.engine.connect() as connection:
            version = self._version(connection)
        if version == HEAD:
            return
        if not create and version is None:
            raise LedgerFault(f"{self.shown}: holds no ledger yet; `salpi ingest` makes one")
        from salpi.evidence.ledger.migrate import revisions, upgrade

        with self.writing() as connection:
            version = self._version(connection)
            if version is not None and version not in revisions():
                raise LedgerFault(f"{self.shown}: was made by a newer salpi (schema {version}); update salpi")
            upgrade(connection)

    def _version(self, connection: Connection) -> str | None:
        """The schema's version, None for an empty database. Raises LedgerFault for tables that are another program's."""
        found = inspect(connection)
        if found.has_table(VERSIONS):
            if not all(found.has_table(name) for name in OURS):
                raise LedgerFault(f"{self.shown}: {FOREIGN}")
            return connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
        if found.get_table_names():
            raise LedgerFault(f"{self.shown}: {FOREIGN}")
        return None


def _prepare(path: Path, create: bool) -> None:
    try:
        there, folder, plain = path.exists(), path.is_dir(), path.is_file()
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "no file name").lower()
        raise LedgerFault(f"{path}: cannot be opened: {why}; give another --ledger") from None
    if folder:
        raise LedgerFault(f"{path}: is a folder; give a file name")
    if there and not plain:
        raise LedgerFault(f"{path}: is no plain file (a pipe, a device); give another --ledger")
    if there:
        _check_header(path)
        return
    if not create:
        raise LedgerFault(f"{path}: there is no ledger there; `salpi ingest` makes one, --ledger names another")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerFault(f"{path}: its folder cannot be made: {(error.strerror or 'no access').lower()}") from None


def _check_header(path: Path) -> None:
    """Leave files alone that are no database: SQLite would take one of a few bytes for an empty one, and write over it."""
    try:
        with open(path, "rb") as file:
            head = file.read(16)
    except OSError as error:
        raise LedgerFault(f"{path}: cannot be read: {(error.strerror or 'no access').lower()}") from None
    if head and head != b"SQLite format 3\0":
        raise LedgerFault(f"{path}: the file is no ledger; give another --ledger")


def _read_only(url: URL) -> URL:
    """A file that may not be written, or stands in such a folder, is opened as it is; without a log beside it all is in it."""
    path = Path(url.database or "")
    if not path.is_file() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return url
    logged = path.with_name(path.name + "-wal").exists()
    query = {"mode": "ro", "uri": "true"} if logged else {"mode": "ro", "immutable": "1", "uri": "true"}
    return url.set(database=f"file:{quote(str(path.absolute()))}", query=query)


@contextmanager
def _driver(url: URL) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise LedgerFault(f"{shown_url(url)}: needs the package {error.name}; pip install 'salpi[postgresql]'") from None


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
        event.listen(engine, "connect", _patient)
        return engine
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _patient(connection: Any, _: Any) -> None:
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _pragmas(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by us: the driver's own way begins them too late
    cursor = connection.cursor()
    with contextlib.suppress(Exception):  # a file or folder that is read-only: it can still be read
        cursor.execute("PRAGMA journal_mode = WAL")
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON", "cache_size = -65536", "temp_store = MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("salpi_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
