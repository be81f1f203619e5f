"""What the rules say of a receipt: each known cause named when it, and only it, gives the figures; figures by hand."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.binding import Standing
from famgui.domain.receipt.stated import Facts
from famgui.domain.receipt.trial import Wallet
from famgui.domain.rule import Row
from famgui.domain.rulebook import RuleBook
from famgui.domain.waterfall import Terms
from tests.domain.building import DAY, money, resident, row
from tests.domain.receipts import (
    BOOKS,
    FACTS,
    GOOD,
    YEAR,
    Family,
    about,
    causes,
    held,
    named,
    notes,
    paid_by_pool,
    receipt,
)


@pytest.mark.parametrize(
    ("pool", "deductible", "ratio", "cause"),
    [
        ("378.00", "0.00", "0.60", "deductible-not-taken"),
        ("318.00", "100.00", "0.60", "deductible-limits-ignored"),
        ("406.00", "50.00", "0.70", "ratio-of-level"),
        ("328.00", "50.00", "0.60", "deductible-after-ratio"),
        ("360.00", "50.00", "0.60", "upfront-in-scope"),
        ("366.00", "50.00", "0.60", "self-paid-in-scope"),
        ("336.00", "50.00", "0.60", "upfront-twice"),
    ],
)
def test_each_cause_is_named(book: BOOKS, pool: str, deductible: str, ratio: str, cause: str) -> None:
    checked = held(book("430200"), paid_by_pool(pool, deductible, ratio))
    found = about(checked, "hifp_pay")
    assert (found.kind, found.severity, found.code, found.expected) == ("recomputed", "error", "by-rule", 34_800)
    assert causes(found) == [cause]
    assert found.causes[0].clause and found.clause == "HN-03"


def test_the_other_levels_deductible(book: BOOKS) -> None:
    """Nothing met before: 100.00 by the rule, 50.00 where the secondary level's was taken: (630 - 50) x 0.60."""
    facts = FACTS.beside(Facts(used_pool=0, used_deductible=0))
    found = about(held(book("430200"), paid_by_pool("348.00", "50.00"), facts), "act_pay_dedc")
    assert found.expected == 10_000
    assert causes(found) == ["deductible-of-level"]
    assert ("level", "secondary") in found.causes[0].values
    assert found.causes[0].clause == "HN-02"
    assert "level" in [cause.name for cause in found.also]


def test_caps(book: BOOKS) -> None:
    """1,400.00 of the 1,500.00 used: 100.00 is left; the retired would have 600.00."""
    facts = FACTS.beside(Facts(used_pool=140_000, used_deductible=25_000))
    found = about(held(book("430200"), paid_by_pool("348.00"), facts), "hifp_pay")
    assert (found.expected, causes(found), found.clause) == (10_000, ["cap-ignored"], "HN-06")
    dear = {"medfee_sumamt": "1680.00", "inscp_scp_amt": "1630.00"}
    found = about(held(book("430200"), paid_by_pool("600.00", **dear), facts), "hifp_pay")
    assert (found.expected, causes(found)) == (10_000, ["cap-of-status"])
    assert "status" in [cause.name for cause in found.also]


def test_cut_instead_of_rounded(book: BOOKS) -> None:
    """(630.03 - 50) x 0.60 = 348.018, half-up 348.02."""
    stated = paid_by_pool("348.01", inscp_scp_amt="630.03", fulamt_ownpay_amt="29.97")
    found = about(held(book("430200"), stated), "hifp_pay")
    assert (found.expected, causes(found), found.causes[0].clause) == (34_802, ["rounding-cut"], "SYS-10")


def test_two_causes_together(book: BOOKS) -> None:
    """No deductible, and the 20.00 up front in scope: 650 x 0.60 = 390.00."""
    found = about(held(book("430200"), paid_by_pool("390.00", "0.00")), "hifp_pay")
    assert causes(found) == ["deductible-not-taken", "upfront-in-scope"]
    assert [cause.clause for cause in found.causes] == ["HN-03", "SYS-02"]


