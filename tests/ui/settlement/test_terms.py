"""What the form offers: switches with their defaults, terms where no rule is known, what the rules ask for."""

from dataclasses import replace
from datetime import date

from famgui.domain.person import Person
from famgui.domain.rule import Row
from famgui.domain.rulebook import RuleBook
from famgui.domain.waterfall import Terms
from famgui.policy.library import Library
from famgui.ui.settlement.draft import VisitDraft
from famgui.ui.settlement.terms import CommunityTerms, Offers, Switch, offers_of

DAY = date(2025, 11, 20)
WORKER = Person("w", "employee", "430200", has_account=True)
RESIDENT = Person("r", "resident", "430200")
DRAFT = VisitDraft("w", DAY)


def offered(library: Library, draft: VisitDraft, person: Person = WORKER, terms: Terms | None = None) -> Offers:
    return offers_of(draft, person, terms or Terms(), library.book("430200").at(DAY))


def test_switches_begin_with_the_place_then_the_household_then_the_visit(library: Library) -> None:
    assert offered(library, DRAFT).own_first == Switch(True, False, "HN-34", True)
    household = Terms("single", False, True)
    offers = offered(library, DRAFT, terms=household)
    assert (offers.own_first, offers.order) == (Switch(False, False), Switch("single", False))
    assert offers.cross_province == Switch(True, False)
    visit = replace(DRAFT, own_first=True, order="balance-desc", cross_province=False)
    offers = offered(library, visit, terms=household)
    assert (offers.own_first, offers.order) == (Switch(True, True), Switch("balance-desc", True))
    assert offers.cross_province == Switch(False, True)


def test_terms_are_stated_only_where_no_rule_is_known(library: Library) -> None:
    cases = {
        ("outpatient", WORKER): False,
        ("chronic", WORKER): True,
        ("chronic", RESIDENT): False,
        ("inpatient", WORKER): True,
        ("pharmacy", RESIDENT): True,
        ("two-disease", RESIDENT): False,
    }
    for (kind, person), stated in cases.items():
        offers = offered(library, replace(DRAFT, kind=kind), person)  # type: ignore[arg-type]
        assert offers.states_pool is stated and (offers.rule is None) is stated, (kind, person.insurance)
    elsewhere = Person("x", "employee", "440100", has_account=True)
    nowhere = Person("y", "none", "430200")
    for person in (elsewhere, nowhere):
        offers = offered(library, replace(DRAFT, kind="inpatient"), person)
        assert not offers.states_pool and offers.rule is None, "no pool of this place pays for them"


def test_a_pharmacy_may_follow_community_care(library: Library) -> None:
    pharmacy = replace(DRAFT, kind="pharmacy")
    assert offered(library, pharmacy).community == CommunityTerms(0, 7_000)
    assert offered(library, pharmacy, RESIDENT).community == CommunityTerms(0, 7_000)
    assert not offered(library, DRAFT).grade and not offered(library, DRAFT).contracted


def test_grade_and_contract_are_asked_for_where_the_rules_go_by_them() -> None:
    outpatient = ("benefit", ("outpatient",))
    rows = [
        Row("pool.ratio", 6_000, "C-1", (outpatient,)),
        Row("pool.ratio", 5_000, "C-2", (outpatient, ("grade", ("A",)))),
        Row("pool.cap.year", 9_000, "C-3", (outpatient, ("contracted", ("yes",)))),
    ]
    rules = RuleBook("430200", [rows]).at(DAY)
    offers = offers_of(DRAFT, WORKER, Terms(), rules)
    assert offers.grade and offers.contracted
    graded = offers_of(replace(DRAFT, grade="A", contracted=True), WORKER, Terms(), rules)
    assert graded.grade and graded.contracted and graded.rule is not None
    assert graded.rule.ratio.value == 5_000 and graded.rule.cap.value == 9_000
    one = RuleBook("430200", [rows[:1]]).at(DAY)
    assert not offers_of(DRAFT, WORKER, Terms(), one).grade
