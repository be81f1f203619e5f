"""What is typed on the plan: days as people write them, drafts that come back, rows that stand for a bill."""

import json
from datetime import date

import pytest

from famgui.domain.benefit import YearToDate
from famgui.domain.settlement import Override, Stated
from famgui.ui.plan.draft import PlanDraft, Row, as_body, day_typed, from_body, known_to, row_like
from famgui.usecase.expected import ONCE, Rhythm
from tests.domain.building import ZHUZHOU, item, visit

DAY = date(2025, 7, 1)
BILL = visit(
    "wang",
    item("450.00", category="service"),
    item("200.00", "B", upfront="0.10"),
    item("30.00", category="health-food"),
    day=DAY,
    stated=Stated(100, 6_000),
    override=Override("single", False, None, YearToDate(5)),
)
DRAFT = PlanDraft(
    (Row("ming", "chronic", "secondary", 50_000, None, "week-2", DAY, date(2025, 9, 30)), row_like(BILL)),
    (("li", 12_000),),
    18,
    DAY,
    True,
    (("zhou", "resident-2026"),),
)


@pytest.mark.parametrize(
    "text", ["2025-07-01", "20250701", "7-1", "0701", "7/1", "7.1", "7月1日", "2025年7月1日", " 07 01 "]
)
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert day_typed(text, 2025) == DAY


@pytest.mark.parametrize("text", ["", "7", "13-1", "2-30", "soon", "2025-07", "1-2-3-4", "701", "0-0", "99999-1-1"])
def test_what_is_no_day(text: str) -> None:
    assert day_typed(text, 2025) is None


def test_a_draft_comes_back_as_it_was_but_for_what_the_plan_sets_itself() -> None:
    back = from_body(json.loads(json.dumps(as_body(DRAFT))))
    assert back is not None and back.rows[0] == DRAFT.rows[0] and back.rows[1].like is not None
    assert back.rows[1].like.override == Override("single", False, None, None)
    assert back.rows[1].like.items == BILL.items and back.rows[1].like.stated == BILL.stated
    assert (back.inflow, back.inflow_day, back.start) == (DRAFT.inflow, 18, DAY)
    assert (back.next_year, back.premiums) == (True, DRAFT.premiums)
    assert from_body(json.loads(json.dumps(as_body(PlanDraft())))) == PlanDraft()


def test_a_draft_that_makes_no_sense_is_passed_over() -> None:
    good = json.loads(json.dumps(as_body(DRAFT)))
    row = good["rows"][0]
    spoilt_rows = (
        {"kind": "dental"},
        {"level": "high"},
        {"often": "daily"},
        {"in_scope": -1},
        {"first": "soon"},
        {"x": 1},
    )
    for spoilt in (
        {"rows": 3},
        {"start": "soon"},
        {"inflow": [["li"]]},
        *({"rows": [{**row, **one}]} for one in spoilt_rows),
    ):
        assert from_body({**good, **spoilt}) is None
    assert from_body({}) is None


def test_who_is_no_longer_there_is_left_out() -> None:
    assert known_to(DRAFT, ["wang", "li"]) == PlanDraft((DRAFT.rows[1],), (("li", 12_000),), 18, DAY, True)


def test_a_row_that_stands_for_a_bill_keeps_all_of_it() -> None:
    row = row_like(BILL)
    assert (row.in_scope, row.self_paid, row.level) == (63_000, 5_000, "tertiary")
    made = row.expected(date(2025, 8, 1), ZHUZHOU)
    assert made.visit.items == BILL.items and made.visit.date == date(2025, 8, 1) and made.rhythm == Rhythm(1)


def test_a_row_of_sums() -> None:
    row = Row("ming", "pharmacy", "tertiary", None, 800, "once", DAY)
    made = row.expected(date(2025, 6, 1), ZHUZHOU)
    assert (made.visit.date, made.visit.facility.type, made.visit.facility.level, made.rhythm) == (
        DAY,
        "pharmacy",
        "",
        ONCE,
    )
    assert row.complete and not Row("ming").complete and not Row("ming", in_scope=0).complete
