"""The events of a case file: visit, refund, deposit, premium, bind, unbind - each with its own keys."""

from datetime import date, datetime, time
from typing import Literal, TypeAlias, get_args

from famgui.domain.benefit import BENEFITS, LEVELS, YearToDate
from famgui.domain.bill import CATEGORIES, CLASSES, MEDICAL, Item
from famgui.domain.binding import ORDERS, Binding
from famgui.domain.household import Amend, Bind, Deposit, Event, Premium, Refund, Reorder, Unbind
from famgui.domain.identity import RELATIONS
from famgui.domain.money import Fen
from famgui.domain.person import CONCESSIONS, FACTS, INSURANCES, STATUSES
from famgui.domain.settlement import (
    DISEASES,
    FACILITY_TYPES,
    GRADES,
    NO_OVERRIDE,
    NOT_STATED,
    Facility,
    Override,
    Stated,
    Visit,
)
from famgui.files.reading import Table, reference

EventType: TypeAlias = Literal["visit", "refund", "deposit", "premium", "bind", "unbind", "amend", "reorder"]
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)


def read_event(table: Table, known: frozenset[str], place: str, ids: set[str]) -> Event | None:
    """One event, or None after its faults were noted. `ids` collects the event ids seen so far."""
    handle = table.text("id", required=True)
    kind = table.choice("type", EVENT_TYPES, required=True)
    day = table.day("date", required=True)
    if handle is not None and handle in ids:
        table.fault("id", "duplicate-id", id=handle)
    if handle is not None:
        ids.add(handle)
    if kind is None:
        return None
    event = _read(kind, table, handle or "", day or date.min, known, place)
    table.finish()
    return event if handle is not None and day is not None else None


def _read(
    kind: EventType,
    table: Table,
    handle: str,
    day: date,
    known: frozenset[str],
    place: str,
) -> Event | None:
    match kind:
        case "visit":
            return _visit(table, handle, day, known, place)
        case "refund":
            of, items, reason = table.text("of", required=True), _refund_items(table), table.text("reason", "")
            return None if of is None else Refund(handle, day, of, items, reason or "")
        case "deposit":
            account, amount = reference(table, "account", known), table.amount("amount", required=True)
            inflow, prior = bool(table.flag("inflow", False)), bool(table.flag("prior_years", False))
            return None if account is None or amount is None else Deposit(handle, day, account, amount, inflow, prior)
        case "premium":
            return _premium(table, handle, day, known)
        case "bind":
            binding = read_binding(table, known, day)
            return None if binding is None else Bind(handle, day, binding)
        case "unbind":
            authorizer, user = reference(table, "authorizer", known), reference(table, "user", known)
            reason = table.text("reason", "") or ""
            return None if authorizer is None or user is None else Unbind(handle, day, authorizer, user, reason)
        case "amend":
            person, facts = reference(table, "person", known), _facts(table)
            return None if person is None else Amend(handle, day, person, facts)
        case "reorder":
            bound, order = reference(table, "user", known), _persons(table, "order", known)
            return None if bound is None else Reorder(handle, day, bound, order)


def read_binding(table: Table, known: frozenset[str], asked_on: date | None = None) -> Binding | None:
    """A row of the register; with `asked_on` the keys of a bind event, whose dates default to that day.

    The caller finishes the table of a bind event, which has keys of its own.
    """
    authorizer = reference(table, "authorizer", known)
    user = reference(table, "user", known)
    relation = table.choice("relation", RELATIONS, required=True)
    starts = table.day("starts", asked_on, required=asked_on is None)
    ends = table.day("ends")
    bound_at = table.moment("bound_at")
    priority = table.number("priority", 1, 9999, 1)
    proof = table.text("proof", "")
    unbound_on = table.day("unbound_on") if asked_on is None else None
    if asked_on is None:
        table.finish()
    for key, day in (("ends", ends), ("unbound_on", unbound_on)):
        if starts is not None and day is not None and day < starts:
            table.fault(key, "before-start")
    if authorizer is None or user is None or relation is None or starts is None or priority is None:
        return None
    bound = bound_at or datetime.combine(asked_on or starts, time())
    return Binding(authorizer, user, relation, starts, bound, ends, priority, unbound_on, proof or "")


def _facts(table: Table) -> tuple[tuple[str, object], ...]:
    """What changes about a person; an amendment without anything is a fault. `resumed` ends a suspension, `no_tier` a
    contribution tier."""
    found: dict[str, object] = {
        "insurance": table.choice("insurance", INSURANCES),
        "status": table.choice("status", STATUSES),
        "insured_place": table.place("insured_place"),
        "has_account": table.flag("has_account"),
        "concession": table.choice("concession", CONCESSIONS),
        "tier": table.text("tier"),
    }
    facts = [(name, value) for name, value in found.items() if value is not None]
    suspended, resumed = table.day("suspended"), table.flag("resumed", False)
    if resumed and table.has("suspended"):
        table.fault("resumed", "suspended-and-resumed")
    elif resumed or suspended is not None:
        facts.append(("suspended", suspended))
    if untiered := table.flag("no_tier", False):
        facts = [fact for fact in facts if fact[0] != "tier"] + [("tier", "")]
        if table.has("tier"):
            table.fault("no_tier", "tier-and-no-tier")
    if not resumed and not untiered and not any(table.has(name) for name in FACTS):
        table.fault(None, "nothing-amended")
    return tuple(sorted(facts, key=lambda fact: FACTS.index(fact[0])))


