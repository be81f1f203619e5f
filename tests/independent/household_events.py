"""Random households: bindings, year to date and events.

Knows the case format, nothing of famgui, which must never be imported here.
"""

import datetime as dt

from tests.independent.household_people import (
    DAY,
    GOOD_RELATIONS,
    LEVELS,
    D,
    People,
    yuan,
)


class Register(People):
    """What stands before the first event: bindings and year to date."""

    def moment(self, near):
        r = self.r
        return dt.datetime.combine(near, dt.time(r.choice([0, 9, 9, 12]), 0, r.choice([0, 0, 30])))

    def standing(self):
        r = self.r
        self.rows = []
        if self.crowd:
            users = self.ids[1:]
            r.shuffle(users)
            users = users[: r.choice([9, 10, 18, 19, 20, 20, 21, 21, 22])]
            opened = r.choice([4, 8, 9, 10, 9])
            for n, u in enumerate(users):
                row = {
                    "authorizer": "p1",
                    "user": u,
                    "relation": r.choice(GOOD_RELATIONS),
                    "starts": self.first - DAY * r.randrange(200, 400),
                }
                if n >= opened:
                    if self.p(0.5):
                        row["ends"] = self.first - DAY * r.randrange(1, 100)
                    else:
                        row["unbound_on"] = self.first - DAY * r.randrange(1, 100)
                elif self.p(0.2):
                    row["starts"] = self.first + DAY * r.randrange(1, 200)
                elif self.p(0.2):
                    row["ends"] = self.near() + DAY * 30 if self.near() > self.first else self.first
                    row["ends"] = max(row["ends"], self.first)
                if self.bad(row) and not self.doubts:
                    continue
                self.rows.append(row)
            return
        for _ in range(
            r.choice([2, 3, 4, 5, 6, 7] if self.tidy else [0, 1, 1, 2, 3, 3, 4, 5, 6])
            if len(self.ids) > 1
            else r.choice([0, 0, 0, 1])
        ):
            a, u = self.pair()
            row = {
                "authorizer": a,
                "user": u,
                "relation": r.choice(GOOD_RELATIONS) if self.p(0.9) else r.choice(["in-law", "other"]),
            }
            if self.tidy and self.p(0.6):
                row["relation"] = r.choice(GOOD_RELATIONS)
            starts = self.first - DAY * r.randrange(0, 400) if self.p(0.9 if self.tidy else 0.7) else self.near()
            if not self.doubts and self.bad(row):
                starts = min(starts, self.first)
            if not self.doubts and any(
                x["starts"] == starts and (x["authorizer"], x["user"]) == (a, u) for x in self.rows
            ):
                continue
            row["starts"] = starts
            if self.p(0.2 if self.tidy else 0.5):
                row["ends"] = max(starts, self.near() if self.p(0.7) else starts + DAY * r.choice([0, 100, 365]))
            if self.p(0.07 if self.tidy else 0.12):
                hi = row.get("ends", D.max)
                un = self.near() if self.doubts else min(self.first, hi)
                if un >= starts:
                    row["unbound_on"] = un
            if self.p(0.5):
                row["bound_at"] = self.moment(r.choice([starts, D(2022, 1, 1), starts + DAY]))
            if self.p(0.6):
                row["priority"] = r.choice([1, 1, 2, 3])
            self.rows.append(row)

    def used(self):
        r, out, seen = self.r, [], set()
        for k in range(r.choice([0, 0, 1, 1, 2, 3])):
            year = self.first.year
            if self.p(0.15):
                year -= 1
            if self.doubts and self.p(0.15):
                year += 2
            key = (
                r.choice(self.ids),
                year,
                r.choices(["outpatient", "chronic", "pharmacy", "inpatient"], [70, 15, 7, 8])[0],
            )
            if self.refundy and k == 0:
                key = ("p1", self.first.year, "outpatient")
            if key in seen:
                continue
            seen.add(key)
            row = {"person": key[0], "year": key[1], "benefit": key[2]}
            if self.p(0.8):
                row["pool"] = r.choice(
                    [
                        "400.00",
                        "1490.00",
                        "1499.99",
                        "1500.00",
                        "1990.50",
                        "2000.00",
                        "419.00",
                        "420.00",
                        "350.00",
                        "1300.00",
                    ]
                )
            if self.p(0.6):
                ded = {}
                for level in r.sample(LEVELS[2:], r.choice([1, 1, 2])):
                    ded[level] = r.choice([0, 5000, 15000, 17500, 20000, 25000, 29999, 30000])
                total = sum(ded.values())
                ded = {k: yuan(v) for k, v in ded.items()}
                if self.p(0.3):
                    ded["all"] = yuan(total + r.choice([0, 0, 2500, 5000]))
                row["deductible"] = ded
            out.append(row)
        return out
