"""The case file (*.famgui.toml): one household and its events, read whole or refused with one fault a line."""

from pathlib import Path
from typing import NamedTuple, TypeVar

from famgui.base.toml_source import Fault, Lines, NotToml, decode, parse
from famgui.base.toml_source import Path as TomlPath
from famgui.domain.account import Balance
from famgui.domain.benefit import BENEFITS, Benefit, YearToDate
from famgui.domain.binding import ORDERS
from famgui.domain.household import Event, Household, Refund, RefundFault, UsedKey, refund_faults
from famgui.domain.identity import normal_id_number
from famgui.domain.person import CONCESSIONS, INSURANCES, STATUSES, Person
from famgui.domain.waterfall import Terms
from famgui.files.case_events import read_binding, read_event, read_year_to_date
from famgui.files.reading import Table, reference

MAX_BYTES = 4 * 1024 * 1024
T = TypeVar("T")


class FaultyFile(Exception):
    """A file that cannot be taken; carries every `Fault`, with lines where they are known."""

    def __init__(self, path: str, faults: list[Fault]) -> None:
        super().__init__(path)
        self.path = path
        self.faults = faults


class Titled(NamedTuple):
    """A household and what it is called: what its file says, "" where it says nothing."""

    household: Household
    title: str


def read_case(path: Path) -> Household:
    """The household of a case file. Raises `FaultyFile`; the file is refused unread when over 4 MiB."""
    return read_titled(path).household


def title_of(path: Path) -> str:
    """What a household is called whose file says nothing: as the file."""
    return path.name.removesuffix(".toml").removesuffix(".famgui")


def read_titled(path: Path) -> Titled:
    """The household of a case file and what it is called, by its key or its file's name. Raises as `read_case` does."""
    household, title = _parsed(_whole(path), str(path))
    return Titled(household, title or title_of(path))


def _whole(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise FaultyFile(str(path), [Fault((), "is-folder")])
        if path.exists() and not path.is_file():
            raise FaultyFile(str(path), [Fault((), "not-a-file")])
        if path.stat().st_size > MAX_BYTES:
            raise FaultyFile(str(path), [Fault((), "too-large", (("limit", "4 MiB"),))])
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FaultyFile(str(path), [Fault((), "unreadable", (("reason", reason),))]) from None


def parse_case(raw: bytes, name: str) -> Household:
    """The household in a case file's bytes; `name` is what faults are told under. Raises `FaultyFile`."""
    return _parsed(raw, name).household


def _parsed(raw: bytes, name: str) -> Titled:
    try:
        text = decode(raw)
        data = parse(text)
    except NotToml as error:
        raise FaultyFile(name, [error.fault]) from None
    faults: list[Fault] = []
    top = Table(data, (), faults)
    title = top.text("title") or ""
    household = _household(top)
    if not faults:
        for index, code, about in refund_faults(household.events):
            path = ("event", index, *_refund_key(household.events[index], code, about))
            faults.append(Fault(path, f"refund-{code}", (("about", about),)))
    if faults:
        lines = Lines(text)
        raise FaultyFile(name, [Fault(f.path, f.code, f.values, lines.of(f.path)) for f in faults])
    return Titled(household, title)


def _refund_key(event: Event, code: RefundFault, about: str) -> TomlPath:
    """Which key of a refund a fault is about."""
    items = event.items if isinstance(event, Refund) else None
    position = next((n for n, (name, _) in enumerate(items or ()) if name == about), None)
    if position is None or not code.startswith(("item", "more")):
        return ("of",)
    return ("items", position, "name" if code == "item-unknown" else "amount")


def fault_in_case(path: Path, fault: Fault) -> Fault:
    """A fault found after reading, with its line in the file as it is now."""
    try:
        lines = Lines(decode(path.read_bytes()))
    except (OSError, NotToml):
        return fault
    return Fault(fault.path, fault.code, fault.values, lines.of(fault.path))


def _household(top: Table) -> Household:
    top.number("format", 1, 1, required=True)
    place = top.place("place", required=True) or ""
    terms = _terms(top)
    persons: dict[str, Person] = {}
    balances: dict[str, Balance] = {}
    for table in top.tables("person", required=True, empty_ok=False):
        _person(table, place, persons, balances)
    known = frozenset(persons)
    bindings = [read_binding(table, known) for table in top.tables("binding")]
    used: dict[UsedKey, YearToDate] = {}
    for table in top.tables("used"):
        _used(table, known, used)
    events: list[Event | None] = []
    ids: set[str] = set()
    for table in top.tables("event"):
        events.append(read_event(table, known, place, ids))
    top.finish()
    return Household(
        place=place,
        persons=tuple(persons.values()),
        balances=balances,
        bindings=tuple(row for row in bindings if row is not None),
        used=used,
        events=tuple(event for event in events if event is not None),
        terms=terms,
    )


def _terms(top: Table) -> Terms:
    table = top.table("policy")
    if table is None:
        return Terms()
    terms = Terms(
        table.choice("authorizer_order", ORDERS),
        table.flag("own_account_first"),
        bool(table.flag("cross_province", False)),
    )
    table.finish()
    return terms


def _person(table: Table, place: str, persons: dict[str, Person], balances: dict[str, Balance]) -> None:
    handle = table.text("id", required=True)
    name = table.text("name", "")
    number = table.text("id_number", "")
    if number:
        normal = normal_id_number(number)
        if normal is None:
            table.fault("id_number", "id-number")
        number = normal
    insurance = table.choice("insurance", INSURANCES, required=True)
    status = table.choice("status", STATUSES, "active")
    insured_place = table.place("insured_place", place)
    stated = table.flag("has_account", None)
    concession = table.choice("concession", CONCESSIONS, "none")
    born = table.day("born")
    tier = table.text("tier", "")
    phone, suspended = table.text("phone", ""), table.day("suspended")
    balance = _account(table)
    table.finish()
    has_account = insurance == "employee" if stated is None else stated
    if has_account and insurance not in ("employee", None):
        table.fault("has_account", "account-not-employee")
    elif balance.total and not has_account and insurance is not None:
        table.fault("account", "money-without-account" if insurance == "employee" else "account-not-employee")
    if handle is None:
        return
    if handle in persons:
        table.fault("id", "duplicate-id", id=handle)
        return
    persons[handle] = Person(
        handle,
        insurance or "none",
        insured_place or place,
        name or "",
        number or "",
        status or "active",
        has_account,
        concession or "none",
        born,
        tier or "",
        phone or "",
        suspended,
    )
    if has_account:
        balances[handle] = balance


def _account(table: Table) -> Balance:
    account = table.table("account")
    if account is None:
        return Balance()
    balance = Balance(account.amount("current", 0) or 0, account.amount("prior_years", 0) or 0)
    account.finish()
    return balance


def _used(table: Table, known: frozenset[str], used: dict[UsedKey, YearToDate]) -> None:
    person = reference(table, "person", known)
    year = table.number("year", 1990, 2100, required=True)
    benefit: Benefit | None = table.choice("benefit", BENEFITS, required=True)
    met = read_year_to_date(table)
    table.finish()
    if person is None or year is None or benefit is None:
        return
    if (person, year, benefit) in used:
        table.fault(None, "repeated-used")
    used[person, year, benefit] = met
