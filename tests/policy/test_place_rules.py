"""What the rule books of the provinces and cities compute: visits and bindings worked out by hand."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.bill import Item
from famgui.domain.binding import NOBODY, Binding
from famgui.domain.household import Bind, Household, Unbind
from famgui.domain.money import parse_amount
from famgui.domain.person import Person
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Facility, Visit, settle
from famgui.domain.timeline import Outcome, run
from famgui.domain.waterfall import Terms
from famgui.policy.library import Library
from tests.domain.building import row

PLACES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("place_rules.toml").read_text("utf-8"))
DAY = date(2025, 5, 10)
OLD = {"spouse", "parent", "child"}
NEAR = OLD | {"sibling", "paternal-grandparent", "maternal-grandparent", "sons-child", "daughters-child"}
ONE_DAY = timedelta(1)


def used(told: dict[str, Any]) -> YearToDate:
    """The year to date as a visit of the file tells it."""
    by_level = tuple(parse_amount(told.get("deductible", {}).get(level, "0.00")) for level in LEVELS)
    month_met = parse_amount(told.get("month_met", "0.00"))
    pool, cost = parse_amount(told.get("pool", "0.00")), parse_amount(told.get("cost", "0.00"))
    return YearToDate(pool, by_level, sum(by_level), cost, told.get("month", 0), month_met)


def rules(library: Library, place: str, day: date = DAY) -> Rules:
    """The rules of a place on a day."""
    return library.book(place).at(day)


VISITS = [(place, number, told) for place, found in PLACES.items() for number, told in enumerate(found["visits"], 1)]


@pytest.mark.parametrize(("place", "told"), [(p, t) for p, _, t in VISITS], ids=[f"{p}-{n}" for p, n, _ in VISITS])
def test_a_visit_in_a_place(library: Library, place: str, told: dict[str, Any]) -> None:
    day = told.get("day", DAY)
    patient = Person(
        "a",
        "employee",
        place,
        status=told.get("status", "active"),
        has_account=told.get("account", True),
        born=told.get("born"),
        tier=told.get("tier", ""),
    )
    level, grade = told.get("level", "tertiary"), told.get("grade", "")
    facility = Facility("hospital", place, level, True, grade, told.get("contracted", False))
    cost = parse_amount(told["cost"])
    visit = Visit("v", day, "a", "outpatient", facility, (Item("x", "drug", cost, "A"),))
    done = settle(visit, patient, {}, NOBODY, used(told.get("used", {})), rules(library, place, day), Terms())
    assert done.pool == parse_amount(told["pool"])
    assert done.pool + done.own + done.shared + done.cash == cost
    if "deductible" in told:
        assert done.deductible == parse_amount(told["deductible"])


def test_every_place_that_pays_from_the_pool_has_visits_worked_out(library: Library) -> None:
    ruled = {pack.place for pack in library.packs for value in library.rows(pack.place) if value.key == "pool.ratio"}
    own = ruled - {"430000", "430200"}
    paid = {place for place, found in PLACES.items() if any(told["pool"] != "0.00" for told in found["visits"])}
    assert own <= paid
    assert len(own) == 29
    assert not [place for place in own | paid if place[:2] in ("31", "35")]


def test_how_many_provinces_and_cities_carry_values(library: Library) -> None:
    carrying = [pack.place for pack in library.packs if library.rows(pack.place) and pack.place[:2] not in ("00", "99")]
    provinces = [place for place in carrying if place.endswith("0000")]
    assert (len(provinces), len(carrying)) == (31, 58)
    assert {"110000", "440300", "420100", "330100", "510100", "500000", "370200"} <= set(carrying)


@pytest.mark.parametrize(
    ("place", "widened", "clause"),
    [
        ("140000", date(2024, 9, 1), "SX-36"),
        ("320000", date(2024, 10, 1), "JS-39"),
        ("360000", date(2024, 10, 20), "N-45"),
        ("610000", date(2024, 10, 1), "SN-28"),
        ("440300", date(2024, 11, 1), "GD-07"),
    ],
)
def test_three_relations_before_eight_after(library: Library, place: str, widened: date, clause: str) -> None:
    before = rules(library, place, widened - ONE_DAY).find("binding.relations")
    after = rules(library, place, widened).find("binding.relations")
    assert set(before.value) == OLD
    assert (set(after.value), after.clause) == (NEAR, clause)


@pytest.mark.parametrize(
    ("place", "key", "expected", "clause"),
    [
        ("360000", "binding.authorizers", 1, "JX-03"),
        ("360100", "binding.authorizers", 1, "JX-03"),
        ("370100", "binding.authorizers", 1, "SD-37"),
        ("520000", "binding.authorizers", 1, "GZ-28"),
        ("620000", "binding.authorizers", 1, "GS-27"),
        ("360000", "binding.ends-when-suspended", True, "JX-02"),
        ("420100", "binding.minimum-months", 3, "HB-29"),
        ("440300", "binding.effective", "approval", "GD-07"),
        ("500000", "binding.at-once", 1, "CQ-27"),
        ("210200", "binding.at-once", 6, "LN-30"),
        ("130000", "binding.at-once", 8, "HE-20"),
        ("230000", "binding.asks.dates", True, "HL-31"),
        ("330000", "account.prior-years-only", True, "ZJ-01"),
    ],
)
def test_limits_of_binding_and_sharing(library: Library, place: str, key: str, expected: object, clause: str) -> None:
    found = rules(library, place).find(key)
    assert (found.value, found.clause) == (expected, clause)


def household(library: Library, place: str, rows: tuple[Binding, ...], *events: Bind | Unbind) -> tuple[Outcome, ...]:
    """What becomes of these events in a family of the place: two authorizers, two users."""
    persons = tuple(Person(handle, "employee", place, status="active", has_account=True) for handle in ("li", "zhao"))
    persons += tuple(Person(handle, "resident", place) for handle in ("mei", "xu"))
    accounts = {handle: Balance(100000) for handle in ("li", "zhao")}
    return run(Household(place, persons, accounts, bindings=rows, events=events), library.book(place)).outcomes


@pytest.mark.parametrize(
    ("place", "day", "relation", "found", "clause"),
    [
        ("360000", DAY, "sibling", ["AUTHORIZER_LIMIT"], "JX-03"),
        ("360000", date(2024, 10, 19), "sibling", ["AUTHORIZER_LIMIT", "RELATION_NOT_ALLOWED"], "JX-26"),
        ("360000", date(2024, 10, 19), "child", ["AUTHORIZER_LIMIT"], "JX-03"),
        ("440300", DAY, "sibling", [], ""),
        ("440300", date(2024, 10, 31), "sibling", ["RELATION_NOT_ALLOWED"], "GD-08"),
        ("110000", DAY, "in-law", ["RELATION_NOT_ALLOWED"], "N-04"),
    ],
)
def test_a_second_authorizer_of_a_user(
    library: Library, place: str, day: date, relation: str, found: list[str], clause: str
) -> None:
    asked = Bind("b1", day, row("zhao", "mei", relation, day))
    (outcome,) = household(library, place, (row("li", "mei", "child", date(2023, 6, 1)),), asked)
    assert sorted(problem.code for problem in outcome.problems) == found
    assert outcome.status == ("refused" if found else "settled")
    assert {clause} - {""} <= {problem.clause for problem in outcome.problems}


def test_a_second_user_in_chongqing_waits_for_the_first_to_be_unbound(library: Library) -> None:
    second = Bind("b2", DAY, row("li", "xu", "child", DAY))
    unbind = Unbind("u1", DAY, "li", "mei")
    refused, unbound, taken = household(library, "500000", (row("li", "mei"),), second, unbind, second)
    assert [problem.code for problem in refused.problems] == ["BIND_LIMIT"]
    assert (unbound.status, taken.status) == ("settled", "settled")


@pytest.mark.parametrize(("day", "codes"), [(date(2025, 8, 9), ["UNBIND_TOO_EARLY"]), (date(2025, 8, 10), [])])
def test_three_months_before_unbinding_in_wuhan(library: Library, day: date, codes: list[str]) -> None:
    (outcome,) = household(library, "420100", (row("li", "mei", "child", DAY),), Unbind("u1", day, "li", "mei"))
    assert [problem.code for problem in outcome.problems] == codes
    assert {problem.clause for problem in outcome.problems} <= {"HB-29"}


OUT = {"benefit": "outpatient", "insurance": "employee", "status": "active", "level": "tertiary"}


@pytest.mark.parametrize(
    ("place", "key", "last", "before", "after"),
    [
        ("120000", "pool.cap.year", date(2023, 12, 31), "9000.00", "10000.00"),
        ("130100", "pool.cap.year", date(2024, 12, 31), None, "3500.00"),
        ("360000", "pool.deductible.year", date(2023, 6, 30), "600.00", "300.00"),
        ("360000", "pool.cap.year", date(2023, 6, 30), "1800.00", "2000.00"),
        ("450000", "pool.cap.year", date(2023, 12, 31), None, "2000.00"),
        ("460000", "pool.cap.year", date(2024, 12, 31), "1500.00", "2500.00"),
        ("430000", "pool.deductible.year", date(2023, 5, 31), None, "300.00"),
    ],
)
def test_a_question_about_last_year_gets_last_years_answer(
    library: Library, place: str, key: str, last: date, before: str | None, after: str
) -> None:
    days = (last, last + ONE_DAY, date(2026, 11, 22))
    found = [rules(library, place, day).find(key, **OUT).value for day in days]
    assert found[0] == (None if before is None else parse_amount(before))
    assert found[1:] == [parse_amount(after)] * 2
