"""Events as the book keeps them: one canonical JSON text each, amounts in fen, days as ISO text."""

import json
from datetime import date, datetime
from typing import Any

from famgui.domain.benefit import YearToDate
from famgui.domain.bill import Item
from famgui.domain.binding import Binding
from famgui.domain.household import Amend, Bind, Deposit, Event, Premium, Refund, Reorder, Unbind
from famgui.domain.person import FACTS
from famgui.domain.settlement import NO_OVERRIDE, NOT_STATED, Facility, Override, Stated, Visit

canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
"""Keys in order, no blanks: equal values give equal text."""

_TYPES: dict[type, str] = {
    Visit: "visit",
    Refund: "refund",
    Deposit: "deposit",
    Premium: "premium",
    Bind: "bind",
    Unbind: "unbind",
    Amend: "amend",
    Reorder: "reorder",
}


def event_type(event: Event) -> str:
    """The word for an event's kind."""
    return _TYPES[type(event)]


def event_text(event: Event) -> str:
    """The event as text; `event_from` gives it back."""
    return canonical({"id": event.id, "date": event.date.isoformat(), "type": event_type(event), **_body(event)})


def _body(event: Event) -> dict[str, Any]:
    match event:
        case Visit():
            return _visit(event)
        case Refund():
            return {"of": event.of, "items": event.items} | _said(reason=event.reason)
        case Deposit():
            return {"account": event.account, "amount": event.amount} | _said(
                inflow=event.inflow, prior_years=event.prior_years
            )
        case Premium():
            price = {} if event.price is None else {"price": event.price}
            return {"payer": event.payer, "product": event.product, "for": event.persons} | price
        case Bind():
            return {"binding": _binding(event.binding)}
        case Unbind():
            return {"authorizer": event.authorizer, "user": event.user} | _said(reason=event.reason)
        case Amend():
            facts = {name: value.isoformat() if isinstance(value, date) else value for name, value in event.facts}
            return {"person": event.person, "facts": facts}
        case Reorder():
            return {"user": event.user, "order": event.authorizers}


def _said(**values: Any) -> dict[str, Any]:
    """What is not empty: keys that older books do not have."""
    return {key: value for key, value in values.items() if value}


def _visit(visit: Visit) -> dict[str, Any]:
    place = visit.facility
    return {
        "patient": visit.patient,
        "kind": visit.kind,
        "facility": {
            "type": place.type,
            "place": place.place,
            "level": place.level,
            "designated": place.designated,
            **_said(grade=place.grade, contracted=place.contracted),
        },
        "items": [item._asdict() for item in visit.items],
        "disease_limit": visit.disease_limit,
        "pool_paid": visit.pool_paid,
        **_said(
            disease=visit.disease,
            stated=None if visit.stated == NOT_STATED else visit.stated,
            override=None if visit.override == NO_OVERRIDE else visit.override,
        ),
    }


def _binding(row: Binding) -> dict[str, Any]:
    return {
        "authorizer": row.authorizer,
        "user": row.user,
        "relation": row.relation,
        "starts": row.starts.isoformat(),
        "bound_at": row.bound_at.isoformat(),
        "ends": iso(row.ends),
        "priority": row.priority,
        "unbound_on": iso(row.unbound_on),
        **_said(proof=row.proof),
    }


def event_from(text: str) -> Event:
    """The event that a text of `event_text` holds. Raises ValueError, KeyError or TypeError for any other text."""
    data = json.loads(text)
    handle, day = data["id"], date.fromisoformat(data["date"])
    match data["type"]:
        case "visit":
            items = tuple(Item(**item) for item in data["items"])
            return Visit(
                handle,
                day,
                data["patient"],
                data["kind"],
                Facility(**data["facility"]),
                items,
                data["disease_limit"],
                data["pool_paid"],
                data.get("disease", ""),
                Stated._make(data["stated"]) if "stated" in data else NOT_STATED,
                _override_from(data["override"]) if "override" in data else NO_OVERRIDE,
            )
        case "refund":
            named = data["items"]
            items_back = None if named is None else tuple((n, a) for n, a in named)
            return Refund(handle, day, data["of"], items_back, data.get("reason", ""))
        case "deposit":
            return Deposit(
                handle, day, data["account"], data["amount"], data.get("inflow", False), data.get("prior_years", False)
            )
        case "premium":
            return Premium(handle, day, data["payer"], data["product"], tuple(data["for"]), data.get("price"))
        case "bind":
            return Bind(handle, day, _binding_from(data["binding"]))
        case "unbind":
            return Unbind(handle, day, data["authorizer"], data["user"], data.get("reason", ""))
        case "amend":
            return Amend(handle, day, data["person"], facts_from(data["facts"]))
        case "reorder":
            return Reorder(handle, day, data["user"], tuple(data["order"]))
    raise ValueError(data["type"])


def facts_from(data: dict[str, Any]) -> tuple[tuple[str, object], ...]:
    """The facts of an amendment, in the order of `person.FACTS`."""
    found = {name: day_from(value) if name == "suspended" else value for name, value in data.items()}
    return tuple((name, found[name]) for name in FACTS if name in found)


def _override_from(values: list[Any]) -> Override:
    order, own_first, cross_province, used = values
    if used is not None:
        pool, levels, *others = used
        used = YearToDate(pool, tuple(levels), *others)
    return Override(order, own_first, cross_province, used)


def _binding_from(data: dict[str, Any]) -> Binding:
    return Binding(
        data["authorizer"],
        data["user"],
        data["relation"],
        date.fromisoformat(data["starts"]),
        datetime.fromisoformat(data["bound_at"]),
        day_from(data["ends"]),
        data["priority"],
        day_from(data["unbound_on"]),
        data.get("proof", ""),
    )


def iso(day: date | None) -> str | None:
    """A day as text, or None."""
    return None if day is None else day.isoformat()


def day_from(text: str | None) -> date | None:
    """The day of a text, or None."""
    return None if text is None else date.fromisoformat(text)