def test_a_year_that_nobody_told_is_asked_before_two_causes(book: BOOKS) -> None:
    """610 x 0.60 - 50 = 316.00: two causes, or a cap with 316.00 left."""
    found = about(held(book("430200"), paid_by_pool("316.00")), "hifp_pay")
    assert causes(found) == ["deductible-after-ratio", "upfront-twice"]
    found = about(held(book("430200"), paid_by_pool("316.00"), FACTS), "hifp_pay")
    assert causes(found) == ["other-pool-year"]
    assert ("year", 150_000 - 31_600) in found.causes[0].values


def test_a_cause_is_found_although_the_ratio_is_wrong_too(book: BOOKS) -> None:
    found = about(held(book("430200"), paid_by_pool("378.00", "0.00", "0.55")), "hifp_pay")
    assert causes(found) == ["deductible-not-taken"]


def test_what_must_stay_in_an_account_does_not_hide_what_was_shared(book: BOOKS) -> None:
    """Fujian: 2,000.00 stay with whoever shares; the receipt's 100.00 were shared all the same."""
    facts = Facts(insurance="employee", status="active", kind="pharmacy", day=DAY)
    stated = receipt(
        {"medfee_sumamt": "300.00", "inscp_scp_amt": "300.00", "hifp_pay": "0.00", "fund_pay_sumamt": "0.00"},
        psn_part_amt="300.00",
        acct_pay="220.00",
        acct_mulaid_pay="100.00",
        psn_cash_pay="80.00",
        balc="0.00",
    )
    checked = held(book("350000"), stated, facts)
    assert (checked.verdict, checked.findings) == ("agrees", ())


def test_what_nothing_explains_is_said_to_be_unexplained(book: BOOKS) -> None:
    found = about(held(book("430200"), paid_by_pool("512.34")), "hifp_pay")
    assert (found.expected, found.causes, found.difference) == (34_800, (), 51_234 - 34_800)


def test_a_deductible_that_nothing_explains_and_the_pool_that_follows_from_it(book: BOOKS) -> None:
    """150.00 is more than a visit's 100.00; (630 - 150) x 0.60 = 288.00."""
    checked = held(book("430200"), paid_by_pool("288.00", "150.00"))
    assert about(checked, "act_pay_dedc").causes == ()
    found = about(checked, "hifp_pay")
    assert (causes(found), found.causes[0].values) == (["follows"], (("field", "act_pay_dedc"),))


def test_a_figure_that_is_wrong_alone(book: BOOKS) -> None:
    found = about(held(book("430200"), receipt(act_pay_dedc="45.00")), "act_pay_dedc")
    assert (found.expected, causes(found)) == (5_000, ["only-this"])
    found = about(held(book("430200"), receipt(pool_prop_selfpay="0.65")), "pool_prop_selfpay")
    assert (found.expected, causes(found)) == (6_000, ["only-this"])


def test_a_ratio_that_is_the_persons_share(book: BOOKS) -> None:
    checked = held(book("430200"), receipt(pool_prop_selfpay="0.40"))
    assert [(one.code, one.kind, one.severity) for one in checked.findings] == [
        ("ratio-as-own-share", "reading", "info")
    ]
    assert checked.verdict == "agrees"


def test_what_follows_from_the_pools_part_is_told_with_it(book: BOOKS) -> None:
    """58.00 too much of the pool: the sums and, as the balances are known, who would have paid what."""
    wrong = receipt(
        hifp_pay="406.00", pool_prop_selfpay="0.70", fund_pay_sumamt="406.00", psn_part_amt="274.00", acct_pay="274.00"
    ).having(acct_mulaid_pay=15_400)
    checked = held(book("430200"), wrong, known=Family().known(book("430200")))
    assert named(checked) == [("pool_prop_selfpay", "by-rule", 6_000), ("hifp_pay", "by-rule", 34_800)]
    follows = {one.field: one.expected for one in checked.findings if one.code == "follows"}
    assert follows == {
        "fund_pay_sumamt": 34_800,
        "psn_part_amt": 33_200,
        "acct_pay": 33_200,
        "acct_mulaid_pay": 21_200,
    }


