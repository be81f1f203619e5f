"""A household written as a case file: what `casefile` reads back as the same household. Defaults are left out."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import TypeAlias

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.bill import Item
from famgui.domain.binding import Binding
from famgui.domain.household import Amend, Bind, Deposit, Event, Household, Premium, Refund, Reorder, Unbind, UsedKey
from famgui.domain.money import format_amount, format_ratio
from famgui.domain.person import Person
from famgui.domain.settlement import Facility, Stated, Visit
from famgui.domain.waterfall import Terms

Plain: TypeAlias = "str | int | date | datetime | list[Plain] | dict[str, Plain]"
"""What TOML can hold; True and False are ints."""

_CONTROL = re.compile('[\x00-\x1f\x7f"\\\\]')


def write_case(household: Household, title: str = "") -> str:
    """The text of a case file, one key a line and one item of a bill a line; with the household's title where the file
    is not called after it."""
    top: dict[str, Plain] = {"format": 1, "place": household.place}
    top |= _stated(title=title or None)
    parts = ["".join(_lines(top))]
    terms = _terms(household.terms)
    if terms:
        parts.append("[policy]\n" + "".join(_lines(terms)))
    parts += _array("person", (_person(one, household) for one in household.persons))
    parts += _array("binding", (_binding(row, row.starts) for row in household.bindings))
    parts += _array("used", (_used(key, met) for key, met in household.used.items()))
    parts += _array("event", (event_table(event, household.place) for event in household.events))
    return "\n".join(parts)


def event_table(event: Event, place: str) -> dict[str, Plain]:
    """The keys and values of one event, as its `[[event]]` has them in a file of that place."""
    match event:
        case Visit():
            return _head(event, "visit") | _visit(event, place)
        case Refund():
            head = _head(event, "refund") | {"of": event.of} | _stated(reason=event.reason or None)
            if event.items is None:
                return head
            named: list[Plain] = [{"name": name, "amount": format_amount(fen)} for name, fen in event.items]
            return head | {"items": named}
        case Deposit():
            amount, inflow, prior = format_amount(event.amount), event.inflow or None, event.prior_years or None
            said = _stated(account=event.account, amount=amount, inflow=inflow, prior_years=prior)
            return _head(event, "deposit") | said
        case Premium():
            persons: dict[str, Plain] = {"for": list(event.persons)}
            price = None if event.price is None else format_amount(event.price)
            return _head(event, "premium") | _stated(payer=event.payer, product=event.product, **persons, price=price)
        case Bind():
            return _head(event, "bind") | _binding(event.binding, event.date, starts=event.date)
        case Unbind():
            pair = _stated(authorizer=event.authorizer, user=event.user, reason=event.reason or None)
            return _head(event, "unbind") | pair
        case Amend():
            return _head(event, "amend") | {"person": event.person} | dict(map(_fact, event.facts))
        case Reorder():
            return _head(event, "reorder") | {"user": event.user, "order": list(event.authorizers)}


def _fact(fact: tuple[str, object]) -> tuple[str, Plain]:
    name, value = fact
    assert value is None or isinstance(value, str | bool | date)
    if fact == ("tier", ""):
        return "no_tier", True
    return ("resumed", True) if value is None else (name, value)


def _head(event: Event, kind: str) -> dict[str, Plain]:
    return {"id": event.id, "type": kind, "date": event.date}


def _terms(terms: Terms) -> dict[str, Plain]:
    return _stated(
        authorizer_order=terms.order, own_account_first=terms.own_first, cross_province=terms.cross_province or None
    )


def _stated(**values: "Plain | None") -> dict[str, Plain]:
    """What is not None."""
    return {key: value for key, value in values.items() if value is not None}


def _person(one: Person, household: Household) -> dict[str, Plain]:
    balance = household.balances.get(one.id, Balance())
    usual = one.insurance == "employee"
    return _stated(
        id=one.id,
        name=one.name or None,
        id_number=one.id_number or None,
        insurance=one.insurance,
        status=None if one.status == "active" else one.status,
        insured_place=None if one.insured_place == household.place else one.insured_place,
        has_account=None if one.has_account == usual else one.has_account,
        account=_amounts(balance._asdict()) or None,
        concession=None if one.concession == "none" else one.concession,
        born=one.born,
        tier=one.tier or None,
        phone=one.phone or None,
        suspended=one.suspended,
    )


def _amounts(amounts: Mapping[str, int]) -> dict[str, Plain]:
    return {key: format_amount(fen) for key, fen in amounts.items() if fen}


def _binding(row: Binding, asked_on: date, starts: date | None = None) -> dict[str, Plain]:
    """A row of the register; with `starts` the keys of a bind event, whose first day that is where none is said."""
    return _stated(
        authorizer=row.authorizer,
        user=row.user,
        relation=row.relation,
        starts=None if row.starts == starts else row.starts,
        ends=row.ends,
        bound_at=None if row.bound_at == datetime.combine(asked_on, time()) else row.bound_at,
        unbound_on=row.unbound_on,
        priority=None if row.priority == 1 else row.priority,
        proof=row.proof or None,
    )


def _used(key: UsedKey, met: YearToDate) -> dict[str, Plain]:
    person, year, benefit = key
    return _stated(person=person, year=year, benefit=benefit) | _year_to_date(met)


def _year_to_date(met: YearToDate) -> dict[str, Plain]:
    levels = _amounts(dict(zip(LEVELS, met.by_level, strict=True)))
    if met.all_levels != sum(met.by_level):
        levels["all"] = format_amount(met.all_levels)
    return _amounts({"pool": met.pool, "cost": met.cost}) | _stated(deductible=levels or None)


def _visit(visit: Visit, place: str) -> dict[str, Plain]:
    return _stated(
        patient=visit.patient,
        kind=visit.kind,
        facility=_facility(visit.facility, place),
        disease_limit=None if visit.disease_limit is None else format_amount(visit.disease_limit),
        pool_paid=None if visit.pool_paid is None else format_amount(visit.pool_paid),
        disease=visit.disease or None,
        stated=_of_receipt(visit.stated) or None,
        authorizer_order=visit.override.order,
        own_account_first=visit.override.own_first,
        cross_province=visit.override.cross_province,
        used=None if visit.override.used is None else _year_to_date(visit.override.used),
        items=[_item(item) for item in visit.items],
    )


def _of_receipt(stated: Stated) -> dict[str, Plain]:
    amounts = {"deductible": stated.deductible, "cap_left": stated.cap_left}
    found: dict[str, Plain] = {key: format_amount(fen) for key, fen in amounts.items() if fen is not None}
    return found if stated.ratio is None else found | {"ratio": format_ratio(stated.ratio)}


def _facility(facility: Facility, place: str) -> dict[str, Plain]:
    return _stated(
        type=facility.type,
        level=facility.level or None,
        designated=None if facility.designated else False,
        place=None if facility.place == place else facility.place,
        grade=facility.grade or None,
        contracted=facility.contracted or None,
    )


def _item(item: Item) -> dict[str, Plain]:
    whole: dict[str, Plain | None] = {
        "name": item.name,
        "category": item.category,
        "class": item.catalogue_class or None,
        "amount": format_amount(item.amount),
        "upfront_ratio": format_ratio(item.upfront_ratio) if item.upfront_ratio else None,
        "over_limit": format_amount(item.over_limit) if item.over_limit else None,
    }
    return _stated(**whole)


def _array(name: str, tables: Iterable[dict[str, Plain]]) -> list[str]:
    return [f"[[{name}]]\n" + "".join(_lines(table)) for table in tables]


def _lines(table: Mapping[str, Plain]) -> Iterable[str]:
    for key, value in table.items():
        if isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict):
            yield f"{key} = [\n" + "".join(f"  {_value(entry)},\n" for entry in value) + "]\n"
        else:
            yield f"{key} = {_value(value)}\n"


def _value(value: Plain) -> str:
    for kind, spell in _SPELLINGS:
        if isinstance(value, kind):
            return spell(value)
    raise TypeError(type(value).__name__)


def _text(value: str) -> str:
    return '"' + _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", value) + '"'


def _table(value: Mapping[str, Plain]) -> str:
    return "{ " + ", ".join(f"{key} = {_value(entry)}" for key, entry in value.items()) + " }"


_SPELLINGS: tuple[tuple[type, Callable[..., str]], ...] = (
    (bool, lambda value: "true" if value else "false"),
    (str, _text),
    (int, str),
    (datetime, datetime.isoformat),
    (date, date.isoformat),
    (list, lambda value: "[" + ", ".join(map(_value, value)) + "]"),
    (dict, _table),
)
