"""Short ways to build households, bills and registers for tests; amounts are written in yuan."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from famgui.domain.account import Balance
from famgui.domain.bill import Item
from famgui.domain.binding import Binding
from famgui.domain.household import Deposit, Household, Refund
from famgui.domain.money import parse_amount, parse_ratio
from famgui.domain.person import Person
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import Facility, Visit
from famgui.domain.timeline import Outcome, Timeline, run
from famgui.domain.waterfall import Terms

ZHUZHOU, HUNAN, FUJIAN, SHANGHAI, ARTICLE_C = "430200", "430000", "350000", "310000", "990003"
DAY = date(2025, 5, 10)

fen = parse_amount


def money(current: str = "0.00", prior_years: str = "0.00") -> Balance:
    return Balance(fen(current), fen(prior_years))


def employee(handle: str, place: str = ZHUZHOU, **more: Any) -> Person:
    return Person(handle, "employee", place, **{"has_account": True, **more})


def resident(handle: str, place: str = ZHUZHOU, **more: Any) -> Person:
    return Person(handle, "resident", place, **more)


def uninsured(handle: str, place: str = ZHUZHOU) -> Person:
    return Person(handle, "none", place)


def item(
    amount: str, letter: str = "A", category: str = "drug", upfront: str = "0", over: str = "0.00", name: str = ""
) -> Item:
    letter = letter if category in ("drug", "service", "device", "consumable") else ""
    return Item(name or category, category, fen(amount), letter, parse_ratio(upfront), fen(over))


def row(authorizer: str, user: str, relation: str = "spouse", starts: date = date(2025, 1, 1), **more: Any) -> Binding:
    bound_at = more.pop("bound_at", datetime.combine(starts, time()))
    return Binding(authorizer, user, relation, starts, bound_at, **more)


def visit(patient: str, *items: Item, day: date = DAY, handle: str = "v1", place: str = ZHUZHOU, **more: Any) -> Visit:
    """An outpatient visit to a tertiary hospital; `type`, `level`, `designated` describe the facility."""
    kind = more.pop("kind", "outpatient")
    facility = Facility(
        more.pop("type", "hospital"), place, more.pop("level", "tertiary"), more.pop("designated", True)
    )
    return Visit(handle, day, patient, kind, facility, items, **more)


def purchase(patient: str, amount: str, day: date = DAY, handle: str = "v1", place: str = ZHUZHOU) -> Visit:
    """Class A drugs at a pharmacy, where no pool pays: all of it is for accounts."""
    return visit(patient, item(amount), day=day, handle=handle, place=place, kind="pharmacy", type="pharmacy", level="")


def household(
    *persons: Person,
    accounts: Mapping[str, Balance] | None = None,
    rows: Sequence[Binding] = (),
    events: Sequence[Any] = (),
    used: Mapping[Any, Any] | None = None,
    place: str = ZHUZHOU,
    terms: Terms | None = None,
) -> Household:
    """Everyone with an account has one, empty where nothing is said."""
    balances = {person.id: Balance() for person in persons if person.has_account} | dict(accounts or {})
    return Household(place, persons, balances, tuple(rows), dict(used or {}), tuple(events), terms or Terms())


def computed(book: Any, *persons: Person, **more: Any) -> Timeline:
    """The household's events under the shipped rule book of its place."""
    home = household(*persons, **more)
    rules: RuleBook = book(home.place)
    return run(home, rules)


def codes(outcome: Outcome) -> set[tuple[str, str]]:
    """Code and subject of every problem but `UNVERIFIED_RULE`."""
    return {(problem.code, problem.subject) for problem in outcome.problems if problem.code != "UNVERIFIED_RULE"}


def paid(outcome: Outcome) -> dict[str, int]:
    """What each account paid of a visit, and cash, in fen; a payer that paid nothing is left out."""
    settlement = outcome.settlement
    assert settlement is not None
    found = {payment.account: payment.draw.total for payment in settlement.payments}
    return found | ({"cash": settlement.cash} if settlement.cash else {})


def outcome_of(book: Any, event: Any, *persons: Person, **more: Any) -> Outcome:
    """The outcome of one event."""
    return computed(book, *persons, events=[event], **more).outcomes[0]


def shared_with_mei(book: Any, event: Any, place: str = ZHUZHOU, **accounts: Balance) -> Outcome:
    """The outcome of a visit of Mei, a resident, when these accounts are shared with her in this order."""
    persons = [resident("mei", place), *(employee(handle, place) for handle in accounts)]
    rows = [row(handle, "mei", priority=number) for number, handle in enumerate(accounts, 1)]
    return outcome_of(book, event, *persons, accounts=accounts, rows=rows, place=place, terms=Terms("priority"))


def together(book: Any, *events: Any, held: Balance | None = None, own: Balance | None = None, **more: Any) -> Timeline:
    """Li (100.00 yuan unless `held` says otherwise) shares with Wang (nothing); both are employees."""
    accounts = {"wang": own or Balance(), "li": Balance(10000) if held is None else held}
    rows = [row("li", "wang")]
    return computed(book, employee("wang"), employee("li"), accounts=accounts, rows=rows, events=events, **more)


def back(*items: tuple[str, str], day: date = DAY, handle: str = "r1", of: str = "v1") -> Refund:
    """A refund of these items and amounts, or of the whole."""
    return Refund(handle, day, of, tuple((name, fen(amount)) for name, amount in items) or None)


def deposit(amount: str, day: date = DAY, handle: str = "d1", account: str = "li") -> Deposit:
    return Deposit(handle, day, account, fen(amount))
