"""Rows on their way into the book: the shape of each, the ids they get, and each table written in one go."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection, Table, func, insert, select

from famgui.domain.money import Fen, Ratio
from famgui.store import tables
from famgui.store.engine import Change, Prepared


class HouseholdRow(NamedTuple):
    """A household with its switches."""

    id: int
    title: str
    place: str
    authorizer_order: str | None
    own_account_first: bool | None
    cross_province: bool
    created_at: str


class PersonRow(NamedTuple):
    """One of its persons."""

    id: int
    household_id: int
    handle: str
    position: int
    name: str
    id_number: str
    insurance: str
    status: str
    insured_place: str
    has_account: bool
    concession: str
    born: str | None
    tier: str
    phone: str
    suspended: str | None
    sound: str
    amended: str | None


class AccountRow(NamedTuple):
    """What an account held before the first event, and what it holds."""

    person_id: int
    opening_current: Fen
    opening_prior_years: Fen
    current: Fen
    prior_years: Fen
    opened_by_id: int | None = None


class UsedRow(NamedTuple):
    """Year to date before the first event."""

    person_id: int
    year: int
    benefit: str
    pool: Fen
    community: Fen
    primary: Fen
    secondary: Fen
    tertiary: Fen
    all_levels: Fen
    cost: Fen
    month: int
    month_met: Fen


class EventRow(NamedTuple):
    """What happened."""

    id: int
    household_id: int
    seq: int
    handle: str
    type: str
    date: str
    body: str
    status: str
    recorded_at: str


class BindingRow(NamedTuple):
    """A row of the register; `bound_by_id` is the event that asked for it, None for those from before."""

    id: int
    household_id: int
    position: int
    authorizer_id: int
    user_id: int
    relation: str
    starts: str
    ends: str | None
    bound_at: str
    priority: int
    given_priority: int
    unbound_on: str | None
    given_unbound_on: str | None
    proof: str
    bound_by_id: int | None
    unbound_by_id: int | None


class SettlementRow(NamedTuple):
    """Who paid what of a visit, or took it back."""

    id: int
    event_id: int
    visit_id: int
    reverses_id: int | None
    patient_id: int
    date: str
    kind: str
    total: Fen
    self_paid: Fen
    over_limit: Fen
    upfront: Fen
    in_scope: Fen
    deductible: Fen
    pool: Fen
    own: Fen
    shared: Fen
    cash: Fen
    ratio: Ratio
    trace: str


class PostingRow(NamedTuple):
    """One side of a movement."""

    id: int
    household_id: int
    event_id: int | None
    person_id: int | None
    ledger: str
    kind: str
    date: str
    amount: Fen
    balance_after: Fen | None
    account_after: Fen | None


class AuditRow(NamedTuple):
    """Who did what is told by when and which."""

    id: int
    at: str
    action: str
    household_id: int | None
    event_id: int | None
    detail: str


Row: TypeAlias = (
    HouseholdRow | PersonRow | AccountRow | UsedRow | EventRow | BindingRow | SettlementRow | PostingRow | AuditRow
)

TABLES: Mapping[type[Row], Table] = {
    HouseholdRow: tables.household,
    PersonRow: tables.person,
    UsedRow: tables.used_before,
    EventRow: tables.event,
    AccountRow: tables.account,
    BindingRow: tables.binding,
    SettlementRow: tables.settlement,
    PostingRow: tables.posting,
    AuditRow: tables.audit,
}
"""Where the rows go, in the order in which they may: what is pointed at comes first."""

_INSERTS = {kind: Change(insert(table), kind._fields) for kind, table in TABLES.items()}
_LAST = {
    kind: Prepared(select(func.coalesce(func.max(table.c.id), 0))) for kind, table in TABLES.items() if "id" in table.c
}


class Batch:
    """What a transaction is about to write. Ids are counted on from the highest in the book, which nobody else can
    change before the transaction ends."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._given: dict[type[Row], int] = {}
        self._waiting: dict[type[Row], list[Row]] = {kind: [] for kind in TABLES}

    def key(self, kind: type[Row]) -> int:
        """The id of one more row."""
        last = self._given.get(kind)
        if last is None:
            last = int(_LAST[kind].rows(self.connection, {})[0][0])
        self._given[kind] = last + 1
        return last + 1

    def add(self, row: Row) -> None:
        """One more row to write."""
        self._waiting[type(row)].append(row)

    def write(self) -> None:
        """Write all that waits."""
        for kind, rows in self._waiting.items():
            if rows:
                _INSERTS[kind].run(self.connection, rows)
                rows.clear()
