"""What lies ahead, worked out by hand: when accounts run dry, what cash is left, which order leaves the least."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.household import Event, Premium
from famgui.domain.rulebook import RuleBook
from famgui.domain.timeline import Running
from famgui.domain.waterfall import Terms
from famgui.usecase.expected import Expected, Inflow, Rhythm, expected_events, usual_visit
from famgui.usecase.plan import Course, Plan, PoolUse, RunOut, plan
from tests.domain.building import FUJIAN, ZHUZHOU, employee, household, item, money, resident, row, visit

Books = Callable[[str], RuleBook]
START, END = date(2025, 7, 1), date(2025, 12, 31)
MONTHLY = Rhythm(1)


def family(book: Books, place: str = ZHUZHOU, terms: Terms | None = None, **accounts: Balance) -> Running:
    """Li (first in line) and Wang (bound later) share with Ming; only Li with Zhou."""
    people = (employee("li", place), employee("wang", place), resident("ming", place), resident("zhou", place))
    rows = [
        row("li", "ming", "child", ends=END),
        row("wang", "ming", "child", date(2025, 2, 1), ends=END, priority=2),
        row("li", "zhou", "parent", ends=date(2026, 6, 30)),
    ]
    return Running(household(*people, accounts=accounts, rows=rows, place=place, terms=terms), book(place))


def expects(patient: str, yuan: int, day: date, rhythm: Rhythm = Rhythm(), place: str = ZHUZHOU) -> Expected:  # noqa: B008
    """A visit to a tertiary hospital; no pool pays there for residents of Zhuzhou."""
    return Expected(usual_visit(patient, "outpatient", "tertiary", yuan * 100, 0, place, day), rhythm)


def planned(running: Running, *expected: Expected, end: date = END, inflow: Sequence[Inflow] = ()) -> Plan:
    return plan(running, expected_events(expected, inflow, [], START, end), START, end)


def dry(course: Course) -> Mapping[str, date]:
    return {found.account: found.day for found in course.run_out}


def courses(found: Plan) -> dict[str, Course]:
    return {course.order: course for course in found.courses}


def test_accounts_run_dry_on_the_day_that_each_order_gives(book: Books) -> None:
    """Six visits of 100.00; Li holds 300.00, Wang 100.00 and 20.00 more every month: 80.00 are missing at the end."""
    running = family(book, li=money("300.00"), wang=money("100.00"))
    found = planned(running, expects("ming", 100, date(2025, 7, 10), MONTHLY), inflow=[Inflow("wang", 2_000)])
    by_order = courses(found)
    assert {order: (dry(course), course.cash) for order, course in by_order.items()} == {
        "priority": ({"li": date(2025, 9, 10), "wang": date(2025, 11, 10)}, 8_000),
        "latest-bound": ({"wang": date(2025, 8, 10), "li": date(2025, 11, 10)}, 8_000),
        "balance-desc": ({"li": date(2025, 10, 10), "wang": date(2025, 11, 10)}, 8_000),
        "single": ({"li": date(2025, 9, 10)}, 30_000),
    }
    assert found.now is found.best is by_order["priority"], "alike: the household's own order"
    held = [(month.balances["li"], month.balances["wang"], month.cash) for month in found.now.months]
    assert held == [
        (20_000, 12_000, 0),
        (10_000, 14_000, 0),
        (0, 16_000, 0),
        (0, 8_000, 0),
        (0, 0, 0),
        (0, 0, 8_000),
    ]
    assert sum(month.inflow for month in found.now.months) == 12_000
    assert found.opening == {"li": 30_000, "wang": 10_000} and running.balances["li"] == Balance(30_000)


def test_the_order_that_keeps_money_for_others_leaves_less_cash(book: Books) -> None:
    running = family(book, li=money("100.00"), wang=money("100.00"))
    both = expects("ming", 100, date(2025, 7, 10)), expects("zhou", 100, date(2025, 8, 10))
    found = planned(running, *both)
    assert (found.now.order, found.now.cash, found.best.order, found.best.cash) == (
        "priority",
        10_000,
        "latest-bound",
        0,
    )
    own = planned(family(book, terms=Terms("latest-bound"), li=money("100.00"), wang=money("100.00")), *both)
    assert own.now.order == own.best.order == "latest-bound"


def test_the_pools_cap_is_reached_on_a_day_and_begins_anew(book: Books) -> None:
    """Wang: 400.00 paid, 250.00 of deductible met. July (1000 - 50) x 0.60 = 570.00, August only 530.00 are left."""
    used = {("wang", 2025, "outpatient"): YearToDate(40_000, (0, 0, 0, 25_000), 25_000)}
    home = household(employee("wang"), used=used)
    found = planned(
        Running(home, book(ZHUZHOU)), expects("wang", 1_000, date(2025, 7, 10), MONTHLY), end=date(2026, 1, 31)
    ).now
    assert [(month.pool, month.cash) for month in found.months] == [
        (57_000, 43_000),
        (53_000, 47_000),
        *[(0, 100_000)] * 4,
        (54_000, 46_000),  # (1000 - 100) x 0.60
    ]
    assert found.pools == (
        PoolUse("wang", "outpatient", 2025, 150_000, 150_000, date(2025, 8, 10)),
        PoolUse("wang", "outpatient", 2026, 54_000, 150_000, None),
    )
    assert found.run_out == (RunOut("wang", date(2025, 7, 10), 0),), "empty from the start: dry when first asked"


def test_a_binding_that_ends_is_found_with_its_days(book: Books) -> None:
    running = family(book, li=money("9000.00"), wang=money())
    found = planned(running, expects("ming", 100, date(2025, 11, 10), MONTHLY), end=date(2026, 3, 31)).now
    (expired,) = [one for one in found.findings if one.problem.code == "BIND_EXPIRED" and one.problem.subject == "li"]
    assert (expired.first, expired.last, expired.times) == (date(2026, 1, 10), date(2026, 3, 10), 3)
    assert [month.cash for month in found.months][-3:] == [10_000] * 3 and dry(found) == {}


def test_what_must_stay_is_told_with_the_day(book: Books) -> None:
    running = family(book, FUJIAN, li=money("2100.00"), wang=money())
    found = planned(running, expects("zhou", 150, date(2025, 7, 10), place=FUJIAN)).now
    assert found.run_out == (RunOut("li", date(2025, 7, 10), 200_000),)
    assert found.cash == 5_000 and "THRESHOLD" in {one.problem.code for one in found.findings}


def premium(book: Books, yuan: str) -> Course:
    paid = Premium("p1", date(2025, 10, 20), "li", "resident-2026", ("zhou",))
    events: list[Event] = expected_events([], [], [paid], START, END)
    return plan(family(book, li=money(yuan), wang=money()), events, START, END).now


def test_a_premium_is_paid_whole_or_costs_cash(book: Books) -> None:
    enough, short = premium(book, "400.00"), premium(book, "399.99")
    assert (enough.cash, sum(month.premium for month in enough.months)) == (0, 40_000)
    assert enough.run_out == (RunOut("li", date(2025, 10, 20), 0),)
    assert (short.cash, sum(month.premium for month in short.months), short.run_out) == (40_000, 0, ())


def test_a_plan_is_the_same_as_recording_it_all(book: Books) -> None:
    running = family(book, li=money("700.00", "33.33"), wang=money("123.45"))
    bill = visit("ming", item("88.88", "B", upfront="0.10"), item("9.99", category="wellness"), day=date(2025, 7, 7))
    expected = [Expected(bill, Rhythm(1, "week")), expects("zhou", 77, date(2025, 7, 2), Rhythm(3, "week"))]
    events = expected_events(expected, [Inflow("li", 1_234, 15), Inflow("wang", 567, 31)], [], START, END)
    told: list[tuple[int, int]] = []
    found = plan(running, events, START, END, lambda done, total: told.append((done, total)))
    state = running.fork()
    cash = 0
    for event, moment in zip(events, found.now.moments, strict=True):
        assert state.apply(event) == moment.outcome
        assert {account: balance.total for account, balance in state.balances.items()} == moment.balances
        cash += moment.outcome.settlement.cash if moment.outcome.settlement else 0
    assert found.now.cash == cash > 0
    for course in found.courses:
        paid = sum(month.own + month.shared for month in course.months)
        came = sum(month.inflow for month in course.months)
        assert sum(course.months[-1].balances.values()) == sum(found.opening.values()) + came - paid
    assert told == [(number * len(events), 4 * len(events)) for number in range(4)]


def test_nothing_expected_leaves_everything_as_it_is(book: Books) -> None:
    found = planned(family(book, li=money("5.00"), wang=money()))
    assert [month.balances for month in found.now.months] == [{"li": 500, "wang": 0}] * 6
    assert (found.now.cash, found.now.run_out, found.best) == (0, (), found.now)
