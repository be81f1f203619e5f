"""Premiums of a household (代缴): which products there are, who has paid, who may pay, what it comes to on a day."""

from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.household import Premium
from famgui.domain.money import Fen
from famgui.domain.person import Person
from famgui.domain.premium import insurances, price, yearly
from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules
from famgui.usecase.household import LiveHousehold

WindowState: TypeAlias = Literal["early", "open", "late", "none"]


class Product(NamedTuple):
    """A premium product on a day: its time to pay (None where the place sets none), the rule behind it, the state of
    that time, and whether its price is to be stated."""

    name: str
    first: date | None
    last: date | None
    rule: Value
    state: WindowState
    stated: bool


class Paid(NamedTuple):
    """A premium that was paid: when, by whose account, how much in fen, by which event."""

    day: date
    payer: str
    amount: Fen
    event: str


class Due(NamedTuple):
    """One person's premium: what it costs on the day (None: to be stated), the rule behind the price, what was paid,
    and whose account could pay (handles, by the register on that day)."""

    person: Person
    amount: Fen | None
    rule: Value
    paid: Paid | None
    payers: tuple[str, ...]


def products(rules: Rules, day: date) -> tuple[Product, ...]:
    """The products that the place knows on a day, those that can be paid now first, then the latest."""
    found = [_product(rules, name, day) for name in rules.products()]
    rank = {"open": 0, "early": 1, "none": 1, "late": 2}
    return tuple(sorted(found, key=lambda one: (rank[one.state], -(one.last or date.max).toordinal())))


def _product(rules: Rules, name: str, day: date) -> Product:
    window = rules.find("premium.window", product=name)
    if window.value is None:
        return Product(name, None, None, rules.find("premium.stated-price", product=name), "none", True)
    first, last = window.value.first, window.value.last
    state: WindowState = "early" if day < first else "late" if day > last else "open"
    return Product(name, first, last, window, state, False)


def dues(live: LiveHousehold, product: str, day: date, stated: Fen | None = None) -> tuple[Due, ...]:
    """Everybody in the household for whom the product may be paid, in the household's order."""
    rules = live.running.book.at(day)
    insured = insurances(product, rules)
    found: list[Due] = []
    for person in live.persons:
        cost = price(product, person, day, rules, stated)
        if person.insurance in insured and cost is not None:
            paid = _paid(live, person.id, product, yearly(product, day, rules))
            found.append(Due(person, cost.due.value, cost.due, paid, _payers(live, person, product, day, rules)))
    return tuple(found)


def _paid(live: LiveHousehold, person: str, product: str, year: int) -> Paid | None:
    """The payment that stands against another one: of the product, and of its calendar year (`yearly`)."""
    book = live.running.book
    for outcome in live.outcomes:
        event = outcome.event
        if not isinstance(event, Premium) or event.product != product:
            continue
        if yearly(product, event.date, book.at(event.date)) == year:
            for line in outcome.premiums:
                if line.person == person and line.status == "settled":
                    return Paid(event.date, event.payer, line.paid, event.id)
    return None


def _payers(live: LiveHousehold, person: Person, product: str, day: date, rules: Rules) -> tuple[str, ...]:
    bound = [row.authorizer for row in live.running.standing(person.id, day).line]
    own = [person.id] if person.has_account and rules.find("premium.self", product=product).value else []
    return tuple(dict.fromkeys([*own, *bound]))
