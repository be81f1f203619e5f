"""One visit compared: every figure here is worked out by hand from the rules of Hunan, Fujian and Shanghai."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import Override, Visit
from famgui.domain.timeline import Running
from famgui.domain.trace import Step
from famgui.domain.waterfall import Terms
from famgui.usecase.compare import (
    Apart,
    Change,
    Difference,
    Way,
    by_cash,
    compare,
    insured_elsewhere,
    levels,
    likely_days,
    order_now,
    orders,
    parted,
)
from tests.domain.building import (
    FUJIAN,
    HUNAN,
    SHANGHAI,
    ZHUZHOU,
    employee,
    household,
    item,
    purchase,
    resident,
    row,
    visit,
)

Books = Callable[[str], RuleBook]
ENDS = date(2025, 12, 31)


def couple(book: Books, li: Balance = Balance(500_000), place: str = ZHUZHOU) -> Running:  # noqa: B008 - frozen
    """Wang (120.00 of her own, 250.00 deductible met, 400.00 from the pool) to whom Li shares until the year ends."""
    used = {("wang", 2025, "outpatient"): YearToDate(40_000, (0, 0, 0, 25_000), 25_000)}
    accounts = {"wang": Balance(12_000), "li": li}
    people = (employee("wang", place), employee("li", place))
    rows = [row("li", "wang", ends=ENDS)]
    return Running(household(*people, accounts=accounts, rows=rows, used=used, place=place), book(place))


def bill(day: date = date(2025, 5, 10)) -> Visit:
    """680.00 at a tertiary hospital, of it 630.00 in scope: the pool pays (630 - 50) x 0.60 = 348.00."""
    return visit(
        "wang", item("450.00", category="service"), item("200.00", "B", upfront="0.10"), item("30.00", "C"), day=day
    )


def one(book: Books, running: Running, what: Visit, *changes: Change) -> Way:
    (way,) = compare(running, what, [changes], book).ways
    return way


def figures(way: Way) -> tuple[int, int, int, int]:
    assert way.settlement is not None
    done = way.settlement
    return done.pool, done.own, done.shared, done.cash


def test_levels(book: Books) -> None:
    running = couple(book)
    found = compare(running, bill(), levels(bill()), book)
    assert figures(found.base) == (34_800, 12_000, 21_200, 0)
    assert [way.changes[0].value for way in found.ways] == ["community", "primary", "secondary", False]
    assert [figures(way) for way in found.ways] == [
        (44_100, 12_000, 11_900, 0),  # 630.00 x 0.70, no deductible
        (44_100, 12_000, 11_900, 0),
        (34_800, 12_000, 21_200, 0),  # 50.00 of deductible, as at a tertiary hospital today
        (0, 0, 0, 68_000),
    ]
    assert found.ways[0].difference == Difference(9_300, 0, -9_300, 0)
    assert found.ways[3].difference == Difference(-34_800, -12_000, -21_200, 68_000)
    assert running.balances["li"] == Balance(500_000), "comparing changes nothing"


def test_the_steps_that_differ_are_named_with_their_clauses(book: Books) -> None:
    running = couple(book)
    community, secondary = (one(book, running, bill(), Change("level", level)) for level in ("community", "secondary"))
    told = [(pair.now.name, pair.now.value, pair.then.value) for pair in community.apart if pair.now and pair.then]
    assert told == [
        ("deductible", 5_000, 0),
        ("pool", 34_800, 44_100),
        ("person", 33_200, 23_900),
        ("shared", 21_200, 11_900),
    ]
    clauses = [(pair.now.clause, pair.then.clause) for pair in secondary.apart if pair.now and pair.then]
    assert clauses == [("HN-03", "HN-02"), ("HN-03", "HN-02")]
    away = one(book, running, bill(), Change("designated", False))
    lone = {(pair.now or pair.then).name: pair.now is None for pair in away.apart if None in pair}  # type: ignore[union-attr]
    assert lone == {"pool-not-designated": True, "deductible": False, "pool": False, "own": False, "shared": False}
    assert away.without_pool is not None and community.without_pool is None


def two_children(book: Books) -> Running:
    """A mother's son (150.00, first in line) and daughter (1000.00, bound later)."""
    people = (resident("mother"), employee("son"), employee("daughter"))
    rows = [
        row("son", "mother", "parent", priority=1),
        row("daughter", "mother", "parent", date(2025, 2, 1), priority=2),
    ]
    accounts = {"son": Balance(15_000), "daughter": Balance(100_000)}
    return Running(household(*people, accounts=accounts, rows=rows), book(ZHUZHOU))


def test_orders(book: Books) -> None:
    running, stay = two_children(book), visit("mother", item("400.00", category="service"), day=date(2025, 6, 1))
    assert order_now(running, stay) == ("priority", True)
    found = compare(running, stay, orders(running, stay), book)
    assert found.base.shared == (("son", 15_000), ("daughter", 25_000))
    assert [way.weak for way in (found.base, *found.ways)] == [True, False, False, False, True]
    assert {way.changes[0].value: (way.shared, way.cash) for way in found.ways[:3]} == {
        "latest-bound": ((("daughter", 40_000),), 0),
        "balance-desc": ((("daughter", 40_000),), 0),
        "single": ((("son", 15_000),), 25_000),
    }
    assert found.ways[2].difference == Difference(0, 0, -25_000, 25_000)


