"""What a receipt cannot say is not claimed: whose items, which terms, which year to date."""

from famgui.domain.receipt.stated import Facts
from tests.domain.building import DAY
from tests.domain.receipts import BOOKS, FACTS, YEAR, about, causes, held, named, notes, paid_by_pool, receipt

BILL = {
    "medfee_sumamt": "300.00",
    "inscp_scp_amt": "300.00",
    "act_pay_dedc": "0.00",
    "pool_prop_selfpay": "0.70",
    "hifp_pay": "70.00",
    "fund_pay_sumamt": "70.00",
    "psn_part_amt": "230.00",
    "acct_pay": "0.00",
    "acct_mulaid_pay": "0.00",
    "psn_cash_pay": "230.00",
}
"""300.00 in scope, of which 100.00 drugs: 70.00 by HN-55, which counts drugs only."""
RESIDENT = Facts(insurance="resident", day=DAY)


def test_a_bill_whose_drugs_are_not_known(book: BOOKS) -> None:
    facts = RESIDENT.beside(Facts(kind="two-disease", level="community", disease="hypertension"))
    for told in (facts, facts.beside(Facts(used_pool=0, used_deductible=0))):
        checked = held(book("430200"), receipt(BILL), told)
        assert (checked.verdict, named(checked), checked.findings) == ("incomplete", [], ())
        assert "items" in notes(checked) and "hifp_pay" not in checked.expected
    whole = receipt(BILL, hifp_pay="210.00", fund_pay_sumamt="210.00", psn_part_amt="90.00", psn_cash_pay="90.00")
    checked = held(book("430200"), whole, facts)
    assert (checked.verdict, named(checked)) == ("agrees", [])
    open_disease = held(book("430200"), receipt(BILL), facts.__class__(**{**_told(facts), "disease": None}))
    assert (open_disease.verdict, named(open_disease)) == ("incomplete", [])


def _told(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in Facts.__dataclass_fields__}


def test_shared_money_in_another_province(book: BOOKS) -> None:
    """Whether these accounts may be used there is the household's own switch, which no receipt tells."""
    stated = receipt(BILL, hifp_pay="0.00", fund_pay_sumamt="0.00", psn_part_amt="300.00", act_pay_dedc=None)
    stated = stated.having(acct_pay=30_000, acct_mulaid_pay=30_000, psn_cash_pay=0)
    facts = RESIDENT.beside(Facts(kind="pharmacy", facility_place="310000"))
    checked = held(book("430200"), stated, facts)
    assert "cross-province" in notes(checked)
    assert not {"acct_mulaid_pay", "psn_cash_pay", "acct_pay"} & {found.field for found in checked.findings}
    assert "acct_mulaid_pay" not in checked.expected


def test_without_a_rule_deductible_and_ratio_are_not_compared(book: BOOKS) -> None:
    """Inpatient has no rule: the receipt's own deductible took everything."""
    stated = receipt(BILL, act_pay_dedc="300.00", pool_prop_selfpay="0.60", hifp_pay="0.00", fund_pay_sumamt="0.00")
    stated = stated.having(psn_part_amt=30_000, psn_cash_pay=30_000)
    checked = held(book("430200"), stated, RESIDENT.beside(Facts(kind="inpatient", level="tertiary")))
    assert (checked.verdict, named(checked), notes(checked)) == ("incomplete", [], ["no-rule"])
    assert not {"act_pay_dedc", "pool_prop_selfpay", "hifp_pay"} & checked.expected.keys()


def test_a_told_year_is_not_said_to_be_another(book: BOOKS) -> None:
    told = about(held(book("430200"), paid_by_pool("333.33", "50.00")), "hifp_pay")
    assert (causes(told), [cause.name for cause in told.also]) == ([], ["other-pool-year"])
    assert told.severity == "error"
    unsaid = about(held(book("430200"), paid_by_pool("333.33", "50.00"), FACTS), "hifp_pay")
    assert causes(unsaid) == ["other-pool-year"]
    half = about(held(book("430200"), paid_by_pool("360.00", "30.00"), YEAR), "hifp_pay")
    assert (causes(half), [cause.name for cause in half.also]) == ([], ["other-deductible-year"])


def test_the_deductible_told_may_have_been_met_at_other_levels(book: BOOKS) -> None:
    """195.00 met over all levels: of the secondary level's 200.00, 5.00 is left, or more if some was met elsewhere."""
    facts = Facts(level="secondary", used_pool=0, used_deductible=19_500).beside(FACTS)
    elsewhere = held(book("430200"), paid_by_pool("348.00", "50.00"), facts)
    assert (named(elsewhere), elsewhere.verdict, "deductible-level" in notes(elsewhere)) == ([], "agrees", True)
    here = held(book("430200"), paid_by_pool("375.00", "5.00"), facts)
    assert (named(here), "deductible-level" in notes(here)) == ([], False)
    assert held(book("430200"), paid_by_pool("318.00", "100.00"), facts).verdict == "differs"
