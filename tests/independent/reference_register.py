"""Reference computation of the case format: bind, unbind, reorder and amend.

Written from the text of the case format alone: it must never import famgui. Readings R1, R2, ... are in README.md.
"""

import calendar
import datetime as dt

from tests.independent.reference_money import D

FACTS = {"insurance": "insurance", "status": "status", "insured_place": "place", "concession": "concession"}
"""Keys of an amendment whose value is taken as it is, and what the household calls them."""


def refused(problems):
    return {"status": "refused" if problems else "settled", "problems": problems}


def months_later(day, months):
    """The same day of the month so many months on, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return D(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_start(h, date):
    """The first day on which a binding asked for on `date` may begin; D.min where the place says nothing."""
    effective = h.limits.get("effective")
    if effective == "next-day":
        return date + dt.timedelta(1)
    if effective == "next-month":
        return months_later(date.replace(day=1), 1)
    return D.min


def is_open(h, row, date):
    """Neither unbound nor ended on the day."""
    return not h.unbound(row, date) and row["ends"] >= date


def overlap(h, new):
    for r in h.rows:
        if (r["authorizer"], r["user"]) != (new["authorizer"], new["user"]):
            continue
        last = r["ends"] if r["unbound"] is None else min(r["ends"], r["unbound"] - dt.timedelta(1))
        if r["starts"] <= last and new["starts"] <= last and r["starts"] <= new["ends"]:
            return True
    return False


def limits_reached(h, new, date):
    a, user, limits = new["authorizer"], new["user"], h.limits
    mine = [r for r in h.rows if r["authorizer"] == a]
    now = {r["user"] for r in mine if is_open(h, r, date)}
    if user not in now and len(now) >= limits.get("at_once", 10**6):
        yield "BIND_LIMIT"
    ever = {r["user"] for r in mine}
    if limits.get("rebinding_counts"):
        full = len(mine) >= limits.get("lifetime", 10**6)
    else:
        full = user not in ever and len(ever) >= limits.get("lifetime", 10**6)
    if full:
        yield "LIFETIME_LIMIT"
    payers = {r["authorizer"] for r in h.rows if r["user"] == user and is_open(h, r, date)}
    if a not in payers and len(payers) >= limits.get("authorizers", 10**6):
        yield "AUTHORIZER_LIMIT"
    if new["starts"] < first_start(h, date):
        yield "STARTS_TOO_EARLY"


def do_bind(h, ev):
    new, date = h.row(ev, ev["date"]), ev["date"]
    a, user = new["authorizer"], new["user"]
    problems = h.never(a, user, new["relation"])
    if a != user:
        problems += [("SUSPENDED", who) for who in (a, user) if h.suspended(who, date)]
        if overlap(h, new):
            problems.append(("DUPLICATE_BINDING", user))
        problems += [(code, user) for code in limits_reached(h, new, date)]
    if not problems:
        h.rows.append(new)
    return refused(problems)


def do_unbind(h, ev):
    pair, date = (ev["authorizer"], ev["user"]), ev["date"]
    rows = [r for r in h.rows if (r["authorizer"], r["user"]) == pair and is_open(h, r, date)]
    if not rows:
        return refused([("UNBOUND", ev["user"])])
    months = h.limits.get("minimum_months")
    if months and any(date < months_later(r["bound_at"].date(), months) for r in rows):  # R36
        return refused([("UNBIND_TOO_EARLY", ev["user"])])
    for r in rows:
        r["unbound"] = date
    return refused([])


def do_reorder(h, ev):
    date = ev["date"]
    rows = [(n, r) for n, r in enumerate(h.rows) if r["user"] == ev["user"] and is_open(h, r, date)]
    rows.sort(key=lambda nr: (nr[1]["priority"], nr[1]["bound_at"], nr[0]))
    stood = list(dict.fromkeys(r["authorizer"] for _, r in rows))
    strangers = [("UNBOUND", who) for who in ev["order"] if who not in stood]
    if not strangers:
        order = [*ev["order"], *(who for who in stood if who not in ev["order"])]
        for _, r in rows:
            r["priority"] = order.index(r["authorizer"]) + 1
    return refused(strangers)


def do_amend(h, ev):
    who = ev["person"]
    person = h.people[who]
    for key, name in FACTS.items():
        person[name] = ev.get(key, person[name])
    if "insurance" in ev:
        person["has"] = True  # goes with the kind
    person["has"] = ev.get("has_account", person["has"]) and person["insurance"] == "employee"
    person["suspended"] = D.max if ev.get("resumed") else ev.get("suspended", person["suspended"])
    if person["has"]:
        h.money.setdefault(who, {"current": 0, "prior": 0})
    return refused([])
