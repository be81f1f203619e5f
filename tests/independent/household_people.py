"""Random households: the words of the format, the persons and the days.

Knows the case format, nothing of famgui, which must never be imported here.
"""

import datetime as dt
import json
import random

D = dt.date
DAY = dt.timedelta(1)
MEDICAL = ["drug", "service", "device", "consumable"]
OTHERS = ["health-food", "daily-goods", "wellness", "fitness", "public-health"]
LEVELS = ["community", "primary", "secondary", "tertiary"]
GOOD_RELATIONS = [
    "spouse",
    "parent",
    "child",
    "sibling",
    "paternal-grandparent",
    "maternal-grandparent",
    "sons-child",
    "daughters-child",
]
CONCESSIONS = [
    "none",
    "low-income",
    "low-income-margin",
    "monitored",
    "destitute",
    "severe-disability",
    "orphan",
    "child-without-support",
]
EDGES = [
    D(2022, 12, 31),
    D(2023, 1, 1),
    D(2023, 5, 31),
    D(2023, 6, 1),
    D(2023, 8, 31),
    D(2023, 9, 1),
    D(2023, 12, 31),
    D(2024, 1, 1),
    D(2024, 2, 29),
    D(2024, 8, 31),
    D(2024, 9, 1),
    D(2024, 12, 31),
    D(2025, 1, 1),
    D(2025, 2, 28),
    D(2025, 3, 1),
    D(2025, 8, 31),
    D(2025, 9, 1),
    D(2025, 12, 31),
    D(2026, 1, 1),
    D(2026, 1, 31),
    D(2026, 2, 1),
]
WINDOW = [
    D(2024, 8, 31),
    D(2024, 9, 1),
    D(2025, 2, 28),
    D(2025, 3, 1),
    D(2025, 8, 31),
    D(2025, 9, 1),
    D(2026, 1, 31),
    D(2026, 2, 1),
]
NAMES = ["诊查", "药", "检查", "材料", "器械", 'a "quoted" one', "治疗"]


def yuan(n):
    return f"{n // 100}.{n % 100:02d}"


def toml(v):
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, int):
        return str(v)
    if isinstance(v, (dt.datetime, dt.date)):
        return v.isoformat()
    if isinstance(v, str):
        return json.dumps(v, ensure_ascii=False)
    if isinstance(v, list):
        return "[" + ", ".join(toml(x) for x in v) + "]"
    return "{ " + ", ".join(f"{k} = {toml(x)}" for k, x in v.items()) + " }"


def render(doc):
    out = []
    for k, v in doc.items():
        if not isinstance(v, (list, dict)):
            out.append(f"{k} = {toml(v)}")
    if doc.get("policy"):
        out += ["[policy]"] + [f"{k} = {toml(v)}" for k, v in doc["policy"].items()]
    for table in ("person", "binding", "used", "event"):
        for row in doc.get(table, []):
            out += [f"[[{table}]]"] + [f"{k} = {toml(v)}" for k, v in row.items()]
    return "\n".join(out) + "\n"


