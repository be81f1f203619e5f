"""What the pooled fund pays of one visit, and the year to date."""

import pytest

from famgui.domain.benefit import YearToDate, pool_share
from famgui.domain.rule import NOTHING, BenefitRule, Value
from tests.domain.building import fen


def rule(ratio=6000, per_visit="100.00", level_year="300.00", year="300.00", cap="1500.00", disease_limit=None):
    def value(amount):
        return NOTHING if amount is None else Value(fen(amount), "T-1")

    limit = NOTHING if disease_limit is None else Value(disease_limit, "T-2")
    return BenefitRule(Value(ratio, "T-3"), value(per_visit), value(level_year), value(year), value(cap), limit)


def used(pool="0.00", tertiary="0.00", all_levels=None):
    met = fen(tertiary)
    return YearToDate(fen(pool), (0, 0, 0, met), met if all_levels is None else fen(all_levels))


def share(in_scope, before=None, by=None, disease_limit=None):
    return pool_share(fen(in_scope), disease_limit, "tertiary", before or used(), by or rule())


def test_the_pool_pays_its_ratio_of_what_exceeds_the_deductible():
    found = share("600.00")
    assert (found.pool, found.deductible, found.ratio) == (30000, 10000, 6000)


@pytest.mark.parametrize(
    ("met", "deductible"),
    [
        ("0.00", 10000),
        ("199.99", 10000),
        ("200.00", 10000),
        ("200.01", 9999),
        ("299.99", 1),
        ("300.00", 0),
        ("300.01", 0),
    ],
)
def test_the_years_deductible_of_the_level_leaves_what_it_leaves(met, deductible):
    assert share("600.00", used(tertiary=met)).deductible == deductible


@pytest.mark.parametrize(("all_levels", "deductible"), [("250.00", 5000), ("300.00", 0), ("400.00", 0)])
def test_the_years_deductible_over_all_levels_leaves_what_it_leaves(all_levels, deductible):
    assert share("600.00", used(all_levels=all_levels)).deductible == deductible


def test_what_was_met_at_another_level_counts_over_all_levels_only():
    before = YearToDate(0, (0, 0, fen("200.00"), 0), fen("200.00"))
    assert share("600.00", before, rule(level_year="100.00", year="900.00")).deductible == 10000
    assert share("600.00", before, rule(level_year="100.00", year="250.00")).deductible == 5000


def test_without_yearly_deductibles_only_the_visits_counts():
    assert share("600.00", used(tertiary="5000.00"), rule(level_year=None, year=None)).deductible == 10000


@pytest.mark.parametrize("in_scope", ["0.00", "0.01", "99.99", "100.00"])
def test_up_to_the_deductible_the_pool_pays_nothing(in_scope):
    found = share(in_scope)
    assert (found.pool, found.deductible) == (0, fen(in_scope))


@pytest.mark.parametrize(("in_scope", "pool"), [("0.04", 3), ("0.05", 4), ("0.15", 11)])
def test_half_a_fen_is_rounded_up(in_scope, pool):
    assert share(in_scope, by=rule(ratio=7000, per_visit="0.00")).pool == pool


@pytest.mark.parametrize(
    ("before", "pool", "capped"),
    [
        ("1199.99", 30000, False),
        ("1200.00", 30000, False),
        ("1200.01", 29999, True),
        ("1500.00", 0, True),
        ("1600.00", 0, True),
    ],
)
def test_the_years_cap_cuts_only_what_goes_over_it(before, pool, capped):
    found = share("600.00", used(pool=before))
    assert (found.pool, found.capped) == (pool, "T-1" if capped else "")
    assert [step.name for step in found.steps][2:] == (["cap"] if capped else [])


def test_an_exhausted_cap_takes_nothing_from_nothing():
    assert not share("50.00", used(pool="1500.00")).capped


def test_without_a_cap_the_pool_has_no_end():
    assert share("600.00", used(pool="999999.00"), rule(cap=None)).pool == 30000


@pytest.mark.parametrize(("limit", "pool"), [("0.00", 0), ("400.00", 28000), ("600.00", 42000), ("600.01", 42000)])
def test_a_diseases_cost_limit_bounds_the_base(limit, pool):
    chronic = rule(ratio=7000, per_visit="0.00", cap=None, disease_limit=True)
    assert share("600.00", by=chronic, disease_limit=fen(limit)).pool == pool


def test_a_place_without_cost_limits_does_not_look_at_them():
    assert share("600.00", by=rule(disease_limit=False), disease_limit=100).pool == 30000


def test_every_step_names_its_clause():
    found = share("600.00", used(pool="1400.00"))
    assert [(step.name, step.clause) for step in found.steps] == [
        ("deductible", "T-1"),
        ("pool", "T-3"),
        ("cap", "T-1"),
    ]


def test_the_year_to_date_counts_at_the_visits_level_and_over_all():
    assert YearToDate(100, (0, 0, 5, 7), 20).after(30, 4, "secondary") == YearToDate(130, (0, 0, 9, 7), 24)


def test_taking_back_undoes_counting():
    before = YearToDate(100, (0, 0, 5, 7), 20)
    counted = before.after(30, 4, "tertiary")
    assert counted.moved(before, counted, -1) == before
    assert before.moved(before, counted, 1) == counted


