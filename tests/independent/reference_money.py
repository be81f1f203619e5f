"""Reference computation of the case format: amounts in fen, the tables of the rules, and bills.

Written from the text of the case format alone: it must never import famgui. Readings R1, R2, ... are in README.md.
"""

import copy
import datetime as dt
from fractions import Fraction

NON_MEDICAL = {"health-food", "daily-goods", "wellness", "fitness", "public-health"}
RELATIONS = {
    "spouse",
    "parent",
    "child",
    "sibling",
    "paternal-grandparent",
    "maternal-grandparent",
    "sons-child",
    "daughters-child",
}
D = dt.date

# Hunan, employee outpatient from 2023-06-01: level -> (per visit, level's year cap, ratio)
EMPLOYEE = {
    "community": (0, 0, "0.70"),
    "primary": (0, 0, "0.70"),
    "secondary": (5000, 20000, "0.60"),
    "tertiary": (10000, 30000, "0.60"),
}
EMPLOYEE_ALL = 30000
EMPLOYEE_CAP = {"active": 150000, "flexible": 150000, "retired": 200000}
HUNAN_LIMITS = {"at_once": 10, "lifetime": 20}

PRODUCTS = {  # product: (year, first day, last day, amount after the window)
    "resident-2025": (2025, D(2024, 9, 1), D(2025, 2, 28), 40000),
    "resident-2026": (2026, D(2025, 9, 1), D(2026, 1, 31), 110000),
}
HALF = {"low-income", "low-income-margin", "monitored"}
SUPPLEMENTARY_FROM = D(2024, 10, 1)  # Shanghai; priced by the event

# Hunan, residents' drugs for hypertension and diabetes: disease -> year's cap
TWO_DISEASE_FROM = D(2025, 1, 1)
TWO_DISEASE_CAP = {"hypertension": 36000, "diabetes": 60000, "both": 96000}


class Fault(Exception):
    """A refund that the format calls a fault."""


def fen(text):
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def yuan(n):
    return f"{'-' if n < 0 else ''}{abs(n) // 100}.{abs(n) % 100:02d}"


def half_up(x):
    x = Fraction(x)
    return (2 * x.numerator + x.denominator) // (2 * x.denominator)


def ratio_text(text):
    """A stated ratio as the answer writes it: two decimals at least, no more than it needs (R26)."""
    whole, _, part = text.partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"


def counted_so_far(used):
    """The year to date of a [[used]] row or of a visit's own `used`; `cost` decides nothing here."""
    levels = {k: fen(v) for k, v in used.get("deductible", {}).items()}
    total = levels.pop("all", sum(levels.values()))
    return {"pool": fen(used.get("pool", "0.00")), "levels": levels, "all": total}


def province(place):
    return place[:2]


def as_moment(value):
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime.combine(value, dt.time())


def split(items):
    """[full self-paid, over limit, upfront, in scope] of a bill."""
    out = [0, 0, 0, 0]
    for i in items:
        if i["category"] in NON_MEDICAL or i.get("class") == "C":
            out[0] += i["amount"]
            continue
        upfront = half_up((i["amount"] - i["over"]) * i["ratio"])
        out[1] += i["over"]
        out[2] += upfront
        out[3] += i["amount"] - i["over"] - upfront
    return out


def account_code(item, facility):
    """Why accounts do not pay the item; None when they do."""
    if item["category"] in ("wellness", "fitness", "public-health"):
        return "PROHIBITED"
    if item["category"] in ("health-food", "daily-goods"):
        return "OUT_OF_SCOPE"
    if item["category"] == "service" and facility["type"] == "pharmacy":
        return "OUT_OF_SCOPE"
    return None


def left_after(items, back):
    """What a refund leaves of a bill; back is a list of (name, amount) or None for the whole."""
    if back is None:
        return []
    items = copy.deepcopy(items)
    for name, amount in back:
        mine = [i for i in items if i["name"] == name]
        if not mine:
            raise Fault("unknown item " + name)
        for i in mine:
            part = min(amount, i["amount"])
            if part:
                left = i["amount"] - part
                i["over"] = half_up(Fraction(i["over"] * left, i["amount"]))
                i["amount"] = left
                amount -= part
        if amount > 0:
            raise Fault("more than is left of " + name)
    return items
