"""The one place that connects: how a book's file is opened, and what holds for every connection.

SQLite is kept in driver autocommit; transactions are begun here, so that schema changes roll back like any other."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Executable, Insert, Select, TextClause, Update, create_engine, event
from sqlalchemy.sql.compiler import SQLCompiler

from famgui.store.copies import BUSY_SECONDS, frozen

READING = {"begin": "BEGIN"}
"""Execution options of a connection that only reads, several questions about one moment: it takes no write lock."""
ASKING = {"begin": ""}
"""Execution options of a connection that asks one question, which needs no transaction of its own."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
)


class _Spelled:
    """A statement put into the database's words once; the driver runs it without asking SQLAlchemy again: half the
    time of the usual way. Only for columns of numbers and text, which need no conversion."""

    def __init__(self, statement: Executable, names: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._names = names
        self._known: dict[str, tuple[str, dict[str, Any], Sequence[str] | None]] = {}

    def words(self, connection: Connection) -> tuple[str, dict[str, Any], Sequence[str] | None]:
        """The text, the values that it holds already, and the order of its values if it counts them."""
        known = self._known.get(connection.dialect.name)
        if known is None:
            compiled = self._statement.compile(dialect=connection.dialect, column_keys=self._names)  # type: ignore[attr-defined]
            assert isinstance(compiled, SQLCompiler)
            known = self._known[connection.dialect.name] = str(compiled), dict(compiled.params), compiled.positiontup
        return known


class Prepared(_Spelled):
    """A query for what is asked again and again: plain rows."""

    def __init__(self, statement: Select[Any]) -> None:
        super().__init__(statement)

    def rows(self, connection: Connection, asked: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        sql, given, order = self.words(connection)
        values = {**given, **asked}
        cursor = connection.connection.cursor()
        cursor.execute(sql, values if order is None else [values[name] for name in order])
        return list(cursor.fetchall())


class Change(_Spelled):
    """An insert or update of many rows; `names` are its values in the order in which rows give them."""

    def __init__(self, statement: Insert | Update | TextClause, names: Sequence[str]) -> None:
        super().__init__(statement, names)
        self.names = tuple(names)

    def run(self, connection: Connection, rows: Sequence[Sequence[object]]) -> None:
        """Write the rows."""
        sql, _, order = self.words(connection)
        cursor = connection.connection.cursor()
        if order is None:
            cursor.executemany(sql, [dict(zip(self.names, row, strict=True)) for row in rows])
        elif tuple(order) == self.names:
            cursor.executemany(sql, rows)
        else:
            places = [self.names.index(name) for name in order]
            cursor.executemany(sql, [[row[place] for place in places] for row in rows])


def database_version() -> str:
    """The version of SQLite that books are kept with."""
    return sqlite3.sqlite_version


def engine_for(path: Path) -> Engine:
    """An engine on the book's file; nothing is opened yet."""
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(path)), connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


def _connected(connection: Any, record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def frozen_engine(path: Path) -> Engine:
    """An engine on a book that lies where nothing can be written: it only reads, and takes no locks."""
    address = frozen(path)
    return create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        creator=lambda: sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False),
    )


def merge_log(connection: Connection) -> bool:
    """Bring what stands in the write-ahead log into the book's file; whether all of it is there now. Waits for nobody:
    where somebody reads or writes, what is possible is done."""
    if connection.dialect.name != "sqlite":
        return True
    run = connection.exec_driver_sql
    run("PRAGMA busy_timeout = 0")
    try:
        busy = run("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    finally:
        run(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    return not busy


def _begun(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", "BEGIN IMMEDIATE")
    if begin:
        connection.exec_driver_sql(begin)