# ---- shapes of other places ----


def shaped(**values):
    return rule(per_visit=None, level_year=None, year=None, cap=None)._replace(**values)


def test_one_deductible_a_year_takes_the_bill_until_it_is_met():
    beijing = shaped(ratio=Value(7000, "T-3"), year=Value(fen("1800.00"), "T-4"))
    first = pool_share(fen("1000.00"), None, "tertiary", YearToDate(), beijing)
    assert (first.pool, first.deductible) == (0, fen("1000.00"))
    second = pool_share(fen("1000.00"), None, "tertiary", YearToDate(0, (0, 0, 0, 100000), 100000), beijing)
    assert (second.deductible, second.pool) == (fen("800.00"), fen("140.00"))
    assert second.steps[0].clause == "T-4"


def test_one_deductible_a_year_by_level():
    dalian = shaped(level_year=Value(fen("400.00"), "T-4"))
    before = YearToDate(0, (0, 0, fen("900.00"), fen("300.00")), fen("1200.00"))
    assert pool_share(fen("600.00"), None, "tertiary", before, dalian).deductible == fen("100.00")


def test_a_months_deductible_begins_anew_every_month():
    baoji = shaped(month=Value(fen("50.00"), "T-5"), year=Value(fen("200.00"), "T-4"))
    used_up = YearToDate(0, (0, 0, 0, 5000), 5000, 0, 3, 5000)
    assert pool_share(fen("100.00"), None, "tertiary", used_up, baoji, month=3).deductible == 0
    april = pool_share(fen("100.00"), None, "tertiary", used_up, baoji, month=4)
    assert (april.deductible, april.month, april.steps[0].clause) == (5000, 4, "T-5")
    after = used_up.after(april.pool, april.deductible, "tertiary", april.cost, april.month)
    assert (after.month, after.month_met, after.all_levels) == (4, 5000, 10000)
    assert after.moved(used_up, after, -1) == used_up._replace(month=0, month_met=0)


@pytest.mark.parametrize(
    ("cost_before", "pool"),
    [
        ("0.00", 70_000),  # all below the edge: 1000 x 70 %
        ("19500.00", 35_000 + 30_000),  # half of it above: 500 x 70 % + 500 x 60 %
        ("20000.00", 60_000),
        ("35000.00", 60_000),
    ],
)
def test_the_ratio_goes_by_the_years_cost(cost_before, pool):
    bands = shaped(ratio=Value(7000, "T-3"), bands=((fen("20000.00"), Value(6000, "T-6")),))
    found = pool_share(fen("1000.00"), None, "tertiary", YearToDate(cost=fen(cost_before)), bands)
    assert (found.pool, found.cost) == (pool, fen("1000.00"))


def test_each_band_is_rounded_for_itself_and_names_its_clause():
    bands = shaped(
        ratio=Value(7000, "T-3"), bands=((fen("0.05"), Value(5500, "T-6")), (fen("0.10"), Value(9000, "T-7")))
    )
    found = pool_share(15, None, "tertiary", YearToDate(), bands)
    assert found.pool == 4 + 3 + 5  # 3.5, 2.75 and 4.5 fen
    assert [step.clause for step in found.steps if step.name == "pool-band"] == ["T-3", "T-6", "T-7"]


def test_the_deductible_takes_the_lowest_part_of_the_bands():
    bands = shaped(
        ratio=Value(7000, "T-3"), year=Value(fen("100.00"), "T-4"), bands=((fen("500.00"), Value(5000, "T-6")),)
    )
    found = pool_share(fen("600.00"), None, "tertiary", YearToDate(), bands)
    assert (found.deductible, found.pool) == (fen("100.00"), fen("280.00") + fen("50.00"))


def test_a_cap_on_cost_bounds_what_counts():
    nanjing = shaped(ratio=Value(6000, "T-3"), cost_cap=Value(fen("15000.00"), "T-8"))
    found = pool_share(fen("600.00"), None, "tertiary", YearToDate(cost=fen("14500.00")), nanjing)
    assert (found.pool, found.capped, found.cost) == (fen("300.00"), "T-8", fen("500.00"))
    assert pool_share(fen("600.00"), None, "tertiary", YearToDate(cost=fen("14400.00")), nanjing).capped == ""


def test_a_cap_on_the_visit_cuts_before_the_years():
    xinjiang = shaped(visit_cap=Value(fen("300.00"), "T-9"), cap=Value(fen("4000.00"), "T-1"))
    found = pool_share(fen("1000.00"), None, "tertiary", YearToDate(pool=fen("3800.00")), xinjiang)
    assert (found.pool, [step.name for step in found.steps][-2:]) == (fen("200.00"), ["cap-visit", "cap"])


def test_a_rule_may_count_some_categories_only():
    drugs = shaped(ratio=Value(7000, "T-3"), categories=Value(("drug",), "T-2"))
    found = pool_share(fen("300.00"), None, "tertiary", YearToDate(), drugs, counted=fen("200.00"))
    assert (found.pool, found.steps[0].name) == (fen("140.00"), "base-categories")
