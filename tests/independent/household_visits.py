"""Random households: visits and refunds.

Knows the case format, nothing of famgui, which must never be imported here.
"""

from tests.independent.household_events import Register
from tests.independent.household_people import LEVELS, MEDICAL, NAMES, OTHERS, yuan


class Bills(Register):
    """Visits and what is taken back of them."""

    def visit(self, date):
        r = self.r
        patient = r.choice([x["user"] for x in self.rows]) if self.rows and self.p(0.6) else r.choice(self.ids)
        if self.tidy and self.p(0.8 if self.refundy else 0.4):
            patient = self.star
        ev = {"type": "visit", "date": date, "patient": patient}
        kind = r.choices(
            ["outpatient", "chronic", "pharmacy", "inpatient"], [56, 15, 16, 13] if not self.refundy else [92, 3, 3, 2]
        )[0]
        ev["kind"] = kind
        f = {"type": "pharmacy" if kind == "pharmacy" else "hospital"}
        other = self.p(0.05)
        if other:
            f["type"] = "other"
        if f["type"] == "hospital" or (other and kind != "pharmacy" and self.p(0.5)):
            f["level"] = r.choice(LEVELS)
        if self.p(0.05):
            f["designated"] = False
        elif self.p(0.1):
            f["designated"] = True
        where = r.random()
        if where < 0.1:
            f["place"] = r.choice([x for x in ["430200", "350000", "310000"] if x[:2] != self.place[:2]])
        elif where < 0.2:
            f["place"] = r.choice({"43": ["430100", "430200"], "35": ["350200"], "31": ["310100"]}[self.place[:2]])
        ev["facility"] = f
        if kind == "chronic":
            ev["disease_limit"] = r.choice(["0.00", "100.00", "400.00", "99999.00", "333.33"])
        if kind == "inpatient" and self.p(0.7):
            ev["pool_paid"] = r.choice(["0.00", "100.00", "5000.00", "333.33", "50.55"])
        items = []
        zero = self.p(0.04)
        for _ in range(r.choice([1, 1, 2, 3, 4, 5])):
            k = r.random()
            if k < 0.91:
                cats = [c for c in MEDICAL if not (c == "service" and other and kind == "pharmacy" and not self.doubts)]
                i = {"name": r.choice(NAMES), "category": r.choice(cats), "class": r.choices("ABC", [50, 35, 15])[0]}
            else:
                i = {"name": r.choice(NAMES), "category": r.choice(OTHERS)}
            n = 0 if zero else self.amount()
            i["amount"] = yuan(n)
            if i.get("class") == "B" and self.p(0.8):
                i["upfront_ratio"] = r.choice(["0", "0.1", "0.10", "0.05", "0.2", "1", "0.3333", "0.15"])
            if i.get("class") and self.p(0.3 if self.refundy else 0.15):
                i["over_limit"] = yuan(r.choice([0, n, n // 3, n // 2, r.randrange(n + 1)]))
            items.append(i)
        ev["items"] = items
        return ev

    def refund(self, date):
        r = self.r
        live = [v for v in self.bills if v["left"] is not None]
        if not live:
            return None
        v = r.choice(live if self.refundy else live[-4:])
        ev = {"type": "refund", "date": date, "of": v["id"]}
        left = v["left"]  # [[name, fen, has over_limit], ...]
        if self.p(0.15 if self.refundy else 0.3):
            v["left"] = None
            return ev
        names = sorted({x[0] for x in left})
        r.shuffle(names)
        items = []
        new = [x[:] for x in left]
        for name in names[: r.choice([1, 1, 2, 3])]:
            have = sum(x[1] for x in new if x[0] == name)
            if have == 0 and not self.doubts:
                continue
            n = (
                have
                if self.p(0.15 if self.refundy else 0.35)
                else r.choice([have // 2, min(have, 5000), r.randrange(have + 1), min(1, have)])
            )
            if n == 0 and not self.doubts:
                n = min(1, have)
            if v["times"] and not self.doubts and any(x[0] == name and x[2] for x in new):
                n = have  # R13: over_limit of a second partial refund
            items.append({"name": name, "amount": yuan(n)})
            for x in new:
                if x[0] == name:
                    part = min(n, x[1])
                    x[1] -= part
                    n -= part
        if not items:
            return None
        if sum(x[1] for x in new) == 0:
            if any(x[1] == 0 for x in left) and not self.doubts:
                return None  # R14: only items of 0.00 would be left
            v["left"] = None
        else:
            v["left"] = new
            v["times"] += 1
        ev["items"] = items
        return ev
