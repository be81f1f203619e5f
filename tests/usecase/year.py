"""A random year: families in one book and what happens to them day by day, recorded as a clerk would record it.

`python -m tests.usecase.year 10000 [SEED]` records so many events and has the doctor look at the book.
"""

import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.bill import CATEGORIES, MEDICAL, Item, nothing_left, take_back
from famgui.domain.binding import ORDERS
from famgui.domain.household import Amend, Bind, Deposit, Event, Household, Premium, Refund, Reorder, Unbind
from famgui.domain.identity import RELATIONS
from famgui.domain.person import CONCESSIONS, FACTS, INSURANCES, STATUSES, Person
from famgui.domain.settlement import DISEASES, NO_OVERRIDE, NOT_STATED, Facility, Override, Stated, Visit
from famgui.domain.waterfall import Terms
from famgui.policy.library import Library
from famgui.store.book import Book
from famgui.usecase.doctor import examine
from famgui.usecase.record import Recorded, record_event, undo
from tests.domain.building import ARTICLE_C, FUJIAN, HUNAN, SHANGHAI, ZHUZHOU, row
from tests.store.making import NOW, REPOSITORY, RulesOf, put

FIRST, DAYS = date(2025, 1, 1), 410
"""From new year into the February after the next."""
PLACES = (ZHUZHOU, ZHUZHOU, ZHUZHOU, HUNAN, FUJIAN, SHANGHAI, ARTICLE_C)


@dataclass(slots=True)
class Family:
    """A household of the book: who is in it, what is left of each visit; `untidy` ones bring papers late."""

    id: int
    place: str
    ids: list[str]
    untidy: bool
    count: int = 0
    left: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    def handle(self) -> str:
        """A name for the next event."""
        self.count += 1
        return f"e{self.count}"


def household(dice: Random) -> tuple[Household, list[str]]:
    """Three employees with accounts, two or three relatives, some shared accounts, some of the year used already."""
    place = dice.choice(PLACES)
    persons = [
        Person(
            f"w{n}", "employee", place, status=dice.choice(STATUSES), has_account=True, born=date(1950 + 9 * n, 5, 1)
        )
        for n in range(3)
    ]
    for n in range(dice.randint(2, 3)):
        concession = dice.choice(CONCESSIONS)
        phone, suspended = dice.choice(["", "13800000000"]), dice.choice([None, None, date(2025, 4, 1)])
        persons.append(
            Person(
                f"r{n}",
                "resident",
                place,
                concession=concession,
                id_number="430202190001010029",
                phone=phone,
                suspended=suspended,
            )
        )
    ids = [person.id for person in persons]
    rows = [row(f"w{n}", dice.choice(ids[n + 1 :]), "child", date(2024, 6, 1), priority=n + 1) for n in range(3)]
    used = {(who, 2025, "outpatient"): YearToDate(dice.randrange(90_000), (0, 0, 0, 9_000), 9_500) for who in ids[:2]}
    balances = {
        person.id: Balance(dice.randrange(300_000), dice.randrange(300_000)) for person in persons if person.has_account
    }
    terms = Terms(dice.choice([None, *ORDERS]), dice.choice([None, True, False]), dice.random() < 0.5)
    return Household(place, tuple(persons), balances, tuple(rows), used, (), terms), ids


