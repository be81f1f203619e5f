"""Random households whose people change: `make_amended(seed)` is the text of a random valid case with amendments,
reorders, suspended people and deposits into prior years; `make_limited(seed)` one of Zhuzhou under a made-up place's
further limits.

As in households.py seeds divisible by 4 also wander into doubtful places. Knows the case format, nothing of famgui,
which must never be imported here.
"""

from tests.independent.household_growth import REASONS, Grown
from tests.independent.household_people import CONCESSIONS, DAY, GOOD_RELATIONS, D

STATUSES = ["active", "retired", "flexible"]
PLACES = ["430200", "430100", "350000", "310000", "431300"]
PROOFS = ["户口本.jpg", "结婚证.pdf", 'a "quoted" name.png', "出生 证明"]
CHANGES = ["retire", "insurance", "place", "account", "suspend", "resume", "concession", "tier"]


class Amended(Grown):
    """A case in which facts of persons and the order of authorizers change."""

    def persons(self):
        super().persons()
        for p in self.people:
            if self.p(0.2):
                p["phone"] = self.r.choice(["13800000000", "0731-0000000", "+86 138"])

    def dates(self):
        super().dates()
        r, more = self.r, r_days(self.r, self.days)
        if not self.crowd:
            self.days = sorted([*self.days, *more, *(r.choice(more) for _ in more)])
        for p in self.people:
            if self.p(0.12):
                p["suspended"] = self.near()

    def standing(self):
        super().standing()
        for row in self.rows:
            if self.p(0.2):
                row["proof"] = self.r.choice(PROOFS)

    def visit(self, date):
        k = self.r.random()
        if k < (0.04 if self.crowd else 0.16):
            return self.amend(date)
        if k < 0.24 and self.rows:
            return self.reorder(date)
        return super().visit(date)

    def bind(self, date):
        ev = super().bind(date)
        if ev is not None and self.p(0.3):
            ev["proof"] = self.r.choice(PROOFS)
        return ev

    def amend(self, date):
        r = self.r
        known = [row["authorizer"] for row in self.rows] + [row["user"] for row in self.rows]
        who = r.choice(known) if known and self.p(0.8) else r.choice(self.ids)
        ev = {"type": "amend", "date": date, "person": who}
        for change in r.sample(CHANGES, r.choice([1, 1, 1, 2, 2, 4])):
            getattr(self, f"_{change}")(ev, date)
        if len(ev) == 3:
            ev["tier"] = "三档"
        return ev

    def _retire(self, ev, date):
        ev["status"] = self.r.choice(STATUSES)

    def _insurance(self, ev, date):
        person = self.by[ev["person"]]
        back = "resident" if person["insurance"] == "employee" else "employee"
        ev["insurance"] = self.r.choices([back, "employee", "resident", "none"], [60, 18, 12, 10])[0]
        person.update(insurance=ev["insurance"], _has=ev["insurance"] == "employee")

    def _place(self, ev, date):
        person = self.by[ev["person"]]
        if person.get("insured_place", self.place)[:2] != self.place[:2] and self.p(0.7):
            ev["insured_place"] = self.place
        else:
            ev["insured_place"] = self.r.choice(PLACES)
        person["insured_place"] = ev["insured_place"]

    def _account(self, ev, date):
        person = self.by[ev["person"]]
        ev["has_account"] = self.p(0.8) if not person["_has"] else self.p(0.25)
        person["_has"] = ev["has_account"] and person["insurance"] == "employee"

    def _suspend(self, ev, date):
        if "resumed" not in ev:
            ev["suspended"] = self.r.choice([date, date, date - DAY, date + DAY, date + 40 * DAY, self.near()])

    def _resume(self, ev, date):
        if "suspended" not in ev:
            ev["resumed"] = True

    def _concession(self, ev, date):
        ev["concession"] = self.r.choice(CONCESSIONS)

    def _tier(self, ev, date):
        ev["tier"] = self.r.choice(["一档", "二档", "2"])

    def reorder(self, date):
        r = self.r
        user = r.choice(self.rows)["user"]
        if self.star and self.p(0.5):
            user = self.star
        payers = list(dict.fromkeys(row["authorizer"] for row in self.rows if row["user"] == user))
        r.shuffle(payers)
        order = payers[: r.choice([1, 1, 2, 2, 3, len(payers) or 1])]
        if self.p(0.2) or not order:
            order.insert(r.randrange(len(order) + 1), r.choice(self.ids))
        return {"type": "reorder", "date": date, "user": user, "order": list(dict.fromkeys(order))}

    def events(self):
        out = super().events()
        for ev in out:
            if ev["type"] == "deposit" and self.p(0.35):
                ev["prior_years"] = self.p(0.85)
            if ev["type"] in ("amend", "reorder") and self.p(0.3) and self.reasons:
                ev["reason"] = self.r.choice(REASONS)
        return out

    reasons = False


LIMITS = [
    {"authorizers": 1},
    {"authorizers": 2, "rebinding_counts": True, "lifetime": 4},
    {"effective": "next-day", "ends_when_suspended": True},
    {"effective": "next-month", "minimum_months": 1},
    {"effective": "at-once", "minimum_months": 6, "at_once": 2, "lifetime": 3},
    {"effective": "approval", "ends_when_suspended": True, "authorizers": 2, "minimum_months": 12},
    {"rebinding_counts": True, "lifetime": 2, "at_once": 1},
    {
        "authorizers": 1,
        "effective": "next-month",
        "minimum_months": 3,
        "rebinding_counts": True,
        "lifetime": 3,
        "ends_when_suspended": True,
    },
]
"""Further limits of made-up places, by the name of the rule key with underscores."""


class Limited(Amended):
    """A household of Zhuzhou in which people bind, unbind and are suspended all the time."""

    def __init__(self, seed):
        super().__init__(seed)
        self.limits = LIMITS[seed % len(LIMITS)]
        self.crowd = self.refundy = False

    def choose_place(self):
        self.place = "430200"

    def weights(self):
        return [30, 8, 3, 7, 32, 20]

    def persons(self):
        super().persons()
        for p in self.people:
            if p["insurance"] == "employee" and not p["_has"] and self.p(0.7):
                p.pop("has_account", None)
                p["_has"] = True

    def bind(self, date):
        ev = super().bind(date)
        if ev is None:
            return None
        r = self.r
        if self.p(0.8):
            ev["relation"] = r.choice(GOOD_RELATIONS)
        if self.p(0.6):
            first = (date.replace(day=1) + 31 * DAY).replace(day=1)
            ev["starts"] = r.choice([date + DAY, first, first, first - DAY, first + 40 * DAY])
            if "ends" in ev:
                ev["ends"] = max(ev["ends"], ev["starts"])
        if self.p(0.3):
            ev["bound_at"] = self.moment(month_ends(r, date))
        return ev


def r_days(r, days):
    """A few more days around those that there are."""
    return [min(D(2026, 12, 31), max(days[0], r.choice(days) + DAY * r.choice([0, 0, 1, 15, 40]))) for _ in days]


def month_ends(r, date):
    """A day some months before, at the end of its month."""
    return (date.replace(day=1) - DAY * r.choice([1, 2, 29, 60, 89, 180, 360])).replace(day=28) + DAY * r.choice(
        [0, 0, -1, -10]
    )


def make_amended(seed):
    """The text of the case with this number."""
    return Amended(seed).make()


def make_limited(seed):
    """The text of the case with this number, and the limits it is computed under."""
    household = Limited(seed)
    return household.make(), household.limits