def _dated() -> RuleBook:
    def ratio(value: int, first: date, last: date | None, clause: str) -> Row:
        return Row("pool.ratio", value, clause, (("benefit", ("outpatient",)),), first, last)

    rows = (
        ratio(4_000, date(2020, 1, 1), date(2023, 12, 31), "OLD"),
        ratio(5_000, date(2024, 1, 1), date(2025, 6, 30), "NOW"),
        ratio(6_500, date(2025, 7, 1), None, "NEXT"),
    )
    return RuleBook("430200", [rows])


@pytest.mark.parametrize(
    ("pool", "ratio", "cause", "edge", "clause"),
    [
        ("252.00", "0.40", "rules-before", date(2024, 1, 1), "OLD"),
        ("409.50", "0.65", "rules-since", date(2025, 7, 1), "NEXT"),
    ],
)
def test_other_days_rules(pool: str, ratio: str, cause: str, edge: date, clause: str) -> None:
    checked = held(_dated(), paid_by_pool(pool, "0.00", ratio), FACTS.beside(Facts(used_pool=0, used_deductible=0)))
    found = about(checked, "hifp_pay")
    assert (found.expected, causes(found)) == (31_500, [cause])
    assert ("date", edge) in found.causes[0].values
    assert (found.causes[0].clause, found.clause) == (clause, "NOW")


def test_before_the_rules_of_june_2023_nothing_is_claimed(book: BOOKS) -> None:
    """No rule of the pool is in force before 2023-06-01: what the pool paid then cannot be checked."""
    checked = held(book("430200"), receipt(), replace(YEAR, day=date(2023, 5, 31)))
    assert (checked.verdict, checked.findings) == ("incomplete", ())
    assert "no-rule" in notes(checked)


def test_unknown_circumstances_are_asked_in_every_way(book: BOOKS) -> None:
    """Level and status are not told: tertiary and secondary fit, so nothing is claimed; a figure that fits nowhere is
    told all the same."""
    facts = Facts(insurance="employee", kind="outpatient", day=DAY)
    checked = held(book("430200"), receipt(), facts)
    assert checked.verdict == "incomplete"
    (note,) = (note for note in checked.unchecked if note.code == "facts")
    assert dict(note.values)["names"] == ("status", "level")
    levels = {dict(way)["level"] for way in dict(note.values)["fits"]}  # type: ignore[attr-defined]
    assert levels == {"secondary", "tertiary"}
    checked = held(book("430200"), paid_by_pool("512.34"), facts)
    assert about(checked, "hifp_pay").code == "none-fits"
    assert checked.verdict == "differs"


def test_a_circumstance_that_decides_nothing_need_not_be_told(book: BOOKS) -> None:
    """Active or retired: the same ratio, and no cap near."""
    facts = Facts(
        insurance="employee", kind="outpatient", level="tertiary", day=DAY, used_pool=0, used_deductible=25_000
    )
    assert held(book("430200"), receipt(), facts).verdict == "agrees"


def test_the_year_to_date_is_inferred_and_said(book: BOOKS) -> None:
    checked = held(book("430200"), receipt(), FACTS)
    assert checked.verdict == "agrees"
    assert {"pool-year", "deductible-year"} <= set(notes(checked))
    checked = held(book("430200"), receipt(act_pay_dedc=None), FACTS)
    assert (checked.verdict, "deductible-open" in notes(checked)) == ("incomplete", True)
    checked = held(book("430200"), paid_by_pool("333.33"), FACTS)
    assert causes(about(checked, "hifp_pay")) == ["other-pool-year"]


