"""Reference computation of the case format: an answer to compare the program's with.

`settle(text, today)` takes the text of a valid case and returns the dict of `famgui settle --json` without `steps`;
problems carry `code` and `subject` only. Nothing here validates a file, but a refund that cannot be raises Fault.
Written from the text of the case format alone: it must never import famgui. Readings R1, R2, ... are in README.md.
"""

import tomllib

from tests.independent.reference_household import Household
from tests.independent.reference_money import HALF, PRODUCTS, SUPPLEMENTARY_FROM, D, fen, province, yuan
from tests.independent.reference_register import do_amend, do_bind, do_reorder, do_unbind
from tests.independent.reference_visit import do_refund, do_visit


def do_deposit(h, ev):
    if ev["account"] not in h.money:
        return {"status": "refused", "problems": [("NO_ACCOUNT", ev["account"])]}
    h.money[ev["account"]]["prior" if ev.get("prior_years") else "current"] += fen(ev["amount"])
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
        if not h.people[payer]["has"]:
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
    "reorder": do_reorder,
    "amend": do_amend,
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


def run(doc, limits=None):
    """The household after its events, and the events' outputs in file order."""
    h = Household(doc, limits)
    events = doc.get("event", [])
    out = [None] * len(events)
    for n in sorted(range(len(events)), key=lambda n: (events[n]["date"], n)):
        ev = events[n]
        h.roll(ev["date"].year)
        found = DO[ev["type"]](h, ev)
        found["problems"] = listed(found["problems"])
        out[n] = {"id": ev["id"], **found}
    return h, out


def settle(text, today, limits=None):
    """The answer to a valid case; `today` bounds the dates of birth; `limits` are a made-up place's own."""
    h, events = run(tomllib.loads(text.lstrip("\ufeff")), limits)
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