def test_what_holds_for_the_visit_or_the_household_is_not_offered_again(book: Books) -> None:
    running, stay = two_children(book), visit("mother", item("400.00"))
    running.terms = Terms("single", own_first=False)
    assert orders(running, stay)[-1] == (Change("own-first", True),)
    assert Change("single", "order") not in [changes[0] for changes in orders(running, stay)]
    once = one(book, running, stay, Change("order", "balance-desc"), Change("own-first", True))
    assert order_now(running, once.visit) == ("balance-desc", True)


def test_own_account_last(book: Books) -> None:
    way = one(book, couple(book), bill(), Change("own-first", False))
    assert figures(way) == (34_800, 0, 33_200, 0)


def test_another_day_turns_the_year_and_ends_the_binding(book: Books) -> None:
    way = one(book, couple(book), bill(), Change("date", date(2026, 1, 5)))
    assert figures(way) == (31_800, 12_000, 0, 24_200)  # (630 - 100) x 0.60; Li no longer shares
    assert ("BIND_EXPIRED", "li") in {(found.code, found.subject) for found in way.problems}


def test_a_year_to_date_typed_for_one_year_is_not_carried_into_another(book: Books) -> None:
    typed = replace(bill(), override=Override(used=YearToDate(150_000, (0, 0, 0, 30_000), 30_000)))
    assert figures(one(book, couple(book), typed, Change("date", date(2025, 12, 30))))[0] == 0
    assert figures(one(book, couple(book), typed, Change("date", date(2026, 1, 5))))[0] == 31_800


def test_several_fields_at_once(book: Books) -> None:
    way = one(book, couple(book), bill(), Change("level", "community"), Change("date", date(2026, 1, 5)))
    assert figures(way) == (44_100, 12_000, 0, 11_900)
    assert (way.visit.facility.level, way.visit.date, way.takeable) == ("community", date(2026, 1, 5), True)


def test_treated_in_another_province(book: Books) -> None:
    running = couple(book)
    away = Change("facility-place", "440100")
    assert figures(one(book, running, bill(), away)) == (34_800, 12_000, 0, 21_200)
    assert figures(one(book, running, bill(), away, Change("cross-province", True))) == (34_800, 12_000, 21_200, 0)
    assert figures(one(book, running, bill(), Change("facility-place", "430100"))) == (34_800, 12_000, 21_200, 0)


def test_insured_elsewhere_everybody_moves_along(book: Books) -> None:
    running = couple(book, Balance(210_000))
    places = insured_elsewhere(running, [HUNAN, ZHUZHOU, FUJIAN, SHANGHAI])
    assert [changes[0].value for changes in places] == [HUNAN, FUJIAN, SHANGHAI]
    hunan, fujian, shanghai = compare(running, bill(), places, book).ways
    assert figures(hunan) == (34_800, 12_000, 21_200, 0)
    assert figures(fujian) == (0, 12_000, 10_000, 46_000)  # 2000.00 of Li's 2100.00 stay
    assert figures(shanghai) == (0, 12_000, 0, 56_000)  # Li holds this year's money only
    assert {found.code for found in (*fujian.problems, *shanghai.problems)} >= {"THRESHOLD", "PRIOR_YEAR_ONLY"}
    assert "OTHER_PROVINCE" not in {found.code for found in (*fujian.problems, *shanghai.problems)}
    assert fujian.visit.facility.place == FUJIAN and not fujian.takeable
    assert running.persons["li"].insured_place == ZHUZHOU and running.book is book(ZHUZHOU)


def test_what_cannot_be_says_why(book: Books) -> None:
    running, drugs = couple(book), purchase("wang", "50.00")
    assert one(book, running, drugs, Change("level", "primary")).obstacle == "no-level"
    nowhere = one(book, running, bill(), Change("insured-place", "810000"))
    assert (nowhere.obstacle, nowhere.cash, nowhere.shared, nowhere.problems) == ("no-rule-book", None, (), ())
    assert not nowhere.takeable and not nowhere.weak and nowhere.without_pool is None
    assert levels(drugs) == ((Change("designated", False),),)


def test_least_cash_first(book: Books) -> None:
    changes = [[Change("designated", False)], [Change("insured-place", "810000")], [Change("level", "community")]]
    ways = compare(couple(book), bill(), changes, book).ways
    assert by_cash(ways) == (ways[2], ways[0], ways[1])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 5, 10), [(date(2026, 1, 1), ("year", "binding-ends"))]),
        (
            date(2023, 5, 30),
            [
                (date(2023, 6, 1), ("rules",)),
                (date(2024, 1, 1), ("year",)),
                (date(2025, 1, 1), ("binding-starts",)),
                (date(2026, 1, 1), ("binding-ends",)),
            ],
        ),
    ],
)
def test_days_that_may_matter(book: Books, day: date, expected: list[tuple[date, tuple[str, ...]]]) -> None:
    assert [tuple(found) for found in likely_days(couple(book), bill(day))] == expected


def test_steps_that_only_one_side_has_keep_their_place() -> None:
    split, pool, cap, cash = (Step(name, (), 1, "X") for name in ("split", "pool", "cap", "cash"))  # type: ignore[arg-type]
    more = pool._replace(value=2)
    less = cash._replace(value=0)
    differing = (Apart(pool, more), Apart(None, cap), Apart(cash, less))
    assert parted((split, pool, cash), (split, more, cap, less)) == differing
    assert parted((split, cap, cash), (split, cash)) == (Apart(cap, None),)
    assert parted((pool, pool), (pool, more)) == (Apart(pool, more),)
