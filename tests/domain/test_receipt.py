"""The sums of a receipt: which field is wrong and what it should be, under both readings, refunds, sparse receipts."""

import pytest

from famgui.domain.receipt.check import verify
from famgui.domain.receipt.known import Known
from famgui.domain.receipt.stated import NO_FACTS, Reading, Receipt
from famgui.files.receipt.names import names
from famgui.policy.library import Library
from tests.domain.receipts import BOOKS, GOOD, about, held, named, notes, receipt, signed

SUMS_ONLY = Known(None)


def test_a_correct_receipt_agrees(book: BOOKS) -> None:
    checked = held(book("430200"), receipt())
    assert (checked.verdict, checked.findings) == ("agrees", ())
    assert notes(checked) == ["accounts"]


def test_without_rules_the_sums_are_still_checked() -> None:
    checked = held(None, receipt(), NO_FACTS)
    assert (checked.verdict, notes(checked)) == ("incomplete", ["place"])
    checked = held(None, receipt(psn_cash_pay="0.10"), NO_FACTS)
    assert checked.verdict == "differs"


@pytest.mark.parametrize(
    ("name", "stated", "identities"),
    [
        ("medfee_sumamt", "680.10", ("I1", "I3", "I7")),
        ("fund_pay_sumamt", "347.90", ("I1", "I3", "I6")),
        ("psn_part_amt", "332.01", ("I1", "I2")),
        ("acct_pay", "331.00", ("I2", "I3", "detail")),
        ("psn_cash_pay", "12.20", ("I2", "I3", "detail")),
    ],
)
def test_one_wrong_field_is_named_with_its_value(name: str, stated: str, identities: tuple[str, ...]) -> None:
    """The receipt lists what accounts and cash paid a second time, so that the sums alone tell the two apart."""
    good = receipt(psn_cash_pay="12.30", acct_pay="319.70")
    listed = Receipt(good.amounts, good.ratio, details=(("acct_pay", 31_970), ("psn_cash_pay", 1_230)))
    wrong = listed.having(**{name: signed(stated)})
    checked = verify(wrong, NO_FACTS, SUMS_ONLY, names().clauses)
    (found,) = checked.findings
    assert (found.field, found.kind, found.severity, found.code) == (name, "identity", "error", "one-field")
    assert (found.expected, found.difference) == (good.amounts[name], signed(stated) - good.amounts[name])
    assert found.broken == identities
    assert found.clause


def test_a_sum_that_several_fields_could_mend_names_them_all() -> None:
    checked = held(None, receipt(fulamt_ownpay_amt="30.05"), NO_FACTS)
    (found,) = checked.findings
    assert (found.code, found.severity, found.broken, found.off) == ("one-of", "warning", ("I7",), -5)
    ways = {(found.field, found.expected), *found.others}
    assert ways == {("fulamt_ownpay_amt", 3_000), ("preselfpay_amt", 1_995), ("inscp_scp_amt", 62_995)}
    assert "fulamt_ownpay_amt" not in checked.expected, "nobody knows which it is"


def test_the_rule_book_tells_apart_what_the_sums_cannot(book: BOOKS) -> None:
    (found,) = held(book("430200"), receipt(inscp_scp_amt="630.05")).findings
    assert (found.field, found.code, found.expected) == ("inscp_scp_amt", "one-field", 63_000)
    (found,) = held(book("430200"), receipt(hifp_pay="347.00")).findings
    assert (found.field, found.code, found.expected) == ("hifp_pay", "one-field", 34_800)
    checked = held(None, receipt(hifp_pay="347.00"), NO_FACTS)
    assert about(checked, "hifp_pay").code == "one-of", "without rules another fund may lack the rest"


def test_a_field_left_out_is_named() -> None:
    checked = held(None, receipt(fulamt_ownpay_amt=None, preselfpay_amt="0.00", inscp_scp_amt="650.00"), NO_FACTS)
    found = about(checked, "fulamt_ownpay_amt")
    assert (found.code, found.stated) in (("one-of", None), ("missing", None))
    assert found.expected == 3_000


def test_a_wrong_sign_is_named() -> None:
    (found,) = held(None, receipt(psn_part_amt="-332.00"), NO_FACTS).findings
    assert (found.field, found.code, found.expected) == ("psn_part_amt", "sign", 33_200)


def test_amounts_in_each_others_place_are_named(book: BOOKS) -> None:
    wrong = receipt(fund_pay_sumamt="332.00", psn_part_amt="348.00")
    (found,) = held(book("430200"), wrong).findings
    assert (found.code, found.field, found.expected) == ("swapped", "fund_pay_sumamt", 34_800)
    assert found.others == (("psn_part_amt", 33_200),)


def test_two_wrong_fields_of_different_sums_are_both_named(book: BOOKS) -> None:
    checked = held(book("430200"), receipt(acct_pay="333.00", hifp_pay="350.00"))
    assert named(checked) == [("acct_pay", "one-field", 33_200), ("hifp_pay", "one-field", 34_800)]