class People:
    """Who lives in the household, and when things happen."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.doubts = seed % 4 == 0
        self.crowd = seed % 40 == 7
        self.tidy = self.p(0.6) and not self.crowd  # a household in which most things work
        self.refundy = self.tidy and self.p(0.35)  # one employee, many outpatient visits, many refunds
        self.n = 0

    def p(self, chance):
        return self.r.random() < chance

    def amount(self, scale=1):
        r = self.r
        k = r.random()
        if k < 0.06:
            return 0
        if k < 0.5:
            return r.randrange(1, 40000)
        if k < 0.8:
            return r.choice([1, 3333, 9999, 10000, 5000, 20000, 30000, 33333, 50000, 100000])
        return r.randrange(40000, 500000)

    # -- persons

    def persons(self):
        r, place = self.r, self.place
        self.people = []
        count = 26 if self.crowd else r.choice([3, 4, 4, 5, 6] if self.tidy else [1, 2, 3, 3, 4, 4, 5, 5, 6])
        for n in range(count):
            insurance = r.choices(["employee", "resident", "none"], [58, 41, 1] if self.tidy else [55, 38, 7])[0]
            if self.tidy and n < 3:
                insurance = "employee" if n else r.choice(["employee", "resident", "resident"])
                if self.refundy:
                    insurance = "employee"
            if self.crowd:
                insurance = "employee" if n == 0 else "resident" if insurance == "none" and self.p(0.8) else insurance
            p = {"id": f"p{n + 1}", "insurance": insurance}
            if self.p(0.6):
                p["name"] = r.choice(["王芳", "李强", "周秀英", "肖乐"])
            if self.p(0.15):
                p["id_number"] = self.id_number()
            if (insurance == "employee" or self.p(0.1)) and self.p(0.7):
                p["status"] = r.choice(["active", "retired", "flexible"])
            where = r.random()
            home = place[:2]
            if (insurance == "none" and not self.doubts) or (self.crowd and (n == 0 or self.p(0.8))):
                where = 0
            if self.tidy and (self.p(0.8) or (self.refundy and n == 0)):
                where = 0
            if where > 0.90:
                p["insured_place"] = r.choice(
                    [x for x in ["430200", "350000", "310000", "430100", "350200"] if x[:2] != home]
                )
            elif where > 0.78:
                p["insured_place"] = r.choice(
                    {
                        "43": ["430100", "430200", "430000", "431300"],
                        "35": ["350200", "350000"],
                        "31": ["310000", "310100"],
                    }[home]
                )
            elif where > 0.7:
                p["insured_place"] = place
            has = insurance == "employee"
            if has and self.p(0.03 if self.tidy else 0.1) and not (self.crowd and n == 0):
                has = p["has_account"] = False
            elif self.p(0.2):
                p["has_account"] = has
            if has and self.p(0.95):
                kind = r.random()
                if kind < 0.15:
                    a = {"current": 0, "prior_years": 0}
                elif kind < 0.55 or (self.tidy and kind < 0.7):
                    a = {"current": r.randrange(0, 30000), "prior_years": r.randrange(0, 15000)}
                elif kind < 0.7:
                    a = {"current": r.choice([0, 100000, 200000]), "prior_years": r.choice([0, 100000, 200000])}
                else:
                    a = {"current": r.randrange(0, 500000), "prior_years": r.choice([0, r.randrange(0, 400000)])}
                p["account"] = {k: yuan(v) for k, v in a.items() if v or self.p(0.5)}
            if self.p(0.35):
                p["concession"] = r.choice(CONCESSIONS)
            p["_has"] = has
            self.people.append(p)
        self.ids = [p["id"] for p in self.people]
        self.star = "p1" if self.tidy else r.choice(self.ids) if self.p(0.6) else None  # many share with this one
        self.by = {p["id"]: p for p in self.people}

    def id_number(self):
        r = self.r
        born = D(1940, 1, 1) + DAY * r.randrange(0, 28000)
        text = "430202" + born.strftime("%Y%m%d") + f"{r.randrange(1, 999):03d}"
        if self.p(0.15):
            text = text[:10] + "0230" + text[14:]
        check = "10X98765432"[sum(int(c) * 2 ** (17 - i) for i, c in enumerate(text)) % 11]
        if self.p(0.2):
            check = r.choice("0123456789X")
        return text + (check.lower() if self.p(0.3) else check)

    def bad(self, row):
        a, u = self.by[row["authorizer"]], self.by[row["user"]]
        return (
            a is u
            or not a["_has"]
            or row["relation"] not in GOOD_RELATIONS
            or any(x["insurance"] == "none" or x.get("insured_place", self.place)[:2] != self.place[:2] for x in (a, u))
        )

    def pair(self):
        r = self.r
        holders = [i for i in self.ids if self.by[i]["_has"]]
        if self.crowd and self.p(0.85):
            return "p1", r.choice(self.ids)
        a = r.choice(holders) if holders and self.p(0.9) else r.choice(self.ids)
        others = [i for i in self.ids if i != a]
        u = r.choice(others) if others and self.p(0.97) else a
        if self.star and self.star != a and self.p(0.75 if self.tidy else 0.6):
            u = self.star
        if self.rows and self.p(0.3):
            row = r.choice(self.rows)
            a, u = row["authorizer"], row["user"]
        return a, u

    # -- dates

    def dates(self):
        r = self.r
        first = r.choice([2022, 2023, 2023, 2024, 2024, 2025, 2025])
        last = min(2026, first + r.choice([0, 0, 1, 1, 2]))
        if self.p(0.03):
            first, last = 2020, 2021
        lo, hi = D(first, 1, 1), D(last, 12, 31)
        edges = [d for d in [*EDGES, D(2020, 12, 31), D(2021, 1, 1)] if lo <= d <= hi]
        count = r.choice([2, 4, 6, 8, 10, 12, 14] if not self.refundy else [12, 16, 20]) if not self.crowd else 26
        pool = []
        for _ in range(max(1, count * 3 // 4)):
            if edges and self.p(0.45):
                pool.append(r.choice(edges))
            else:
                pool.append(lo + DAY * r.randrange((hi - lo).days + 1))
        days = []
        for _ in range(count):
            d = r.choice(pool)
            if self.p(0.15):
                d = min(hi, max(lo, d + DAY * r.choice([-1, 1])))
            days.append(d)
        self.days = sorted(days)
        self.first = self.days[0]

    def near(self):
        d = self.r.choice(self.days)
        return d + DAY * self.r.choice([0, 0, 0, -1, 1, -30, 45])
