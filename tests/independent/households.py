"""Random households: `make(seed)` is the text of a random valid case.

Seeds divisible by 4 also wander into the places that README.md calls doubtful; all others keep out of them as far as
that is possible. Seeds with seed % 40 == 7 have many persons (limits of binding). Knows the case format, nothing of
famgui, which must never be imported here.
"""

from tests.independent.household_people import DAY, GOOD_RELATIONS, WINDOW, D, render, yuan
from tests.independent.household_visits import Bills


class Household(Bills):
    """A whole case."""

    insurable = False  # premiums outside the residents' windows too

    def premium(self, date):
        r = self.r
        a, u = self.pair()
        rows = [x for x in self.rows if not self.bad(x) and self.by[x["user"]]["insurance"] == "resident"]
        rows = rows if self.p(0.85) and rows else self.rows
        if rows and self.p(0.85):
            row = r.choice(rows)
            a, u = row["authorizer"], row["user"]
        people = [u] + [x["user"] for x in rows if x["authorizer"] == a and self.p(0.8)]
        if self.p(0.15):
            people.append(r.choice(self.ids))
        people = list(dict.fromkeys(people))[:4]
        r.shuffle(people)
        product = "resident-2025" if date < D(2025, 4, 1) else "resident-2026"
        k = r.random()
        if k < 0.06:
            product = "xyz-insurance"
        elif k < 0.2:
            product = r.choice(["resident-2025", "resident-2026"])
        return {"type": "premium", "date": date, "payer": a, "product": product, "for": people}

    def bind(self, date):
        r = self.r
        a, u = self.pair()
        ev = {
            "type": "bind",
            "date": date,
            "authorizer": a,
            "user": u,
            "relation": r.choice(GOOD_RELATIONS) if self.p(0.92) else r.choice(["in-law", "other"]),
        }
        if not self.doubts and any((x["authorizer"], x["user"]) == (a, u) and self.bad(x) for x in self.rows):
            return None  # R16: does a never permitted row block?
        starts = date
        k = r.random()
        if k < 0.2:
            starts = ev["starts"] = date + DAY * r.choice([1, 30, 200])
        elif k < 0.3:
            ev["starts"] = date
        elif k < 0.36 and self.doubts:
            starts = ev["starts"] = date - DAY * r.choice([1, 60])
        if self.p(0.4):
            ends = max(starts, starts + DAY * r.choice([0, 10, 200, 365]), D.min if self.doubts else date)
            if self.p(0.3):
                ends = max(starts, date, self.near())
            ev["ends"] = ends
        if self.p(0.3):
            ev["bound_at"] = self.moment(r.choice([starts, date, D(2022, 1, 1)]))
        if self.p(0.4):
            ev["priority"] = r.choice([1, 1, 2, 9999])
        row = dict(ev, starts=starts)
        if not self.doubts and any((x["authorizer"], x["user"]) == (a, u) and x["starts"] == starts for x in self.rows):
            return None  # R8: which of two rows of one start is the last begun
        if not self.bad(row):
            self.rows.append(row)  # perhaps refused by limits or overlap; serves only choice
        return ev

    def unbind(self, date):
        a, u = self.pair()
        if self.rows and self.p(0.7):
            row = self.r.choice(self.rows)
            a, u = row["authorizer"], row["user"]
        return {"type": "unbind", "date": date, "authorizer": a, "user": u}

    def weights(self):
        """Of visit, refund, deposit, premium, bind and unbind."""
        weights = [46, 17, 7, 12, 11, 7] if not self.crowd else [18, 6, 2, 8, 52, 14]
        if self.refundy:
            weights = [48, 44, 4, 1, 1, 2]
        return weights

    def events(self):
        r, out = self.r, []
        self.bills = []
        weights = self.weights()
        for date in self.days:
            kind = r.choices(["visit", "refund", "deposit", "premium", "bind", "unbind"], weights)[0]
            open_ = D(2024, 8, 31) <= date <= D(2025, 3, 1) or D(2025, 8, 31) <= date <= D(2026, 2, 1)
            if kind == "premium" and not open_ and not self.insurable and self.p(0.75):
                kind = "visit"
            if (date in WINDOW or (open_ and self.p(0.3))) and self.p(0.45):
                kind = "premium"
            if kind == "deposit":
                ev = {
                    "type": "deposit",
                    "date": date,
                    "account": r.choice([i for i in self.ids if self.by[i]["_has"] or self.p(0.2)] or self.ids),
                    "amount": yuan(self.amount()),
                }
            else:
                ev = getattr(self, kind)(date)
            if ev is None:
                ev = self.visit(date)
            self.n += 1
            ev = {"id": f"e{self.n}", **ev}
            if ev["type"] == "visit":
                self.bills.append(
                    {
                        "id": ev["id"],
                        "times": 0,
                        "left": [[i["name"], round(float(i["amount"]) * 100), "over_limit" in i] for i in ev["items"]],
                    }
                )
            out.append(ev)
        if self.p(0.3):  # file order free between dates, kept within one
            slots = list(range(len(out)))
            r.shuffle(slots)
            mixed = [None] * len(out)
            for date in sorted({e["date"] for e in out}):
                mine = [n for n, e in enumerate(out) if e["date"] == date]
                for slot, n in zip(sorted(slots[n] for n in mine), mine, strict=True):
                    mixed[slot] = out[n]
            out = mixed
        return out

    def choose_place(self):
        self.place = self.r.choices(
            ["430200", "430000", "430100", "431300", "430202", "350000", "350200", "310000", "310100"],
            [48, 6, 6, 3, 2, 13, 4, 14, 4],
        )[0]
        if (self.crowd or self.refundy) and self.p(0.7):
            self.place = "430200"

    def make(self):
        r = self.r
        self.choose_place()
        doc = {"format": 1, "place": self.place, "policy": {}}
        if self.p(0.75):
            doc["policy"]["authorizer_order"] = r.choice(["priority", "latest-bound", "balance-desc", "single"])
        if self.p(0.35):
            doc["policy"]["own_account_first"] = self.p(0.2)
        if self.p(0.3):
            doc["policy"]["cross_province"] = self.p(0.8)
        self.rows = []
        self.persons()
        self.dates()
        self.standing()
        doc["person"] = [{k: v for k, v in p.items() if k != "_has"} for p in self.people]
        doc["binding"] = list(self.rows)
        doc["used"] = self.used()
        doc["event"] = self.events()
        return render(doc)


def make(seed):
    """The text of the case with this number."""
    return Household(seed).make()
