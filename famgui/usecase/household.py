"""Households in the book: bring one in, take one up to work on, list them, give one out again."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.account import Balance
from famgui.domain.changes import Changes
from famgui.domain.household import Household, by_date
from famgui.domain.person import Person
from famgui.domain.rulebook import RuleBook
from famgui.domain.timeline import Outcome, Running
from famgui.store import household as rows
from famgui.store import record as journal
from famgui.store.book import Book, Connection, Kept
from famgui.store.figure import stored_events
from famgui.store.founding import found_household
from famgui.store.household import Keys
from famgui.store.household import NoSuchHousehold as NoSuchHousehold
from famgui.store.household import Summary as HouseholdSummary
from famgui.store.journal import Posted, entries_of, figures, met, opening, posted
from famgui.store.record import Fact, Written, add_facts, add_postings, set_balances
from famgui.store.rows import Batch

RulesOf: TypeAlias = Callable[[str], RuleBook]
"""The rule book of a place."""


@dataclass(frozen=True, slots=True)
class LiveHousehold:
    """A household of the book as it stands: what was given and recorded, the state after the last event (fork it to try
    one), and what each event did, in the order of `household.events`.

    `drift` names the events, and after them the accounts and pairs, that the rules no longer give as they are recorded;
    `keys` belong to the writer.
    """

    id: int
    title: str
    household: Household
    running: Running
    outcomes: tuple[Outcome, ...]
    drift: tuple[str, ...]
    keys: Keys

    @property
    def persons(self) -> tuple[Person, ...]:
        """The persons as they stand now, in the household's order."""
        return tuple(self.running.persons.values())


class Difference(NamedTuple):
    """The book says one thing, a computation from its events another; `subject` is an event, a person or a pair."""

    code: Literal[
        "replay-status", "replay-settlement", "replay-reversal", "replay-balance", "replay-binding", "replay-person"
    ]
    subject: str


class Computed(NamedTuple):
    """All that a household's events do, by date, with the postings it makes; `running` is the state after the last."""

    household: Household
    openings: list[Posted]
    facts: list[Fact]
    running: Running

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What the events did, in the order of the file."""
        return tuple(fact.outcome for fact in sorted(self.facts, key=lambda fact: fact.seq))


def import_household(
    book: Book, rules_of: RulesOf, household: Household, title: str, *, now: datetime
) -> tuple[int, Changes]:
    """Write a household down with everything its events did; its id. Refunds must be possible (`refund_faults`)."""
    computed = compute(household, rules_of(household.place), now)
    with book.write("import household", now) as tx:
        batch = Batch(tx.connection)
        household_id, keys, written = write_down(batch, computed, title, now)
        batch.write()
        bindings = rows.binding_ids(tx.connection, household_id)
        tx.household, tx.detail = household_id, title
    return household_id, Changes(
        households=frozenset({household_id}),
        persons=frozenset(keys.persons.values()),
        bindings=frozenset(bindings),
        events=frozenset(written.events.values()),
        postings=True,
    )


def compute(household: Household, rules: RuleBook, now: datetime) -> Computed:
    """Everything that the household's events do; nothing is written."""
    running = Running(household, rules)
    balances = {account: Balance() for account in household.balances}
    start = min((event.date for event in household.events), default=now.date())
    openings = posted(opening(household, start), balances)
    facts: list[Fact] = []
    for index in by_date(household.events):
        before = met(running, household.events[index])
        outcome = running.apply(household.events[index])
        for account in running.balances.keys() - balances.keys():
            balances[account] = Balance()
        facts.append(Fact(index + 1, outcome, before.visit, posted(entries_of(outcome, before), balances)))
    assert balances == running.balances
    return Computed(household, openings, facts, running)


def write_down(batch: Batch, computed: Computed, title: str, now: datetime) -> tuple[int, Keys, Written]:
    """The rows of a computed household: its id, where they are, and those of its events."""
    household_id, keys = found_household(batch, computed.household, computed.running.balances, title, now)
    add_postings(batch, household_id, keys, None, computed.openings)
    written = add_facts(batch, household_id, keys, computed.facts, now)
    opened = {who: held for who, held in computed.running.balances.items() if who not in computed.household.balances}
    if opened:
        batch.write()
        set_balances(batch.connection, keys, opened)
    return household_id, keys, written


def export_household(book: Book, household_id: int) -> Household:
    """The household as it was given, with every event since, in the order of its file. Raises `NoSuchHousehold`."""
    with book.read() as connection:
        return rows.read_household(connection, household_id)[1]


def summaries(book: Book) -> tuple[HouseholdSummary, ...]:
    """Every household of the book."""
    with book.read() as connection:
        return rows.summaries(connection)


def titles(book: Book) -> dict[int, str]:
    """What every household is called, by id, in the order in which they came."""
    with book.read() as connection:
        return rows.titles(connection)


def load(book: Book, rules_of: RulesOf, household_id: int) -> LiveHousehold:
    """The household as it stands now. Raises `NoSuchHousehold` or what `rules_of` raises."""
    with book.read() as connection:
        return live_at(book, connection, rules_of, household_id)


def live_at(book: Book, connection: Connection, rules_of: RulesOf, household_id: int) -> LiveHousehold:
    """The household as a connection sees it: the one kept, if nothing has come since and the rules are the same."""
    seq = journal.last_seq(connection, household_id)
    kept = book.kept(household_id)
    if kept is not None and kept.seq == seq and isinstance(kept.live, LiveHousehold):
        live = kept.live
        if live.running.book is rules_of(live.household.place):
            return live
    title, household = rows.read_household(connection, household_id)
    running, outcomes = replayed(household, rules_of(household.place))
    drift = tuple(dict.fromkeys(found.subject for found in differences(connection, household_id, running, outcomes)))
    keys = rows.read_keys(connection, household_id, household.events)
    live = LiveHousehold(household_id, title, household, running, outcomes, drift, keys)
    book.keep(household_id, Kept(seq, live), connection)
    return live


def replayed(household: Household, rules: RuleBook) -> tuple[Running, tuple[Outcome, ...]]:
    """Every event computed again: the state after the last, and the outcomes in the order of the file."""
    running = Running(household, rules)
    outcomes = {index: running.apply(household.events[index]) for index in by_date(household.events)}
    return running, tuple(outcomes[index] for index in range(len(outcomes)))


def differences(
    connection: Connection, household_id: int, running: Running, outcomes: tuple[Outcome, ...]
) -> Iterator[Difference]:
    """Where the book's settlements, accounts and register are not what its events give."""
    for stored, outcome in zip(stored_events(connection, household_id), outcomes, strict=True):
        if stored.status != outcome.status:
            yield Difference("replay-status", stored.handle)
        if stored.settled != (None if outcome.settlement is None else figures(outcome.settlement)):
            yield Difference("replay-settlement", stored.handle)
        if stored.reversed != (None if outcome.reversed is None else figures(outcome.reversed, -1)):
            yield Difference("replay-reversal", stored.handle)
    balances = rows.stored_balances(connection, household_id)
    for account in sorted(balances.keys() | running.balances.keys()):
        if balances.get(account) != running.balances.get(account):
            yield Difference("replay-balance", account)
    for who, person in rows.stored_persons(connection, household_id).items():
        if person != running.persons[who]:
            yield Difference("replay-person", who)
    register = rows.stored_register(connection, household_id)
    stored_rows, computed_rows = Counter(register), Counter(running.register)
    for row in register:
        if stored_rows[row] != computed_rows[row]:
            yield Difference("replay-binding", f"{row.authorizer} {row.user}")
    if len(register) < len(running.register):
        yield Difference("replay-binding", "")
