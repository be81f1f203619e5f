"""What holds for one visit only: figures from the receipt, other switches, another year to date; two-disease drugs."""

from datetime import date

import pytest

from famgui.domain.benefit import YearToDate
from famgui.domain.household import Refund
from famgui.domain.settlement import Override, Stated
from famgui.domain.timeline import run
from famgui.domain.waterfall import Terms
from tests.domain.building import employee, fen, household, item, money, purchase, resident, row, visit

WANG, LI, MOM = employee("wang"), employee("li"), resident("mom")
KEY = ("wang", 2025, "outpatient")


def one(library, event, *persons, place="430200", **more):
    made = household(*(persons or (WANG, LI, MOM)), events=[event], place=place, **more)
    return run(made, library.book(place))


def outcome(library, event, *persons, **more):
    return one(library, event, *persons, **more).outcomes[0]


def inpatient(*items, **more):
    return visit("wang", *items, kind="inpatient", **more)


def test_an_inpatient_stay_is_settled_by_the_deductible_and_ratio_of_the_receipt(library):
    stated = Stated(fen("1200.00"), 8500)
    found = outcome(library, inpatient(item("5200.00"), stated=stated))
    assert (found.settlement.pool, found.settlement.deductible) == (fen("3400.00"), fen("1200.00"))
    assert found.settlement.ratio == 8500
    assert {step.name for step in found.settlement.steps if step.weak} >= {"deductible-stated", "pool-stated"}
    assert [(p.code, p.clause) for p in found.problems] == [("UNVERIFIED_RULE", "ZZ-18")]
    assert found.status == "settled"


def test_what_is_stated_is_not_counted_towards_the_year(library):
    timeline = one(library, inpatient(item("5200.00"), stated=Stated(fen("1200.00"), 8500)))
    assert timeline.used == {}


def test_the_stated_deductible_takes_no_more_than_is_in_scope(library):
    found = outcome(library, inpatient(item("100.00"), stated=Stated(fen("1200.00"), 8500))).settlement
    assert (found.pool, found.deductible) == (0, fen("100.00"))


def test_what_the_cap_leaves_cuts_the_stated_share(library):
    stated = Stated(0, 9000, fen("100.00"))
    found = outcome(library, inpatient(item("5200.00"), stated=stated))
    assert found.settlement.pool == fen("100.00")
    assert [p.code for p in found.problems] == ["CAP_REACHED", "UNVERIFIED_RULE"]


def test_a_rule_in_force_is_never_replaced_by_what_is_stated(library):
    plain = outcome(library, visit("wang", item("600.00")))
    stated = outcome(library, visit("wang", item("600.00"), stated=Stated(0, 10_000)))
    assert stated.settlement == plain.settlement


def test_a_pharmacy_with_a_prescription_takes_the_stated_ratio(library):
    event = visit("wang", item("100.00"), kind="pharmacy", type="pharmacy", level="", stated=Stated(0, 7000))
    found = outcome(library, event)
    assert (found.settlement.pool, found.settlement.steps[1].clause) == (fen("70.00"), "HN-58")
    assert outcome(library, purchase("wang", "100.00")).settlement.pool == 0


@pytest.mark.parametrize(("disease", "pool"), [("hypertension", "360.00"), ("diabetes", "600.00"), ("both", "700.00")])
def test_two_disease_drugs_are_paid_up_to_the_diseases_limit(library, disease, pool):
    event = visit("mom", item("1000.00"), kind="two-disease", level="community", disease=disease)
    assert outcome(library, event).settlement.pool == fen(pool)


def test_two_disease_pays_for_drugs_only(library):
    items = (item("100.00"), item("50.00", category="service"))
    found = outcome(library, visit("mom", *items, kind="two-disease", level="community", disease="diabetes"))
    assert found.settlement.pool == fen("70.00")
    assert [step.name for step in found.settlement.steps][:2] == ["split", "base-categories"]


def test_two_disease_is_for_residents(library):
    found = outcome(library, visit("wang", item("100.00"), kind="two-disease", disease="diabetes"))
    assert found.settlement.pool == 0


def test_another_year_to_date_holds_for_this_visit_only(library):
    override = Override(used=YearToDate(fen("1400.00"), (0, 0, 0, 30000), 30000))
    timeline = one(library, visit("wang", item("600.00"), override=override))
    found = timeline.outcomes[0].settlement
    assert (found.pool, found.deductible) == (fen("100.00"), 0)
    assert "used-stated" in [step.name for step in found.steps]
    assert timeline.used[KEY] == YearToDate(fen("100.00"))


def test_a_refund_of_such_a_visit_takes_back_what_it_counted(library):
    override = Override(used=YearToDate(fen("1400.00")))
    events = [
        visit("wang", item("600.00"), override=override),
        Refund("r1", date(2025, 5, 11), "v1"),
    ]
    timeline = run(household(WANG, events=events), library.book("430200"))
    assert timeline.used[KEY] == YearToDate()


def test_the_orders_switch_may_be_set_for_one_visit(library):
    persons = (employee("wang"), LI, employee("zhao"))
    more = {
        "accounts": {"li": money("50.00"), "zhao": money("80.00")},
        "rows": [row("li", "wang"), row("zhao", "wang", "child", priority=2)],
    }
    usual = outcome(library, purchase("wang", "40.00"), *persons, **more)
    assert [payment.account for payment in usual.settlement.payments] == ["li"]
    changed = visit(
        "wang", item("40.00"), kind="pharmacy", type="pharmacy", level="", override=Override("balance-desc")
    )
    assert [p.account for p in outcome(library, changed, *persons, **more).settlement.payments] == ["zhao"]


def test_own_account_first_may_be_set_for_one_visit(library):
    more = {"accounts": {"wang": money("30.00"), "li": money("50.00")}, "rows": [row("li", "wang")]}
    last = visit("wang", item("40.00"), kind="pharmacy", type="pharmacy", level="", override=Override(own_first=False))
    found = outcome(library, last, **more).settlement
    assert [(p.payer, p.draw.total) for p in found.payments] == [("shared", 4000)]
    terms = Terms(own_first=False)
    back = visit("wang", item("40.00"), kind="pharmacy", type="pharmacy", level="", override=Override(own_first=True))
    found = outcome(library, back, **more, terms=terms).settlement
    assert [(p.payer, p.draw.total) for p in found.payments] == [("own", 3000), ("shared", 1000)]


def test_other_province_may_be_open_for_one_visit(library):
    more = {"accounts": {"li": money("50.00")}, "rows": [row("li", "wang")]}
    away = {"kind": "pharmacy", "type": "pharmacy", "level": "", "place": "440100"}
    assert outcome(library, visit("wang", item("40.00"), **away), **more).settlement.shared == 0
    both = visit("wang", item("40.00"), override=Override(cross_province=True), **away)
    assert outcome(library, both, **more).settlement.shared == 4000
