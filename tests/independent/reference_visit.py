"""Reference computation of the case format: visits and refunds.

Written from the text of the case format alone: it must never import famgui. Readings R1, R2, ... are in README.md.
"""

import copy
from fractions import Fraction

from tests.independent.reference_money import (
    Fault,
    account_code,
    counted_so_far,
    fen,
    half_up,
    left_after,
    province,
    ratio_text,
    split,
    yuan,
)

SWITCHES = ("authorizer_order", "own_account_first", "cross_province")


def settle_visit(h, visit):
    """Computes and books `visit` = {event, items, rows, used, patient, own_account}, the last four as at the visit."""
    ev, items, rows = visit["event"], visit["items"], visit["rows"]
    date, who, kind, facility = ev["date"], ev["patient"], ev["kind"], ev["facility"]
    patient = visit["patient"]  # facts as at the visit
    switch = {name: ev.get(name, h.policy[name]) for name in SWITCHES}
    problems = []

    def add(code, subject):
        if (code, subject) not in problems:
            problems.append((code, subject))

    total = sum(i["amount"] for i in items)
    full, over, upfront, scope = split(items)
    designated = facility.get("designated", True) and facility["type"] != "other"
    payable = 0
    for i in items:
        code = account_code(i, facility)
        if code is None:
            payable += i["amount"]
        elif i["amount"] > 0:
            add(code, i["name"])
    if not designated and total > 0:
        add("NOT_DESIGNATED", "facility")
    if patient["insurance"] == "none" and total > 0:
        add("NOT_INSURED", who)

    # pool
    ded = pool = 0
    ratio, counted = "0.00", False
    if designated and patient["insurance"] != "none" and not h.abroad(patient):
        rule, stated, cap_left = (
            h.rule(patient, kind, facility.get("level"), date, ev.get("disease")),
            ev.get("stated"),
            None,
        )
        if rule:
            per_visit, level_cap, all_cap, ratio, year_cap = rule
            counted, used = True, visit["used"]
            base = scope
            if kind == "chronic":
                base = min(scope, fen(ev["disease_limit"]))
            elif kind == "two-disease":
                base = split([i for i in items if i["category"] == "drug"])[3]
            ded = max(
                0, min(per_visit, level_cap - used["levels"].get(facility["level"], 0), all_cap - used["all"], scope)
            )
            pool = half_up((base - ded) * Fraction(ratio))
            cap_left = None if year_cap is None else max(0, year_cap - used["pool"])
        elif "pool_paid" in ev:
            pool = min(fen(ev["pool_paid"]), scope)
        elif stated:  # R22: in scope of the whole bill, whatever the kind
            ded = min(fen(stated.get("deductible", "0.00")), scope)
            ratio = ratio_text(stated["ratio"])
            pool = half_up((scope - ded) * Fraction(ratio))
            cap_left = fen(stated["cap_left"]) if "cap_left" in stated else None
        if cap_left is not None and pool > cap_left:
            pool = cap_left
            add("CAP_REACHED", who)

    # accounts
    own, shared = [], []
    assert payable >= pool or not designated or "stated" in ev
    due = max(0, payable - pool) if designated else 0  # R24: below 0 only by stated figures at a pharmacy

    def own_turn():
        nonlocal due
        part = min(due, h.held(who) if visit["own_account"] else 0)
        if part:
            own.extend(h.take(who, part))
            due -= part

    def shared_turn():
        nonlocal due
        if due <= 0:
            return
        line = h.line(rows, who, date, switch["authorizer_order"])
        seen = []
        for r in rows:
            if r["user"] == who and r["authorizer"] not in seen:
                seen.append(r["authorizer"])
        for a in seen:
            for code in h.speak([r for r in rows if r["user"] == who and r["authorizer"] == a], date):
                add(code, a)
        if province(facility.get("place", h.place)) != province(h.place) and not switch["cross_province"]:
            for a in line:
                add("OTHER_PROVINCE", a)
            return
        for a in line:
            part = min(due, h.shareable(a))
            if part:
                shared.extend(h.take(a, part))
                due -= part
        if due > 0:
            for a in line:
                if province(h.place) == "35" and h.held(a) > 0:
                    add("THRESHOLD", a)
                if province(h.place) == "31" and h.money[a]["current"] > 0:
                    add("PRIOR_YEAR_ONLY", a)

    for turn in [own_turn, shared_turn] if switch["own_account_first"] else [shared_turn, own_turn]:
        turn()
    own_sum, shared_sum = sum(m[2] for m in own), sum(m[2] for m in shared)
    cash = total - pool - own_sum - shared_sum
    assert cash >= 0 and pool >= 0

    if counted:
        u = h.used.setdefault((who, date.year, kind), {"pool": 0, "levels": {}, "all": 0})
        u["pool"] += pool
        u["all"] += ded
        u["levels"][facility["level"]] = u["levels"].get(facility["level"], 0) + ded
    visit.update(pool=pool, ded=ded, counted=counted, own=own, shared=shared, cash=cash)
    fields = {
        "medfee_sumamt": yuan(total),
        "fulamt_ownpay_amt": yuan(full),
        "overlmt_selfpay": yuan(over),
        "preselfpay_amt": yuan(upfront),
        "inscp_scp_amt": yuan(scope),
        "act_pay_dedc": yuan(ded),
        "pool_prop_selfpay": ratio,
        "hifp_pay": yuan(pool),
        "fund_pay_sumamt": yuan(pool),
        "psn_part_amt": yuan(total - pool),
        "acct_pay": yuan(own_sum + shared_sum),
        "acct_mulaid_pay": yuan(shared_sum),
        "psn_cash_pay": yuan(cash),
        "payments": payments(visit, 1),
    }
    status = "partly" if any(c != "CAP_REACHED" for c, _ in problems) else "settled"
    return fields, status, problems


