"""One rule and bills to try it on: Zhuzhou's employee outpatient rule in plain numbers, as other engines hear it."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import NamedTuple

from benchmarks.settlement import DAY, ITEMS, PLACE, book
from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.bill import Item
from famgui.domain.binding import Binding, Standing
from famgui.domain.money import Fen, Ratio
from famgui.domain.person import Person
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Facility, Visit, settle
from famgui.domain.waterfall import Terms

NEW_YEAR = datetime(2025, 1, 1)  # noqa: DTZ001 - the format has no zone
NO_LIMIT = 10**9
"""What stands for a limit that a level does not have, in fen."""


class LevelRule(NamedTuple):
    """What a level asks: deductible per visit and per year, ratio."""

    per_visit: Fen
    level_year: Fen
    ratio: Ratio


class Rule(NamedTuple):
    """The whole rule: by level, and over all levels the yearly deductible and the year's cap."""

    levels: dict[str, LevelRule]
    year: Fen
    cap: Fen


class Bill(NamedTuple):
    """What an engine is asked: items, level, year to date, and what the two accounts hold."""

    items: tuple[Item, ...]
    level: str
    used_pool: Fen
    met_level: Fen
    met_all: Fen
    own: Fen
    shared: Fen


class Paid(NamedTuple):
    """What an engine must answer."""

    total: Fen
    self_paid: Fen
    over_limit: Fen
    upfront: Fen
    in_scope: Fen
    deductible: Fen
    pool: Fen
    own: Fen
    shared: Fen
    cash: Fen


def rule(rules: Rules) -> Rule:
    """The figures of the full rule book."""

    def value(key: str, level: str, otherwise: int) -> int:
        facts = {"benefit": "outpatient", "insurance": "employee", "status": "active", "level": level}
        found = rules.find(key, **facts).value
        return otherwise if found is None else int(found)

    levels = {
        level: LevelRule(
            value("pool.deductible.visit", level, 0),
            value("pool.deductible.level-year", level, NO_LIMIT),
            value("pool.ratio", level, 0),
        )
        for level in LEVELS
    }
    return Rule(
        levels, value("pool.deductible.year", "tertiary", NO_LIMIT), value("pool.cap.year", "tertiary", NO_LIMIT)
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A bill as our own `settle` is asked."""

    visit: Visit
    patient: Person
    accounts: dict[str, Balance]
    standing: Standing
    used: YearToDate
    rules: Rules
    terms: Terms

    def settle(self) -> Paid:
        """The answer, with its whole trace thrown away."""
        done = settle(self.visit, self.patient, self.accounts, self.standing, self.used, self.rules, self.terms)
        return Paid(*done.split, done.deductible, done.pool, done.own, done.shared, done.cash)


def asked(bill: Bill, rules: Rules) -> Asked:
    """A bill for our own engine: two employees, one of whom shares with the other."""
    levels = tuple(bill.met_level if level == bill.level else 0 for level in LEVELS)
    row = Binding("l", "w", "spouse", DAY.replace(month=1, day=1), NEW_YEAR)
    return Asked(
        Visit("v", DAY, "w", "outpatient", Facility("hospital", PLACE, bill.level), bill.items),  # type: ignore[arg-type]
        Person("w", "employee", PLACE, has_account=True),
        {"w": Balance(bill.own), "l": Balance(bill.shared)},
        Standing((row,), ()),
        YearToDate(bill.used_pool, levels, bill.met_all),
        rules,
        Terms("priority", True),
    )


USUAL = Bill(ITEMS, "tertiary", 40_000, 25_000, 25_000, 12_000, 500_000)


def random_bills(count: int, seed: int = 4711) -> list[Bill]:
    """Bills around every edge of the rule."""
    dice = Random(seed)
    return [_bill(dice) for _ in range(count)]


def _bill(dice: Random) -> Bill:
    met = dice.choice([0, 5_000, 25_000, 29_999, 30_000])
    return Bill(
        tuple(_item(dice, number) for number in range(dice.randint(1, 5))),
        dice.choice(LEVELS),
        dice.choice([0, 40_000, 149_000, 150_000]),
        met,
        met + dice.choice([0, 5_000]),
        dice.choice([0, 3_333, dice.randrange(60_000)]),
        dice.choice([0, dice.randrange(100_000), 500_000]),
    )


def _item(dice: Random, number: int) -> Item:
    amount = dice.choice([dice.randrange(1, 3_000), dice.randrange(1, 120_000), 3_333, 0])
    letter = dice.choice("AABBC")
    over = amount // 3 if letter != "C" and dice.random() < 0.3 else 0
    return Item(f"item {number}", "drug", amount, letter, dice.choice([0, 1_000, 3_333]) if letter == "B" else 0, over)


def our_rules() -> Rules:
    """Zhuzhou's full rule book on the day."""
    return book().at(DAY)
