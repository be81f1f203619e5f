"""Random households for properties: everyone's money, register, year to date and up to two years of events.

The last person of a household is shared with most and is most often the patient. Each strategy draws one number and
rolls dice from it: shrinking is worth less here than reaching, in few examples, the states in which several pay.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.bill import CATEGORIES, MEDICAL, Item
from famgui.domain.binding import ORDERS, Binding
from famgui.domain.household import Bind, Deposit, Event, Household, Premium, Refund, Unbind
from famgui.domain.identity import RELATIONS
from famgui.domain.person import CONCESSIONS, STATUSES, Person
from famgui.domain.settlement import (
    DISEASES,
    NO_OVERRIDE,
    NOT_STATED,
    Facility,
    Override,
    Stated,
    Visit,
)
from famgui.domain.waterfall import Terms
from tests.domain.building import ARTICLE_C, FUJIAN, HUNAN, SHANGHAI, ZHUZHOU

PLACES = (ZHUZHOU, HUNAN, FUJIAN, SHANGHAI, ARTICLE_C)
FIRST = date(2025, 1, 1)
ONE_YEAR, TWO_YEARS = 364, 729
EDGES = (243, 250, 300, 364, 365, 395, 396)
"""Days from `FIRST` at the premium's window and the turn of the year."""

T = TypeVar("T")


def rolled(make: Callable[..., T], *given: Any, **more: Any) -> st.SearchStrategy[T]:
    return st.integers(0, 2**32 - 1).map(lambda seed: make(Random(seed), *given, **more))


def places() -> st.SearchStrategy[str]:
    return st.sampled_from(PLACES)


def terms() -> st.SearchStrategy[Terms]:
    return rolled(_terms)


def balances() -> st.SearchStrategy[Balance]:
    return rolled(_balance)


def bill_items(name: str) -> st.SearchStrategy[Item]:
    return rolled(_item, name)


def visits(handle: str, patients: list[str], place: str, day: date, **more: Any) -> st.SearchStrategy[Visit]:
    return rolled(_visit, handle, patients, place, day, **more)


def households(place: str | None = None, prefix: str = "p", **more: Any) -> st.SearchStrategy[Household]:
    return rolled(_household, place, prefix, **more)


def _amount(dice: Random) -> int:
    return dice.choice([dice.randrange(40_000), dice.randrange(40_000), dice.randrange(200_000), 0, 5, 9999, 30_000])


def _balance(dice: Random) -> Balance:
    def pocket() -> int:
        return dice.choice([0, dice.randrange(20_000), dice.randrange(20_000), 200_000, dice.randrange(250_000)])

    return Balance(pocket(), pocket())


def _terms(dice: Random) -> Terms:
    return Terms(dice.choice([None, *ORDERS]), dice.choice([None, True, False]), dice.random() < 0.3)


def _day(dice: Random, span: int) -> date:
    edge = dice.random() < 0.3
    return FIRST + timedelta(dice.choice([day for day in EDGES if day <= span]) if edge else dice.randrange(span + 1))


