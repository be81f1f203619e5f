"""Every single field of a correct receipt, altered by some fen: found and named, with the value it should have."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.bill import Item
from famgui.domain.binding import Standing
from famgui.domain.receipt.known import Known, figures
from famgui.domain.receipt.stated import BALANCE, OWN, RATIO, Facts, Receipt
from famgui.domain.receipt.trial import Wallet
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import settle
from famgui.domain.waterfall import Terms
from tests.domain.building import ZHUZHOU, employee, item, money, row, visit
from tests.domain.receipts import BOOKS, held

OFFSETS = (1, -1, 5, -10, 37, -200, 1_234, -1_234)


def _rolled(book: RuleBook, seed: int) -> tuple[Receipt, Facts, Known]:
    """A visit settled by the rules, as a receipt; what the household's ledger knew of it."""
    dice = Random(seed)
    level = dice.choice(LEVELS)
    bill = [
        item(f"{dice.randrange(100, 200_000) / 100:.2f}"),
        Item("b", "drug", dice.randrange(5_000, 50_000), "B", 1_000, dice.choice((0, dice.randrange(1, 5_000)))),
        *[item("30.00", "C")] * dice.randrange(2),
    ]
    made = visit("wang", *bill, level=level)
    met = dice.choice((0, 25_000))
    used = YearToDate(dice.choice((0, 40_000, 140_000)), (0, 0, 0, met), met)
    balances = {name: money(f"{dice.choice((0, 5, 120.5, 3000)):.2f}") for name in ("wang", "li", "zhou")}
    line = (row("li", "wang"), row("zhou", "wang", "parent", priority=2))
    patient, wallet = employee("wang"), Wallet(balances, Standing(line, ()), line)
    done = settle(made, patient, balances, wallet.standing, used, book.at(made.date), Terms())
    stated = figures(done)
    ratio, own = stated.pop(RATIO), stated.pop(OWN)
    stated[BALANCE] = balances["wang"].total - own
    facts = Facts(insurance="employee", status="active", kind="outpatient", level=level, day=made.date)
    return Receipt(stated, ratio), facts, Known(book, patient, used, wallet, figures(done))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), off=st.sampled_from(OFFSETS))
@pytest.mark.parametrize("ledger", ["record", "household"])
def test_each_field_altered_is_named(book: BOOKS, ledger: str, seed: int, off: int) -> None:
    """Held against the recorded settlement it is the only one named; against the household's ledger it is named, alone
    or among the few that would mend the same sum."""
    good, facts, known = _rolled(book(ZHUZHOU), seed)
    if ledger == "household":
        known = Known(known.book, known.patient, known.used, known.wallet)
    assert held(known.book, good, facts, known=known).findings == ()
    for name in (*good.amounts, RATIO):
        right = good.get(name)
        assert right is not None
        if not 0 <= right + off <= (10_000 if name == RATIO else 10**9):
            continue
        wrong = Receipt(good.amounts, right + off) if name == RATIO else good.having(**{name: right + off})
        checked = held(known.book, wrong, facts, known=known)
        assert checked.verdict == "differs", name
        found = [one for one in checked.findings if one.severity != "info"]
        ways = {(one.field, one.expected) for one in found} | {way for one in found for way in one.others}
        assert (name, right) in ways, name
        if ledger == "record":
            assert len(ways) == 1, name
            assert found[0].difference == off
