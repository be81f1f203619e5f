"""Reference computation of the case format: an answer to compare the program's with.

`settle(text, today)` takes the text of a valid case and returns the dict of `famgui settle --json` without `steps`;
problems carry `code` and `subject` only. Nothing here validates a file, but a refund that cannot be raises Fault.
Written from the text of the case format alone: it must never import famgui. Readings R1, R2, ... are in README.md.
"""

import datetime as dt
import tomllib

from tests.independent.reference_household import Household
from tests.independent.reference_money import HALF, PRODUCTS, SUPPLEMENTARY_FROM, D, fen, province, yuan
from tests.independent.reference_visit import do_refund, do_visit


def do_deposit(h, ev):
    if ev["account"] not in h.money:
        return {"status": "refused", "problems": [("NO_ACCOUNT", ev["account"])]}
    h.money[ev["account"]]["current"] += fen(ev["amount"])
    return {"status": "settled", "problems": []}


def do_bind(h, ev):
    new, date = h.row(ev, ev["date"]), ev["date"]
    a, user = new["authorizer"], new["user"]
    problems = h.never(a, user, new["relation"])
    if a != user:
        for r in h.rows:
            if (r["authorizer"], r["user"]) != (a, user):
                continue
            last = r["ends"] if r["unbound"] is None else min(r["ends"], r["unbound"] - dt.timedelta(1))
            if r["starts"] <= last and new["starts"] <= last and r["starts"] <= new["ends"]:
                problems.append(("DUPLICATE_BINDING", user))
                break
        if province(h.place) == "43":
            mine = [r for r in h.rows if r["authorizer"] == a]
            now = {r["user"] for r in mine if not h.unbound(r, date) and r["ends"] >= date}
            ever = {r["user"] for r in mine}
            if user not in now and len(now) >= 10:
                problems.append(("BIND_LIMIT", user))
            if user not in ever and len(ever) >= 20:
                problems.append(("LIFETIME_LIMIT", user))
    if problems:
        return {"status": "refused", "problems": problems}
    h.rows.append(new)
    return {"status": "settled", "problems": []}


def do_unbind(h, ev):
    open_rows = [
        r
        for r in h.rows
        if (r["authorizer"], r["user"]) == (ev["authorizer"], ev["user"])
        and not h.unbound(r, ev["date"])
        and r["ends"] >= ev["date"]
    ]
    for r in open_rows:
        r["unbound"] = ev["date"]
    if not open_rows:
        return {"status": "refused", "problems": [("UNBOUND", ev["user"])]}
    return {"status": "settled", "problems": []}


def do_premium(h, ev):
    problems, premiums, date, payer, product = [], [], ev["date"], ev["payer"], ev["product"]
    extra = product == "supplementary" and province(h.place) == "31" and date >= SUPPLEMENTARY_FROM  # R27, R28

    def one(who):
        if product not in PRODUCTS and not extra:
            return 0, [("OUT_OF_SCOPE", product)]
        once = (who, "supplementary", date.year) if extra else (who, "resident", PRODUCTS[product][0])
        if once in h.paid:
            return 0, [("ALREADY_PAID", who)]
        if extra and "price" not in ev:
            return 0, [("PRICE_NEEDED", product)]
        person, codes = h.people[who], []
        if payer not in h.money:
            codes.append("NO_ACCOUNT")
        if person["insurance"] not in (("employee", "resident") if extra else ("resident",)):
            codes.append("NOT_INSURED")
        if h.foreign(who):
            codes.append("OTHER_PROVINCE")
        pair = [r for r in h.rows if (r["authorizer"], r["user"]) == (payer, who)]
        codes += h.speak(pair, date) if pair else ["UNBOUND"]
        if extra:
            price = fen(ev["price"])
        else:
            _, first, last, price = PRODUCTS[product]
            if not first <= date <= last:
                codes.append("OUT_OF_WINDOW")
            if date <= last:
                price = 40000 if person["concession"] == "none" else 20000 if person["concession"] in HALF else 0
        if not codes and h.shareable(payer) < price:
            codes.append("INSUFFICIENT")
        if not codes:
            h.take(payer, price)
            h.paid.add(once)
        return price, [(c, who) for c in dict.fromkeys(codes)]

    for who in ev["for"]:
        amount, found = one(who)
        problems += [p for p in found if p not in problems]
        premiums.append(
            {
                "person": who,
                "amount": yuan(amount),
                "paid": "0.00" if found else yuan(amount),
                "status": "refused" if found else "settled",
            }
        )
    done = sum(p["status"] == "settled" for p in premiums)
    status = "refused" if done == 0 else "settled" if done == len(premiums) else "partly"
    return {"status": status, "problems": problems, "premiums": premiums}


DO = {
    "visit": do_visit,
    "refund": do_refund,
    "deposit": do_deposit,
    "premium": do_premium,
    "bind": do_bind,
    "unbind": do_unbind,
}


def id_problems(people, today):
    """(code, person) of every ID number whose check character or date is wrong."""
    out = []
    for who, p in people.items():
        number = p["id_number"]
        if number is None:
            continue
        number = number.upper()
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        if "10X98765432"[sum(int(c) * w for c, w in zip(number[:17], weights, strict=True)) % 11] != number[17]:
            out.append(("ID_CHECKSUM", who))
        try:
            born = D(int(number[6:10]), int(number[10:12]), int(number[12:14]))
            good = born <= today
        except ValueError:
            good = False
        if not good:
            out.append(("ID_DATE", who))
    return out


def listed(problems):
    return [{"code": c, "subject": s} for c, s in problems]


def run(doc):
    """The household after its events, and the events' outputs in file order."""
    h = Household(doc)
    events = doc.get("event", [])
    out = [None] * len(events)
    for n in sorted(range(len(events)), key=lambda n: (events[n]["date"], n)):
        ev = events[n]
        h.roll(ev["date"].year)
        found = DO[ev["type"]](h, ev)
        found["problems"] = listed(found["problems"])
        out[n] = {"id": ev["id"], **found}
    return h, out


def settle(text, today):
    """The answer to a valid case; `today` bounds the dates of birth."""
    h, events = run(tomllib.loads(text.lstrip("\ufeff")))
    used = []
    for (who, year, benefit), u in h.used.items():
        ded = {level: yuan(n) for level, n in u["levels"].items() if n}
        used.append(
            {
                "person": who,
                "year": year,
                "benefit": benefit,
                "pool": yuan(u["pool"]),
                "deductible": {**ded, "all": yuan(u["all"])},
            }
        )
    return {
        "format": 1,
        "events": events,
        "accounts": {
            who: {"current": yuan(m["current"]), "prior_years": yuan(m["prior"])} for who, m in h.money.items()
        },
        "used": used,
        "problems": listed(id_problems(h.people, today)),
    }