def _item(dice: Random, name: str, over_limits: bool = True) -> Item:
    category = dice.choice([*sorted(MEDICAL) * 5, *CATEGORIES])
    amount = _amount(dice)
    if category not in MEDICAL:
        return Item(name, category, amount)
    letter = dice.choice("AABBC")
    upfront = dice.choice([0, 1000, 3333, 10_000]) if letter == "B" else 0
    over = dice.choice([0, 0, amount // 3, amount]) if over_limits else 0
    return Item(name, category, amount, letter, upfront, over)


def _visit(dice: Random, handle: str, patients: list[str], place: str, day: date, over_limits: bool = True) -> Visit:
    kind = dice.choice(["outpatient", "outpatient", "outpatient", "chronic", "two-disease", "pharmacy", "inpatient"])
    facility = Facility(
        "pharmacy" if kind == "pharmacy" else "hospital",
        dice.choice([place] * 8 + [ZHUZHOU, FUJIAN]),
        "" if kind == "pharmacy" else dice.choice(LEVELS),
        dice.random() < 0.95,
    )
    items = tuple(_item(dice, f"item {number}", over_limits) for number in range(dice.randint(1, 3)))
    limit = _amount(dice) if kind == "chronic" else None
    paid = dice.choice([None, _amount(dice)]) if kind == "inpatient" else None
    disease = dice.choice(DISEASES) if kind == "two-disease" else ""
    stated = NOT_STATED if paid is not None or dice.random() < 0.7 else _stated(dice)
    override = NO_OVERRIDE if dice.random() < 0.7 else _override(dice)
    return Visit(handle, day, dice.choice(patients), kind, facility, items, limit, paid, disease, stated, override)


def _stated(dice: Random) -> Stated:
    return Stated(dice.choice([None, _amount(dice)]), dice.choice([0, 5000, 8500, 10_000]), dice.choice([None, 9999]))


def _override(dice: Random) -> Override:
    used = dice.choice([None, _year_to_date(dice)])
    return Override(dice.choice([None, *ORDERS]), dice.choice([None, True, False]), dice.choice([None, True]), used)


def _person(dice: Random, handle: str, place: str, sure: bool) -> Person:
    """Sure ones are employees with an account, insured at home, so that there is something to share."""
    insurance = "employee" if sure else dice.choice(["resident"] * 7 + ["employee"] * 4 + ["none"])
    return Person(
        handle,
        insurance,
        place if sure else dice.choice([place] * 8 + [ZHUZHOU, FUJIAN]),
        status=dice.choice(STATUSES),
        has_account=sure or (insurance == "employee" and dice.random() < 0.8),
        concession=dice.choice(CONCESSIONS),
    )


def _row(dice: Random, ids: list[str], asked_on: date | None = None) -> Binding:
    authorizer, user = dice.choice([*ids[:-1] * 2, *ids]), dice.choice([ids[-1]] * 6 + ids)
    if user == authorizer and dice.random() < 0.9:
        authorizer, user = ids[0], ids[-1]
    begin = asked_on or FIRST + timedelta(dice.choice([-300, -300, -200, -100, -1, 0, 50, 200]))
    ends = dice.choice([None] * 5 + [begin, begin + timedelta(dice.randrange(600))])
    unbound = begin + timedelta(dice.randrange(600)) if asked_on is None and dice.random() < 0.1 else None
    return Binding(
        authorizer,
        user,
        dice.choice(RELATIONS[:3] if dice.random() < 0.8 else RELATIONS),
        begin,
        datetime.combine(begin, time(dice.choice([0, 9]))),
        ends,
        dice.randint(1, 3),
        unbound,
    )


def _refund(dice: Random, handle: str, visit: Visit, span: int) -> Refund:
    """Possible if it is the visit's only one and stands after it in the file."""
    parts = tuple((item.name, dice.choice([0, dice.randint(0, item.amount), item.amount])) for item in visit.items)
    return Refund(handle, max(_day(dice, span), visit.date), visit.id, dice.choice([None, parts, parts]))


def _event(dice: Random, handle: str, ids: list[str], place: str, span: int) -> Event:
    day, payer = _day(dice, span), dice.choice([*ids[:2] * 2, *ids])
    match dice.choice(["visit"] * 5 + ["deposit", "premium", "bind", "unbind"]):
        case "visit":
            return _visit(dice, handle, [*ids, *ids[-1:] * 4], place, day)
        case "deposit":
            return Deposit(handle, day, payer, _amount(dice))
        case "premium":
            return Premium(handle, day, payer, "resident-2026", tuple(dice.sample(ids, dice.randint(1, 3))))
        case "bind":
            return Bind(handle, day, _row(dice, ids, day))
        case _:
            return Unbind(handle, day, payer, dice.choice(ids))


def _year_to_date(dice: Random) -> YearToDate:
    levels = (0, 0, dice.choice([0, 5000, 15_000]), dice.choice([0, 5000, 25_000]))
    return YearToDate(dice.choice([0, 40_000, 149_999, 150_000]), levels, sum(levels) + dice.choice([0, 99]))


def _household(
    dice: Random, place: str | None, prefix: str, span: int = TWO_YEARS, own_terms: Terms | None = None
) -> Household:
    where = place or dice.choice([ZHUZHOU, *PLACES])
    persons = [_person(dice, f"{prefix}{number}", where, number < 3) for number in range(dice.randint(4, 6))]
    ids = [person.id for person in persons]
    events: list[Event] = []
    for number in range(dice.randint(3, 7)):
        events.append(event := _event(dice, f"{prefix}-e{number}", ids, where, span))
        if isinstance(event, Visit) and dice.random() < 0.5:
            events.append(_refund(dice, f"{event.id}-back", event, span))
    return Household(
        where,
        tuple(persons),
        {person.id: _balance(dice) for person in persons if person.has_account},
        tuple(_row(dice, ids) for _ in range(dice.randint(2, 8))),
        {(one, 2025, "outpatient"): _year_to_date(dice) for one in ids if dice.random() < 0.5},
        tuple(events),
        own_terms or _terms(dice),
    )
