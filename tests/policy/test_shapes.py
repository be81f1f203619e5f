"""The shapes of rules that places use: each can be written as a pack and is computed as it is written."""

from datetime import date
from itertools import count

import pytest

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.bill import Item
from famgui.domain.binding import NOBODY
from famgui.domain.household import Household, Premium, Refund
from famgui.domain.person import Person
from famgui.domain.settlement import Facility, Visit, settle
from famgui.domain.timeline import run
from famgui.domain.waterfall import Terms
from famgui.policy.library import Library
from tests.policy.packs import user

DAY = date(2025, 5, 10)
HEAD = """\
format = 1
place = "{place}"
name = {{ zh = "甲", en = "A" }}
version = "1.0"
checked_on = 2026-11-01
[[clause]]
id = "T-01"
topic = "test"
statement = "甲"
grade = "A"
"""
OUT = 'benefit = "outpatient", insurance = "employee"'


def value(key, amount, when="", **more):
    lines = [f'key = "{key}"', f"when = {{ {', '.join(filter(None, (OUT, when)))} }}", f'value = "{amount}"']
    lines += [f"{name} = {text}" for name, text in more.items()]
    return "[[value]]\n" + "\n".join([*lines, 'clause = "T-01"']) + "\n"


BEIJING = (
    value("pool.deductible.year", "1800.00", 'status = "active"')
    + value("pool.deductible.year", "1300.00", 'status = "retired"')
    + value("pool.ratio", "0.70", 'status = "active"')
    + value("pool.ratio", "0.90", 'status = "active", level = "community"')
    + value("pool.ratio", "0.85", 'status = "retired"')
    + value("pool.ratio", "0.90", 'status = "retired"', ages="{ from = 70 }")
    + value("pool.ratio", "0.60", 'status = "active"', above='"20000.00"')
    + value("pool.ratio", "0.80", 'status = "retired"', above='"20000.00"')
)
TIANJIN = (
    value("pool.deductible.year", "800.00")
    + value("pool.deductible.year", "650.00", 'status = "retired"', ages="{ from = 70 }")
    + value("pool.deductible.year", "700.00", 'status = "retired"')
    + value("pool.ratio", "0.65")
    + value("pool.ratio", "0.55", above='"5500.00"')
    + value("pool.cap.year", "10000.00")
)
SHIJIAZHUANG = (
    value("pool.deductible.year", "100.00")
    + value("pool.ratio", "0.60")
    + value("pool.cap.year", "3500.00")
    + value("pool.cap.year", "4500.00", ages="{ from = 45 }")
    + value("pool.cap.year", "6000.00", 'status = "retired"')
)
SHANXI = value("pool.deductible.visit", "80.00") + value("pool.deductible.year", "300.00") + value("pool.ratio", "0.65")
DALIAN = (
    value("pool.deductible.level-year", "400.00", 'level = "tertiary"')
    + value("pool.deductible.level-year", "600.00", 'level = "tertiary", grade = "special"')
    + value("pool.ratio", "0.55", 'level = "tertiary"')
    + value("pool.ratio", "0.50", 'level = "tertiary", grade = "special"')
)
NANJING = value("pool.ratio", "0.60") + value("pool.cap.cost", "15000.00")
HANGZHOU = (
    value("pool.deductible.year", "1000.00")
    + value("pool.deductible.year", "700.00", 'contracted = "yes"')
    + value("pool.ratio", "0.86")
    + value("pool.ratio", "0.89", 'contracted = "yes"')
)
CHENGDU = (
    value("pool.deductible.year", "200.00")
    + value("pool.ratio", "0.50")
    + value("pool.cap.year", "2000.00")
    + value("pool.cap.year", "880.00", 'account = "no"')
)
QINGHAI = value("pool.ratio", "0.50") + "".join(
    value("pool.cap.year", cap, f'tier = "{tier}"') for tier, cap in (("1", "500.00"), ("2", "1200.00"))
)
XINJIANG = value("pool.deductible.visit", "90.00") + value("pool.ratio", "0.60") + value("pool.cap.visit", "300.00")
BAOJI = value("pool.deductible.month", "50.00") + value("pool.deductible.year", "200.00") + value("pool.ratio", "0.50")
WUHAN = value("pool.deductible.visit", "0.00") + value("pool.ratio", "0.55") + value("pool.cap.year", "3500.00")

_numbers = count()


