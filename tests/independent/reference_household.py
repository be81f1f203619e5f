"""Reference computation of the case format: the household, its accounts, bindings and pool rules.

Written from the text of the case format alone: it must never import famgui. Readings R1, R2, ... are in README.md.
"""

import datetime as dt

from tests.independent.reference_money import (
    EMPLOYEE,
    EMPLOYEE_ALL,
    EMPLOYEE_CAP,
    HUNAN_LIMITS,
    RELATIONS,
    TWO_DISEASE_CAP,
    TWO_DISEASE_FROM,
    D,
    as_moment,
    counted_so_far,
    fen,
    province,
)


class Household:
    """Persons, money, register and year to date while the events are computed."""

    def __init__(self, doc, limits=None):
        self.place = doc["place"]
        self.limits = {**(HUNAN_LIMITS if province(self.place) == "43" else {}), **(limits or {})}
        policy = doc.get("policy", {})
        self.policy = {"authorizer_order": "priority", "own_account_first": True, "cross_province": False, **policy}
        self.people, self.money = {}, {}
        for p in doc["person"]:
            employee = p["insurance"] == "employee"
            self.people[p["id"]] = {
                "insurance": p["insurance"],
                "status": p.get("status", "active"),
                "place": p.get("insured_place", self.place),
                "concession": p.get("concession", "none"),
                "has": p.get("has_account", employee),
                "id_number": p.get("id_number"),
                "suspended": p.get("suspended", D.max),
            }
            if self.people[p["id"]]["has"]:
                a = p.get("account", {})
                self.money[p["id"]] = {
                    "current": fen(a.get("current", "0.00")),
                    "prior": fen(a.get("prior_years", "0.00")),
                }
        self.rows = [self.row(b, b["starts"]) for b in doc.get("binding", [])]
        self.used = {(u["person"], u["year"], u["benefit"]): counted_so_far(u) for u in doc.get("used", [])}
        self.visits = {}  # id -> the settlement that stands, with what was true at the visit
        self.paid = set()  # (person, insurance, year)
        self.year = None

    def row(self, b, default_start):
        starts = b.get("starts", default_start)
        return {
            "authorizer": b["authorizer"],
            "user": b["user"],
            "relation": b["relation"],
            "starts": starts,
            "ends": b.get("ends", D.max),
            "bound_at": as_moment(b.get("bound_at", default_start)),
            "priority": b.get("priority", 1),
            "unbound": b.get("unbound_on"),
        }

    # -- accounts

    def roll(self, year):
        if self.year is not None and year > self.year:
            for m in self.money.values():
                m["prior"] += m["current"]
                m["current"] = 0
        self.year = year

    def held(self, who):
        m = self.money.get(who)
        return m["current"] + m["prior"] if m else 0

    def shareable(self, who):
        """What the account may give to others (and to premiums) by the book of the case's place."""
        m = self.money.get(who)
        if m is None:
            return 0
        if province(self.place) == "35":
            return max(0, m["current"] + m["prior"] - 200000)
        if province(self.place) == "31":
            return m["prior"]
        return m["current"] + m["prior"]

    def take(self, who, amount):
        """Prior years' money first.  Returns [(account, bucket, amount, year it left)]."""
        m, moves = self.money[who], []
        for bucket in ("prior", "current"):
            part = min(amount, m[bucket])
            if part:
                m[bucket] -= part
                amount -= part
                moves.append((who, bucket, part, self.year))
        assert amount == 0
        return moves

    # -- bindings

    def foreign(self, who):
        """Insured in another province (who has no insurance is insured nowhere: R3)."""
        return self.abroad(self.people[who])

    def abroad(self, p):
        return p["insurance"] != "none" and province(p["place"]) != province(self.place)

    def suspended(self, who, date):
        return self.people[who]["suspended"] <= date

    def never(self, authorizer, user, relation):
        """(code, subject) of every check that the two persons, as they stand now, and the relation fail."""
        if authorizer == user:
            return [("SELF_BINDING", user)]
        found = []
        if not self.people[authorizer]["has"]:
            found.append(("NO_ACCOUNT", authorizer))
        for who in (authorizer, user):
            if self.people[who]["insurance"] == "none":
                found.append(("NOT_INSURED", who))
            if self.foreign(who):
                found.append(("OTHER_PROVINCE", who))
        if relation not in RELATIONS:
            found.append(("RELATION_NOT_ALLOWED", user))
        return found

    def row_codes(self, row, date):
        """Why the row could never be allowed, as things stand now; or as they stood at a visit (`frozen`)."""
        if "codes" in row:
            return row["codes"]
        pair = (row["authorizer"], row["user"])
        codes = [c for c, _ in self.never(*pair, row["relation"])]
        if (
            pair[0] != pair[1]
            and self.limits.get("ends_when_suspended")
            and any(self.suspended(who, date) for who in pair)
        ):
            codes.append("SUSPENDED")
        return codes

    def frozen(self, date):
        """The rows as they stand, for a visit that may be settled anew."""
        return [{**row, "codes": self.row_codes(row, date)} for row in self.rows]

    @staticmethod
    def unbound(row, date):
        return row["unbound"] is not None and row["unbound"] <= date

    def in_force(self, row, date):
        return row["starts"] <= date <= row["ends"] and not self.unbound(row, date)

    def line(self, rows, user, date, order):
        """Authorizers whose permitted rows are in force, in that order."""
        live = [
            (n, r)
            for n, r in enumerate(rows)
            if r["user"] == user and self.in_force(r, date) and not self.row_codes(r, date)
        ]

        def key(nr):
            n, r = nr
            tie = (r["priority"], r["bound_at"], n)
            if order == "latest-bound":
                return ((dt.datetime.combine(D.max, dt.time()) - r["bound_at"],), tie)
            if order == "balance-desc":
                return ((-self.shareable(r["authorizer"]),), tie)
            return ((), tie)

        names = []
        for _, r in sorted(live, key=key):
            if r["authorizer"] not in names:
                names.append(r["authorizer"])
        return names[:1] if order == "single" else names

    def speak(self, pair, date):
        """Codes of a pair of which no permitted row is in force (pair: its rows, not empty)."""
        good = [r for r in pair if not self.row_codes(r, date)]
        pool = good or pair
        if good and any(self.in_force(r, date) for r in good):
            return []
        begun = [
            (r["starts"], n, r)
            for n, r in enumerate(pool)
            if r["starts"] <= date and not (r["unbound"] is not None and r["unbound"] < r["starts"])
        ]
        if not begun:
            return ["UNBOUND"] if all(self.unbound(r, date) for r in pool) else ["BIND_NOT_STARTED"]
        last = max(begun, key=lambda t: t[:2])[2]
        if not good:
            return self.row_codes(last, date)
        return ["UNBOUND"] if self.unbound(last, date) else ["BIND_EXPIRED"]

    # -- pool

    def rule(self, p, kind, level, date, disease=None):
        """(per visit, level cap, cap of all, ratio text, year's cap) or None, for somebody insured in the province."""
        if province(self.place) != "43":
            return None
        if p["insurance"] == "employee" and kind == "outpatient" and date >= D(2023, 6, 1):
            visit, cap, ratio = EMPLOYEE[level]
            return visit, cap, EMPLOYEE_ALL, ratio, EMPLOYEE_CAP[p["status"]]
        if (
            p["insurance"] == "resident"
            and kind == "outpatient"
            and level == "community"
            and self.place == "430200"
            and date >= D(2021, 1, 1)
        ):
            return 0, 0, 0, "0.70", 42000
        if p["insurance"] == "resident" and kind == "chronic" and date >= D(2023, 9, 1):
            return 0, 0, 0, "0.70", None
        if p["insurance"] == "resident" and kind == "two-disease" and date >= TWO_DISEASE_FROM:
            return 0, 0, 0, "0.70", TWO_DISEASE_CAP[disease]
        return None
