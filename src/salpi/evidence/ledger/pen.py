"""Adding rows: the free ids, the inserts, the sheet on which rows of several documents wait. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, func, select

from salpi.evidence.ledger import tables as t

TOGETHER = 16
"""Documents that are written in one transaction, at most: what they share, in the journal and in the indexes, is written once."""


class Ids:
    """The next id of each table, looked up once: under the writer's lock nobody else takes one."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def take(self, c: Connection, table: Table, count: int = 1) -> int:
        """The first of ``count`` ids that are free from now on."""
        if table.name not in self._next:
            last = c.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
            self._next[table.name] = int(last) + 1
        first = self._next[table.name]
        self._next[table.name] += count
        return first


@dataclass(frozen=True)
class Insert:
    """A statement that adds a row, in the driver's own language, which costs many small inserts least. ``rank``: the place of its
    table among those that refer to each other; ``values``: puts a row's values in the statement's order.
    """

    rank: int
    sql: str
    values: Callable[[dict[str, Any]], tuple[Any, ...]]


_INSERTS: dict[tuple[str, str], Insert] = {}


def _insert(table: Table, dialect: Dialect) -> Insert:
    """The insert of a table, made once."""
    key = (dialect.name, table.name)
    if key not in _INSERTS:
        quote = dialect.identifier_preparer.quote
        names = [column.name for column in table.columns]
        marks = ", ".join(["?" if dialect.name == "sqlite" else "%s"] * len(names))
        sql = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))}) VALUES ({marks})"
        _INSERTS[key] = Insert(t.ORDER.index(table), sql, itemgetter(*names))
    return _INSERTS[key]


class Sheet:
    """Rows of several documents that wait to be written together, a statement for each table. What is read before does not see
    them.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[int, str], list[tuple[Any, ...]]] = {}

    def add(self, insert: Insert, rows: list[tuple[Any, ...]]) -> None:
        """More rows of a table."""
        self._rows.setdefault((insert.rank, insert.sql), []).extend(rows)

    def write(self, c: Connection) -> None:
        """Write what waits."""
        for (_, sql), rows in sorted(self._rows.items(), key=itemgetter(0)):
            c.exec_driver_sql(sql, rows)
        self._rows.clear()


@dataclass
class Pen:
    """What writing needs: the transaction, its entry in the journal, the ids that are free; the sheet on which rows wait, if they
    do.
    """

    c: Connection
    entry: int
    at: str  # the entry's time
    ids: Ids
    sheet: Sheet | None = None

    def insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Add rows; every column is given."""
        if rows:
            self.put(_insert(table, self.c.dialect), rows)

    def put(self, insert: Insert, rows: list[dict[str, Any]]) -> None:
        """Add rows by an insert."""
        values = [insert.values(row) for row in rows]
        if self.sheet is None:
            self.c.exec_driver_sql(insert.sql, values)
        else:
            self.sheet.add(insert, values)

    def take(self, table: Table, count: int = 1) -> int:
        """The first of ``count`` free ids of a table."""
        return self.ids.take(self.c, table, count)