def pool(tmp_path, pack, in_scope, *, used=None, level="tertiary", grade="", contracted=False, **person):
    """Pool and deductible in yuan of a visit with only in-scope cost."""
    place = "110000"
    library = Library([user(tmp_path / str(next(_numbers)), HEAD.format(place=place) + pack).parent], None)
    assert library.faults == ()
    given = {"status": "active", "has_account": True, **person}
    patient = Person("a", "employee", place, **given)
    facility = Facility("hospital", place, level, True, grade, contracted)
    visit = Visit("v", DAY, "a", "outpatient", facility, (Item("x", "drug", in_scope * 100, "A"),))
    done = settle(visit, patient, {}, NOBODY, used or YearToDate(), library.book(place).at(DAY), Terms())
    assert done.pool % 100 == done.deductible % 100 == 0
    return done.pool // 100, done.deductible // 100


OLD, FIFTY = date(1950, 1, 1), date(1975, 5, 10)


def cost(yuan, pool_paid=0, deductible=0):
    return YearToDate(pool_paid * 100, (0, 0, 0, deductible * 100), deductible * 100, yuan * 100)


@pytest.mark.parametrize(
    ("pack", "in_scope", "more", "expected"),
    [
        ("beijing", 2800, {}, (700, 1800)),
        ("beijing", 2800, {"level": "community"}, (900, 1800)),
        ("beijing", 2300, {"status": "retired", "born": date(1960, 1, 1)}, (850, 1300)),
        ("beijing", 2300, {"status": "retired", "born": OLD}, (900, 1300)),
        ("beijing", 2300, {"status": "retired", "born": date(1955, 5, 10)}, (900, 1300)),
        ("beijing", 2300, {"status": "retired", "born": date(1955, 5, 11)}, (850, 1300)),
        ("beijing", 2300, {"status": "retired"}, (850, 1300)),  # age unknown: the general ratio
        ("beijing", 2000, {"used": cost(19000, 9999, 1800)}, (700 + 600, 0)),
        ("tianjin", 1800, {}, (650, 800)),
        ("tianjin", 1700, {"status": "retired"}, (650, 700)),
        ("tianjin", 1650, {"status": "retired", "born": OLD}, (650, 650)),
        ("tianjin", 2000, {"used": cost(5000, 0, 800)}, (325 + 825, 0)),
        ("shijiazhuang", 1000, {"used": cost(0, 3400, 100), "born": date(1990, 1, 1)}, (100, 0)),
        ("shijiazhuang", 1000, {"used": cost(0, 3400, 100), "born": FIFTY}, (600, 0)),
        ("shanxi", 280, {}, (130, 80)),
        ("shanxi", 280, {"used": cost(0, 0, 260)}, (156, 40)),
        ("dalian", 1400, {}, (550, 400)),
        ("dalian", 1600, {"grade": "special"}, (500, 600)),
        ("nanjing", 1000, {"used": cost(14500)}, (300, 0)),
        ("hangzhou", 1100, {}, (86, 1000)),
        ("hangzhou", 800, {"contracted": True}, (89, 700)),
        ("chengdu", 3000, {"used": cost(0, 0, 200), "has_account": False}, (880, 0)),
        ("chengdu", 3000, {"used": cost(0, 0, 200)}, (1500, 0)),
        ("qinghai", 3000, {"tier": "1"}, (500, 0)),
        ("qinghai", 3000, {"tier": "2"}, (1200, 0)),
        ("xinjiang", 1090, {}, (300, 90)),
        ("baoji", 150, {}, (50, 50)),
        ("baoji", 150, {"used": YearToDate(0, (0, 0, 0, 5000), 5000, 0, 5, 5000)}, (75, 0)),
        ("baoji", 150, {"used": YearToDate(0, (0, 0, 0, 5000), 5000, 0, 4, 5000)}, (50, 50)),
        ("wuhan", 100, {}, (55, 0)),
    ],
)
def test_shape(tmp_path, pack, in_scope, more, expected):
    assert pool(tmp_path, globals()[pack.upper()], in_scope, **more) == expected


def test_a_band_belongs_to_ratios_only(tmp_path):
    bad = value("pool.cap.year", "3500.00", above='"100.00"')
    library = Library([user(tmp_path / "bad", HEAD.format(place="110000") + bad).parent], None)
    assert [fault.fault.code for fault in library.faults] == ["above-not-ratio"]


def test_ages_that_never_come_are_a_fault(tmp_path):
    bad = value("pool.cap.year", "3500.00", ages="{ from = 70, below = 70 }")
    library = Library([user(tmp_path / "bad", HEAD.format(place="110000") + bad).parent], None)
    assert [fault.fault.code for fault in library.faults] == ["nobody-so-old"]