def test_resident_at_community_level(book: BOOKS) -> None:
    """630 x 0.70 = 441.00, 420.00 a year at most."""
    facts = Facts(insurance="resident", kind="outpatient", level="community", day=DAY, used_pool=0, used_deductible=0)
    good = paid_by_pool("420.00", "0.00", "0.70").having(acct_pay=26_000, acct_mulaid_pay=26_000, psn_cash_pay=0)
    assert held(book("430200"), good, facts).verdict == "agrees"
    found = about(held(book("430200"), paid_by_pool("441.00", "0.00", "0.70"), facts), "hifp_pay")
    assert (found.expected, causes(found)) == (42_000, ["cap-ignored"])


ACCOUNTS = {"acct_pay": "332.00", "acct_mulaid_pay": "212.00", "psn_cash_pay": "0.00", "balc": "0.00"}


def _family(li: str = "5000.00", zhou: str | None = None) -> Family:
    balances = {"wang": money("120.00"), "li": money(li)}
    return Family(balances=balances if zhou is None else {**balances, "zhou": money(zhou)})


@pytest.mark.parametrize(
    ("family", "accounts", "cause"),
    [
        (_family(), ("332.00", "332.00", "0.00", "120.00"), "own-not-first"),
        (_family("100.00"), ("100.00", "100.00", "232.00", "120.00"), "own-not-used"),
        (_family(), ("120.00", "0.00", "212.00", "0.00"), "shared-not-used"),
        (_family("100.00", "50.00"), ("220.00", "100.00", "112.00", "0.00"), "authorizer-left-out"),
        (_family(), ("282.00", "162.00", "50.00", "0.00"), "outside-scope-in-cash"),
        (_family(), ("197.77", "77.77", "134.23", "0.00"), "other-balance"),
    ],
)
def test_why_accounts_and_cash_are_otherwise(
    book: BOOKS, family: Family, accounts: tuple[str, str, str, str], cause: str
) -> None:
    stated = receipt(GOOD, **dict(zip(ACCOUNTS, accounts, strict=True)))
    checked = held(book("430200"), stated, known=family.known(book("430200")))
    found = [one for one in checked.findings if one.severity != "info"]
    assert found and checked.verdict == "differs"
    assert {tuple(causes(one)) for one in found} == {(cause,)}


def test_self_paid_goods_may_have_been_paid_in_cash(book: BOOKS) -> None:
    """The receipt does not say whether the 30.00 were drugs or daily goods: told, but no difference."""
    stated = receipt(GOOD, acct_pay="302.00", acct_mulaid_pay="182.00", psn_cash_pay="30.00")
    checked = held(book("430200"), stated, known=Family().known(book("430200")))
    assert {(one.severity, *causes(one)) for one in checked.findings} == {("info", "self-paid-in-cash")}
    assert checked.verdict == "agrees"


def test_a_correct_receipt_agrees_with_the_familys_accounts(book: BOOKS) -> None:
    checked = held(book("430200"), receipt(GOOD, **ACCOUNTS), known=Family().known(book("430200")))
    assert (checked.verdict, checked.findings, checked.unchecked) == ("agrees", (), ())
    assert checked.expected["acct_mulaid_pay"] == 21_200
    assert [step.name for step in checked.steps][-2:] == ["shared", "cash"]


def test_an_authorizer_whose_binding_has_ended_was_counted(book: BOOKS) -> None:
    ended = row("li", "wang", ends=date(2025, 4, 30))
    balances = {"wang": money("120.00"), "li": money("5000.00")}
    family = Family(wallet=Wallet(balances, Standing((), (("BIND_EXPIRED", "li"),)), (ended,)))
    checked = held(book("430200"), receipt(GOOD, **ACCOUNTS), known=family.known(book("430200")))
    found = about(checked, "acct_mulaid_pay")
    assert (found.expected, causes(found)) == (0, ["authorizer-counted"])
    assert ("account", "li") in found.causes[0].values


