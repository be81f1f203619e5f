"""Somebody new in the book: in a household that is there, or with one of their own."""

from dataclasses import dataclass
from datetime import date, datetime

from famgui.domain.account import Balance
from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import NO_TERMS, Deposit, Event, Household
from famgui.domain.persondraft import PersonDraft, person_of
from famgui.domain.waterfall import Terms
from famgui.store import person_change
from famgui.store import record as journal
from famgui.store.audit import AuditLine, note
from famgui.store.book import Book, Connection
from famgui.store.household import read_keys
from famgui.store.journal import entries_of, met, posted, touched
from famgui.store.record import Fact
from famgui.store.rows import Batch
from famgui.usecase.household import RulesOf, import_household
from famgui.usecase.people_proof import Look, drifted, forget_kept, look, would_change
from famgui.usecase.record import Refusal, next_handle

NOTHING = Balance()
FIRST = person_change.fresh_handle(())
"""The handle of the first person of a household."""


@dataclass(frozen=True, slots=True)
class Added:
    """Who is new: the rows of person and household, the handle; or why nobody is."""

    person: int = 0
    household: int = 0
    handle: str = ""
    changes: Changes = NO_CHANGES
    refusals: tuple[Refusal, ...] = ()

    @property
    def done(self) -> bool:
        """Whether nothing stood against it."""
        return not self.refusals


def add_person(
    book: Book,
    rules_of: RulesOf,
    household_id: int,
    draft: PersonDraft,
    money: Balance = NOTHING,
    *,
    day: date,
    now: datetime,
) -> Added:
    """Bring a person into a household. What the account holds is written down as a deposit of `day`, or of the last
    day recorded if that is later. The draft must be sound.

    Raises `NoSuchHousehold`, `BookTrouble` and what `rules_of` raises."""
    with book.write("add person", now) as tx:
        connection = tx.connection
        before = look(connection, rules_of, household_id, now)
        handle = person_change.fresh_handle(person.id for person in before.household.persons)
        one = person_of(draft, handle)
        refusal = _refusal(before, one.has_account, money)
        if refusal is not None:
            tx.abandon()
            return Added(refusals=(refusal,))
        batch = Batch(connection)
        person_id = person_change.add(batch, household_id, one)
        batch.write()
        person_change.remember(connection, person_id, "add", {}, now)
        tx.household, tx.detail = household_id, handle
        forget_kept(tx, household_id)
        events = _deposit(connection, rules_of, household_id, handle, money, day, now)
        refusal = would_change(before, look(connection, rules_of, household_id, now))
        if refusal is not None:
            tx.abandon()
            return Added(refusals=(refusal,))
    changes = Changes(
        households=frozenset({household_id}),
        persons=frozenset({person_id}),
        events=frozenset(events),
        postings=bool(events),
    )
    return Added(person_id, household_id, handle, changes)


def found_family(
    book: Book,
    rules_of: RulesOf,
    place: str,
    title: str,
    draft: PersonDraft,
    money: Balance = NOTHING,
    *,
    now: datetime,
    terms: Terms = NO_TERMS,
) -> Added:
    """A new household with its first person; what the account holds is its opening. The draft must be sound.

    Raises `BookTrouble` and what `rules_of` raises."""
    one = person_of(draft, FIRST)
    if money.total and not one.has_account:
        return Added(refusals=(Refusal("MONEY_WITHOUT_ACCOUNT"),))
    balances = {one.id: money} if one.has_account else {}
    household = Household(place, (one,), balances, terms=terms)
    household_id, changes = import_household(book, rules_of, household, title, now=now)
    (person_id,) = changes.persons
    return Added(person_id, household_id, one.id, changes)


def _refusal(before: Look, has_account: bool, money: Balance) -> Refusal | None:
    if not money.total:
        return None
    return drifted(before) if has_account else Refusal("MONEY_WITHOUT_ACCOUNT")


def _deposit(
    connection: Connection,
    rules_of: RulesOf,
    household_id: int,
    handle: str,
    money: Balance,
    day: date,
    now: datetime,
) -> list[int]:
    """Write down what a new account holds; the rows of the events."""
    rows: list[int] = []
    for amount, prior in ((money.prior_years, True), (money.current, False)):
        if amount:
            seen = look(connection, rules_of, household_id, now)
            last = max((event.date for event in seen.events), default=day)
            event = Deposit(next_handle(seen.household, Deposit), max(day, last), handle, amount, prior_years=prior)
            rows.append(_record(connection, household_id, seen, event, now))
    return rows


def _record(connection: Connection, household_id: int, seen: Look, event: Event, now: datetime) -> int:
    """Write down an event behind all others, with its audit entry; its row."""
    running = seen.computed.running
    before = met(running, event)
    outcome = running.apply(event)
    entries = entries_of(outcome, before)
    balances = dict(before.balances)
    seq = journal.last_seq(connection, household_id) + 1
    fact = Fact(seq, outcome, None, posted(entries, balances))
    keys = read_keys(connection, household_id, seen.events)
    moved = {who: balances[who] for who in touched(entries)}
    row = journal.append(connection, household_id, keys, [fact], moved, now).events[seq]
    note(connection, AuditLine(now, "record deposit", household_id, row, event.id))
    return row