def item(dice: Random, name: str) -> Item:
    """A line of a bill, of any class and category."""
    amount = dice.choice([dice.randrange(1, 9_000), dice.randrange(1, 40_000), 0, 33_333])
    category = dice.choice([*sorted(MEDICAL) * 6, *CATEGORIES])
    if category not in MEDICAL:
        return Item(name, category, amount)
    letter = dice.choice("AAABBC")
    over = dice.choice([0, 0, 0, amount // 3]) if letter != "C" else 0
    return Item(name, category, amount, letter, dice.choice([0, 1000, 3333]) if letter == "B" else 0, over)


def visit(dice: Random, family: Family, day: date) -> Visit:
    """Any kind of visit, now and then with figures of a receipt or a switch of its own."""
    kind = dice.choice(["outpatient"] * 5 + ["chronic", "two-disease", "pharmacy", "pharmacy", "inpatient"])
    pharmacy = kind == "pharmacy"
    facility = Facility(
        "pharmacy" if pharmacy else "hospital",
        dice.choice([family.place] * 9 + [FUJIAN]),
        "" if pharmacy else dice.choice(LEVELS),
        dice.random() < 0.97,
        dice.choice(["", "A", "B"]) if not pharmacy else "",
        dice.random() < 0.1,
    )
    override = NO_OVERRIDE
    if dice.random() < 0.1:
        used = YearToDate(dice.randrange(50_000), (0, 0, 0, 5_000), 6_000) if dice.random() < 0.5 else None
        override = Override(dice.choice([None, *ORDERS]), dice.choice([None, True, False]), None, used)
    paid = dice.randrange(20_000) if kind == "inpatient" and dice.random() < 0.5 else None
    return Visit(
        family.handle(),
        day,
        dice.choice(family.ids),
        kind,
        facility,
        tuple(item(dice, f"item {n}") for n in range(dice.randint(1, 4))),
        dice.randrange(60_000) if kind == "chronic" else None,
        paid,
        dice.choice(DISEASES) if kind == "two-disease" else "",
        Stated(dice.choice([None, 2_000]), 6_000, dice.choice([None, 90_000]))
        if paid is None and dice.random() < 0.1
        else NOT_STATED,
        override,
    )


def refund(dice: Random, family: Family, day: date) -> Refund:
    """The whole of a visit, or part of some of its items."""
    of = dice.choice(list(family.left)[-12:])
    parts = tuple((one.name, dice.choice([one.amount, one.amount // 2])) for one in family.left[of])
    return Refund(family.handle(), day, of, dice.choice([None, parts[:1], parts]), dice.choice(["", "开错药"]))


def amend(dice: Random, family: Family, day: date) -> Amend:
    """Some facts of somebody that hold from now on."""
    values: dict[str, list[object]] = {
        "insurance": [*INSURANCES, "employee", "employee", "resident"],
        "status": [*STATUSES],
        "insured_place": [family.place, family.place, FUJIAN, SHANGHAI],
        "has_account": [True, True, False],
        "concession": [*CONCESSIONS],
        "tier": ["一档", "二档"],
        "suspended": [None, None, day, day - timedelta(20), day + timedelta(9)],
    }
    changed = {*dice.sample(FACTS, dice.choice([1, 1, 2, 3]))}
    facts = tuple((name, dice.choice(values[name])) for name in FACTS if name in changed)
    return Amend(family.handle(), day, dice.choice(family.ids), facts)


def happening(dice: Random, family: Family, day: date) -> Event:
    """What happens on a day; the rules may refuse it."""
    holder, other = dice.choice(family.ids[:3]), dice.choice(family.ids)
    rare = ["bind", "bind", "unbind", "amend", "amend", "reorder", "reorder"]
    match dice.choice(["visit"] * 10 + ["refund"] * 3 + ["deposit"] * 4 + ["premium"] * 3 + rare):
        case "refund" if family.left:
            return refund(dice, family, day)
        case "deposit":
            monthly, before = dice.random() < 0.7, dice.random() < 0.2
            return Deposit(family.handle(), day, holder, dice.randrange(1, 60_000), monthly, before)
        case "premium":
            product = "resident-2026" if day > date(2025, 6, 1) else "resident-2025"
            return Premium(family.handle(), day, holder, product, tuple(dice.sample(family.ids[3:], 2)))
        case "bind":
            ends = day + timedelta(dice.randrange(20, 300)) if dice.random() < 0.5 else None
            rows = row(holder, other, dice.choice(RELATIONS), day, ends=ends, priority=dice.randint(1, 3))
            return Bind(family.handle(), day, replace(rows, proof=dice.choice(["", "户口本.jpg"])))
        case "unbind":
            return Unbind(family.handle(), day, holder, other, "不再需要")
        case "amend":
            return amend(dice, family, day)
        case "reorder":
            return Reorder(family.handle(), day, other, tuple(dice.sample(family.ids[:3], dice.randint(1, 2))))
    return visit(dice, family, day)


def live(book: Book, rules_of: RulesOf, seed: int, events: int, families: int) -> Counter[str]:
    """Let a year pass until so many events are recorded; how many of what there were."""
    dice, told = Random(seed), Counter[str]()
    homes: list[Family] = []
    for number in range(families):
        home, ids = household(dice)
        homes.append(Family(put(book, rules_of, home), home.place, ids, untidy=number % 4 == 3))
    while told["recorded"] < events:
        day = FIRST + timedelta(DAYS * told["recorded"] // events)
        family = dice.choice(homes)
        late = family.untidy and dice.random() < 0.2
        if late:
            day = max(FIRST, day - timedelta(dice.randrange(1, 40)))
        done = _record(dice, book, rules_of, family, day)
        told["recorded" if done.recorded else "refused"] += 1
        if done.recorded and done.outcome is not None:
            told["late"] += late
            name = type(done.outcome.event).__name__
            told[name] += 1
            told[f"late {name}"] += late
            told["year turned"] += isinstance(done.outcome.event, Refund) and day.year > FIRST.year
    return told


def _record(dice: Random, book: Book, rules_of: RulesOf, family: Family, day: date) -> Recorded:
    if family.left and dice.random() < 0.02:
        done = undo(book, rules_of, family.id, dice.choice(list(family.left)[-3:]), now=NOW)
    else:
        done = record_event(book, rules_of, family.id, happening(dice, family, day), now=NOW)
    event = done.outcome.event if done.recorded and done.outcome is not None else None
    if isinstance(event, Visit):
        family.left[event.id] = event.items
    if isinstance(event, Refund):
        left = () if event.items is None else take_back(family.left[event.of], event.items)
        if nothing_left(left):
            del family.left[event.of]
        else:
            family.left[event.of] = left
    return done


def main(events: int, seed: int) -> None:
    """Record and examine; the figures on standard output."""
    library = Library([REPOSITORY / "resources" / "policies"], None)
    with tempfile.TemporaryDirectory() as folder:
        book = Book.open(Path(folder) / "book.sqlite", now=NOW)
        start = time.perf_counter()
        print(dict(live(book, library.book, seed, events, max(4, events // 250))))
        middle = time.perf_counter()
        found = examine(book, library.book)
        end = time.perf_counter()
        print(f"recorded in {middle - start:.1f} s, examined in {end - middle:.1f} s, findings: {len(found)}")
        for finding in found[:20]:
            print(finding)
        book.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4711)
