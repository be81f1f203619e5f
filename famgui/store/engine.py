"""The one place that connects: how a book's file is opened, and what holds for every connection.

SQLite is kept in driver autocommit; transactions are begun here, so that schema changes roll back like any other."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Select, create_engine, event
from sqlalchemy.sql.compiler import SQLCompiler

BUSY_SECONDS = 10
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


class Prepared:
    """A query put into the database's words once, for the pages that are asked for again and again: plain rows, half
    the time of the usual way. Only for columns of numbers and text, which need no conversion."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._spelled: dict[str, tuple[str, dict[str, Any], Sequence[str] | None]] = {}

    def rows(self, connection: Connection, asked: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        spelled = self._spelled.get(connection.dialect.name)
        if spelled is None:
            compiled = self._statement.compile(dialect=connection.dialect)
            assert isinstance(compiled, SQLCompiler)
            spelled = self._spelled[connection.dialect.name] = (
                str(compiled),
                dict(compiled.params),
                compiled.positiontup,
            )
        sql, given, order = spelled
        values = {**given, **asked}
        cursor = connection.connection.cursor()
        cursor.execute(sql, values if order is None else [values[name] for name in order])
        return list(cursor.fetchall())


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


def _begun(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", "BEGIN IMMEDIATE")
    if begin:
        connection.exec_driver_sql(begin)