def year(tmp_path, pack, *events, **person):
    """The events of one person under a pack of its own."""
    library = Library([user(tmp_path / str(next(_numbers)), HEAD.format(place="110000") + pack).parent], None)
    patient = Person("a", "employee", "110000", **{"has_account": True, **person})
    made = Household("110000", (patient,), {"a": Balance()}, events=events)
    return run(made, library.book("110000"))


def visit(handle, day, yuan, kind="hospital", level="tertiary"):
    facility = Facility(kind, "110000", level)
    benefit = "pharmacy" if kind == "pharmacy" else "outpatient"
    return Visit(handle, day, "a", benefit, facility, (Item("x", "drug", yuan * 100, "A"),))


def test_the_years_cost_grows_visit_by_visit_and_shrinks_by_a_refund(tmp_path):
    first, second = visit("v1", date(2025, 2, 1), 19_000), visit("v2", date(2025, 3, 1), 4_800)
    bands = BEIJING.replace('"1800.00"', '"0.00"')
    done = year(tmp_path, bands, first, second)
    assert [outcome.settlement.pool for outcome in done.outcomes] == [1_330_000, 70_000 + 228_000]
    assert done.used["a", 2025, "outpatient"].cost == 2_380_000
    back = year(tmp_path, bands, first, second, Refund("r1", date(2025, 3, 2), "v2"))
    assert back.used["a", 2025, "outpatient"].cost == 1_900_000


def test_a_months_deductible_over_the_months_and_back(tmp_path):
    days = [date(2025, 3, 1), date(2025, 3, 9), date(2025, 4, 1)]
    events = [visit(f"v{n}", day, 30) for n, day in enumerate(days)]
    done = year(tmp_path, BAOJI, *events)
    assert [outcome.settlement.deductible for outcome in done.outcomes] == [3000, 2000, 3000]
    back = year(tmp_path, BAOJI, *events[:2], Refund("r1", days[1], "v1"), visit("v9", days[1], 30))
    assert back.outcomes[-1].settlement.deductible == 2000
    assert back.used["a", 2025, "outpatient"].month_met == 5000


def test_a_pharmacy_has_no_level_and_meets_the_years_deductible(tmp_path):
    pack = BAOJI.replace('benefit = "outpatient"', 'benefit = "pharmacy"')
    done = year(tmp_path, pack, visit("v1", DAY, 90, "pharmacy", ""))
    assert done.outcomes[0].settlement.deductible == 5000
    assert done.used["a", 2025, "pharmacy"].all_levels == 5000


def test_a_limit_that_does_not_cut_still_names_its_clause(tmp_path):
    done = year(tmp_path, BEIJING, visit("v1", DAY, 100))
    step = done.outcomes[0].settlement.steps[1]
    assert (step.name, step.value, step.clause) == ("deductible", 10_000, "T-01")


def test_a_visits_cap_is_said_to_be_reached(tmp_path):
    done = year(tmp_path, XINJIANG, visit("v1", DAY, 1090))
    assert ("CAP_REACHED", "T-01") in [(p.code, p.clause) for p in done.outcomes[0].problems]


def test_bands_of_nothing_still_leave_a_step(tmp_path):
    done = year(tmp_path, BEIJING, visit("v1", DAY, 0))
    assert [step.name for step in done.outcomes[0].settlement.steps][1:3] == ["deductible", "pool-band"]


@pytest.mark.parametrize(("allowed", "status"), [("true", "settled"), ("false", "refused")])
def test_a_place_may_let_people_pay_their_own_supplementary_premium(tmp_path, allowed, status):
    when = 'when = { product = "extra" }\n'
    pack = "".join(
        f'[[value]]\nkey = "premium.{key}"\n{when}value = {text}\nclause = "T-01"\n'
        for key, text in (("stated-price", "true"), ("insurance", '["employee"]'), ("self", allowed))
    )
    library = Library([user(tmp_path / allowed, HEAD.format(place="110000") + pack).parent], None)
    payer = Person("a", "employee", "110000", has_account=True)
    made = Household(
        "110000", (payer,), {"a": Balance(20_000)}, events=(Premium("p", DAY, "a", "extra", ("a",), 12_900),)
    )
    (outcome,) = run(made, library.book("110000")).outcomes
    assert outcome.status == status
    assert library.book("110000").at(DAY).products() == ("extra",)