def payments(visit, sign):
    """The payments of a booked visit; sign -1 for its reversal."""
    out = [{"payer": "pool", "amount": yuan(sign * visit["pool"])}]
    for payer in ("own", "shared"):
        sums = {}
        for account, _, amount, _ in visit[payer]:
            sums[account] = sums.get(account, 0) + amount
        out += [{"payer": payer, "account": a, "amount": yuan(sign * n)} for a, n in sums.items()]
    return [*out, {"payer": "cash", "amount": yuan(sign * visit["cash"])}]


def do_visit(h, ev):
    items = [
        {
            "name": i["name"],
            "category": i["category"],
            "class": i.get("class"),
            "amount": fen(i["amount"]),
            "over": fen(i.get("over_limit", "0.00")),
            "ratio": Fraction(i.get("upfront_ratio", "0")),
        }
        for i in ev["items"]
    ]
    none = {"pool": 0, "levels": {}, "all": 0}
    used = (
        counted_so_far(ev["used"]) if "used" in ev else h.used.get((ev["patient"], ev["date"].year, ev["kind"]), none)
    )
    visit = {
        "event": ev,
        "items": items,
        "rows": h.frozen(ev["date"]),
        "patient": dict(h.people[ev["patient"]]),
        "own_account": ev["patient"] in h.money,  # R35
        "over": False,
        "used": copy.deepcopy(used),
    }
    h.visits[ev["id"]] = visit
    fields, status, problems = settle_visit(h, visit)
    return {"status": status, "problems": problems, **fields}


def do_refund(h, ev):
    visit = h.visits.get(ev["of"])
    if visit is None:
        raise Fault("unknown or later visit " + ev["of"])
    if visit["over"]:
        raise Fault("nothing left of " + ev["of"])
    back = None
    if "items" in ev:
        if not ev["items"]:
            raise Fault("empty refund items")
        sums = {}  # a name given twice is one sum (over_limit rounds once)
        for i in ev["items"]:
            sums[i["name"]] = sums.get(i["name"], 0) + fen(i["amount"])
        back = list(sums.items())
    items = left_after(visit["items"], back)
    out = {"status": "settled", "problems": [], "payments": payments(visit, -1), "resettled": None}
    for account, bucket, amount, year in visit["own"] + visit["shared"]:
        h.money[account]["prior" if h.year > year else bucket] += amount
    if visit["counted"]:
        old = visit["event"]
        u = h.used[old["patient"], old["date"].year, old["kind"]]
        u["pool"] -= visit["pool"]
        u["all"] -= visit["ded"]
        u["levels"][old["facility"]["level"]] -= visit["ded"]
    if sum(i["amount"] for i in items) == 0:  # R14: nothing left
        visit["over"] = True
        return out
    visit["items"] = items
    out["resettled"], out["status"], out["problems"] = settle_visit(h, visit)
    return out
