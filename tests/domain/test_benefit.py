"""What the pooled fund pays of one visit, and the year to date."""

import pytest

from famgui.domain.benefit import YearToDate, pool_share
from famgui.domain.rulebook import NOTHING, BenefitRule, Value
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
    assert share(in_scope, by=rule(ratio=7000, per_visit=None)).pool == pool


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
    assert (found.pool, found.capped) == (pool, capped)
    assert [step.name for step in found.steps][2:] == (["cap"] if capped else [])


def test_an_exhausted_cap_takes_nothing_from_nothing():
    assert not share("50.00", used(pool="1500.00")).capped


def test_without_a_cap_the_pool_has_no_end():
    assert share("600.00", used(pool="999999.00"), rule(cap=None)).pool == 30000


@pytest.mark.parametrize(("limit", "pool"), [("0.00", 0), ("400.00", 28000), ("600.00", 42000), ("600.01", 42000)])
def test_a_diseases_cost_limit_bounds_the_base(limit, pool):
    chronic = rule(ratio=7000, per_visit=None, cap=None, disease_limit=True)
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
    assert YearToDate(100, (0, 0, 5, 7), 20).after(30, 4, "secondary") == (130, (0, 0, 9, 7), 24)


def test_taking_back_undoes_counting():
    before = YearToDate(100, (0, 0, 5, 7), 20)
    assert before.after(30, 4, "tertiary").after(30, 4, "tertiary", -1) == before
