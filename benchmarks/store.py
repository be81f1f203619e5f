"""One durable record and one page of the ledger against raw sqlite3 doing the same to the same rows."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.measure import Ratio, in_turns
from benchmarks.settlement import ITEMS, PLACE, book
from famgui.domain.account import Balance
from famgui.domain.binding import Binding
from famgui.domain.household import Household
from famgui.domain.person import Person
from famgui.domain.settlement import Facility, Visit
from famgui.domain.waterfall import Terms
from famgui.store.book import Book
from famgui.usecase.household import import_household
from famgui.usecase.ledger import accounts, postings_page
from famgui.usecase.record import record_event

DAY = date(2025, 5, 10)
NOW = datetime(2025, 5, 10, 9, tzinfo=UTC)
RECORDS = 40
PAGES = 200
POSTINGS = 1_000_000
PEOPLE = 10


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on the disk that is measured, not one in memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        yield Path(name)


def _household(people: int) -> Household:
    persons = tuple(Person(f"p{number}", "employee", PLACE, has_account=True) for number in range(people))
    balances = {person.id: Balance(900_000_000, 50_000) for person in persons}
    moment = datetime(2025, 1, 1)  # noqa: DTZ001 - the format has no zone
    row = Binding("p1", "p0", "spouse", date(2025, 1, 1), moment)
    return Household(PLACE, persons, balances, (row,), terms=Terms("priority", False))


def raw_connection(path: Path) -> sqlite3.Connection:
    """Plain sqlite3 with the settings that the book has."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def record() -> Ratio:
    """A visit settled and recorded, each in a transaction that is on the disk when it returns."""
    rules = book()
    facility = Facility("hospital", PLACE, "tertiary")
    with folder() as place:
        ours = Book.open(place / "ours.sqlite")
        household_id, _ = import_household(ours, lambda _: rules, _household(2), "", now=NOW)
        numbers = count(1)

        def recording() -> None:
            for _ in range(RECORDS):
                visit = Visit(f"v{next(numbers)}", DAY, "p0", "outpatient", facility, ITEMS)
                assert record_event(ours, lambda _: rules, household_id, visit, now=NOW).recorded

        recording()
        theirs = Book.open(place / "raw.sqlite")
        import_household(theirs, lambda _: rules, _household(2), "", now=NOW)
        theirs.close()
        raw = raw_connection(place / "raw.sqlite")
        yardstick = _same_rows(raw, raw_connection(place / "ours.sqlite"))
        found = in_turns(
            "one settlement recorded, durable", recording, "raw sqlite3, same rows, durable", yardstick, units=RECORDS
        )
        ours.close()
        raw.close()
    return found


def _same_rows(raw: sqlite3.Connection, recorded: sqlite3.Connection) -> Callable[[], None]:
    """Writes the rows of the last event that was recorded, over and over, with plain statements."""
    last = recorded.execute("SELECT max(id) FROM event").fetchone()[0]
    tables = {"event": "id = ?", "settlement": "event_id = ?", "posting": "event_id = ?", "audit": "event_id = ?"}
    rows: dict[str, list[list[Any]]] = {}
    inserts: dict[str, str] = {}
    columns: dict[str, list[str]] = {}
    for table, which in tables.items():
        cursor = recorded.execute(f"SELECT * FROM {table} WHERE {which}", (last,))
        names = [column[0] for column in cursor.description]
        rows[table] = [list(row)[1:] for row in cursor]
        columns[table] = names[1:]
        marks = ", ".join("?" * len(columns[table]))
        inserts[table] = f"INSERT INTO {table} ({', '.join(columns[table])}) VALUES ({marks})"
    balances = recorded.execute("SELECT current, prior_years, person_id FROM account").fetchall()
    recorded.close()
    numbers = count(1)

    def write() -> None:
        for _ in range(RECORDS):
            number = next(numbers)
            raw.execute("BEGIN IMMEDIATE")
            (event,) = rows["event"]
            event[columns["event"].index("seq")] = number
            event[columns["event"].index("handle")] = f"v{number}"
            key = raw.execute(inserts["event"], event).lastrowid
            for table in ("settlement", "posting", "audit"):
                _point(rows[table], columns[table], key)
                raw.executemany(inserts[table], rows[table])
            raw.executemany("UPDATE account SET current = ?, prior_years = ? WHERE person_id = ?", balances)
            raw.execute("COMMIT")

    return write


def _point(rows: Sequence[list[Any]], columns: Sequence[str], key: int | None) -> None:
    for row in rows:
        for name in ("event_id", "visit_id"):
            if name in columns:
                row[columns.index(name)] = key


def page() -> Ratio:
    """Fifty postings of one account out of a million, from anywhere in the ledger."""
    rules = book()
    with folder() as place:
        ours = Book.open(place / "ours.sqlite")
        household_id, _ = import_household(ours, lambda _: rules, _household(PEOPLE), "", now=NOW)
        people = [line.person_id for line in accounts(ours, household_id)]
        raw = raw_connection(place / "ours.sqlite")
        _fill(raw, household_id, people)
        wanted = (
            "SELECT posting.id, event_id, event.handle, person_id, ledger, kind, posting.date, amount, balance_after, "
            "account_after FROM posting LEFT JOIN event ON event.id = event_id "
            "WHERE person_id = ? AND posting.id < ? ORDER BY posting.id DESC LIMIT 50"
        )
        edges = [(people[number % PEOPLE], POSTINGS // PAGES * number + 1_000) for number in range(PAGES)]
        person, edge = edges[7]
        assert postings_page(ours, person=person, after=edge).postings == tuple(raw.execute(wanted, (person, edge)))

        def paging() -> None:
            for person, edge in edges:
                postings_page(ours, person=person, after=edge, limit=50)

        def keyset() -> None:
            for asked in edges:
                raw.execute(wanted, asked).fetchall()

        found = in_turns(
            f"a page of 50 out of {POSTINGS:,} postings", paging, "raw sqlite3 keyset", keyset, units=PAGES
        )
        ours.close()
        raw.close()
    return found


def _fill(raw: sqlite3.Connection, household_id: int, people: Sequence[int]) -> None:
    """A million postings of a thousand events."""
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany(
        "INSERT INTO event (household_id, seq, handle, type, date, body, status, recorded_at) "
        "VALUES (?, ?, ?, 'deposit', '2025-05-10', '{}', 'settled', '2025-05-10')",
        ((household_id, number, f"d{number}") for number in range(1, 1001)),
    )
    first = raw.execute("SELECT min(id) FROM event").fetchone()[0]
    raw.executemany(
        "INSERT INTO posting (household_id, event_id, person_id, ledger, kind, date, amount, balance_after, "
        "account_after) VALUES (?, ?, ?, 'current', 'deposit', '2025-05-10', 100, 100, 200)",
        ((household_id, first + number % 1000, people[number % PEOPLE]) for number in range(POSTINGS)),
    )
    raw.execute("COMMIT")