def _persons(table: Table, key: str, known: frozenset[str]) -> tuple[str, ...]:
    """A list of different persons of this file."""
    persons = table.texts(key)
    for index, person in enumerate(persons):
        if person not in known:
            table.fault(key, "unknown-person", id=person)
        if person in persons[:index]:
            table.fault(key, "twice-in-for", id=person)
    return tuple(persons)


def _visit(table: Table, handle: str, day: date, known: frozenset[str], place: str) -> Visit | None:
    patient = reference(table, "patient", known)
    kind = table.choice("kind", BENEFITS, required=True)
    facility = _facility(table, place)
    disease_limit = table.amount("disease_limit")
    pool_paid = table.amount("pool_paid")
    disease = table.choice("disease", DISEASES)
    stated = _stated(table)
    override = _override(table)
    items = tuple(_item(entry) for entry in table.tables("items", required=True, empty_ok=False))
    if kind == "chronic" and not table.has("disease_limit"):
        table.fault(None, "missing-key", name="disease_limit")
    if kind != "chronic" and kind is not None and table.has("disease_limit"):
        table.fault("disease_limit", "only-for-kind", kind="chronic")
    if kind != "inpatient" and kind is not None and table.has("pool_paid"):
        table.fault("pool_paid", "only-for-kind", kind="inpatient")
    if kind == "two-disease" and not table.has("disease"):
        table.fault(None, "missing-key", name="disease")
    if kind != "two-disease" and kind is not None and table.has("disease"):
        table.fault("disease", "only-for-kind", kind="two-disease")
    if table.has("stated") and table.has("pool_paid"):
        table.fault("stated", "stated-and-paid")
    if patient is None or kind is None or facility is None:
        return None
    if facility.type != "other" and (kind == "pharmacy") != (facility.type == "pharmacy"):
        table.fault("kind", "kind-facility", kind=kind, type=facility.type)
    if any(item is None for item in items):
        return None
    whole = tuple(item for item in items if item is not None)
    return Visit(handle, day, patient, kind, facility, whole, disease_limit, pool_paid, disease or "", stated, override)


def _stated(table: Table) -> Stated:
    """What the receipt says where no rule is known."""
    stated = table.table("stated")
    if stated is None:
        return NOT_STATED
    ratio = stated.ratio("ratio", required=True)
    found = Stated(stated.amount("deductible"), ratio, stated.amount("cap_left"))
    stated.finish()
    return found


def _override(table: Table) -> Override:
    """What holds for this visit only."""
    before = table.table("used")
    found = Override(
        table.choice("authorizer_order", ORDERS),
        table.flag("own_account_first"),
        table.flag("cross_province"),
        None if before is None else read_year_to_date(before),
    )
    if before is not None:
        before.finish()
    return NO_OVERRIDE if found == NO_OVERRIDE else found


def read_year_to_date(table: Table) -> YearToDate:
    """Pool paid, deductible met by level and in all, and counted cost; the caller finishes the table."""
    pool, cost = table.amount("pool", 0), table.amount("cost", 0)
    met = table.table("deductible")
    if met is None:
        return YearToDate(pool or 0, cost=cost or 0)
    first, second, third, fourth = (met.amount(level, 0) or 0 for level in LEVELS)
    total = first + second + third + fourth
    stated = met.amount("all", total)
    all_levels = total if stated is None else stated
    if all_levels < total:
        met.fault("all", "all-below-levels")
    met.finish()
    return YearToDate(pool or 0, (first, second, third, fourth), all_levels, cost or 0)


def _facility(table: Table, place: str) -> Facility | None:
    facility = table.table("facility", required=True)
    if facility is None:
        return None
    type_ = facility.choice("type", FACILITY_TYPES, required=True)
    level = facility.choice("level", LEVELS, required=type_ == "hospital")
    designated = facility.flag("designated", True)
    where = facility.place("place", place)
    grade = facility.choice("grade", GRADES)
    contracted = bool(facility.flag("contracted", False))
    facility.finish()
    if type_ is None:
        return None
    return Facility(type_, where or place, level or "", designated is not False, grade or "", contracted)


def _item(table: Table) -> Item | None:
    name = table.text("name", required=True)
    category = table.choice("category", CATEGORIES, required=True)
    medical = category in MEDICAL
    stated = table.choice("class", CLASSES, required=medical)
    amount = table.amount("amount", required=True)
    upfront_ratio = table.ratio("upfront_ratio", 0)
    over_limit = table.amount("over_limit", 0)
    table.finish()
    if upfront_ratio and stated in ("A", "C"):
        table.fault("upfront_ratio", "upfront-on-class", catalogue_class=stated)
    if amount is not None and over_limit is not None and over_limit > amount:
        table.fault("over_limit", "over-limit-above-amount")
    if name is None or category is None or amount is None:
        return None
    return Item(name, category, amount, (stated or "") if medical else "", upfront_ratio or 0, over_limit or 0)


def _refund_items(table: Table) -> tuple[tuple[str, Fen], ...] | None:
    if not table.has("items"):
        return None
    items: list[tuple[str, Fen]] = []
    for entry in table.tables("items", empty_ok=False):
        name, amount = entry.text("name", required=True), entry.amount("amount", required=True)
        entry.finish()
        if name is not None and amount is not None:
            items.append((name, amount))
    return tuple(items)


def _premium(table: Table, handle: str, day: date, known: frozenset[str]) -> Premium | None:
    payer = reference(table, "payer", known)
    product = table.text("product", required=True)
    persons = _persons(table, "for", known)
    price = table.amount("price")
    return None if payer is None or product is None else Premium(handle, day, payer, product, persons, price)