def test_accounts_and_cash_in_each_others_place(book: BOOKS) -> None:
    family = _family("100.00")
    stated = receipt(GOOD, acct_pay="112.00", acct_mulaid_pay="100.00", psn_cash_pay="220.00", balc="0.00")
    found = about(held(book("430200"), stated, known=family.known(book("430200"))), "acct_pay")
    assert (found.expected, causes(found)) == (22_000, ["swapped"])


def test_the_balance_left_shows_whether_the_own_account_came_first(book: BOOKS) -> None:
    """No household is known; 120.00 is left in the own account although others paid: the own account was not first."""
    assert held(book("430200"), receipt(GOOD, **ACCOUNTS)).verdict == "agrees"
    checked = held(book("430200"), receipt(GOOD, **{**ACCOUNTS, "acct_mulaid_pay": "332.00", "balc": "120.00"}))
    found = about(checked, "acct_mulaid_pay")
    assert (found.severity, found.expected, causes(found), found.weak) == ("warning", 21_200, ["own-not-first"], True)


def test_other_funds_leave_less_for_the_accounts(book: BOOKS) -> None:
    """Medical assistance pays 100.00: 232.00 is left, 120.00 own and 112.00 shared."""
    stated = receipt(
        GOOD,
        maf_pay="100.00",
        fund_pay_sumamt="448.00",
        psn_part_amt="232.00",
        acct_pay="232.00",
        acct_mulaid_pay="112.00",
    )
    checked = held(book("430200"), stated, known=Family().known(book("430200")))
    assert (checked.verdict, checked.findings) == ("agrees", ())


def test_residents_have_no_account_of_their_own(book: BOOKS) -> None:
    facts = Facts(insurance="resident", kind="outpatient", level="community", day=DAY, used_pool=0, used_deductible=0)
    stated = paid_by_pool("420.00", "0.00", "0.70").having(acct_pay=26_000, acct_mulaid_pay=20_000, psn_cash_pay=0)
    found = about(held(book("430200"), stated, facts), "acct_pay")
    assert found.expected == 20_000
    assert causes(found) == ["no-own-account"]
    assert found.causes[0].clause == "N-20"


def test_a_recorded_settlement_settles_what_the_sums_leave_open(book: BOOKS) -> None:
    recorded = {"fulamt_ownpay_amt": 3_000, "preselfpay_amt": 2_000, "medfee_sumamt": 68_000}
    known = Family().known(book("430200"), recorded=recorded)
    assert named(held(book("430200"), receipt(fulamt_ownpay_amt="30.05"), known=known)) == [
        ("fulamt_ownpay_amt", "one-field", 3_000)
    ]
    stated = receipt(fulamt_ownpay_amt="40.00", preselfpay_amt="10.00")
    assert named(held(book("430200"), stated, known=known)) == [
        ("fulamt_ownpay_amt", "as-recorded", 3_000),
        ("preselfpay_amt", "as-recorded", 2_000),
    ]


def test_the_households_switches_count(book: BOOKS) -> None:
    family = Family()
    known = family.known(book("430200"))
    assert known.wallet is not None
    turned = known.wallet._replace(terms=Terms(own_first=False))
    stated = receipt(GOOD, acct_mulaid_pay="332.00", balc="120.00")
    checked = held(book("430200"), stated, known=Family(wallet=turned).known(book("430200")))
    assert (checked.verdict, checked.findings) == ("agrees", ())


def test_a_household_patient_without_an_account(book: BOOKS) -> None:
    family = Family(patient=resident("wang"), used=YearToDate(), balances={"li": Balance(500_000)})
    facts = Facts(insurance="resident", kind="outpatient", level="community", day=DAY)
    good = paid_by_pool("420.00", "0.00", "0.70").having(acct_pay=26_000, acct_mulaid_pay=26_000, psn_cash_pay=0)
    assert held(book("430200"), good, facts, known=family.known(book("430200"))).verdict == "agrees"
