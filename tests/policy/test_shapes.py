"""The shapes of rules that places use: each can be written as a pack and is computed as it is written."""

from datetime import date
from itertools import count

import pytest

from famgui.domain.benefit import YearToDate
from famgui.domain.bill import Item
from famgui.domain.binding import NOBODY
from famgui.domain.person import Person
from famgui.domain.settlement import Facility, Visit, settle
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
    assert [fault.fault.code for fault in library.faults] == ["until-before-from"]
