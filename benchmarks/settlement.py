"""One settlement and 100,000 events against plain integer Python that does only the arithmetic."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.measure import Ratio, in_turns
from famgui.base.paths import resources
from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.bill import Item
from famgui.domain.binding import Binding, Standing
from famgui.domain.household import Household
from famgui.domain.person import Person
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import Facility, Visit, settle
from famgui.domain.timeline import run
from famgui.domain.waterfall import Terms
from famgui.policy.library import Library

PLACE = "430200"
DAY = date(2025, 5, 10)
FAMILIES = 20_000
EVENTS_EACH = 5
ITEMS = (
    Item("诊查", "service", 45_000, "A"),
    Item("乙类药", "drug", 20_000, "B", 1000),
    Item("自费药", "drug", 3_000, "C"),
)


def book() -> RuleBook:
    """Zhuzhou's full rule book."""
    return Library([resources() / "policies"], None).book(PLACE)


def bare_settlement(
    items: tuple[tuple[int, str, int], ...], own: int, shared: int, used_pool: int, used_deductible: int
) -> tuple[int, int, int, int, int]:
    """Pool, deductible, own, shared and cash of a tertiary visit under Zhuzhou's figures: only the arithmetic."""
    total = in_scope = 0
    for amount, catalogue_class, ratio in items:
        total += amount
        if catalogue_class == "A":
            in_scope += amount
        elif catalogue_class == "B":
            in_scope += amount - (2 * amount * ratio + 10_000) // 20_000
    deductible = min(10_000, 30_000 - used_deductible, in_scope)
    pool = min((2 * (in_scope - deductible) * 6_000 + 10_000) // 20_000, 150_000 - used_pool)
    due = total - pool
    from_own = min(due, own)
    from_shared = min(due - from_own, shared)
    return pool, deductible, from_own, from_shared, due - from_own - from_shared


def one_settlement() -> Ratio:
    """`settle` with its whole trace."""
    rules = book().at(DAY)
    patient = Person("w", "employee", PLACE, has_account=True)
    visit = Visit("v", DAY, "w", "outpatient", Facility("hospital", PLACE, "tertiary"), ITEMS)
    row = Binding("l", "w", "spouse", date(2025, 1, 1), datetime(2025, 1, 1))  # noqa: DTZ001 - the format has no zone
    standing = Standing((row,), ())
    accounts = {"w": Balance(12_000), "l": Balance(500_000)}
    used = YearToDate(40_000, (0, 0, 0, 25_000), 25_000)
    terms = Terms("priority", True)
    bare = tuple((item.amount, item.catalogue_class, item.upfront_ratio) for item in ITEMS)
    done = settle(visit, patient, accounts, standing, used, rules, terms)
    assert (done.pool, done.deductible, done.own, done.shared, done.cash) == bare_settlement(
        bare, 12_000, 500_000, 40_000, 25_000
    )
    times = 2_000

    def ours() -> None:
        for _ in range(times):
            settle(visit, patient, accounts, standing, used, rules, terms)

    def yardstick() -> None:
        for _ in range(times):
            bare_settlement(bare, 12_000, 500_000, 40_000, 25_000)

    return in_turns("one settlement with full trace", ours, "bare integer arithmetic", yardstick, units=times)


def families(count: int) -> Iterator[Household]:
    """Two employees each, one of whom shares with the other and has five visits."""
    start = date(2025, 2, 1)
    facility = Facility("hospital", PLACE, "tertiary")
    persons = (
        Person("w", "employee", PLACE, has_account=True),
        Person("l", "employee", PLACE, has_account=True),
    )
    row = Binding("l", "w", "spouse", date(2025, 1, 1), datetime(2025, 1, 1))  # noqa: DTZ001 - the format has no zone
    for number in range(count):
        items = (
            Item("诊查", "service", 10_000 + number % 977 * 31, "A"),
            Item("乙类药", "drug", 5_000 + number % 499 * 17, "B", 1000),
            Item("自费药", "drug", 3_000, "C"),
        )
        visits = tuple(
            Visit(f"v{turn}", start + timedelta(days=30 * turn), "w", "outpatient", facility, items)
            for turn in range(EVENTS_EACH)
        )
        balances = {"w": Balance(20_000 + number % 300 * 50), "l": Balance(50_000, 10_000)}
        yield Household(PLACE, persons, balances, (row,), {}, visits, Terms("priority", True))


def batch() -> Ratio:
    """100,000 events of 20,000 families, carried along, against the same loop of bare arithmetic."""
    rules = book()
    kept = list(families(FAMILIES))

    def ours() -> int:
        return sum(
            outcome.settlement.cash
            for family in kept
            for outcome in run(family, rules).outcomes
            if outcome.settlement is not None
        )

    plain = [
        (
            tuple((item.amount, item.catalogue_class, item.upfront_ratio) for item in visit.items),
            family.balances["w"].total,
            family.balances["l"].total,
        )
        for family in kept
        for visit in family.events[:1]
        if isinstance(visit, Visit)
    ]

    def yardstick() -> int:
        total = 0
        for items, own, shared in plain:
            used_pool = used_deductible = 0
            for _ in range(EVENTS_EACH):
                pool, deductible, from_own, from_shared, cash = bare_settlement(
                    items, own, shared, used_pool, used_deductible
                )
                own -= from_own
                shared -= from_shared
                used_pool += pool
                used_deductible += deductible
                total += cash
        return total

    assert ours() == yardstick()
    name = f"{FAMILIES * EVENTS_EACH:,} events of {FAMILIES:,} families, an event"
    return in_turns(name, ours, "bare integer arithmetic", yardstick, rounds=3, units=FAMILIES * EVENTS_EACH)


SAMPLE: Path = resources() / "samples" / "family-year.famgui.toml"
