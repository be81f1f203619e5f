"""Random households with what the format grew by: `make_grown(seed)` is the text of a random valid case.

Five themes by seed % 5; each case may hold keys and kinds of the others. As in households.py seeds divisible by 4 also
wander into doubtful places. Knows the case format, nothing of famgui, which must never be imported here.
"""

from tests.independent.household_people import DAY, LEVELS, D, yuan
from tests.independent.households import Household

THEMES = ["two-disease", "stated", "switches", "supplementary", "all"]
DISEASES = ["hypertension", "diabetes", "both"]
ORDERS = ["priority", "latest-bound", "balance-desc", "single"]
AROUND = {  # days on which something begins or a year turns
    "two-disease": [D(2024, 12, 30), D(2024, 12, 31), D(2025, 1, 1), D(2025, 1, 2), D(2025, 12, 31), D(2026, 1, 1)],
    "supplementary": [D(2024, 9, 30), D(2024, 10, 1), D(2024, 12, 31), D(2025, 1, 1), D(2025, 12, 31), D(2026, 1, 1)],
}
REASONS = ["退药", "搬家", "a mistake", "重复收费"]


class Grown(Household):
    """A case with the optional keys and kinds."""

    def __init__(self, seed):
        super().__init__(seed)
        self.theme = THEMES[seed % 5]
        self.insurable = self.theme == "supplementary"
        if self.theme in ("two-disease", "stated", "switches") and not self.crowd and self.p(0.5):
            self.tidy = self.refundy = True

    def choose_place(self):
        super().choose_place()
        if self.theme == "supplementary" and self.p(0.9):
            self.place = "310000" if self.p(0.8) else "310100"
        elif self.theme == "two-disease" and self.p(0.9):
            self.place = self.r.choice(["430200", "430200", "430000", "430100", "431300"])
        elif self.theme == "switches" and self.p(0.6):
            self.place = "430200"

    def weights(self):
        if self.theme == "supplementary":
            return [18, 8, 10, 50, 8, 6]
        return super().weights()

    def persons(self):
        super().persons()
        r = self.r
        for n, p in enumerate(self.people):
            if (self.theme == "two-disease" and (self.p(0.5) or (n == 0 and self.tidy))) and not (
                self.crowd and n == 0
            ):
                for key in ("account", "has_account"):
                    p.pop(key, None)
                p.update(insurance="resident", _has=False)
            if self.theme == "supplementary" and p["_has"] and self.p(0.5):
                p["account"] = {
                    "current": yuan(self.amount()),
                    "prior_years": yuan(r.choice([12900, 25800, 60000, 9999])),
                }
            if self.p(0.3):
                p["born"] = D(1930, 1, 1) + DAY * r.randrange(0, 30000)
            if self.p(0.2):
                p["tier"] = r.choice(["一档", "二档", "2"])

    def dates(self):
        super().dates()
        r, edges = self.r, AROUND.get(self.theme)
        if edges is None or self.p(0.1):
            return
        lo = D(2024, 7, 1) if self.p(0.5) else D(2025, 1, 1)
        hi = r.choice([D(2025, 6, 30), D(2025, 12, 31), D(2026, 12, 31)])
        some = [lo + DAY * r.randrange((hi - lo).days + 1) for _ in range(4)] + [d for d in edges if lo <= d <= hi]
        self.days = sorted(r.choice(some) for _ in self.days)
        self.first = self.days[0]

    # -- year to date

    def so_far(self, benefit):
        """What a benefit had used, as a [[used]] row or a visit's own `used` says it."""
        r, found = self.r, {}
        near = (150000, 200000, 42000) if benefit != "two-disease" else (36000, 60000, 96000)
        if self.p(0.85):
            found["pool"] = yuan(max(0, r.choice(near) - r.choice([0, 1, 500, 2000, 12345, 40000, 400000, -100])))
        if self.p(0.7 if benefit == "outpatient" else 0.15) or not found:
            met = {level: r.choice([0, 2500, 10000, 17500, 20000, 29999, 30000]) for level in r.sample(LEVELS, 2)}
            met = {level: n for level, n in met.items() if self.p(0.7)}
            found["deductible"] = {level: yuan(n) for level, n in met.items()}
            if self.p(0.3) or not met:
                found["deductible"]["all"] = yuan(sum(met.values()) + r.choice([0, 0, 1, 5000, 10000]))
        return found

    def used(self):
        r = self.r
        out = super().used()
        seen = {(row["person"], row["year"], row["benefit"]) for row in out}
        for who in self.ids[:4]:
            key = (who, r.choice([self.first.year, self.days[-1].year]), "two-disease")
            if self.p(0.25) and (self.doubts or key[1] == self.first.year) and key not in seen:
                out.append({"person": key[0], "year": key[1], "benefit": key[2], **self.so_far(key[2])})
        for row in out:
            if self.p(0.3):
                row["cost"] = yuan(r.choice([0, 123456, self.amount()]))
        return out

    # -- visits

    def visit(self, date):
        ev = super().visit(date)
        often = {"two-disease": 0.75, "all": 0.35}.get(self.theme, 0.08)
        if self.p(often):
            self.two_disease(ev)
        if self.p({"stated": 0.75, "all": 0.4}.get(self.theme, 0.15)):
            self.stated(ev)
        self.switches(ev, {"switches": 0.5, "all": 0.25, "two-disease": 0.15}.get(self.theme, 0.06))
        for i in ev["items"]:
            if i.get("class") in ("A", "C") and self.p(0.05):
                i["upfront_ratio"] = "0"
        if ev["facility"]["type"] == "hospital" and self.p(0.2):
            ev["facility"]["grade"] = self.r.choice(["special", "A", "B", "C"])
        if ev["facility"]["type"] == "hospital" and self.p(0.2):
            ev["facility"]["contracted"] = self.p(0.5)
        return ev

    def two_disease(self, ev):
        r = self.r
        residents = [i for i in self.ids if self.by[i]["insurance"] == "resident"]
        if residents and self.p(0.85) and self.by[ev["patient"]]["insurance"] != "resident":
            ev["patient"] = r.choice(residents[:2])
        for key in ("disease_limit", "pool_paid"):
            ev.pop(key, None)
        if ev["facility"]["type"] == "pharmacy":
            ev["facility"]["type"] = "hospital"
        if ev["facility"]["type"] == "hospital":
            ev["facility"].setdefault("level", r.choice(LEVELS))
        ev["kind"] = "two-disease"
        ev["disease"] = r.choice(DISEASES)
        for i in ev["items"]:
            if "class" in i and self.p(0.6):
                i["category"] = "drug"

    def stated(self, ev):
        r = self.r
        if self.theme == "stated" and ev["kind"] == "outpatient" and self.p(0.5):
            f = ev["facility"]
            ev["kind"] = r.choice(["pharmacy", "inpatient", "chronic"])
            if ev["kind"] == "chronic":
                ev["disease_limit"] = r.choice(["0.00", "100.00", "333.33", "99999.00"])
            if ev["kind"] == "pharmacy" and f["type"] == "hospital":
                f["type"] = "pharmacy"
                f.pop("level", None)
        ev.pop("pool_paid", None)
        if (
            ev["facility"]["type"] != "hospital" and not self.doubts
        ):  # R24: which money is due beside a service in scope
            for i in ev["items"]:
                if i["category"] == "service":
                    i["category"] = "drug"
        found = {}
        if self.p(0.6):
            found["deductible"] = r.choice(["0.00", "100.00", "1200.00", "50.55", yuan(self.amount())])
        ratios = ["0.85", "0.7", "1", "0", "0.50", "0.05"] + (["0.3333", "0.125", "0.8500"] if self.doubts else [])
        found["ratio"] = r.choice(ratios)
        if self.p(0.5):
            found["cap_left"] = r.choice(["0.00", "0.01", "100.00", "500.00", "5000.00", yuan(self.amount())])
        ev["stated"] = found

    def switches(self, ev, often):
        if self.p(often):
            ev["authorizer_order"] = self.r.choice(ORDERS)
        if self.p(often):
            ev["own_account_first"] = self.p(0.5)
        if self.p(often):
            ev["cross_province"] = self.p(0.6)
        if self.p(often):
            ev["used"] = self.so_far(ev["kind"])

    # -- the other events

    def premium(self, date):
        r = self.r
        ev = super().premium(date)
        if self.p(0.85 if self.theme == "supplementary" else 0.1):
            ev["product"] = "supplementary"
            rows = [x for x in self.rows if not self.bad(x)] or self.rows
            if rows and self.p(0.85):
                ev["payer"] = r.choice(rows)["authorizer"]
                mine = list(dict.fromkeys(x["user"] for x in rows if x["authorizer"] == ev["payer"] and self.p(0.8)))
                ev["for"] = (mine or ev["for"])[:4]
        if self.p(0.8 if ev["product"] == "supplementary" else 0.15):
            ev["price"] = r.choice(["129.00", "129.00", "69.00", "99.99", "0.00", "1", "1200.00"])
        return ev

    def events(self):
        out = super().events()
        for ev in out:
            if ev["type"] in ("refund", "unbind") and self.p(0.3):
                ev["reason"] = self.r.choice(REASONS)
            if ev["type"] == "deposit" and self.p(0.4):
                ev["inflow"] = self.p(0.8)
        return out


def make_grown(seed):
    """The text of the grown case with this number."""
    return Grown(seed).make()
