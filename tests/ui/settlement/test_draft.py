"""The draft as values: what it becomes as a visit, what a visit becomes as a draft, what an older program kept."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.benefit import YearToDate
from famgui.domain.settlement import NO_OVERRIDE, NOT_STATED, Facility, Override, Stated, Visit
from famgui.ui.settlement.draft import (
    ItemDraft,
    VisitDraft,
    as_body,
    begun,
    draft_of,
    from_body,
    one_line,
    staying,
    visit_of,
)
from famgui.ui.settlement.places import cities, provinces
from famgui.ui.shell.desk import Desk
from tests.ui.settlement.building import BILL

DAY = date(2025, 11, 20)
HOME = "430200"
PLAIN = VisitDraft("wang", DAY, items=BILL)
DRAFTS = {
    "plain": PLAIN,
    "over the limit": replace(PLAIN, items=(replace(BILL[0], over_limit=5_000), *BILL[1:])),
    "chronic": replace(PLAIN, kind="chronic", level="secondary", disease_limit=40_000),
    "chronic, stated": replace(PLAIN, kind="chronic", disease_limit=4, by_terms=True, deductible=1, ratio=7_000),
    "two diseases": replace(PLAIN, kind="two-disease", level="community", disease="both"),
    "pharmacy": replace(PLAIN, kind="pharmacy"),
    "by prescription": replace(PLAIN, kind="pharmacy", by_terms=True, deductible=0, ratio=7_000, cap_left=9_000),
    "off the receipt": replace(PLAIN, kind="inpatient", pool_paid=300_000),
    "inpatient by terms": replace(PLAIN, kind="inpatient", by_terms=True, deductible=50_000, ratio=8_000),
    "another city": replace(PLAIN, reach="province", place="430100"),
    "another province": replace(PLAIN, reach="away", place="440000", cross_province=True),
    "not designated": replace(PLAIN, designated=False),
    "graded": replace(PLAIN, grade="A", contracted=True),
    "switches": replace(PLAIN, own_first=False, order="balance-desc"),
    "by hand": replace(PLAIN, used_deductible=12_000, used_pool=34_000),
}


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_a_draft_comes_back_from_its_visit_and_from_its_body(draft: VisitDraft) -> None:
    visit = visit_of(draft, HOME, "v1", YearToDate(), stated=draft.by_terms)
    assert draft_of(visit, HOME) == draft
    assert from_body(as_body(draft)) == draft


def test_a_plain_visit_changes_nothing_of_the_household() -> None:
    visit = visit_of(PLAIN, HOME, "v1", YearToDate(), stated=False)
    assert visit.override is NO_OVERRIDE and visit.stated is NOT_STATED
    assert visit.facility == Facility("hospital", HOME, "tertiary")


def test_only_what_belongs_to_the_kind_goes_into_the_visit() -> None:
    full = replace(PLAIN, disease_limit=1, pool_paid=2, deductible=3, ratio=4, cap_left=5, cross_province=True)
    outpatient = visit_of(full, HOME, "v1", YearToDate(), stated=False)
    assert (outpatient.disease_limit, outpatient.pool_paid, outpatient.disease) == (None, None, "")
    assert outpatient.override is NO_OVERRIDE, "at home nobody asks for another province"
    inpatient = visit_of(replace(full, kind="inpatient", by_terms=True), HOME, "v1", YearToDate(), stated=True)
    assert inpatient.pool_paid is None and inpatient.stated == Stated(3, 4, 5)
    pharmacy = visit_of(replace(full, kind="pharmacy", grade="A"), HOME, "v1", YearToDate(), stated=False)
    assert pharmacy.facility == Facility("pharmacy", HOME)


def test_a_year_to_date_by_hand_counts_at_the_visits_level_and_keeps_what_it_does_not_name() -> None:
    ledger = YearToDate(1, (2, 3, 4, 5), 14, 99, 6, 7)
    by_hand = replace(PLAIN, level="secondary", used_deductible=12_000, used_pool=34_000)
    used = visit_of(by_hand, HOME, "v1", ledger, stated=False).override.used
    assert used == YearToDate(34_000, (0, 0, 12_000, 0), 12_000, 99, 6, 7)
    at_pharmacy = visit_of(replace(by_hand, kind="pharmacy"), HOME, "v1", ledger, stated=False).override.used
    assert at_pharmacy is not None and at_pharmacy.by_level == (0, 0, 0, 0) and at_pharmacy.all_levels == 12_000


def test_a_visit_of_a_facility_of_another_kind_is_not_designated() -> None:
    visit = Visit("v1", DAY, "wang", "outpatient", Facility("other", HOME), (), override=Override(order="single"))
    draft = draft_of(visit, HOME)
    assert not draft.designated and draft.order == "single" and draft.level == "tertiary"


OLD_BODY = {
    "patient": "zhou",
    "date": "2025-11-20",
    "kind": "chronic",
    "level": "primary",
    "designated": False,
    "items": [{"name": "药", "category": "drug", "catalogue_class": "B", "upfront_ratio": 1000, "amount": None}],
    "disease_limit": 40_000,
    "pool_paid": None,
}


def test_a_draft_of_the_first_version_still_loads() -> None:
    found = from_body(OLD_BODY)
    items = (ItemDraft("药", "drug", "B", 1_000),)
    assert found == VisitDraft("zhou", date(2025, 11, 20), "chronic", "primary", False, items, 40_000)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"reach": "moon"},
        {"order": "random"},
        {"own_first": "yes"},
        {"disease": "flu"},
        {"ratio": "0.6"},
        {"used_pool": True},
        {"place": 430100},
        {"patient": None},
        {"items": [{"name": 3}]},
        {"items": [{"category": "fish"}]},
        {"items": [{"upfront_ratio": 20_000}]},
        {"items": [{"over_limit": "x"}]},
        {"items": None},
    ],
)
def test_a_draft_that_makes_no_sense_is_passed_over(spoilt: dict[str, object]) -> None:
    assert from_body({**OLD_BODY, **spoilt}) is None


def test_the_next_visit_begins_where_the_last_one_was() -> None:
    last = replace(PLAIN, kind="pharmacy", level="primary", designated=False, reach="away", place="440000")
    fresh = begun(VisitDraft(date=DAY), staying(last), HOME)
    assert fresh == VisitDraft("", DAY, "pharmacy", "primary", False, reach="away", place="440000")
    at_home = begun(VisitDraft(date=DAY), staying(last), "440300")
    assert (at_home.reach, at_home.place) == ("home", ""), "what lies elsewhere for one household is home for another"
    assert begun(VisitDraft(date=DAY), {"kind": "fishing", "level": 3}, HOME) == VisitDraft(date=DAY)


def test_names_are_one_line() -> None:
    assert one_line(" 复方\n甘草\u3000片\x07 ") == "复方 甘草 片"


def test_places_lie_in_the_province_or_outside(desk: Desk) -> None:
    found = cities("430200", desk.place_name, "?")
    assert found[:2] == [("430000", "?"), ("430100", "长沙市")]
    assert "430200" not in [code for code, _ in found] and all(str(code).startswith("43") for code, _ in found)
    assert cities("310000", desk.place_name, "?") == [], "a municipality has no other city"
    assert cities("990003", desk.place_name, "?") == [("990000", "?")]
    others = [code for code, _ in provinces("430200", desk.place_name)]
    assert "110000" in others and "430000" not in others and len(others) == 30