def test_what_no_field_mends_is_told_as_it_is() -> None:
    wrong = receipt(medfee_sumamt="681.00", psn_part_amt="335.00", acct_pay="339.00", inscp_scp_amt="637.00")
    checked = held(None, wrong, NO_FACTS)
    assert checked.verdict == "differs"
    assert {found.code for found in checked.findings} <= {"sum", "one-of", "one-field"}
    assert any(found.code == "sum" for found in checked.findings)


def test_guangdong_counts_the_accounts_among_the_funds(book: BOOKS) -> None:
    """fund_pay_sumamt = 348 + 332 = 680; only so read the sums hold, and that is said."""
    checked = held(book("430200"), receipt(fund_pay_sumamt="680.00"))
    assert checked.reading == Reading(contains=True, includes=True)
    (found,) = checked.findings
    assert (found.kind, found.severity, found.code) == ("reading", "info", "accounts-in-funds")
    assert checked.verdict == "agrees"
    assert held(book("430200"), receipt(fund_pay_sumamt="680.00"), usual=checked.reading).findings == ()


def test_shared_money_beside_the_accounts(book: BOOKS) -> None:
    """acct_pay 120 does not contain the 212 that were shared."""
    checked = held(book("430200"), receipt(acct_pay="120.00"))
    assert checked.reading == Reading(contains=False)
    assert [found.code for found in checked.findings] == ["shared-apart"]
    assert checked.verdict == "agrees"
    checked = held(book("430200"), receipt(), usual=Reading(contains=False))
    assert [found.code for found in checked.findings] == ["shared-within"]


def test_a_wrong_field_under_the_other_reading_is_still_named(book: BOOKS) -> None:
    wrong = receipt(fund_pay_sumamt="680.00", psn_part_amt="332.50")
    checked = held(book("430200"), wrong, usual=Reading(includes=True))
    assert named(checked) == [("psn_part_amt", "one-field", 33_200)]


def test_more_shared_than_accounts_paid_cannot_be() -> None:
    checked = held(None, receipt(acct_mulaid_pay="332.01"), NO_FACTS)
    assert [(found.field, found.code) for found in checked.findings] == [("acct_mulaid_pay", "more-than")]
    checked = held(None, receipt(act_pay_dedc="-1.00"), NO_FACTS)
    assert [(found.field, found.code) for found in checked.findings] == [("act_pay_dedc", "negative")]


def test_own_and_shared_parts_make_up_the_accounts() -> None:
    good = receipt(selfAcctPay="120.00")
    assert held(None, good, NO_FACTS).findings == ()
    (found,) = held(None, good.having(acct_mulaid_pay=21_100), NO_FACTS).findings
    assert (found.severity, found.broken) == ("warning", ("I4",))
    assert ("acct_mulaid_pay", 21_200) in {(found.field, found.expected), *found.others}


def test_a_refund_is_held_as_what_it_takes_back(book: BOOKS) -> None:
    taken_back = receipt({name: text if name == "pool_prop_selfpay" else f"-{text}" for name, text in GOOD.items()})
    checked = held(book("430200"), taken_back)
    assert (checked.verdict, checked.findings) == ("agrees", ())
    assert "refund" in notes(checked)
    (found,) = held(book("430200"), taken_back.having(psn_part_amt=-33_100)).findings
    assert (found.field, found.stated, found.expected, found.difference) == ("psn_part_amt", -33_100, -33_200, 100)


def test_mobile_payment_has_other_costs_beside_the_funds(book: BOOKS) -> None:
    """I5 of 6202: 685 = 0 cash + 332 accounts + 348 funds + 5 other."""
    stated = receipt(medfee_sumamt="685.00", inscp_scp_amt=None, hifp_pay=None, psn_part_amt=None, oth_pay="5.00")
    stated = Receipt(stated.amounts, None, mobile=True)
    assert held(None, stated, NO_FACTS).findings == ()
    (found,) = held(None, stated.having(fund_pay_sumamt=34_000), NO_FACTS).findings
    assert found.broken == ("I5",)
    assert ("fund_pay_sumamt", 34_800) in {(found.field, found.expected), *found.others}


def test_parts_listed_by_fund_are_compared() -> None:
    good = receipt()
    listed = Receipt(good.amounts, good.ratio, details=(("hifp_pay", 30_000), ("hifp_pay", 4_800)))
    assert held(None, listed, NO_FACTS).findings == ()
    (found,) = held(None, listed.having(hifp_pay=35_000), NO_FACTS).findings
    assert (found.field, found.code, found.expected) == ("hifp_pay", "one-field", 34_800)


def test_a_field_written_twice_and_differently_is_told(book: BOOKS) -> None:
    good = receipt()
    doubled = Receipt(good.amounts, good.ratio, doubled=(("psn_part_amt", "psn_pay", 33_300),))
    checked = held(book("430200"), doubled)
    assert [(found.code, found.others) for found in checked.findings] == [("doubled", (("psn_pay", 33_300),))]
    assert checked.verdict == "differs"


def test_what_the_hospital_bears_stays_outside_the_sums(book: BOOKS) -> None:
    assert held(book("430200"), receipt(hosp_part_amt="99.00")).findings == ()


def test_every_clause_named_is_in_the_library(library: Library) -> None:
    assert {clause for clause in names().clauses.values() if clause not in library.clauses} == set()
